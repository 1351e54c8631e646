"""A small working venue for tests of the desk: it keeps its own books, and can lose, refuse and delay.

It echoes no key of ours, numbers its orders from 115001 on, and gives a replaced order a new number, as QST may. What
it does goes to the desk as events when the test says so (`deliver`), so that a test decides what arrives, in which
order, how often, or not at all. `venue.received` is everything that truly reached it: nothing may stand there twice.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, auto

from tests.support.fake_clock import FakeClock
from workstation.domain.account import Account, Position
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderMassCancelRequest,
    OrderRequest,
    PositionAmendRequest,
    orders_of,
)
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.domain.price_format import PriceFormat
from workstation.venues.base import (
    AccountsListed,
    BookLoaded,
    Channel,
    ConnectionStatus,
    Direction,
    EventSink,
    FrameSeen,
    InstrumentsListed,
    Lamp,
    OrderReport,
    Outcome,
    Outgoing,
    PositionReported,
    QueryRefused,
    RequestAnswered,
    VenueError,
    VenueEvent,
    VenueKind,
    VenueUnreachable,
)
from workstation.venues.queries import QueryResult, VenueQuery, Watch

CONNECTION = ConnectionID("qst-demo")
ACCOUNT = AccountKey(CONNECTION, "17014")
CORN = Instrument(
    symbol="ZCZ26",
    description="Corn",
    exchange="CBOT",
    currency="USD",
    tick_size=Decimal("0.25"),
    lot_size=Decimal(1),
    multiplier=Decimal(50),
    price_format=PriceFormat(places=2, denominator=8),
)
CAPABILITIES = Capabilities(
    venue="qst",
    title="QST",
    glyph="Q",
    forms=frozenset(
        (kind, tif)
        for kind in (OrdType.MARKET, OrdType.LIMIT, OrdType.STOP)
        for tif in (TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_DATE)
    ),
    position_effects=frozenset(PositionEffect),
    refusals={OrdType.STOP_LIMIT: "QST does not say which price is the trigger."},
    cancels_by_symbol=True,
    echoes_cl_ord_id=False,
)


def profile(environment: Environment = Environment.DEMO) -> ConnectionProfile:
    return ConnectionProfile(
        connection_id=CONNECTION,
        venue="qst",
        name="QST demo",
        environment=environment,
        url="ws://127.0.0.1:4100/",
        secret_names=("password",),
    )


def limit_terms(qty: str = "5", price: str | None = "588.75", **changes: object) -> OrderTerms:
    terms = OrderTerms(
        account=ACCOUNT,
        symbol="ZCZ26",
        side=Side.BUY,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=Decimal(qty),
        price=None if price is None else Decimal(price),
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


class Fate(Enum):
    """What happens to a request that is handed to `send`."""

    ARRIVES = auto()
    REFUSED = auto()
    LOST_ON_THE_WAY = auto()
    """Bytes left, the venue never got them, nobody answers."""
    ANSWER_LOST = auto()
    """The venue acts on it, but nothing of it is heard."""
    NOT_SENT = auto()


@dataclass(slots=True)
class VenueOrder:
    """One order in the venue's own books."""

    order_id: OrderID
    terms: OrderTerms
    entered_ns: int
    event: OrderEvent = OrderEvent.REPORT_NEW
    cum_qty: Decimal = Decimal(0)
    by_us: bool = True
    key: ClOrdID | None = None
    """Whose order it truly is; never told to the desk."""

    def report(self) -> OrderReport:
        return OrderReport(
            order_id=self.order_id,
            terms=self.terms,
            event=self.event,
            venue_status=self.event.value,
            cum_qty=self.cum_qty,
            avg_px=self.terms.price if self.cum_qty else None,
            transact_time_ns=self.entered_ns,
            entered_by_us=self.by_us,
        )


