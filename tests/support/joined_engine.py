"""The whole engine as it trades: a real journal on the disk, the real QST connection, a clock that a test may move."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from tests.support.desk_bench import FakeCredentials, FakeSettings
from tests.support.moving_clock import MovingClock
from workstation.desk.commands import CancelOrders, CancelsSent, Command, PlaceOrder, Refused, Sent
from workstation.desk.engine import Engine
from workstation.desk.messages import ActivityLine, EngineMessage
from workstation.domain.connection import ConnectionProfile
from workstation.domain.executions import Execution
from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.engine_room import announced_profiles
from workstation.runtime.backoff import Backoff
from workstation.runtime.clock import Clock
from workstation.simulators.market import Market
from workstation.simulators.serve import Simulator
from workstation.storage.connections import save_connections
from workstation.storage.journal import Journal
from workstation.venues.base import ConnectionStatus, EventSink, Lamp, VenueConnection, VenueKind
from workstation.venues.qst.capabilities import qst_capabilities
from workstation.venues.qst.connection import QstConnection
from workstation.venues.qst.link import Timing

PATIENCE_S = 30.0
GESTURE = "Ctrl+Enter in the ticket"
TIMING = Timing(tick_s=0.01, ping_s=0.5, open_s=0.3, leave_s=0.1, slow_reader_pause_s=0.02)
_Kind = TypeVar("_Kind")


def quick_qst(clock: Clock) -> VenueKind:
    """Return the venue as the program has it, but with short waits."""

    def build(profile: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> VenueConnection:
        backoff = Backoff(first_s=0.005, factor=1.5, limit_s=0.05)
        return QstConnection(profile, secrets, sink, clock, backoff=backoff, timing=TIMING)

    return VenueKind(factory=build, capabilities=qst_capabilities())


def saved_profile(simulator: Simulator, url: str = "") -> tuple[ConnectionProfile, dict[str, str]]:
    """Return the connection to a venue that runs on its own, as a trader would have saved it."""
    [(profile, secrets)] = announced_profiles({"qst": simulator.announcement["qst"]})
    return replace(profile, url=url or profile.url), secrets


@dataclass
class JoinedEngine:
    """A running engine; `heard` is everything it told the screen, in order."""

    engine: Engine
    journal: Journal
    clock: MovingClock
    profile: ConnectionProfile
    heard: list[EngineMessage] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    # -- what it told --------------------------------------------------------------------------------------------

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not holds():
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            tail = "\n".join([*self.lines()[-15:], repr(self.status)])
            raise AssertionError(f"it never came true: {what or 'a condition'}; the last it said:\n{tail}") from None

    async def while_time_passes(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait as :meth:`until`, with a clock that runs fast, for what time alone brings about."""

        async def run_fast() -> None:
            while True:
                self.clock.advance(1.0)
                await asyncio.sleep(2 * TIMING.tick_s)

        running = asyncio.get_running_loop().create_task(run_fast())
        try:
            await self.until(holds, what)
        finally:
            running.cancel()

    def all_of(self, kind: type[_Kind]) -> list[_Kind]:
        return [message for message in self.heard if isinstance(message, kind)]

    def orders(self) -> dict[ClOrdID, Order]:
        return {order.cl_ord_id: order for order in self.all_of(Order)}

    def order(self, key: ClOrdID) -> Order:
        return self.orders()[key]

    def traded(self, key: ClOrdID) -> Decimal:
        """Return what the executions of an order add up to."""
        return sum((one.last_qty for one in self.all_of(Execution) if one.cl_ord_id == key), Decimal(0))

    def lines(self) -> list[str]:
        return [line.text for line in self.all_of(ActivityLine)]

    def said(self, *words: str) -> list[str]:
        """Return the lines of the activity log that hold all these words."""
        return [line for line in self.lines() if all(word in line for word in words)]

    @property
    def status(self) -> ConnectionStatus | None:
        shown = self.all_of(ConnectionStatus)
        return shown[-1] if shown else None

    @property
    def lamp(self) -> Lamp:
        return self.status.worst if self.status is not None else Lamp.OFF

    def errors(self) -> str:
        """Return every error that a status ever named."""
        return "\n".join({status.last_error: None for status in self.all_of(ConnectionStatus)})

    async def live(self) -> None:
        await self.until(lambda: self.lamp is Lamp.LIVE, "the lamps are green")

    async def is_in(self, key: ClOrdID, *wanted: OrdStatus) -> Order:
        """Wait until an order is in one of these states."""
        await self.until(lambda: self.orders()[key].ord_status in wanted, f"{key} is {wanted}")
        return self.order(key)

    # -- what is asked of it -------------------------------------------------------------------------------------

    def account(self, account_id: str = "17014") -> AccountKey:
        return AccountKey(self.profile.connection_id, account_id)

    def terms(self, symbol: str, price: Decimal, *, qty: int = 1, account_id: str = "17014") -> OrderTerms:
        return OrderTerms(
            account=self.account(account_id),
            symbol=symbol,
            side=Side.BUY,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.DAY,
            order_qty=Decimal(qty),
            price=price,
        )

    async def ask(self, command: Command) -> object:
        async with asyncio.timeout(PATIENCE_S):
            return await self.engine.handle(command)

    async def place(self, terms: OrderTerms) -> ClOrdID:
        answer = await self.ask(PlaceOrder(terms=terms, gesture=GESTURE, accepted=("size", "duplicate")))
        assert isinstance(answer, Sent), answer
        return answer.cl_ord_id

    async def refused(self, terms: OrderTerms) -> str:
        """Try to place, and return why it was not sent."""
        answer = await self.ask(PlaceOrder(terms=terms, gesture=GESTURE))
        assert isinstance(answer, Refused), answer
        return answer.findings[0].text

    async def cancel(self, *keys: ClOrdID) -> CancelsSent:
        answer = await self.ask(CancelOrders(cl_ord_ids=keys, gesture="Del in the order book"))
        assert isinstance(answer, CancelsSent), answer
        return answer


@asynccontextmanager
async def joined_engine(
    folder: Path,
    profile: ConnectionProfile,
    secrets: Mapping[str, str],
    clock: MovingClock,
    venues: Mapping[str, VenueKind] | None = None,
) -> AsyncIterator[JoinedEngine]:
    """Run an engine on the journal in `folder` until the block is left; it ends in order."""
    settings, credentials = FakeSettings(), FakeCredentials()
    save_connections(settings, [profile])
    credentials.kept[profile.connection_id] = dict(secrets)
    journal = Journal.open(folder / "journal.sqlite", clock)
    heard: list[EngineMessage] = []
    changed = asyncio.Event()

    def publish(message: EngineMessage) -> None:
        heard.append(message)
        changed.set()

    kinds = venues or {"qst": quick_qst(clock)}
    engine = Engine(journal, settings, credentials, kinds, clock, publish, tick_s=0.02, draw_part=lambda: "7f3a")
    running = asyncio.get_running_loop().create_task(engine.run())
    try:
        yield JoinedEngine(engine, journal, clock, profile, heard, changed)
    finally:
        running.cancel()
        await asyncio.wait({running})
        journal.close()
        if not running.cancelled():
            running.result()


def below(market: Market, symbol: str, ticks: int) -> Decimal:
    """Return a price so many ticks below the best bid, above it when negative."""
    bid = market.touch(symbol).bid_px
    assert bid is not None
    return bid - ticks * market.contracts[symbol].instrument.tick_size
