"""Our requests into QST's words; no I/O.

A placement carries no key of ours (QST spec 3.7). A replacement is a complete new order (3.11). An empty list of
orders to cancel is never sent, because what it does is not published (3.9).
"""

from decimal import Decimal

from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderMassCancelRequest,
    OrderRequest,
    PositionAmendRequest,
)
from workstation.domain.order_terms import OrdType, TimeInForce, needs_price, needs_stop_px
from workstation.domain.orders import OrderTerms
from workstation.venues.base import NotExpressible
from workstation.venues.qst.capabilities import EFFECTS, FORMS, STOP_LIMIT_REFUSED
from workstation.venues.qst.messages import (
    CancelOrderRequest,
    CancelOrdersForContractRequest,
    CancelOrdersRequest,
    CancelReplaceOrderRequest,
    LifeTime,
    OrderType,
    PlaceOrderRequest,
    Request,
    SideWord,
)

SOURCE_MODULE = "Workstation"
"""Sent where QST asks for the client module (QST spec 7.1)."""


def to_qst(request: OrderRequest, override_account: str = "") -> Request:
    """Return QST's message for `request`; `override_account` places for another account than the current one.

    Raises:
        NotExpressible: QST has no words for it; the text says which value and why.
    """
    if isinstance(request, NewOrderSingle):
        return _placement(request.terms, override_account)
    if isinstance(request, OrderCancelReplaceRequest):
        return _replacement(request)
    if isinstance(request, PositionAmendRequest):
        raise NotExpressible("QST holds no stop loss or take profit of a position.")
    if isinstance(request, OrderMassCancelRequest):
        return CancelOrdersForContractRequest(contract_to_be_canceled=request.symbol, source_module=SOURCE_MODULE)
    return _cancel(request)


def _placement(terms: OrderTerms, override_account: str) -> PlaceOrderRequest:
    if (terms.stop_loss, terms.take_profit, terms.trailing_offset, terms.position_id) != (None,) * 4:
        raise NotExpressible("QST attaches no stop loss, take profit or trailing stop to an order.")
    order_type, life_time = _form(terms)
    return PlaceOrderRequest(
        contract=terms.symbol,
        side=SideWord[terms.side.value].value,
        quantity=terms.order_qty,
        order_type=order_type,
        life_time=life_time,
        price=_price(terms),
        position_type=_effect(terms),
        good_till_date=_expiry(terms),
        source_module=SOURCE_MODULE,
        override_account=override_account,
    )


def _replacement(request: OrderCancelReplaceRequest) -> CancelReplaceOrderRequest:
    terms = request.terms
    order_type, life_time = _form(terms)
    return CancelReplaceOrderRequest(
        order_id_to_be_replaced=request.order_id,
        contract=terms.symbol,
        side=SideWord[terms.side.value].value,
        quantity=terms.order_qty,
        order_type=order_type,
        life_time=life_time,
        price=_price(terms),
        position_type=_effect(terms),
        good_till_date=_expiry(terms),
        module_id=SOURCE_MODULE,
    )


def _cancel(request: OrderCancelRequest) -> Request:
    numbers = tuple(dict.fromkeys(request.order_ids))
    if not numbers or not all(numbers):
        raise NotExpressible("QST cancels by order number, and this order has none yet. Nothing was sent.")
    if len(numbers) == 1:
        return CancelOrderRequest(order_id=numbers[0], module_id=SOURCE_MODULE)
    return CancelOrdersRequest(order_ids=numbers, module_id=SOURCE_MODULE)


def _form(terms: OrderTerms) -> tuple[OrderType, LifeTime]:
    if terms.ord_type is OrdType.STOP_LIMIT:
        raise NotExpressible(STOP_LIMIT_REFUSED)
    form = FORMS.get((terms.ord_type, terms.time_in_force))
    if form is None:
        raise NotExpressible(f"QST has no {terms.ord_type.value} order with {terms.time_in_force.value}.")
    return form


def _price(terms: OrderTerms) -> Decimal | None:
    if needs_price(terms.ord_type):
        return _given(terms.price, "limit price")
    return _given(terms.stop_px, "trigger price") if needs_stop_px(terms.ord_type) else None


def _given(price: Decimal | None, name: str) -> Decimal:
    if price is None or not price.is_finite():
        raise NotExpressible(f"The order has no {name}, and QST needs one.")
    return price


def _expiry(terms: OrderTerms) -> int | None:
    if terms.time_in_force is not TimeInForce.GOOD_TILL_DATE:
        return None
    if not terms.expire_date_ms:
        raise NotExpressible("A good-till-date order needs its last day.")
    return terms.expire_date_ms


def _effect(terms: OrderTerms) -> str:
    return EFFECTS[terms.position_effect].value if terms.position_effect is not None else ""
