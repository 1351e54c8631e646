"""The bench of the conformance cases: one connection, its venue on a real socket, and a wire between them.

A case is an async function that gets the bench and has a number and a sentence; :func:`conformance` makes it a test
that runs for every venue that makes the promises it needs, over every transport of the venue. The venue's own market is
the truth that cases compare with.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from tests.conformance.pairs import PAIRS, Promise, VenuePair
from tests.conformance.truth import Truth
from tests.support.moving_clock import MovingClock, SteppedClock
from tests.support.wire import Wire, wire_to
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey, ClOrdID, OrderID
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderRequest,
)
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.engine_room import announced_profiles
from workstation.simulators.engine_orders import EngineOrder
from workstation.simulators.faults import Fault, FaultPlan
from workstation.simulators.otc.dealer import DealerRules
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.simulators.xapi_front.manners import Manners
from workstation.venues.base import (
    BookLoaded,
    Channel,
    ConnectionStatus,
    Lamp,
    OrderReport,
    RequestAnswered,
    VenueConnection,
    VenueEvent,
)

PATIENCE_S = 30.0
LOOK_S = 0.02
"""How often a wait looks by itself, for what is told to nobody."""
NUMBERS: dict[str, str] = {}
"""Every case by its number; a number is given once."""
LEFT_OUT: dict[str, dict[str, str]] = {}
"""By venue: the cases it does not run, each with the reason."""
_Kind = TypeVar("_Kind")


@dataclass
class Bench:
    """What a case works with. `events` is everything the connection told, in order; `wire` is its main link's cable.

    `beside` are the cables of its other links. What is done to the bench's own cables is done to all of them.
    """

    pair: VenuePair
    simulator: Simulator
    truth: Truth
    wire: Wire
    beside: tuple[Wire, ...]
    clock: MovingClock
    profile: ConnectionProfile
    secrets: Mapping[str, str]
    events: list[VenueEvent] = field(default_factory=list)
    runs: list[asyncio.Task[None]] = field(default_factory=list)
    connection: VenueConnection = field(init=False)

    def __post_init__(self) -> None:
        self._changed = asyncio.Event()
        self._keys = itertools.count(1)
        self._sends: list[asyncio.Task[None]] = []
        self.truth.observe(self._changed.set)
        self.connection = self.another()

    # -- life ----------------------------------------------------------------------------------------------------

    def another(
        self, sink: Callable[[VenueEvent], None] | None = None, secrets: Mapping[str, str] | None = None
    ) -> VenueConnection:
        """Return one more connection of the same profile, with other secrets if they are given."""

        def take(event: VenueEvent) -> None:
            (sink or self.events.append)(event)
            self._changed.set()

        return self.pair.build(self.profile, {**self.secrets, **(secrets or {})}, take, self.clock)

    def run(self, connection: VenueConnection | None = None) -> asyncio.Task[None]:
        """Start a connection."""
        task = asyncio.get_running_loop().create_task((connection or self.connection).run())
        task.add_done_callback(lambda _: self._changed.set())
        self.runs.append(task)
        return task

    async def end(self) -> None:
        """End everything that was started, and await it."""
        for task in (*self._sends, *self.runs):
            task.cancel()
        await asyncio.gather(*self._sends, *self.runs, return_exceptions=True)

    async def log_in(self) -> asyncio.Task[None]:
        task = self.run()
        await self.live()
        await self.until(lambda: self.connection.instrument(self.symbol) is not None)
        return task

    def cut(self) -> None:
        for wire in (self.wire, *self.beside):
            wire.cut()

    def unplug(self) -> None:
        for wire in (self.wire, *self.beside):
            wire.unplug()

    def plug_in(self) -> None:
        for wire in (self.wire, *self.beside):
            wire.plug_in()

    def hold_up(self) -> None:
        for wire in (self.wire, *self.beside):
            wire.hold_up()

    def hold_down(self) -> None:
        for wire in (self.wire, *self.beside):
            wire.hold_down()

    def let_go(self) -> None:
        for wire in (self.wire, *self.beside):
            wire.let_go()

    async def pass_time(self, *steps_s: float) -> None:
        """Move the clock in steps, between which the connection has time to do what is due."""
        for seconds in steps_s:
            self.clock.advance(seconds)
            await asyncio.sleep(3 * LOOK_S)

    # -- what was told -------------------------------------------------------------------------------------------

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await self._changed.wait()

    async def live(self, sessions: int = 1) -> None:
        """Wait until the lamps are green on the given link."""
        await self.until(lambda: self.wire.links >= sessions and self.lamp is Lamp.LIVE)

    @property
    def lamp(self) -> Lamp:
        shown = self.all_of(ConnectionStatus)
        return shown[-1].worst if shown else Lamp.OFF

    def channel(self, channel: Channel) -> Lamp:
        shown = self.all_of(ConnectionStatus)
        return dict(shown[-1].lamps)[channel] if shown else Lamp.OFF

    def all_of(self, kind: type[_Kind]) -> list[_Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    def reports(self) -> list[OrderReport]:
        """Return every report, those inside books included, in order."""
        found: list[OrderReport] = []
        for event in self.events:
            if isinstance(event, OrderReport):
                found.append(event)
            elif isinstance(event, BookLoaded):
                found.extend(event.reports)
        return found

    async def report(self, wanted: Callable[[OrderReport], bool]) -> OrderReport:
        """Return the first report, past or to come, that is `wanted`."""
        await self.until(lambda: any(map(wanted, self.reports())))
        return next(filter(wanted, self.reports()))

    async def reported(self, terms: OrderTerms, event: OrderEvent) -> OrderReport:
        """Return the report of an order that looks like `terms`."""
        return await self.report(lambda one: one.event is event and looks(one.terms) == looks(terms))

    def answers_to(self, request: OrderRequest) -> list[RequestAnswered]:
        return [one for one in self.all_of(RequestAnswered) if one.request == request]

    async def answer(self, request: OrderRequest) -> RequestAnswered:
        await self.until(lambda: bool(self.answers_to(request)))
        return self.answers_to(request)[0]

    # -- what is sent --------------------------------------------------------------------------------------------

    def account(self, index: int = 0) -> AccountKey:
        """Return one of the login's accounts; there may be only one."""
        ids = self.truth.account_ids
        return AccountKey(self.profile.connection_id, ids[index % len(ids)])

    @property
    def symbol(self) -> str:
        return next(iter(self.truth.listings))

    def away(self, steps: int, symbol: str = "") -> Decimal:
        """Return a price so many steps below the best bid, above it when negative."""
        symbol = symbol or self.symbol
        return self.truth.bid(symbol) - steps * self.truth.step(symbol)

    def qty(self, units: int, symbol: str = "") -> Decimal:
        return units * self.truth.unit(symbol or self.symbol)

    def terms(self, steps: int = 10, qty: int = 1, **changes: object) -> OrderTerms:
        """Return an order to buy at a limit below the market that lives a day or, failing that, for good."""
        day = (OrdType.LIMIT, TimeInForce.DAY) in self.pair.capabilities.forms
        resting = OrderTerms(
            account=self.account(),
            symbol=self.symbol,
            side=Side.BUY,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.DAY if day else TimeInForce.GOOD_TILL_CANCEL,
            order_qty=self.qty(qty, str(changes.get("symbol", ""))),
            price=self.away(steps),
        )
        return replace(resting, **changes)  # type: ignore[arg-type]

    def crossing(self, qty: int = 1, **changes: object) -> OrderTerms:
        """Return an order to buy that trades at once: through the market by its limit or, failing that, at market."""
        if (OrdType.MARKET, TimeInForce.FILL_OR_KILL) not in self.pair.capabilities.forms:
            return self.terms(-30, qty, **changes)
        market = {"ord_type": OrdType.MARKET, "time_in_force": TimeInForce.FILL_OR_KILL, "price": None}
        return self.terms(qty=qty, **(market | changes))

    def new(self, terms: OrderTerms | None = None) -> NewOrderSingle:
        return NewOrderSingle(cl_ord_id=ClOrdID(f"W{next(self._keys)}"), terms=terms or self.terms())

    async def send(self, request: OrderRequest) -> None:
        await self.connection.send(self.connection.encode(request))

    def begin_sending(self, request: OrderRequest) -> asyncio.Task[None]:
        """Start a send that may have to wait."""
        task = asyncio.get_running_loop().create_task(self.send(request))
        self._sends.append(task)
        return task

    async def working(self, terms: OrderTerms | None = None) -> tuple[NewOrderSingle, OrderID]:
        """Place an order that rests, and return it with the venue's number."""
        request = self.new(terms)
        await self.send(request)
        shown = await self.reported(request.terms, OrderEvent.REPORT_NEW)
        await self.answer(request)
        return request, shown.order_id

    def cancel_of(self, request: NewOrderSingle, order_id: OrderID) -> OrderCancelRequest:
        return OrderCancelRequest(cl_ord_ids=(request.cl_ord_id,), order_ids=(order_id,), account=request.terms.account)

    def replacement_of(
        self, request: NewOrderSingle, order_id: OrderID, **changes: object
    ) -> OrderCancelReplaceRequest:
        terms = replace(request.terms, **changes)  # type: ignore[arg-type]
        return OrderCancelReplaceRequest(cl_ord_id=request.cl_ord_id, order_id=order_id, terms=terms)

    # -- the truth -----------------------------------------------------------------------------------------------

    def held(self, account: AccountKey | None = None) -> tuple[EngineOrder, ...]:
        """Return the venue's own orders of an account."""
        return self.truth.held((account or self.account()).account_id)

    async def reloaded(self, account: AccountKey | None = None) -> BookLoaded:
        """Return the book of an account, asked for from now on."""
        wanted, asked_ns = account or self.account(), self.clock.now_ns()
        await self.connection.reload(wanted)

        def found() -> list[BookLoaded]:
            return [one for one in self.all_of(BookLoaded) if one.account == wanted and one.asked_ns >= asked_ns]

        await self.until(lambda: bool(found()))
        return found()[-1]


