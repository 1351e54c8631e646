"""What the engine tells the screen. Immutable values; domain objects travel as they are."""

from dataclasses import dataclass
from enum import Enum

from workstation.domain.account import Account, Balance, Position
from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile
from workstation.domain.executions import Execution
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID
from workstation.domain.market_data import Depth, LiveCandle, NewsItem, Quote
from workstation.domain.orders import Order
from workstation.venues.base import ConnectionStatus, InstrumentsListed, Severity


class ActivityKind(Enum):
    """The filter chips of the activity log."""

    ORDERS = "ORDERS"
    CONNECTION = "CONNECTION"
    RULES = "RULES"
    VENUE = "VENUE"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """One plain sentence of the activity log; `seq` grows by one and never repeats within a run."""

    seq: int
    time_ns: int
    severity: Severity
    kind: ActivityKind
    text: str
    connection_id: ConnectionID | None = None
    account: AccountKey | None = None
    cl_ord_id: ClOrdID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged:
    """An account is known, or its alias changed."""

    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionListed:
    """A connection exists (again after every change of its profile)."""

    profile: ConnectionProfile
    capabilities: Capabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionRemoved:
    """A connection is gone, with its accounts."""

    connection_id: ConnectionID


class SendStage(Enum):
    """How far one request has come; shown in the ticket after Send."""

    JOURNALED = "JOURNALED"
    ON_THE_WIRE = "ON_THE_WIRE"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    IN_DOUBT = "IN_DOUBT"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendProgress:
    """A request of the trader moved on; `text` holds the venue's words, if it said any."""

    cl_ord_id: ClOrdID
    stage: SendStage
    text: str = ""
    time_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """What holds for everything that could be sent. `journal_fault` is empty while the journal is sound."""

    locked: bool = False
    killed_since_ns: int = 0
    journal_fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFailed:
    """A part of the engine stopped by its own fault; the rest goes on."""

    part: str
    text: str


class SecretsPlace(Enum):
    """Where passwords are kept."""

    KEYCHAIN = "KEYCHAIN"
    VAULT_LOCKED = "VAULT_LOCKED"
    VAULT_OPEN = "VAULT_OPEN"
    SESSION_ONLY = "SESSION_ONLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretsState:
    """Where passwords are kept now; `text` is a sentence for the trader."""

    place: SecretsPlace = SecretsPlace.SESSION_ONLY
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketMoved:
    """The latest market data of one turn of the engine: of each instrument the last quote and depth only.

    One-minute candles and news are never conflated.
    """

    quotes: tuple[Quote, ...] = ()
    depths: tuple[Depth, ...] = ()
    candles: tuple[LiveCandle, ...] = ()
    news: tuple[NewsItem, ...] = ()


EngineMessage = (
    Order
    | Execution
    | Position
    | Balance
    | AccountChanged
    | ConnectionListed
    | ConnectionRemoved
    | ConnectionStatus
    | InstrumentsListed
    | ActivityLine
    | SendProgress
    | DeskState
    | EngineFailed
    | SecretsState
    | MarketMoved
)
"""Orders, executions and activity lines are never conflated; of the rest the latest value counts."""
