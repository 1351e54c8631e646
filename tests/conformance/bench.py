"""The bench of the conformance cases: one connection, its venue on a real socket, and a wire between them.

A case is an async function that gets the bench and has a number and a sentence; :func:`conformance` makes it a test
that runs for every venue. The venue's own market is the truth that cases compare with.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from tests.conformance.pairs import PAIRS, VenuePair
from tests.support.moving_clock import MovingClock
from tests.support.wire import Wire, wire_to
from workstation.domain.capabilities import Capabilities
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
from workstation.simulators.engine_orders import EngineEvent, EngineOrder
from workstation.simulators.faults import Fault, FaultPlan
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.venues.base import (
    BookLoaded,
    ConnectionStatus,
    Lamp,
    OrderReport,
    RequestAnswered,
    VenueConnection,
    VenueEvent,
)

PATIENCE_S = 30.0
NUMBERS: dict[str, str] = {}
"""Every case by its number; a number is given once."""
_Kind = TypeVar("_Kind")


@dataclass
class Bench:
    """What a case works with. `events` is everything the connection told, in order."""

    pair: VenuePair
    simulator: Simulator
    wire: Wire
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
        self.simulator.market.observe(self)
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
        return task

    def order_changed(self, event: EngineEvent) -> None:
        """Look again, because something changed at the venue."""
        self._changed.set()

    def money_changed(self, account_id: str, symbol: str) -> None:
        """Look again, as above."""
        self._changed.set()

    # -- what was told -------------------------------------------------------------------------------------------

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def live(self, sessions: int = 1) -> None:
        """Wait until the lamps are green on the given link."""
        await self.until(lambda: self.wire.links >= sessions and self.lamp is Lamp.LIVE)

    @property
    def lamp(self) -> Lamp:
        shown = self.all_of(ConnectionStatus)
        return shown[-1].worst if shown else Lamp.OFF

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
        return AccountKey(self.profile.connection_id, self.simulator.market.account_rows[index].account_id)

    @property
    def symbol(self) -> str:
        return next(iter(self.simulator.market.contracts))

    def away(self, ticks: int, symbol: str = "") -> Decimal:
        """Return a price so many ticks below the best bid, above it when negative."""
        symbol = symbol or self.symbol
        bid = self.simulator.market.touch(symbol).bid_px
        assert bid is not None
        return bid - ticks * self.simulator.market.contracts[symbol].instrument.tick_size

    def terms(self, ticks: int = 10, qty: int = 1, **changes: object) -> OrderTerms:
        """Return a day order to buy at a limit below the market, but for `changes`."""
        resting = OrderTerms(
            account=self.account(),
            symbol=self.symbol,
            side=Side.BUY,
            ord_type=OrdType.LIMIT,
            time_in_force=TimeInForce.DAY,
            order_qty=Decimal(qty),
            price=self.away(ticks),
        )
        return replace(resting, **changes)  # type: ignore[arg-type]

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
        return self.simulator.market.orders((account or self.account()).account_id)


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
Needs = Callable[[VenuePair, Capabilities], bool]


def conformance(
    number: str,
    sentence: str,
    faults: Callable[[VenuePair], Sequence[Fault]] = lambda _: (),
    needs: Needs = lambda _pair, _capabilities: True,
) -> Callable[[Case], Callable[[VenuePair], None]]:
    """Make a case a test; `faults` are what the venue does wrong on purpose, `needs` says which venues it is for."""

    def made(case: Case) -> Callable[[VenuePair], None]:
        assert number not in NUMBERS, f"{number} is given twice"
        NUMBERS[number] = sentence

        def test(pair: VenuePair) -> None:
            asyncio.run(_play(pair, case, FaultPlan(list(faults(pair))), needs))

        test.__name__ = test.__qualname__ = case.__name__
        test.__module__ = case.__module__
        test.__doc__ = f"{number}: {sentence}"
        return pytest.mark.parametrize("pair", PAIRS, ids=[pair.venue for pair in PAIRS])(test)

    return made


async def _play(pair: VenuePair, case: Case, faults: FaultPlan, needs: Needs) -> None:
    async with _bench(pair, faults) as bench:
        if not needs(pair, bench.connection.capabilities):
            pytest.skip(f"{pair.venue} makes no such promise")
        await case(bench)


@asynccontextmanager
async def _bench(pair: VenuePair, faults: FaultPlan) -> AsyncIterator[Bench]:
    clock = MovingClock()
    options = SimulatorOptions(seed=7, step_s=None, login_delay_s=0.0, faults={pair.venue: faults}, close_s=1.0)
    async with running_simulator(options, clock) as simulator:
        found = {one.venue: (one, secrets) for one, secrets in announced_profiles(simulator.announcement)}
        profile, secrets = found[pair.venue]
        async with wire_to(profile.url) as wire:
            bench = Bench(pair, simulator, wire, clock, replace(profile, url=wire.url), secrets)
            try:
                yield bench
            finally:
                await bench.end()
