"""The whole engine on the built-in XAPI venue while links fail and programs end: nothing is claimed that is not so."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from tests.integration.test_xapi_desk import EURUSD, bought, market, moved, positions, quick_xapi, quoted, resting
from tests.support.joined_engine import JoinedEngine, joined_engine
from tests.support.moving_clock import MovingClock
from tests.support.wire import Wire, wire_to
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.engine_room import announced_profiles
from workstation.simulators.faults import Deed, Fault, FaultPlan
from workstation.simulators.otc.dealer import DealerRules
from workstation.simulators.otc.deals import DealTold, Outcome
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.simulators.xapi_front.manners import Manners
from workstation.storage.journal_verify import verify
from workstation.venues.base import Lamp

AWAY = "While you were away"


@dataclass
class Outage:
    """A trader, a venue, and the cables between them."""

    desk: JoinedEngine
    simulator: Simulator
    wires: Sequence[Wire]

    async def begin(self) -> None:
        for wire in self.wires:
            wire.unplug()
        await self.desk.until(lambda: self.desk.lamp is Lamp.RECONNECTING, "the link is gone")

    async def end(self) -> None:
        for wire in self.wires:
            wire.plug_in()
        await self.desk.live()

    def statuses(self, key: ClOrdID) -> list[OrdStatus]:
        """Return every state that the order was ever shown in."""
        return [order.ord_status for order in self.desk.all_of(Order) if order.cl_ord_id == key]


class Dealt:
    """Observes the dealer until a request is carried out."""

    def __init__(self) -> None:
        self.happened = asyncio.Event()

    def deal_told(self, user_id: str, told: DealTold) -> None:
        """Wait for the end of it."""

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        self.happened.set()

    def money_changed(self, user_id: str) -> None:
        """Of no interest."""


Run = Callable[[Outage], Awaitable[None]]


def play(folder: Path, *runs: Run, faults: Sequence[Fault] = (), execution_ms: int = 0) -> None:
    """Give each of `runs` a program of its own, one after the other, at one venue."""

    async def main() -> None:
        clock = MovingClock()
        options = SimulatorOptions(
            seed=7,
            step_s=None,
            xapi_manners=Manners(pace_s=0.0),
            xapi_rules=DealerRules(execution_ms=execution_ms),
            faults={"xapi": FaultPlan(list(faults))},
        )
        async with running_simulator(options, clock) as simulator, AsyncExitStack() as cables:
            [(profile, secrets)] = announced_profiles({"xapi": simulator.announcement["xapi"]})
            main_wire = await cables.enter_async_context(wire_to(profile.url))
            stream = await cables.enter_async_context(wire_to(profile.settings["stream_url"]))
            wired = replace(profile, url=main_wire.url, settings={**profile.settings, "stream_url": stream.url})
            for run in runs:
                async with joined_engine(folder, wired, secrets, clock, {"xapi": quick_xapi(clock)}) as desk:
                    await desk.live()
                    await quoted(desk)
                    await run(Outage(desk, simulator, (main_wire, stream)))
        assert verify(folder / "journal.sqlite").fault == ""

    asyncio.run(main())


def test_an_order_that_the_venue_carries_out_after_the_next_login_is_never_called_not_placed(tmp_path: Path) -> None:
    async def run(outage: Outage) -> None:
        desk = outage.desk
        key = await desk.place(market(desk))
        await desk.until(lambda: OrdStatus.IN_DOUBT in outage.statuses(key), "nobody knows")
        await desk.until(lambda: desk.order(key).is_closed, "it is settled")
        assert OrdStatus.NOT_PLACED not in outage.statuses(key)
        assert desk.order(key).ord_status is OrdStatus.FILLED
        await desk.until(lambda: len(positions(desk)) == 1, "its position is known")

    lost = [Fault(deed=Deed.CLOSE, message="tradeTransaction")]
    play(tmp_path, run, faults=lost, execution_ms=1_500)


def test_an_order_in_doubt_when_the_program_ends_is_settled_by_the_next(tmp_path: Path) -> None:
    keys: list[ClOrdID] = []

    async def first(outage: Outage) -> None:
        dealt = Dealt()
        outage.simulator.otc.dealer.observe(dealt)
        for wire in outage.wires:
            wire.hold_down()
        keys.append(await outage.desk.place(market(outage.desk)))
        await dealt.happened.wait()
        assert not outage.desk.order(keys[0]).is_closed
        for wire in outage.wires:
            wire.cut()

    async def second(outage: Outage) -> None:
        desk = outage.desk
        await desk.is_in(keys[0], OrdStatus.FILLED)
        assert len(desk.orders()) == 1
        assert len(positions(desk)) == 1
        assert OrdStatus.NOT_PLACED not in outage.statuses(keys[0])

    play(tmp_path, first, second)


def test_what_happened_while_the_links_were_down_is_told_once_and_names_just_the_orders_that_changed(
    tmp_path: Path,
) -> None:
    async def run(outage: Outage) -> None:
        desk = outage.desk
        filled = await desk.place(resting(desk, "1.155"))
        canceled = await desk.place(resting(desk, "1.145"))
        untouched = await desk.place(resting(desk, "1.144"))
        for key in (filled, canceled, untouched):
            await desk.is_in(key, OrdStatus.NEW)
        number = int(desk.order(canceled).order_id or 0)
        await outage.begin()
        user_id = desk.profile.settings["user_id"]
        pending = outage.simulator.otc.dealer.books[user_id].pendings[number]
        outage.simulator.otc.dealer.drop_pending(user_id, pending, outage.simulator.clock.now_ns() // 1_000_000)
        moved(outage.simulator, Decimal("1.154"))
        await outage.end()
        await desk.is_in(filled, OrdStatus.FILLED)
        await desk.is_in(canceled, OrdStatus.CANCELED)
        await desk.until(lambda: len(desk.said(AWAY)) == 2, "both are told")
        assert len(desk.said(AWAY, f"{filled} ", "filled")) == 1
        assert len(desk.said(AWAY, f"{canceled} ", "cancel")) == 1
        assert desk.said(AWAY, f"{untouched} ") == []
        await outage.begin()
        await outage.end()
        await desk.until(lambda: desk.said(AWAY, "nothing changed in 1 open orders"), "the second time nothing changed")
        assert len(desk.said(AWAY)) == 3
        assert desk.traded(filled) == Decimal("0.10")

    play(tmp_path, run)


def test_the_journal_holds_the_orders_but_no_secret_and_no_tick(tmp_path: Path) -> None:
    secrets: list[str] = []

    async def run(outage: Outage) -> None:
        desk, front = outage.desk, outage.simulator.xapi
        await bought(desk)
        for step in range(5):
            moved(outage.simulator, Decimal("1.156") + Decimal(step) / 10_000)
        await outage.begin()
        secrets.extend(front.venue.admission._sessions)
        await outage.end()
        await bought(desk, "0.20")
        secrets.extend([front.password, *front.venue.admission._sessions])

    play(tmp_path, run)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("journal.sqlite*"))
    assert len(secrets) >= 2
    assert [secret for secret in secrets if secret.encode() in kept] == []
    assert b"tickPrices" not in kept
    assert b'"bid"' not in kept
    assert b"tradeTransaction" in kept
    assert EURUSD.encode() in kept