@dataclass(slots=True)
class FakeVenue:
    """The venue's side: survives connections and restarts of the program."""

    clock: FakeClock
    orders: dict[OrderID, VenueOrder] = field(default_factory=dict)
    received: list[OrderRequest] = field(default_factory=list)
    net_qty: Decimal = Decimal(0)
    next_number: int = 115001
    capabilities: Capabilities = CAPABILITIES
    instrument: Instrument = CORN
    positions: dict[str, Position] = field(default_factory=dict)
    """Positions held apart, by number."""

    def enter(self, terms: OrderTerms, *, by_us: bool = True) -> VenueOrder:
        order = VenueOrder(OrderID(str(self.next_number)), terms, self.clock.now_ns(), by_us=by_us)
        self.next_number += 1
        self.orders[order.order_id] = order
        return order

    def fill(self, order_id: OrderID, qty: str) -> VenueOrder:
        order = self.orders[order_id]
        order.cum_qty += Decimal(qty)
        whole = order.cum_qty >= order.terms.order_qty
        order.event = OrderEvent.REPORT_FILLED if whole else OrderEvent.REPORT_NEW
        self.net_qty += Decimal(qty) if order.terms.side is Side.BUY else -Decimal(qty)
        return order

    def act(self, request: OrderRequest) -> list[VenueEvent]:
        """Do what a request asks and return what the venue says of it."""
        self.received.append(request)
        if isinstance(request, NewOrderSingle):
            entered = self.enter(request.terms)
            entered.key = request.cl_ord_id
            return [entered.report()]
        if isinstance(request, OrderCancelReplaceRequest):
            return self._replace(request)
        if isinstance(request, PositionAmendRequest):
            return self._amend(request)
        if isinstance(request, OrderMassCancelRequest):
            return self._cancel([order.order_id for order in self.orders.values()])
        return self._cancel(list(request.order_ids))

    def _replace(self, request: OrderCancelReplaceRequest) -> list[VenueEvent]:
        old = self.orders[request.order_id]
        if old.event is not OrderEvent.REPORT_NEW:
            return []
        old.event = OrderEvent.REPORT_CANCELED
        new = self.enter(request.terms)
        new.cum_qty, new.key = old.cum_qty, old.key
        return [old.report(), new.report()]

    def _amend(self, request: PositionAmendRequest) -> list[VenueEvent]:
        amended = replace(
            self.positions[request.position_id],
            stop_loss=request.stop_loss,
            take_profit=request.take_profit,
            trailing_offset=request.trailing_offset,
        )
        self.positions[request.position_id] = amended
        return [PositionReported(position=amended)]

    def _cancel(self, numbers: list[OrderID]) -> list[VenueEvent]:
        reports: list[VenueEvent] = []
        for number in numbers:
            order = self.orders.get(number)
            if order is not None and order.event is OrderEvent.REPORT_NEW:
                order.event = OrderEvent.REPORT_CANCELED
                reports.append(order.report())
        return reports

    def book(self, asked_ns: int) -> BookLoaded:
        netted = Position(key=ACCOUNT, symbol="ZCZ26", net_qty=self.net_qty)
        held = (netted,) if self.net_qty else ()
        reports = tuple(order.report() for order in self.orders.values())
        return BookLoaded(
            account=ACCOUNT, reports=reports, positions=(*held, *self.positions.values()), asked_ns=asked_ns
        )


