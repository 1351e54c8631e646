"""What the desk asks of a venue. Each is one wire message, or one that the venue cannot express."""

from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.identity import AccountKey, ClOrdID, OrderID
from workstation.domain.order_terms import Side
from workstation.domain.orders import OrderTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrderSingle:
    """FIX D: a new order."""

    cl_ord_id: ClOrdID
    terms: OrderTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelReplaceRequest:
    """FIX G: complete new terms for a working order."""

    cl_ord_id: ClOrdID
    order_id: OrderID
    terms: OrderTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelRequest:
    """FIX F, for one or several orders of one connection, in one message where the venue has one."""

    cl_ord_ids: tuple[ClOrdID, ...]
    order_ids: tuple[OrderID, ...]
    account: AccountKey


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMassCancelRequest:
    """FIX q: everything working of one account in one instrument; `cl_ord_ids` are the orders we know it hits."""

    account: AccountKey
    symbol: str
    cl_ord_ids: tuple[ClOrdID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionAmendRequest:
    """Give an open position another stop loss, take profit and trailing distance; None takes one away.

    `cl_ord_id` is the request's own key. The three values replace what is held, all at once. `side` and `qty` are
    those of the position, because some venues want them repeated; `comment` is the venue's comment to keep.
    """

    cl_ord_id: ClOrdID
    account: AccountKey
    symbol: str
    position_id: str
    side: Side
    qty: Decimal
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_offset: Decimal | None = None
    comment: str = ""


OrderRequest = (
    NewOrderSingle | OrderCancelReplaceRequest | OrderCancelRequest | OrderMassCancelRequest | PositionAmendRequest
)


def orders_of(request: OrderRequest) -> tuple[ClOrdID, ...]:
    """Return the orders that `request` is about."""
    if isinstance(request, NewOrderSingle | OrderCancelReplaceRequest | PositionAmendRequest):
        return (request.cl_ord_id,)
    return request.cl_ord_ids


def account_of(request: OrderRequest) -> AccountKey:
    """Return the account that `request` is about."""
    if isinstance(request, NewOrderSingle | OrderCancelReplaceRequest):
        return request.terms.account
    return request.account