def looks(terms: OrderTerms) -> tuple[object, ...]:
    """Return what an order looks like from outside."""
    return (
        terms.account,
        terms.symbol,
        terms.side,
        terms.ord_type,
        terms.time_in_force,
        terms.order_qty,
        terms.price,
        terms.stop_px,
    )


Case = Callable[[Bench], Coroutine[Any, Any, None]]


def conformance(
    number: str,
    sentence: str,
    faults: Callable[[VenuePair], Sequence[Fault]] = lambda _: (),
    needs: Sequence[Promise] = (),
    *,
    paced: bool = False,
    extra_symbols: int = 0,
) -> Callable[[Case], Callable[[VenuePair], None]]:
    """Make a case a test; `faults` are what the venue does wrong on purpose, `needs` says which venues it is for.

    `paced` is for venues that allow so many requests a second: both ends keep the real pace, by a clock that stands
    still while anything is on its way. The venue lists `extra_symbols` made-up instruments more.
    """

    def made(case: Case) -> Callable[[VenuePair], None]:
        assert number not in NUMBERS, f"{number} is given twice"
        NUMBERS[number] = sentence
        for pair in PAIRS:
            missing = [promise for promise in needs if promise not in pair.promises]
            if missing:
                LEFT_OUT.setdefault(pair.name, {})[number] = missing[0].value
        pairs = [pair for pair in PAIRS if number not in LEFT_OUT.get(pair.name, {})]

        def test(pair: VenuePair) -> None:
            plan = FaultPlan(list(faults(pair)))
            options = quiet_venue({pair.venue: plan}, xapi_extra_symbols=extra_symbols)
            asyncio.run(_play_paced(pair, case, options) if paced else _play(pair, case, options))

        test.__name__ = test.__qualname__ = case.__name__
        test.__module__ = case.__module__
        test.__doc__ = f"{number}: {sentence}"
        return pytest.mark.parametrize("pair", pairs, ids=[pair.name for pair in pairs])(test)

    return made


