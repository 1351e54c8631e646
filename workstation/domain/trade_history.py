"""What an account did in the past, as its venue tells it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from workstation.domain.identity import AccountKey
from workstation.domain.market_data import Fact
from workstation.domain.order_terms import Side


class HistoryKind(Enum):
    """What a line of the history is."""

    TRADE = "TRADE"
    BALANCE = "BALANCE"
    CREDIT = "CREDIT"


class CloseReason(Enum):
    """Why a position was closed, as far as the venue says."""

    TRADER = "TRADER"
    STOP_LOSS = "STOP_LOSS"
    TAKE_PROFIT = "TAKE_PROFIT"
    STOP_OUT = "STOP_OUT"
    NOT_SAID = "NOT_SAID"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedTrade:
    """One closed position, or a deposit, withdrawal or credit (then without symbol and side).

    Money is in the account's currency; times are epoch nanoseconds. `facts` keeps every field the venue sent.
    """

    account: AccountKey
    key: str
    kind: HistoryKind
    symbol: str = ""
    side: Side | None = None
    qty: Decimal | None = None
    open_px: Decimal | None = None
    close_px: Decimal | None = None
    opened_ns: int = 0
    closed_ns: int = 0
    profit: Decimal | None = None
    commission: Decimal | None = None
    swap: Decimal | None = None
    position_id: str = ""
    reason: CloseReason = CloseReason.NOT_SAID
    comment: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroducedTrade:
    """One trade of a customer whom an introducing broker brought; None where the venue does not allow the field."""

    key: str
    login: str | None = None
    surname: str | None = None
    symbol: str | None = None
    side: Side | None = None
    qty: Decimal | None = None
    open_px: Decimal | None = None
    close_px: Decimal | None = None
    nominal: Decimal | None = None
    transact_time_ns: int | None = None
