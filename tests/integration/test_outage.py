"""What happens at the venue while the link is away: told once after the reconnect, states right, nothing sent again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.joined_engine import JoinedEngine, below, joined_engine, saved_profile
from tests.support.moving_clock import MovingClock
from tests.support.wire import Wire, wire_to
from workstation.desk.commands import ReplaceOrder, Sent
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.simulators.engine_orders import EngineEvent, EngineOrder, OrderTicket
from workstation.simulators.faults import Deed, Fault, FaultPlan
from workstation.simulators.market import Market
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.venues.base import Lamp

AWAY = "While you were away"
CORN = "ZCZ26"


class Waking:
    """Observes the market, and wakes whoever waits."""

    def __init__(self, changed: asyncio.Event) -> None:
        self._changed = changed

    def order_changed(self, event: EngineEvent) -> None:
        self._changed.set()

    def money_changed(self, account_id: str, symbol: str) -> None:
        self._changed.set()


class Outage:
    """A trader, a venue and the cable between them."""

    def __init__(self, desk: JoinedEngine, simulator: Simulator, wire: Wire) -> None:
        self.desk, self.simulator, self.wire = desk, simulator, wire

    @property
    def market(self) -> Market:
        return self.simulator.market

    def terms(self, ticks: int, qty: int = 1) -> OrderTerms:
        return self.desk.terms(CORN, below(self.market, CORN, ticks), qty=qty)

    def held(self) -> tuple[EngineOrder, ...]:
        return self.market.orders("17014")

    async def begin(self) -> None:
        self.wire.unplug()
        await self.desk.until(lambda: self.desk.lamp is Lamp.RECONNECTING, "the outage is seen")

    async def end(self, after_s: float = 0) -> None:
        """Give the link back `after_s` seconds later."""
        self.desk.clock.advance(after_s)
        self.wire.plug_in()
        await self.desk.live()

    def sell_down_to(self, price: Decimal, less: int = 0) -> None:
        """Sell all that is bid for at `price` or better, `less` so many lots, from another account."""
        bid = sum((qty for px, qty in self.market.depth(CORN, Side.BUY) if px >= price), Decimal(0))
        ticket = OrderTicket(
            symbol=CORN,
            side=Side.SELL,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.IMMEDIATE_OR_CANCEL,
            order_qty=bid - less,
            price=price,
        )
        self.market.place("17014", ticket, self.simulator.clock.now_ns(), "somebody.else")

    async def until_the_venue(self, holds: Callable[[], bool]) -> None:
        """Wait until something is true at the venue, whether or not we hear of it."""
        self.market.observe(Waking(self.desk.changed))
        await self.desk.until(holds, "the venue has it")

    def away_lines(self, key: str) -> list[str]:
        return self.desk.said(AWAY, f"{key} ")


def play(folder: Path, steps: Callable[[Outage], Awaitable[None]], *faults: Fault) -> None:
    async def main() -> None:
        clock = MovingClock()
        plan = {"qst": FaultPlan(faults)}
        options = SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0, faults=plan, close_s=0.5)
        async with (
            running_simulator(options, clock) as simulator,
            wire_to(simulator.url) as wire,
            joined_engine(folder, *saved_profile(simulator, wire.url), clock) as desk,
        ):
            await desk.live()
            await steps(Outage(desk, simulator, wire))

    asyncio.run(main())


def test_fills_and_cancels_of_an_outage_are_told_once(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        filled = await desk.place(outage.terms(2, qty=3))
        in_part = await desk.place(outage.terms(3, qty=5))
        canceled, untouched = await desk.place(outage.terms(5)), await desk.place(outage.terms(6))
        numbers = {key: (await desk.is_in(key, OrdStatus.NEW)).order_id for key in desk.orders()}
        await outage.begin()
        outage.sell_down_to(below(outage.market, CORN, 3), less=2)
        gone = numbers[canceled]
        assert gone is not None
        outage.market.cancel(int(gone), outage.simulator.clock.now_ns())
        await outage.end()
        assert (desk.order(filled).ord_status, desk.traded(filled)) == (OrdStatus.FILLED, Decimal(3))
        assert (desk.order(in_part).ord_status, desk.traded(in_part)) == (OrdStatus.PARTIALLY_FILLED, Decimal(3))
        assert desk.order(canceled).ord_status is OrdStatus.CANCELED
        assert desk.order(untouched).ord_status is OrdStatus.NEW
        for key, words in ((filled, "filled"), (in_part, "traded 3 more"), (canceled, "cancelled")):
            [line] = outage.away_lines(key)
            assert words in line
        assert outage.away_lines(untouched) == []
        assert sum(order.entered_by != "somebody.else" for order in outage.held()) == 4, "nothing was sent again"
        await outage.begin()
        await outage.end()
        assert len(desk.said(AWAY)) == 4
        assert "nothing changed in 2 open orders" in desk.said(AWAY)[-1]
        assert desk.traded(filled) + desk.traded(in_part) == Decimal(6)

    play(tmp_path, steps)


def test_a_rejection_lost_with_the_link_is_learnt_from_the_books(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        outage.wire.hold_down()
        key = await desk.place(outage.terms(5, qty=5_000))
        await outage.until_the_venue(lambda: len(outage.held()) == 1)
        await outage.begin()
        await desk.is_in(key, OrdStatus.IN_DOUBT)
        await outage.end()
        order = await desk.is_in(key, OrdStatus.REJECTED)
        assert order.cum_qty == 0
        assert len(outage.away_lines(key)) == 1
        assert len(desk.said(f"{key} ", "no longer in doubt")) == 1
        assert len(outage.held()) == 1

    play(tmp_path, steps)


def test_an_order_that_never_arrived_is_proved_not_placed(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        outage.wire.hold_up()
        key = await desk.place(outage.terms(5))
        await outage.begin()
        doubtful = await desk.is_in(key, OrdStatus.IN_DOUBT)
        assert doubtful.text
        await outage.end(after_s=5)
        order = await desk.is_in(key, OrdStatus.NOT_PLACED)
        assert "fresh login" in order.text
        assert outage.held() == ()
        assert desk.said(f"{key} ", "was not placed", "Nothing was traded")

    play(tmp_path, steps)


def test_a_position_that_is_told_late_does_not_keep_an_order_in_doubt(tmp_path: Path) -> None:
    """The venue tells positions at most once a second: what was traded just before must not look unexplained."""

    async def steps(outage: Outage) -> None:
        desk = outage.desk
        filled = await desk.place(outage.terms(-30))
        await desk.is_in(filled, OrdStatus.FILLED)
        outage.wire.hold_up()
        key = await desk.place(outage.terms(5))
        await outage.begin()
        await outage.end(after_s=5)
        assert (await desk.is_in(key, OrdStatus.NOT_PLACED, OrdStatus.IN_DOUBT)).ord_status is OrdStatus.NOT_PLACED

    play(tmp_path, steps)


def test_an_order_that_arrived_unheard_is_found_by_its_attributes(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        outage.wire.hold_down()
        key = await desk.place(outage.terms(5, qty=2))
        await outage.until_the_venue(lambda: len(outage.held()) == 1)
        await outage.begin()
        outage.sell_down_to(below(outage.market, CORN, 5))
        await desk.is_in(key, OrdStatus.IN_DOUBT)
        await outage.end()
        order = await desk.is_in(key, OrdStatus.FILLED)
        ours = [held for held in outage.held() if held.entered_by != "somebody.else"]
        assert [str(held.number) for held in ours] == [order.order_id]
        assert desk.traded(key) == Decimal(2)
        assert len([one for one in desk.orders().values() if one.ours]) == 1

    play(tmp_path, steps)


def test_a_replacement_lost_with_the_link_is_found_under_its_new_number(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        key = await desk.place(outage.terms(5))
        before = await desk.is_in(key, OrdStatus.NEW)
        outage.wire.hold_down()
        changed = replace(before.terms, order_qty=Decimal(4))
        answer = await desk.ask(ReplaceOrder(cl_ord_id=key, terms=changed, gesture="Ctrl+E"))
        assert isinstance(answer, Sent)
        await outage.until_the_venue(lambda: len(outage.held()) == 2)
        await outage.begin()
        await desk.is_in(key, OrdStatus.IN_DOUBT)
        await outage.end()
        after = await desk.is_in(key, OrdStatus.NEW)
        assert (after.terms.order_qty, after.order_id != before.order_id) == (Decimal(4), True)
        assert len(outage.held()) == 2
        assert [one.cl_ord_id for one in desk.orders().values()] == [key]

    play(tmp_path, steps)


def test_a_replacement_that_never_arrived_leaves_the_old_terms(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        key = await desk.place(outage.terms(5))
        before = await desk.is_in(key, OrdStatus.NEW)
        outage.wire.hold_up()
        changed = replace(before.terms, order_qty=Decimal(4))
        await desk.ask(ReplaceOrder(cl_ord_id=key, terms=changed, gesture="Ctrl+E"))
        await outage.begin()
        await desk.is_in(key, OrdStatus.IN_DOUBT)
        await outage.end()
        after = await desk.is_in(key, OrdStatus.NEW)
        assert (after.terms, after.order_id, after.pending_terms) == (before.terms, before.order_id, None)
        assert desk.said(f"{key} ", "was not changed", "old terms still stand")

    play(tmp_path, steps)


def test_a_cancel_that_never_arrived_leaves_the_order_working_and_says_so(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        key = await desk.place(outage.terms(5))
        await desk.is_in(key, OrdStatus.NEW)
        outage.wire.hold_up()
        assert (await desk.cancel(key)).sent == (key,)
        await outage.begin()
        await desk.is_in(key, OrdStatus.IN_DOUBT)
        await outage.end()
        await desk.is_in(key, OrdStatus.NEW)
        assert desk.said(f"{key} ", "no longer in doubt", "working")
        assert outage.held()[0].is_open

    play(tmp_path, steps)


def test_a_cancel_asked_for_during_the_outage_goes_once_when_the_books_are_in(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        stays, fills = await desk.place(outage.terms(6)), await desk.place(outage.terms(2))
        for key in (stays, fills):
            await desk.is_in(key, OrdStatus.NEW)
        await outage.begin()
        answer = await desk.cancel(stays, fills)
        assert (answer.sent, {key for key, _ in answer.failed}) == ((), {stays, fills})
        outage.sell_down_to(below(outage.market, CORN, 2))
        await outage.end()
        await desk.is_in(stays, OrdStatus.CANCELED)
        assert desk.order(fills).ord_status is OrdStatus.FILLED
        assert len(desk.said("Cancel of", f"{stays} ", "is on the wire")) == 1
        assert not desk.said("Cancel of", f"{fills} ", "is on the wire")

    play(tmp_path, steps)


def test_nothing_is_placed_during_an_outage_and_what_was_typed_is_not_sent_later(tmp_path: Path) -> None:
    async def steps(outage: Outage) -> None:
        desk = outage.desk
        await outage.begin()
        assert "cannot take orders now" in await desk.refused(outage.terms(5))
        await outage.end()
        probe = await desk.place(outage.terms(6))
        await desk.is_in(probe, OrdStatus.NEW)
        assert [held.ticket.price for held in outage.held()] == [below(outage.market, CORN, 6)]

    play(tmp_path, steps)


@pytest.mark.parametrize("message", ["PlaceOrderRequest", "PlaceOrderResponse", "Order", "OETextNotification"])
@pytest.mark.parametrize("deed", [Deed.CLOSE, Deed.HALF_CLOSE, Deed.SILENCE])
def test_a_venue_that_fails_in_the_middle_of_an_order(tmp_path: Path, message: str, deed: Deed) -> None:
    """Wherever the venue breaks, the order ends in our book once and as the venue has it."""

    async def steps(outage: Outage) -> None:
        desk = outage.desk
        key = await desk.place(outage.terms(5))
        waiting = desk.while_time_passes if deed is Deed.SILENCE else desk.until
        await waiting(lambda: outage.wire.links >= 2 and desk.lamp is Lamp.LIVE, "a second link")
        decided = (OrdStatus.NEW, OrdStatus.NOT_PLACED)
        await desk.while_time_passes(lambda: desk.order(key).ord_status in decided, "settled")
        truth = {OrdStatus.NEW: 1, OrdStatus.NOT_PLACED: 0}
        assert len(outage.held()) == truth[desk.order(key).ord_status]
        assert len(desk.orders()) == 1
        assert desk.errors().strip()

    play(tmp_path, steps, Fault(deed=deed, message=message))
