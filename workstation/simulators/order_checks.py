"""What a built-in venue looks at before an order is one: contract, price, quantity, date, money.

Each check raises :class:`Refused` with the words the trader will read. None of them changes anything.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from workstation.domain.instrument import Instrument
from workstation.domain.money import is_multiple
from workstation.domain.order_terms import Side, TimeInForce, needs_price, needs_stop_px
from workstation.simulators.accounts import Funds
from workstation.simulators.engine_orders import OrderTicket

PRICE_BAND_PER_CENT = 10
_LARGEST_QTY = Decimal(10_000)
_LONGEST_TEXT = 200
_NO_PRICE = Decimal(10**9)
_NS_PER_S = 1_000_000_000


class Refused(ValueError):
    """The venue does not take this request; the text says why, in its own words.

    The text is cut to a bounded length, because it may quote what a client sent.
    """

    def __init__(self, text: str) -> None:
        """Refuse with `text`."""
        super().__init__(text[:_LONGEST_TEXT])


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Where a contract trades: last price and the best of each side, None where there is none."""

    last_px: Decimal | None
    bid_px: Decimal | None
    ask_px: Decimal | None


def check_terms(ticket: OrderTicket, instrument: Instrument, now_ns: int) -> None:
    """Check what can never be right, whatever the market does.

    Raises:
        Refused: a price off the tick grid or missing, an impossible quantity, a good-till date in the past.
    """
    _check_qty(ticket.order_qty, instrument)
    if needs_price(ticket.ord_type):
        _check_price(ticket.price, instrument)
    if needs_stop_px(ticket.ord_type):
        _check_price(ticket.stop_px, instrument)
    if ticket.time_in_force is TimeInForce.GOOD_TILL_DATE:
        _check_date(ticket.expire_ns, now_ns)


def check_band(ticket: OrderTicket, touch: Touch) -> None:
    """Check that no price is far from the market.

    Raises:
        Refused: more than 10 % away from the last price.
    """
    last = touch.last_px
    for price in (ticket.price, ticket.stop_px):
        if price is None or last is None:
            continue
        if abs(price - last) * 100 > abs(last) * PRICE_BAND_PER_CENT:
            raise Refused(f"Price {price} is more than {PRICE_BAND_PER_CENT} % away from the last price {last}")


def check_not_filled_at_once(ticket: OrderTicket, touch: Touch) -> None:
    """Check that the order would not trade on arrival, for a client who asked to be warned.

    Raises:
        Refused: it would.
    """
    if ticket.stop_px is not None:
        reached = touch.last_px is not None and _reaches(touch.last_px, ticket.side, ticket.stop_px)
    else:
        best = touch.ask_px if ticket.side is Side.BUY else touch.bid_px
        reached = best is not None and (ticket.price is None or _reaches(ticket.price, ticket.side, best))
    if reached:
        raise Refused("Order would be filled immediately")


def check_margin(before: Funds, after: Funds) -> None:
    """Check that the account can carry the order; one that lowers the margin always passes.

    Raises:
        Refused: the margin with this order is more than the account is worth.
    """
    needed = after.initial_margin_with_orders
    if needed > before.initial_margin_with_orders and needed > after.net_liquidation:
        raise Refused(f"Not enough margin: {needed:,.2f} needed, {after.net_liquidation:,.2f} available")


def _reaches(price: Decimal, side: Side, other: Decimal) -> bool:
    return price >= other if side is Side.BUY else price <= other


def _check_qty(order_qty: Decimal, instrument: Instrument) -> None:
    if not order_qty.is_finite() or not 0 < order_qty <= _LARGEST_QTY or not instrument.legal_qty(order_qty):
        raise Refused(f"Invalid quantity: {order_qty:f}")


def _check_price(price: Decimal | None, instrument: Instrument) -> None:
    if price is None:
        raise Refused("Invalid price: none given")
    if not price.is_finite() or not 0 < price < _NO_PRICE or not is_multiple(price, instrument.tick_size):
        raise Refused(f"Invalid price: {price:f}")


def _check_date(expire_ns: int | None, now_ns: int) -> None:
    if expire_ns is None:
        raise Refused("Invalid good till date: none given")
    if expire_ns <= now_ns:
        try:
            shown = f"{datetime.fromtimestamp(expire_ns // _NS_PER_S, UTC):%Y-%m-%d %H:%M} UTC"
        except (ValueError, OverflowError, OSError):
            shown = str(expire_ns // 1_000_000)
        raise Refused(f"Invalid good till date: {shown} is in the past")
