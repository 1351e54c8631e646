"""Accounts, and what is in them."""

from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.connection import Environment
from workstation.domain.identity import AccountKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account the trader may trade. `alias` is the trader's own name for it, `name` the venue's."""

    key: AccountKey
    venue: str
    environment: Environment
    name: str
    alias: str
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Money of one account as its venue last stated it; None is "the venue does not say", never zero.

    All figures are in `currency`. `margin_used` includes working orders where the venue does; `figures`
    keeps every figure the venue sent, under the venue's own name, in its order.
    """

    key: AccountKey
    currency: str
    cash: Decimal | None = None
    equity: Decimal | None = None
    margin_used: Decimal | None = None
    maintenance_margin: Decimal | None = None
    available: Decimal | None = None
    open_pnl: Decimal | None = None
    day_pnl: Decimal | None = None
    fees: Decimal | None = None
    figures: tuple[tuple[str, Decimal], ...] = ()
    transact_time_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Net position of one account in one instrument; `net_qty` is negative when short."""

    key: AccountKey
    symbol: str
    net_qty: Decimal
    avg_px: Decimal | None = None
    open_pnl: Decimal | None = None
    transact_time_ns: int = 0
