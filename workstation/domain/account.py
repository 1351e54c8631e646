"""Accounts, and what is in them."""

from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.connection import Environment
from workstation.domain.identity import AccountKey

PositionPlace = tuple[AccountKey, str, str]
"""Account, symbol, and the position's own number where the venue holds positions apart (else empty)."""


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
    """One position of one account; `net_qty` is negative when short.

    Where a venue keeps several positions per instrument (`Capabilities.holds_positions_apart`), each has its
    `position_id` and is closed by it; elsewhere `position_id` is empty and there is one per instrument. `stop_loss`
    and `take_profit` are prices held by the venue, `trailing_offset` a distance in price; None means none.
    `cur_px` is the price at which it could be closed now. `swap`, `commission` and `open_pnl` are in the account's
    currency. None is "the venue does not say", never zero.
    """

    key: AccountKey
    symbol: str
    net_qty: Decimal
    avg_px: Decimal | None = None
    open_pnl: Decimal | None = None
    transact_time_ns: int = 0
    position_id: str = ""
    cur_px: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_offset: Decimal | None = None
    swap: Decimal | None = None
    commission: Decimal | None = None
    opened_ns: int = 0
    comment: str = ""

    @property
    def place(self) -> PositionPlace:
        """What tells it from every other position."""
        return (self.key, self.symbol, self.position_id)
