"""QST's words for an order, read into the market's.

In a stop order the price is the trigger; in a stop with limit the price is the trigger and the limit price the limit
(QST spec 3.7, 7.2 number 6). Fill and kill, and fill or kill, are order types on this wire.
"""

from collections.abc import Mapping
from typing import TypeVar

from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.simulators.engine_orders import OrderTicket
from workstation.simulators.market import Checks
from workstation.simulators.order_checks import Refused
from workstation.venues.qst.messages import (
    CancelReplaceOrderRequest,
    FractionalQuantity,
    LifeTime,
    OrderType,
    PlaceOrderRequest,
    SideWord,
)

_NS_PER_MS = 1_000_000
_Word = TypeVar("_Word", Side, TimeInForce, OrdType)

_SIDES: dict[str, Side] = {SideWord.BUY: Side.BUY, SideWord.SELL: Side.SELL}
_LIFE_TIMES: dict[str, TimeInForce] = {
    LifeTime.DAY: TimeInForce.DAY,
    LifeTime.GTC: TimeInForce.GOOD_TILL_CANCEL,
    LifeTime.GTD: TimeInForce.GOOD_TILL_DATE,
}
_ORDER_TYPES: dict[str, OrdType] = {
    OrderType.LMT: OrdType.LIMIT,
    OrderType.MKT: OrdType.MARKET,
    OrderType.STOP: OrdType.STOP,
    OrderType.STWL: OrdType.STOP_LIMIT,
    OrderType.STL: OrdType.STOP_LIMIT,
    OrderType.FAK: OrdType.LIMIT,
    OrderType.FOK: OrdType.LIMIT,
}
_AT_ONCE: dict[str, TimeInForce] = {
    OrderType.FAK: TimeInForce.IMMEDIATE_OR_CANCEL,
    OrderType.FOK: TimeInForce.FILL_OR_KILL,
}


def read_ticket(request: PlaceOrderRequest | CancelReplaceOrderRequest) -> OrderTicket:
    """Return what the request asks for.

    Raises:
        Refused: a word that means nothing here, or a quantity that is missing.
    """
    if request.quantity is None:
        raise Refused("Invalid quantity: none given")
    if request.fractional_quantity not in ("", FractionalQuantity.STANDARD):
        raise Refused(f"Invalid lot kind: {request.fractional_quantity}")
    ord_type = _known("order type", _ORDER_TYPES, request.order_type)
    time_in_force = _known("life time", _LIFE_TIMES, request.life_time)
    stops = ord_type in (OrdType.STOP, OrdType.STOP_LIMIT)
    expires = time_in_force is TimeInForce.GOOD_TILL_DATE and request.good_till_date is not None
    return OrderTicket(
        symbol=request.contract,
        side=_known("side", _SIDES, request.side),
        ord_type=ord_type,
        time_in_force=_AT_ONCE.get(request.order_type, time_in_force),
        order_qty=request.quantity,
        price={OrdType.LIMIT: request.price, OrdType.STOP_LIMIT: request.limit_price}.get(ord_type),
        stop_px=request.price if stops else None,
        expire_ns=(request.good_till_date or 0) * _NS_PER_MS if expires else None,
    )


def read_checks(request: PlaceOrderRequest | CancelReplaceOrderRequest) -> Checks:
    """Return the checks the request wants; `ignoreValidation` turns them off."""
    warn = isinstance(request, PlaceOrderRequest) and request.should_warn_if_immediately_filled
    return Checks(band=not request.ignore_validation, not_filled_at_once=warn and not request.ignore_validation)


def _known(what: str, words: Mapping[str, _Word], word: str) -> _Word:
    try:
        return words[word]
    except KeyError:
        raise Refused(f"Invalid {what}: {word or 'none given'}") from None
