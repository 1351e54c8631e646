"""What the desk asks of a venue. Each is one wire message, or one that the venue cannot express."""

from dataclasses import dataclass

from workstation.domain.identity import AccountKey, ClOrdID, OrderID
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


OrderRequest = NewOrderSingle | OrderCancelReplaceRequest | OrderCancelRequest | OrderMassCancelRequest


def orders_of(request: OrderRequest) -> tuple[ClOrdID, ...]:
    """Return the orders that `request` is about."""
    if isinstance(request, NewOrderSingle | OrderCancelReplaceRequest):
        return (request.cl_ord_id,)
    return request.cl_ord_ids


def account_of(request: OrderRequest) -> AccountKey:
    """Return the account that `request` is about."""
    if isinstance(request, NewOrderSingle | OrderCancelReplaceRequest):
        return request.terms.account
    return request.account
