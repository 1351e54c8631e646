"""Changes of a position's stops as JSON and back, for the journal; as strict as orders are."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import PositionAmendRequest
from workstation.domain.order_terms import Side
from workstation.storage.order_records import UnreadableOrder, account_body, account_of_body


def amendment_body(request: PositionAmendRequest) -> dict[str, object]:
    """Return `request` as JSON values."""
    return {
        "account": account_body(request.account),
        "symbol": request.symbol,
        "position_id": request.position_id,
        "side": request.side.value,
        "qty": str(request.qty),
        "stop_loss": _text(request.stop_loss),
        "take_profit": _text(request.take_profit),
        "trailing_offset": _text(request.trailing_offset),
        "comment": request.comment,
    }


def amendment_of_body(cl_ord_id: ClOrdID, body: object) -> PositionAmendRequest:
    """Read a change.

    Raises:
        UnreadableOrder: it is none.
    """
    if not isinstance(body, Mapping):
        raise UnreadableOrder("the change of a position is no object")
    try:
        return PositionAmendRequest(
            cl_ord_id=cl_ord_id,
            account=account_of_body(body.get("account")),
            symbol=str(body["symbol"]),
            position_id=str(body["position_id"]),
            side=Side(body["side"]),
            qty=Decimal(str(body["qty"])),
            stop_loss=_decimal(body, "stop_loss"),
            take_profit=_decimal(body, "take_profit"),
            trailing_offset=_decimal(body, "trailing_offset"),
            comment=str(body.get("comment", "")),
        )
    except (KeyError, ValueError, InvalidOperation) as error:
        raise UnreadableOrder(f"the change of a position cannot be read: {error}") from error


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(body: Mapping[str, object], name: str) -> Decimal | None:
    value = body.get(name)
    return None if value is None else Decimal(str(value))
