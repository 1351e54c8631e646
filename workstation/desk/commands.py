"""What the screen asks of the engine, and what comes back. Immutable values; each command is answered once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from workstation.desk.findings import Finding as Finding  # noqa: PLC0414 - said again: every answer is made of them
from workstation.desk.findings import Hardness as Hardness  # noqa: PLC0414
from workstation.desk.flatten_commands import Flatten, Flattened, FlattenPlan, PlanFlatten
from workstation.desk.group_commands import CheckGroup, GroupChecked, GroupReceipt, PlaceGroup
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, InstrumentKey
from workstation.domain.orders import OrderTerms
from workstation.venues.queries import QueryResult, VenueQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOrder:
    """Ask what stands against these terms; sends nothing. `replaces` names the order that they would amend.

    Answer: :class:`Checked`.
    """

    terms: OrderTerms
    replaces: ClOrdID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Findings, hard ones first; empty means that it can be sent."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder:
    """Send a new order.

    `gesture` says what the trader did ("Ctrl+Enter in the ticket"); `accepted` are the gates whose soft findings
    the trader confirmed.
    Answer: :class:`Sent` or :class:`Refused`.
    """

    terms: OrderTerms
    gesture: str
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceOrder:
    """Give a working order new terms. Answer: :class:`Sent` or :class:`Refused`."""

    cl_ord_id: ClOrdID
    terms: OrderTerms
    gesture: str
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrders:
    """Cancel these orders, of whatever accounts. Answer: :class:`CancelsSent`."""

    cl_ord_ids: tuple[ClOrdID, ...]
    gesture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBySymbol:
    """Cancel everything working of one account in one contract, in one message where the venue has it.

    Answer: :class:`CancelsSent`.
    """

    account: AccountKey
    symbol: str
    gesture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendPosition:
    """Give an open position another stop loss, take profit and trailing distance; None takes one away.

    Answer: :class:`Sent` or :class:`Refused`.
    """

    account: AccountKey
    symbol: str
    position_id: str
    gesture: str
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_offset: Decimal | None = None
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPosition:
    """Ask what stands against this change of a position; sends and records nothing. Answer: :class:`Checked`."""

    amend: AmendPosition


@dataclass(frozen=True, slots=True, kw_only=True)
class AskVenue:
    """Ask a venue something that changes nothing. Answer: :class:`VenueAnswered` or :class:`Refused`."""

    connection_id: ConnectionID
    query: VenueQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueAnswered:
    """What the venue said; the type belongs to the question."""

    result: QueryResult


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchMarket:
    """Replace what `watcher` (a dock) wants to be told of from now on; empty sets end it.

    The engine asks the venues for all that any watcher wants, over reconnects too. Answer: :class:`Done`.
    """

    watcher: str
    quotes: frozenset[InstrumentKey] = frozenset()
    depth: frozenset[InstrumentKey] = frozenset()
    candles: frozenset[InstrumentKey] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The request is on disk and with the socket. Not: accepted."""

    cl_ord_id: ClOrdID


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was sent; why."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelsSent:
    """Which cancels are with the socket, and which are not and why."""

    sent: tuple[ClOrdID, ...]
    failed: tuple[tuple[ClOrdID, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryOrder:
    """Ask the venue's books about an order now, for example one in doubt. Answer: :class:`Done`."""

    cl_ord_id: ClOrdID


class BrokersWord(Enum):
    """What the broker said of an order in doubt, by telephone or on its own screen."""

    TRADED = "TRADED"
    CANCELED = "CANCELED"
    EXPIRED = "EXPIRED"
    NEVER_PLACED = "NEVER_PLACED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDoubt:
    """Ask what is known of an order in doubt, and whether it may be settled by hand. Answer: Doubt or Refused."""

    cl_ord_id: ClOrdID


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is known of an order in doubt.

    It was asked about `asked` times since it fell into doubt; `books` complete books came back, the last one asked for
    at `book_ns` (epoch nanoseconds, 0 for none). `missing` says which evidence there is not. `obstacle` is why it may
    not be settled by hand yet, empty when it may. `words` are those that can be true of it, `suggested` the likeliest.
    """

    cl_ord_id: ClOrdID
    asked: int
    books: int
    book_ns: int
    missing: str
    obstacle: str
    words: tuple[BrokersWord, ...]
    suggested: BrokersWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleByHand:
    """Close an order in doubt on the broker's word; nothing is sent, and the venue's later report counts before it.

    `typed` must be the order's key or number. `cum_qty` and `avg_px` are what was traded in all, where anything was;
    None stands for what the venue has reported so far.
    Answer: :class:`Done` or :class:`Refused`.
    """

    cl_ord_id: ClOrdID
    said: BrokersWord
    typed: str
    gesture: str
    cum_qty: Decimal | None = None
    avg_px: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOrderHistory:
    """Read everything the journal knows of one order. Answer: :class:`OrderHistory`."""

    cl_ord_id: ClOrdID


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One row of the timeline: `title` is a plain sentence, `body` the raw message or state as readable text."""

    seq: int
    time_ns: int
    kind: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHistory:
    """The timeline of one order, oldest first."""

    cl_ord_id: ClOrdID
    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLock:
    """Lock or unlock trading; cancels always pass. Answer: :class:`Done`."""

    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """Block every send and cancel everything working. Answer: :class:`CancelsSent`."""

    gesture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseKill:
    """End the kill; `typed` must be the word RELEASE. Answer: :class:`Done` or :class:`Refused`."""

    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveConnection:
    """Add a connection or change it.

    `secrets` empty keeps those that are stored; `remember` False keeps them for this session only.
    Answer: :class:`Done` or :class:`Refused`.
    """

    profile: ConnectionProfile
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    remember: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveConnection:
    """Forget a connection and its secrets; refused while it has working orders. Answer: Done or Refused."""

    connection_id: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class TryConnection:
    """Log in once with these values and out again; changes nothing. Answer: :class:`Tried`."""

    profile: ConnectionProfile
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How the trial login ended, in one sentence, with the accounts it would give."""

    succeeded: bool
    text: str
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Connect:
    """Start a connection that is off or needs the trader. Answer: :class:`Done` or :class:`Refused`."""

    connection_id: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnect:
    """Log out and stay off. Answer: :class:`Done`."""

    connection_id: ConnectionID


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAlias:
    """Give an account the trader's own name; empty takes it away. Answer: :class:`Done`."""

    account: AccountKey
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockVault:
    """Open the vault of secrets where there is no keychain; `create` makes one under this passphrase first.

    Answer: :class:`Done` or :class:`Refused`.
    """

    passphrase: str = field(repr=False)
    create: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBuiltInVenues:
    """Open the built-in venues beside whatever else is connected. Answer: :class:`Done` or :class:`Refused`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It was done; `text` may say how."""

    text: str = ""


Command = (
    CheckOrder
    | PlaceOrder
    | ReplaceOrder
    | AmendPosition
    | CheckPosition
    | AskVenue
    | WatchMarket
    | CancelOrders
    | CancelBySymbol
    | QueryOrder
    | ReadDoubt
    | SettleByHand
    | PlanFlatten
    | Flatten
    | CheckGroup
    | PlaceGroup
    | ReadOrderHistory
    | SetLock
    | Kill
    | ReleaseKill
    | SaveConnection
    | RemoveConnection
    | TryConnection
    | Connect
    | Disconnect
    | SetAlias
    | StartBuiltInVenues
    | UnlockVault
)
Answer = (
    Checked
    | Sent
    | Refused
    | CancelsSent
    | OrderHistory
    | Doubt
    | FlattenPlan
    | Flattened
    | GroupChecked
    | GroupReceipt
    | Tried
    | VenueAnswered
    | Done
)