async def _play(pair: VenuePair, case: Case, options: SimulatorOptions) -> None:
    async with conformance_bench(pair, options, MovingClock()) as bench:
        assert bench.connection.capabilities == pair.capabilities
        await case(bench)


async def _play_paced(pair: VenuePair, case: Case, options: SimulatorOptions) -> None:
    assert pair.build_paced is not None
    clock = SteppedClock()
    strict = replace(options, xapi_manners=Manners(close_s=1.0))
    async with conformance_bench(replace(pair, build=pair.build_paced), strict, clock) as bench:
        running = asyncio.get_running_loop().create_task(clock.run())
        try:
            await case(bench)
        finally:
            running.cancel()


def quiet_venue(faults: dict[str, FaultPlan] | None = None, **options: Any) -> SimulatorOptions:
    """Return a market held still and venues that make nobody wait, but for `options`."""
    still = SimulatorOptions(
        seed=7,
        step_s=None,
        login_delay_s=0.0,
        faults=faults or {},
        close_s=1.0,
        xapi_manners=Manners(pace_s=0.0, close_s=1.0),
        xapi_rules=DealerRules(execution_ms=0),
    )
    return replace(still, **options)


@asynccontextmanager
async def conformance_bench(pair: VenuePair, options: SimulatorOptions, clock: MovingClock) -> AsyncIterator[Bench]:
    """Serve the venue, lay the cables of every address that the profile has, and build the connection."""
    async with running_simulator(options, clock) as simulator, AsyncExitStack() as cables:
        found = {one.venue: (one, secrets) for one, secrets in announced_profiles(simulator.announcement)}
        announced, secrets = found[pair.venue]
        announced = pair.places(announced, simulator)
        wire = await cables.enter_async_context(wire_to(announced.url))
        places = {name: text for name, text in announced.settings.items() if name.endswith("_url")}
        beside = {name: await cables.enter_async_context(wire_to(url)) for name, url in places.items()}
        settings = {**announced.settings, **{name: one.url for name, one in beside.items()}}
        profile = replace(announced, url=wire.url, settings=settings)
        truth, others = pair.truth(simulator), tuple(beside.values())
        bench = Bench(pair, simulator, truth, wire, others, clock, profile, secrets)
        try:
            yield bench
        finally:
            await bench.end()