class FakeConnection:
    """One login at a :class:`FakeVenue`; `fates` are used up by sends, then everything arrives."""

    def __init__(self, venue: FakeVenue, built_from: ConnectionProfile, sink: EventSink) -> None:
        self.venue = venue
        self.sink = sink
        self.fates: list[Fate] = []
        self.before_send: Callable[[Outgoing], None] = lambda outgoing: None
        self.waiting: list[VenueEvent] = []
        self.unanswered: list[OrderRequest] = []
        self.reloads = 0
        self.withdrawn: list[str] = []
        self.watched = Watch()
        self.paces = False
        self.queue: list[asyncio.Future[None]] = []
        """What waits for its turn while the venue `paces`; cancels never do."""
        self.query_answers: dict[type[VenueQuery], QueryResult | VenueError] = {}
        self.session_started_ns = 0
        self.up = True
        self.running = asyncio.Event()
        self.ending: BaseException | None = None
        self.end = asyncio.Event()
        self._profile = built_from
        self._request_id = 0

    @property
    def profile(self) -> ConnectionProfile:
        return self._profile

    @property
    def capabilities(self) -> Capabilities:
        return self.venue.capabilities

    async def run(self) -> None:
        self.running.set()
        await self.end.wait()
        if self.ending is not None:
            raise self.ending

    def encode(self, request: OrderRequest) -> Outgoing:
        self._request_id += 1
        frame = FrameSeen(
            connection_id=CONNECTION,
            direction=Direction.OUT,
            message_type=type(request).__name__,
            body=repr(request),
            cl_ord_ids=orders_of(request),
        )
        return Outgoing(request=request, frame=b"", frame_seen=frame, request_id=self._request_id)

    async def send(self, outgoing: Outgoing) -> None:
        self.before_send(outgoing)
        if self.paces and not isinstance(outgoing.request, OrderCancelRequest):
            turn = asyncio.get_running_loop().create_future()
            self.queue.append(turn)
            await turn
        fate, request = self.fates.pop(0) if self.fates else Fate.ARRIVES, outgoing.request
        if fate is Fate.NOT_SENT or not self.up:
            raise VenueUnreachable("The link is down.")
        if fate is Fate.REFUSED:
            self.venue.received.append(request)
            self.waiting.append(RequestAnswered(request=request, outcome=Outcome.REFUSED, text="No margin."))
            return
        if fate is Fate.ARRIVES:
            self.waiting.append(RequestAnswered(request=request, outcome=Outcome.RECEIVED))
            self.waiting.extend(self.venue.act(request))
            return
        self.unanswered.append(request)
        if fate is Fate.ANSWER_LOST:
            self.venue.act(request)

    async def reload(self, account: AccountKey | None = None) -> None:
        if not self.up:
            raise VenueUnreachable("The link is down.")
        self.reloads += 1
        self.waiting.append(self.venue.book(self.venue.clock.now_ns()))

    def withdraw(self, why: str) -> None:
        self.withdrawn.append(why)
        queue, self.queue = self.queue, []
        for turn in queue:
            turn.set_exception(VenueUnreachable(why))

    def watch(self, wanted: Watch) -> None:
        self.watched = wanted

    async def query(self, query: VenueQuery) -> QueryResult:
        answer = self.query_answers.get(type(query))
        if isinstance(answer, VenueError):
            raise answer
        if answer is None:
            raise QueryRefused(f"This venue has no words for {type(query).__name__}.")
        return answer

    def instrument(self, symbol: str) -> Instrument | None:
        held = self.venue.instrument
        return held if symbol == held.symbol else None

    # -- what tests do with it -----------------------------------------------------------------------------------

    def deliver(self, count: int | None = None) -> None:
        """Hand the oldest waiting events, or all, to the desk."""
        now, self.waiting = self.waiting[:count], [] if count is None else self.waiting[count:]
        for event in now:
            self.sink(event)

    def time_out(self) -> None:
        """End every unanswered request as unknown."""
        unanswered, self.unanswered = self.unanswered, []
        for request in unanswered:
            self.sink(RequestAnswered(request=request, outcome=Outcome.UNKNOWN, text="No answer for 10 s."))

    def status(self, lamp: Lamp, error: str = "") -> None:
        lamps = tuple((channel, lamp) for channel in (Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM))
        self.sink(
            ConnectionStatus(
                connection_id=CONNECTION,
                venue="qst",
                lamps=lamps,
                session_started_ns=self.session_started_ns,
                last_error=error,
            )
        )

    def log_in(self) -> None:
        """Log in, list accounts and instruments, load the book, go live."""
        self.up = True
        self.session_started_ns = self.venue.clock.now_ns()
        self.status(Lamp.SYNCING)
        account = Account(key=ACCOUNT, venue="qst", environment=Environment.DEMO, name="Main", alias="")
        self.sink(AccountsListed(accounts=(account,)))
        self.sink(InstrumentsListed(connection_id=CONNECTION, instruments=(self.venue.instrument,)))
        self.sink(self.venue.book(self.venue.clock.now_ns()))
        self.status(Lamp.LIVE)

    def drop(self) -> None:
        """Lose the link: what was waiting is lost, so its requests end as unknown, like those unanswered."""
        self.unanswered += [event.request for event in self.waiting if isinstance(event, RequestAnswered)]
        self.waiting = []
        self.up = False
        self.time_out()
        self.status(Lamp.RECONNECTING)


def kind_of(venue: FakeVenue, built: list[FakeConnection]) -> VenueKind:
    """Return the venue's kind; every connection that is built is added to `built`."""

    def factory(built_from: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> FakeConnection:
        built.append(FakeConnection(venue, built_from, sink))
        return built[-1]

    return VenueKind(factory=factory, capabilities=venue.capabilities)


def cancels_received(venue: FakeVenue) -> list[ClOrdID]:
    """Return the orders that the venue was asked to cancel, one by one."""
    return [key for request in venue.received if isinstance(request, OrderCancelRequest) for key in request.cl_ord_ids]
