"""The whole engine on the built-in XAPI venue: what the desk believes is what the venue holds, whatever goes wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.joined_engine import JoinedEngine, joined_engine
from tests.support.moving_clock import MovingClock
from workstation.desk.commands import AmendPosition, ReplaceOrder, Sent, WatchMarket
from workstation.desk.messages import MarketMoved
from workstation.domain.account import Position
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey, ClOrdID, InstrumentKey
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.engine_room import announced_profiles
from workstation.runtime.backoff import Backoff
from workstation.simulators.faults import Deed, Fault, FaultPlan
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.simulators.xapi_front.manners import Manners
from workstation.storage.journal_verify import verify
from workstation.venues.base import EventSink, VenueConnection, VenueKind
from workstation.venues.xapi.capabilities import xapi_capabilities
from workstation.venues.xapi.connection import XapiConnection
from workstation.venues.xapi.session import Timing

EURUSD = "EURUSD"
QUICK = Timing(tick_s=0.01, gap_s=0.005, leave_s=0.3, retry=lambda: Backoff(first_s=0.01, factor=1, limit_s=0.02))
Run = Callable[[JoinedEngine, Simulator], Awaitable[None]]


def quick_xapi(clock: MovingClock) -> VenueKind:
    def build(profile: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> VenueConnection:
        backoff = Backoff(first_s=0.01, factor=1, limit_s=0.02)
        return XapiConnection(profile, secrets, sink, clock, backoff=backoff, timing=QUICK)

    return VenueKind(factory=build, capabilities=xapi_capabilities())


def play(
    folder: Path,
    *runs: Run,
    faults: Sequence[Fault] = (),
    between: Callable[[Simulator], None] = lambda _: None,
) -> None:
    """Give each of `runs` a program of its own, one after the other, at one venue."""

    async def main() -> None:
        clock = MovingClock()
        options = SimulatorOptions(
            seed=7,
            step_s=None,
            login_delay_s=0.0,
            xapi_manners=Manners(pace_s=0.0),
            faults={"xapi": FaultPlan(list(faults))},
        )
        async with running_simulator(options, clock) as simulator:
            [(profile, secrets)] = announced_profiles({"xapi": simulator.announcement["xapi"]})
            for run in runs:
                async with joined_engine(folder, profile, secrets, clock, {"xapi": quick_xapi(clock)}) as desk:
                    await desk.live()
                    await quoted(desk)
                    await run(desk, simulator)
                between(simulator)
        assert verify(folder / "journal.sqlite").fault == ""

    asyncio.run(main())


async def quoted(desk: JoinedEngine) -> None:
    """Watch the market, because a market order without a price to hold it against is not sent unasked."""
    await desk.ask(WatchMarket(watcher="test", quotes=frozenset({InstrumentKey(desk.profile.connection_id, EURUSD)})))
    await desk.until(lambda: desk.all_of(MarketMoved), "a quote has come")


def account(desk: JoinedEngine) -> AccountKey:
    return AccountKey(desk.profile.connection_id, desk.profile.settings["user_id"])


def market(desk: JoinedEngine, qty: str = "0.10", side: Side = Side.BUY) -> OrderTerms:
    return OrderTerms(
        account=account(desk),
        symbol=EURUSD,
        side=side,
        ord_type=OrdType.MARKET,
        time_in_force=TimeInForce.FILL_OR_KILL,
        order_qty=Decimal(qty),
    )


def resting(desk: JoinedEngine, price: str = "1.155") -> OrderTerms:
    return replace(
        market(desk),
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.GOOD_TILL_CANCEL,
        price=Decimal(price),
    )


def closing(desk: JoinedEngine, position: Position, qty: str = "") -> OrderTerms:
    return replace(
        market(desk, qty or str(abs(position.net_qty)), Side.SELL),
        position_effect=PositionEffect.CLOSE,
        position_id=position.position_id,
    )


def positions(desk: JoinedEngine) -> list[Position]:
    """Return what is open, as the desk last told it."""
    latest = {position.place: position for position in desk.all_of(Position)}
    return [position for position in latest.values() if position.net_qty]


def orders(desk: JoinedEngine) -> list[Order]:
    return list(desk.orders().values())


async def bought(desk: JoinedEngine, qty: str = "0.10") -> tuple[ClOrdID, Position]:
    known = {position.position_id for position in positions(desk)}
    key = await desk.place(market(desk, qty))
    await desk.is_in(key, OrdStatus.FILLED)
    await desk.until(lambda: len(positions(desk)) > len(known), "the position is open")
    return key, next(position for position in positions(desk) if position.position_id not in known)


def test_a_position_is_opened_protected_and_closed_by_its_number(tmp_path: Path) -> None:
    async def run(desk: JoinedEngine, _: Simulator) -> None:
        opened, position = await bought(desk)
        other, _ = await bought(desk, "0.20")
        assert desk.order(opened).order_id != desk.order(other).order_id
        stop = (position.avg_px or Decimal(0)) - Decimal("0.0100")
        answer = await desk.ask(
            AmendPosition(
                account=position.key, symbol=EURUSD, position_id=position.position_id, gesture="test", stop_loss=stop
            )
        )
        assert isinstance(answer, Sent), answer
        await desk.until(lambda: any(each.stop_loss == stop for each in positions(desk)), "the stop is in force")
        closed = await desk.place(closing(desk, position))
        await desk.is_in(closed, OrdStatus.FILLED)
        await desk.until(lambda: len(positions(desk)) == 1, "one position is left")
        assert positions(desk)[0].position_id != position.position_id
        assert [order.cl_ord_id for order in orders(desk)] == [opened, other, closed]
        assert all(order.ours for order in orders(desk))

    play(tmp_path, run)


def test_a_partial_close_leaves_the_rest(tmp_path: Path) -> None:
    async def run(desk: JoinedEngine, _: Simulator) -> None:
        _, position = await bought(desk, "0.30")
        closed = await desk.place(closing(desk, position, "0.10"))
        await desk.is_in(closed, OrdStatus.FILLED)
        await desk.until(lambda: [each.net_qty for each in positions(desk)] == [Decimal("0.20")], "the rest is left")

    play(tmp_path, run)


def test_a_pending_order_works_is_changed_and_canceled(tmp_path: Path) -> None:
    async def run(desk: JoinedEngine, _: Simulator) -> None:
        key = await desk.place(resting(desk))
        await desk.is_in(key, OrdStatus.NEW)
        terms = replace(desk.order(key).terms, price=Decimal("1.154"))
        answer = await desk.ask(ReplaceOrder(cl_ord_id=key, terms=terms, gesture="test"))
        assert isinstance(answer, Sent), answer
        await desk.until(lambda: desk.order(key).terms.price == Decimal("1.154"), "it is changed")
        await desk.until(lambda: desk.order(key).ord_status is OrdStatus.NEW, "it works again")
        await desk.cancel(key)
        await desk.is_in(key, OrdStatus.CANCELED)
        assert len(orders(desk)) == 1

    play(tmp_path, run)


def test_after_a_restart_the_same_orders_and_positions_are_there_each_once(tmp_path: Path) -> None:
    kept: list[ClOrdID] = []

    async def first(desk: JoinedEngine, _: Simulator) -> None:
        kept.append((await bought(desk))[0])
        kept.append(await desk.place(resting(desk)))
        await desk.is_in(kept[1], OrdStatus.NEW)

    async def second(desk: JoinedEngine, _: Simulator) -> None:
        await desk.until(lambda: len(orders(desk)) >= 2 and len(positions(desk)) == 1, "the books are back")
        assert {order.cl_ord_id: order.ord_status for order in orders(desk)} == {
            kept[0]: OrdStatus.FILLED,
            kept[1]: OrdStatus.NEW,
        }
        await desk.cancel(kept[1])
        await desk.is_in(kept[1], OrdStatus.CANCELED)

    play(tmp_path, first, second)


LOST = [
    Fault(deed=Deed.CLOSE, message="tradeTransaction"),
    Fault(deed=Deed.CLOSE, message="tradeTransactionRequest"),
]


@pytest.mark.parametrize("fault", LOST, ids=["the venue did it", "the venue never read it"])
def test_a_market_order_whose_answer_is_lost_is_in_doubt_until_the_books_prove_it(tmp_path: Path, fault: Fault) -> None:
    done = fault.message == "tradeTransaction"

    async def run(desk: JoinedEngine, _: Simulator) -> None:
        key = await desk.place(market(desk))
        await desk.while_time_passes(
            lambda: desk.order(key).ord_status in (OrdStatus.FILLED, OrdStatus.NOT_PLACED), "it is settled"
        )
        assert desk.order(key).ord_status is (OrdStatus.FILLED if done else OrdStatus.NOT_PLACED)
        assert len(orders(desk)) == 1
        await desk.live()
        assert len(positions(desk)) == (1 if done else 0)

    play(tmp_path, run, faults=[fault])


def test_a_close_whose_answer_is_lost_is_settled_by_the_history(tmp_path: Path) -> None:
    async def run(desk: JoinedEngine, _: Simulator) -> None:
        _, position = await bought(desk)
        key = await desk.place(closing(desk, position))
        await desk.while_time_passes(lambda: desk.order(key).ord_status is OrdStatus.FILLED, "the close is settled")
        await desk.until(lambda: not positions(desk), "nothing is open")

    play(tmp_path, run, faults=[Fault(deed=Deed.CLOSE, message="tradeTransaction", after=1)])


@pytest.mark.parametrize("message", ["tradeStatus", "trade"])
def test_a_message_lost_on_the_stream_is_made_up_for(tmp_path: Path, message: str) -> None:
    async def run(desk: JoinedEngine, _: Simulator) -> None:
        key = await desk.place(market(desk))
        await desk.while_time_passes(lambda: desk.order(key).ord_status is OrdStatus.FILLED, "it is filled")
        await desk.until(lambda: len(positions(desk)) == 1, "the position is known")

    play(tmp_path, run, faults=[Fault(deed=Deed.DROP, message=message)])


def test_a_trade_told_twice_counts_once(tmp_path: Path) -> None:
    async def run(desk: JoinedEngine, _: Simulator) -> None:
        key, _ = await bought(desk)
        assert desk.traded(key) == Decimal("0.10")
        assert len(orders(desk)) == 1

    play(tmp_path, run, faults=[Fault(deed=Deed.DUPLICATE, message="trade", count=None)])


def moved(simulator: Simulator, bid: Decimal) -> None:
    """Put the market at `bid`."""
    simulator.otc.move_to(EURUSD, bid, simulator.clock.now_ns() // 1_000_000)


def test_a_pending_order_that_the_market_reaches_is_filled_once(tmp_path: Path) -> None:
    async def run(desk: JoinedEngine, simulator: Simulator) -> None:
        key = await desk.place(resting(desk))
        await desk.is_in(key, OrdStatus.NEW)
        moved(simulator, Decimal("1.154"))
        order = await desk.is_in(key, OrdStatus.FILLED)
        assert order.terms.ord_type is OrdType.LIMIT
        await desk.until(lambda: len(positions(desk)) == 1, "its position is open")
        assert len(orders(desk)) == 1
        assert desk.traded(key) == Decimal("0.10")

    play(tmp_path, run)


def test_a_stop_loss_that_the_market_reaches_closes_and_is_told(tmp_path: Path) -> None:
    async def run(desk: JoinedEngine, simulator: Simulator) -> None:
        key = await desk.place(replace(market(desk), stop_loss=Decimal("1.150")))
        await desk.is_in(key, OrdStatus.FILLED)
        moved(simulator, Decimal("1.149"))
        await desk.until(lambda: desk.said("was closed", "by its stop loss"), "the trader is told")
        await desk.until(lambda: not positions(desk), "nothing is open")
        assert len(orders(desk)) == 1

    play(tmp_path, run)


def test_what_the_market_did_while_the_program_was_away_is_known_after_the_start(tmp_path: Path) -> None:
    keys: list[ClOrdID] = []

    async def first(desk: JoinedEngine, simulator: Simulator) -> None:
        keys.append(await desk.place(replace(resting(desk), stop_loss=Decimal("1.150"))))
        await desk.is_in(keys[0], OrdStatus.NEW)

    async def second(desk: JoinedEngine, simulator: Simulator) -> None:
        await desk.is_in(keys[0], OrdStatus.FILLED)
        assert not positions(desk)
        assert len(orders(desk)) == 1

    def between(simulator: Simulator) -> None:
        moved(simulator, Decimal("1.154"))
        moved(simulator, Decimal("1.149"))

    play(tmp_path, first, second, between=between)
