"""Orders as JSON and back, for the journal.

Decimals are written as text and enums by their stable codes, so that what is read is exactly what was written. Reading
is strict: a body with a wrong type, an unknown code or a missing field is refused, never guessed at. Unknown extra
fields are ignored, so that an older program can read what a newer one added.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms, SettledByHand

Body = Mapping[str, object]

_Word = TypeVar("_Word", bound=Enum)


class UnreadableOrder(ValueError):
    """A body is not an order that this program wrote; the text names the field."""


def account_body(account: AccountKey) -> dict[str, object]:
    """Return `account` as JSON values."""
    return {"connection_id": account.connection_id, "account_id": account.account_id}


def terms_body(terms: OrderTerms) -> dict[str, object]:
    """Return `terms` as JSON values."""
    return {
        "account": account_body(terms.account),
        "symbol": terms.symbol,
        "side": terms.side.value,
        "ord_type": terms.ord_type.value,
        "time_in_force": terms.time_in_force.value,
        "order_qty": str(terms.order_qty),
        "price": _decimal_text(terms.price),
        "stop_px": _decimal_text(terms.stop_px),
        "expire_date_ms": terms.expire_date_ms,
        "position_effect": None if terms.position_effect is None else terms.position_effect.value,
        **_attached_body(terms),
    }


def _attached_body(terms: OrderTerms) -> dict[str, object]:
    """Return what is attached to an order; most have nothing, and then nothing is written."""
    attached = {
        "stop_loss": _decimal_text(terms.stop_loss),
        "take_profit": _decimal_text(terms.take_profit),
        "trailing_offset": _decimal_text(terms.trailing_offset),
        "position_id": terms.position_id,
    }
    return {name: value for name, value in attached.items() if value is not None}


def order_body(order: Order) -> dict[str, object]:
    """Return `order` as JSON values."""
    return {
        "cl_ord_id": order.cl_ord_id,
        "terms": terms_body(order.terms),
        "ord_status": order.ord_status.value,
        "order_id": order.order_id,
        "cum_qty": str(order.cum_qty),
        "avg_px": _decimal_text(order.avg_px),
        "venue_status": order.venue_status,
        "text": order.text,
        "pending_terms": None if order.pending_terms is None else terms_body(order.pending_terms),
        "created_ns": order.created_ns,
        "updated_ns": order.updated_ns,
        "ours": order.ours,
        "by_hand": None if order.by_hand is None else _by_hand_body(order.by_hand),
    }


def account_of_body(body: object) -> AccountKey:
    """Read an account.

    Raises:
        UnreadableOrder: it is none.
    """
    fields = _object(body, "account")
    return AccountKey(ConnectionID(_text(fields, "connection_id")), _text(fields, "account_id"))


def terms_of_body(body: object) -> OrderTerms:
    """Read an order's terms.

    Raises:
        UnreadableOrder: they are none.
    """
    fields = _object(body, "terms")
    effect = fields.get("position_effect")
    return OrderTerms(
        account=account_of_body(fields.get("account")),
        symbol=_text(fields, "symbol"),
        side=_word(fields, "side", Side),
        ord_type=_word(fields, "ord_type", OrdType),
        time_in_force=_word(fields, "time_in_force", TimeInForce),
        order_qty=_decimal(fields, "order_qty"),
        price=_optional_decimal(fields, "price"),
        stop_px=_optional_decimal(fields, "stop_px"),
        expire_date_ms=None if fields.get("expire_date_ms") is None else _whole(fields, "expire_date_ms"),
        position_effect=None if effect is None else _word(fields, "position_effect", PositionEffect),
        stop_loss=_optional_decimal(fields, "stop_loss"),
        take_profit=_optional_decimal(fields, "take_profit"),
        trailing_offset=_optional_decimal(fields, "trailing_offset"),
        position_id=None if fields.get("position_id") is None else _text(fields, "position_id"),
    )


def order_of_body(body: object) -> Order:
    """Read an order.

    Raises:
        UnreadableOrder: it is none.
    """
    fields = _object(body, "order")
    pending, by_hand = fields.get("pending_terms"), fields.get("by_hand")
    return Order(
        cl_ord_id=ClOrdID(_text(fields, "cl_ord_id")),
        terms=terms_of_body(fields.get("terms")),
        ord_status=_word(fields, "ord_status", OrdStatus),
        order_id=None if fields.get("order_id") is None else OrderID(_text(fields, "order_id")),
        cum_qty=_decimal(fields, "cum_qty"),
        avg_px=_optional_decimal(fields, "avg_px"),
        venue_status=_text(fields, "venue_status"),
        text=_text(fields, "text"),
        pending_terms=None if pending is None else terms_of_body(pending),
        created_ns=_whole(fields, "created_ns"),
        updated_ns=_whole(fields, "updated_ns"),
        ours=_flag(fields, "ours"),
        by_hand=None if by_hand is None else _by_hand_of_body(by_hand),
    )


def _by_hand_body(by_hand: SettledByHand) -> dict[str, object]:
    return {"cum_qty": str(by_hand.cum_qty), "avg_px": _decimal_text(by_hand.avg_px), "seen": by_hand.seen}


def _by_hand_of_body(body: object) -> SettledByHand:
    fields = _object(body, "by_hand")
    return SettledByHand(
        cum_qty=_decimal(fields, "cum_qty"),
        avg_px=_optional_decimal(fields, "avg_px"),
        seen="" if fields.get("seen") is None else _text(fields, "seen"),
    )


def _decimal_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _object(value: object, name: str) -> Body:
    if not isinstance(value, Mapping):
        raise UnreadableOrder(f"{name} is no object")
    return value


def _text(fields: Body, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise UnreadableOrder(f"{name} is no text")
    return value


def _whole(fields: Body, name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnreadableOrder(f"{name} is no whole number")
    return value


def _flag(fields: Body, name: str) -> bool:
    value = fields.get(name)
    if not isinstance(value, bool):
        raise UnreadableOrder(f"{name} is neither true nor false")
    return value


def _decimal(fields: Body, name: str) -> Decimal:
    text = _text(fields, name)
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise UnreadableOrder(f"{name} is no number") from error
    if not value.is_finite():
        raise UnreadableOrder(f"{name} is no finite number")
    return value


def _optional_decimal(fields: Body, name: str) -> Decimal | None:
    return None if fields.get(name) is None else _decimal(fields, name)


def _word(fields: Body, name: str, words: type[_Word]) -> _Word:
    try:
        return words(fields.get(name))
    except ValueError as error:
        raise UnreadableOrder(f"{name} {fields.get(name)!r} is unknown") from error
