"""The contract, the events and the errors that all venues share.

A connection is driven by the desk: `run` keeps it connected, `encode` turns a request into bytes without I/O, `send`
puts exactly those bytes on the wire. What happens then arrives as events, in order, through the sink given to the
connection: a request's answer is an event too, because no answer is only "received".

Errors, split by what the caller does next:

    VenueUnreachable    the network or the venue is down        reconnect, waiting longer each time
    NotAuthorised       credentials refused                     stop, ask the trader
    SessionTaken        the venue gave our place to another     stop, ask the trader
    MalformedFrame      bytes that are no message               drop the link, log the frame
    ProtocolViolation   a message that breaks the rules         drop the link, log the frame
    NotExpressible      the venue has no words for a request    refuse the order, nothing is sent
    QueryRefused        the venue does not answer a question    show the text; nothing else follows
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Protocol

from workstation.domain.account import Account, Balance, Position
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Depth, LiveCandle, NewsItem, Quote
from workstation.domain.order_requests import OrderRequest
from workstation.domain.order_states import OrderEvent
from workstation.domain.orders import OrderTerms
from workstation.venues.queries import QueryResult, VenueQuery, Watch


class VenueError(Exception):
    """Base of what can go wrong with a venue; the text is fit for the trader."""


class VenueUnreachable(VenueError):
    """The network or the venue is down; from `send` it means that no byte of the request left."""


class NotAuthorised(VenueError):
    """The venue refused the credentials; never tried again by itself."""


class SessionTaken(VenueError):
    """The venue closed us because the same client connected elsewhere; never reconnected by itself."""


class MalformedFrame(VenueError):
    """The bytes are not a message of this protocol."""


class ProtocolViolation(VenueError):
    """The message is well formed, but must not come here."""


class NotExpressible(VenueError):
    """The venue's protocol has no words for this request."""


class QueryRefused(VenueError):
    """The venue has no such feed, or said no to this question."""


class Channel(Enum):
    """The parts of a connection that can fail on their own; one lamp each."""

    LOGIN = "LOGIN"
    TRADING = "TRADING"
    ORDER_STREAM = "ORDER_STREAM"
    DATA = "DATA"


