"""What is asked of the dealer and what becomes of it: requests, deals and outcomes, as values that never change.

The numbers follow what live servers were seen to do: a request has a number R of its own. A market deal opens a
position P (`order` and `position` are P, `order2` is R). A pending order is N in all three, and N is the R of its
request; the position it opens has a new P, with `order2` N. A closed deal keeps `position` P and gets an `order` from
another range; its `order2` is the R of the request that closed it, or a number of its own if nobody asked.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

ZERO = Decimal(0)


class Operation(IntEnum):
    """The venue's `cmd`."""

    BUY = 0
    SELL = 1
    BUY_LIMIT = 2
    SELL_LIMIT = 3
    BUY_STOP = 4
    SELL_STOP = 5
    BALANCE = 6
    CREDIT = 7

    @property
    def buys(self) -> bool:
        """Whether it is, or leads to, a long position."""
        return self in (Operation.BUY, Operation.BUY_LIMIT, Operation.BUY_STOP)

    @property
    def is_pending(self) -> bool:
        """Whether it waits for a price."""
        return Operation.BUY_LIMIT <= self <= Operation.SELL_STOP

    @property
    def is_limit(self) -> bool:
        """Whether it waits for a better price than the present one."""
        return self in (Operation.BUY_LIMIT, Operation.SELL_LIMIT)


class Deed(IntEnum):
    """The venue's `type`, of requests and of deals told; PENDING is only told."""

    OPEN = 0
    PENDING = 1
    CLOSE = 2
    MODIFY = 3
    DELETE = 4


class RequestStatus(IntEnum):
    """How far a request has come; 2 has no meaning."""

    ERROR = 0
    PENDING = 1
    ACCEPTED = 3
    REJECTED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeRequest:
    """What a client asks; 0 means none for stops, offset, expiration and order. `offset` counts pips."""

    deed: int
    operation: int
    symbol: str
    volume: Decimal = ZERO
    price: Decimal = ZERO
    stop_loss: Decimal = ZERO
    take_profit: Decimal = ZERO
    offset: int = 0
    order: int = 0
    expiration_ms: int = 0
    custom_comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One position, pending order, closed position or booking; `symbol` is empty for a booking.

    Amounts (`storage`, that is swaps, `commission`, and `profit` of a closed deal) are in account currency and signed:
    what costs is negative.
    """

    order: int
    order2: int
    position: int
    operation: Operation
    symbol: str
    volume: Decimal
    open_price: Decimal
    open_ms: int
    changed_ms: int
    stop_loss: Decimal = ZERO
    take_profit: Decimal = ZERO
    offset: int = 0
    expiration_ms: int | None = None
    comment: str = ""
    custom_comment: str | None = None
    margin_rate: Decimal = ZERO
    storage: Decimal = ZERO
    commission: Decimal = ZERO
    close_price: Decimal = ZERO
    close_ms: int | None = None
    profit: Decimal = ZERO

    @property
    def is_closed(self) -> bool:
        """Whether it is history."""
        return self.close_ms is not None

    @property
    def result(self) -> Decimal:
        """What a closed deal or a booking added to the balance."""
        return self.profit + self.storage + self.commission


@dataclass(frozen=True, slots=True)
class DealTold:
    """A deal changed: `kind` and `gone` are what the trade stream writes as type and state."""

    kind: Deed
    deal: Deal
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far the request with this number has come; `price` is that of the deal, or the one asked for."""

    number: int
    request: TradeRequest
    status: RequestStatus
    price: Decimal
    message: str | None = None