class Lamp(Enum):
    """What a channel claims of itself, best first (ux: connection lamp)."""

    LIVE = "LIVE"
    STALE = "STALE"
    DEGRADED = "DEGRADED"
    SYNCING = "SYNCING"
    CONNECTING = "CONNECTING"
    SUSPECT = "SUSPECT"
    RECONNECTING = "RECONNECTING"
    NEEDS_YOU = "NEEDS_YOU"
    BLOCKED = "BLOCKED"
    OFF = "OFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionStatus:
    """One connection's lamps and the facts behind them, for the status strip and its tooltip.

    `detail` is the word behind the lamp ("connecting 2/4: order entry"), `last_error` says what happened, what it
    means and what to do. Times are epoch nanoseconds, 0 for never; durations are milliseconds, None for not measured.
    """

    connection_id: ConnectionID
    venue: str
    lamps: tuple[tuple[Channel, Lamp], ...]
    detail: str = ""
    endpoint: str = ""
    session_started_ns: int = 0
    last_in_ns: int = 0
    last_out_ns: int = 0
    round_trip_ms: float | None = None
    round_trip_p99_ms: float | None = None
    retry_at_ns: int = 0
    retry_count: int = 0
    queued: int = 0
    queue_delay_ms: int = 0
    """How long the last of the queued requests still waits for its turn by the venue's own rules."""
    last_error: str = ""

    @property
    def worst(self) -> Lamp:
        """The lamp that is shown on top."""
        order = list(Lamp)
        return max((lamp for _, lamp in self.lamps), key=order.index, default=Lamp.OFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsListed:
    """The accounts one login offers."""

    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentsListed:
    """Instruments whose steps and format are known at this venue."""

    connection_id: ConnectionID
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReport:
    """One order's full state in the venue's view; replaces what is held, whatever was missed before.

    `event` is the venue's status word mapped to the life cycle, `venue_status` the word itself. `cl_ord_id` is set
    only where the venue echoes our key. `entered_by_us` is None where the venue does not say.
    """

    order_id: OrderID
    terms: OrderTerms
    event: OrderEvent
    venue_status: str
    cum_qty: Decimal | None
    avg_px: Decimal | None
    transact_time_ns: int
    cl_ord_id: ClOrdID | None = None
    entered_by_us: bool | None = None
    text: str = ""
    last_px: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLoaded:
    """The complete orders and positions of one account, asked for at `asked_ns` (epoch nanoseconds).

    Complete means: an order that is not in it is not known to the venue as working.
    """

    account: AccountKey
    reports: tuple[OrderReport, ...]
    positions: tuple[Position, ...]
    asked_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReported:
    """A position changed."""

    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceReported:
    """Money of an account changed."""

    balance: Balance


class Outcome(Enum):
    """What a request's answer amounts to."""

    RECEIVED = "RECEIVED"
    """The venue has it. Not: accepted."""
    REFUSED = "REFUSED"
    """The venue said no; nothing changed there."""
    UNKNOWN = "UNKNOWN"
    """No answer in time, or the link died first: it may or may not have happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswered:
    """The end of one sent request. `order_id` is the number in the answer, where it has one."""

    request: OrderRequest
    outcome: Outcome
    text: str = ""
    order_id: OrderID | None = None


class Severity(Enum):
    """How much a line wants the trader's eyes."""

    INFO = "INFO"
    SUCCESS = "SUCCESS"
    WARNING = "WARNING"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextNotified:
    """Words of the venue to the trader; `cl_ord_ids` are the pending requests it most likely speaks of."""

    connection_id: ConnectionID
    severity: Severity
    text: str
    account: AccountKey | None = None
    cl_ord_ids: tuple[ClOrdID, ...] = ()
    transact_time_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityItem:
    """One line of the venue's own history of an account; `key` is stable, so that a reload adds nothing twice."""

    key: str
    account: AccountKey
    text: str
    transact_time_ns: int
    order_id: OrderID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityListed:
    """The venue's history of an account, oldest first."""

    account: AccountKey
    items: tuple[ActivityItem, ...]


class Direction(Enum):
    """Which way a frame went."""

    OUT = "OUT"
    IN = "IN"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSeen:
    """One message on the wire, for the journal: readable, in the venue's own names, secrets replaced by ``***``."""

    connection_id: ConnectionID
    direction: Direction
    message_type: str
    body: str
    cl_ord_ids: tuple[ClOrdID, ...] = ()
    order_id: OrderID | None = None


TradingEvent = (
    ConnectionStatus
    | AccountsListed
    | InstrumentsListed
    | OrderReport
    | BookLoaded
    | PositionReported
    | BalanceReported
    | RequestAnswered
    | TextNotified
    | ActivityListed
    | FrameSeen
)
"""What happens to the trader: journaled, and never conflated where it is about orders."""

MarketEvent = Quote | Depth | LiveCandle | NewsItem
"""What happens in the market: shown, the latest value counts, never journaled."""

VenueEvent = TradingEvent | MarketEvent

EventSink = Callable[[VenueEvent], None]
"""Called on the engine's loop, in the order in which things happened; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A request in its wire form, ready to be journaled and sent.

    `frame_seen` is the journal's record of it: the desk writes it to disk in the same commit as the intent, so
    `send` does not report it again.
    """

    request: OrderRequest
    frame: bytes
    frame_seen: FrameSeen
    request_id: int


class VenueConnection(Protocol):
    """One login at one venue. Lives on the engine's loop; every method is called there."""

    @property
    def profile(self) -> ConnectionProfile:
        """The profile it was built from."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What its venue can do."""
        ...

    async def run(self) -> None:
        """Keep the connection up until cancelled, or until something only the trader can cure.

        Raises:
            NotAuthorised, SessionTaken: after reporting NEEDS_YOU; the desk does not restart it by itself.
        """
        ...

    def encode(self, request: OrderRequest) -> Outgoing:
        """Put `request` in wire form; no I/O.

        Raises:
            NotExpressible: the venue has no words for it; the text says which value and why.
        """
        ...

    async def send(self, outgoing: Outgoing) -> None:
        """Put the frame on the wire, when the venue's own rules allow it; cancels overtake what waits.

        Returns when the bytes are with the socket; a :class:`RequestAnswered` always follows.

        Raises:
            VenueUnreachable: not one byte left, and none will.
        """
        ...

    async def reload(self, account: AccountKey | None = None) -> None:
        """Ask for the books of one account or of all; they arrive as :class:`BookLoaded` and the like.

        Raises:
            VenueUnreachable: there is no link to ask on.
        """
        ...

    def withdraw(self, why: str) -> None:
        """Take back what waits for its turn, cancels excepted: its `send` raises VenueUnreachable.

        A request whose first byte has left is not touched.
        """
        ...

    def watch(self, wanted: Watch) -> None:
        """Keep telling just this from now on, over reconnects too; what the venue does not have is ignored."""
        ...

    async def query(self, query: VenueQuery) -> QueryResult:
        """Ask the venue something that changes nothing.

        Raises:
            QueryRefused: it has no such feed, or it said no; the text is fit for the trader.
            VenueUnreachable: there is no link to ask on, or it ended before the answer.
        """
        ...

    def instrument(self, symbol: str) -> Instrument | None:
        """Return what is known of `symbol` here, or None: without steps nothing is formatted or sent."""
        ...


VenueFactory = Callable[[ConnectionProfile, Mapping[str, str], EventSink], VenueConnection]
"""Builds the connection of a profile from its secrets; raises :class:`NotAuthorised` when a secret is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueKind:
    """One venue as the desk needs it before any connection exists: how to build one, and what it can do."""

    factory: VenueFactory
    capabilities: Capabilities
