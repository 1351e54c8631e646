"""What the ticket must show before Send: one line per fact, each with its source or the word "unknown".

The lines are computed from the draft and from what the engine last said. Nothing is estimated: a figure that the venue
does not give is unknown, never zero, and the arithmetic of a value stands beside it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import HoursKind
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.item_models.number_text import (
    UNKNOWN,
    age_text,
    money_text,
    net_qty_text,
    plain_text,
    price_text,
    qty_text,
)
from workstation.item_models.trading_week import is_open, opening_text
from workstation.item_models.words import word
from workstation.services.subjects import Services
from workstation.venues.base import Lamp
from workstation.widgets.lamps import lamp_words
from workstation.widgets.order_words import OrderWords, life_time, number
from workstation.widgets.ticket.check_view import CheckLine, CheckView, Tone
from workstation.widgets.ticket.draft import Draft
from workstation.widgets.ticket.market_lines import attached_line, estimate_lines, market_value_line, quote_line

SYNCED = frozenset({Lamp.LIVE, Lamp.STALE, Lamp.DEGRADED})
"""Lamps under which the venue's books are loaded, so that a position that is not listed is none."""
RECENT_NS = 60 * 1_000_000_000
"""An equal order that is this young is named, although the desk judges duplicates by a shorter time."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WIDE = Context(prec=40)


def check_lines(view: CheckView) -> tuple[CheckLine, ...]:
    """Return the facts in the order in which a trader reads them."""
    return tuple(_lines(view))


def _lines(view: CheckView) -> Iterator[CheckLine]:
    yield _account(view)
    yield _venue(view)
    yield _order(view)
    if view.replaced is not None:
        yield from _changes(view, view.replaced)
    yield _value(view)
    yield _position(view)
    yield quote_line(view) or _reference(view)
    yield from estimate_lines(view)
    yield attached_line(view.draft)
    earlier = _earlier(view)
    if earlier is not None:
        yield earlier
    if view.filled_by:
        yield CheckLine("quantity", f"filled by {view.filled_by}", Tone.MUTED)


def _account(view: CheckView) -> CheckLine:
    account = view.draft.offer.account
    if account is None:
        return CheckLine("account", UNKNOWN, Tone.MUTED)
    capabilities = view.draft.offer.capabilities
    profile = view.services.connections.profiles.get(account.key.connection_id)
    venue = capabilities.title if capabilities else account.venue
    name = OrderWords(view.services).account(account.key)
    parts = (word(account.environment), name, "" if venue in name else venue)
    text = " · ".join(part for part in parts if part)
    return CheckLine("account", text, hint=f"Connection {profile.name}" if profile else "")


def _venue(view: CheckView) -> CheckLine:
    account = view.draft.offer.account
    status = view.services.connections.statuses.get(account.key.connection_id) if account else None
    if status is None:
        return CheckLine("link", "off" if account else UNKNOWN, Tone.NOTICE if account else Tone.MUTED)
    tone = Tone.PLAIN if status.worst is Lamp.LIVE else Tone.NOTICE
    text = lamp_words(status, view.now_ns)
    queue = "" if status.queued else ", queue 0"
    session, is_closed = _session(view)
    hint = status.last_error or ("" if view.hours else "The venue has not said whether the session is open.")
    return CheckLine("link", f"{text}{queue}; {session}", Tone.NOTICE if is_closed else tone, hint=hint)


def _session(view: CheckView) -> tuple[str, bool]:
    """Return the session in words, and whether it is certainly closed."""
    if view.hours is None:
        return "session unknown", False
    opened = is_open(view.hours, HoursKind.TRADING, view.now_ns)
    return f"session {opening_text(view.hours, HoursKind.TRADING, view.now_ns)}", opened is False


def _order(view: CheckView) -> CheckLine:
    draft = view.draft
    if draft.side is None and draft.order_qty.value is None:
        return CheckLine("order", UNKNOWN, Tone.MUTED)
    side = word(draft.side).upper() if draft.side else UNKNOWN
    qty = qty_text(draft.order_qty.value)
    return CheckLine("order", f"{side} {qty} {draft.symbol or UNKNOWN}, {_pricing(draft)}, {_life(draft)}")


def _pricing(draft: Draft) -> str:
    instrument = draft.offer.instrument
    prices = []
    if draft.ord_type in (OrdType.STOP, OrdType.STOP_LIMIT):
        prices.append(_both_ways(draft.stop_px.value, instrument))
    if draft.ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT):
        prices.append(_both_ways(draft.price.value, instrument))
    return " ".join([word(draft.ord_type), " / ".join(prices)]).strip()


def _both_ways(price: Decimal | None, instrument: Instrument | None) -> str:
    """Write a price in the instrument's notation, with the plain decimal beside a fraction."""
    if price is None:
        return UNKNOWN
    text = price_text(price, instrument)
    return f"{text} ({plain_text(price)})" if "^" in text else text


def _life(draft: Draft) -> str:
    if draft.time_in_force is TimeInForce.GOOD_TILL_DATE:
        return f"good till {draft.expire_date.isoformat() if draft.expire_date else UNKNOWN}"
    return word(draft.time_in_force)


def _changes(view: CheckView, replaced: Order) -> Iterator[CheckLine]:
    terms, draft, instrument = replaced.terms, view.draft, view.draft.offer.instrument
    pairs = (
        ("quantity", qty_text(terms.order_qty), qty_text(draft.order_qty.value)),
        ("price", price_text(terms.price, instrument), price_text(draft.price.value, instrument)),
        ("stop", price_text(terms.stop_px, instrument), price_text(draft.stop_px.value, instrument)),
        ("type", word(terms.ord_type), word(draft.ord_type)),
        ("time", life_time(terms), _life(draft)),
    )
    yield CheckLine("amends", f"order {number(replaced)}, {word(replaced.ord_status)}")
    for name, old, new in pairs:
        if old != new:
            yield CheckLine(name, f"{old or 'none'} → {new or 'none'}", Tone.NOTICE)
    if replaced.cum_qty:
        filled, left = replaced.cum_qty, (draft.order_qty.value or Decimal(0)) - replaced.cum_qty
        yield CheckLine("filled", f"{qty_text(filled)} already; {qty_text(max(left, Decimal(0)))} would stay open")
    yield CheckLine("queue", "may lose its place at the exchange", Tone.MUTED)


def _value(view: CheckView) -> CheckLine:
    draft, instrument = view.draft, view.draft.offer.instrument
    qty = draft.order_qty.value
    if draft.ord_type is OrdType.MARKET:
        return market_value_line(view)
    price = draft.stop_px.value if draft.ord_type is OrdType.STOP else draft.price.value
    if instrument is None or qty is None or price is None:
        return CheckLine("value", UNKNOWN, Tone.MUTED)
    value = money_text(instrument.notional(price, qty), instrument.currency)
    source = "stop price" if draft.ord_type is OrdType.STOP else "limit price"
    arithmetic = f"= {plain_text(price)} × {qty_text(qty)} × {qty_text(instrument.multiplier)}"
    return CheckLine("value", f"{value} {arithmetic}", hint=f"{source} × quantity × multiplier, our own arithmetic")


def _position(view: CheckView) -> CheckLine:
    draft = view.draft
    account = draft.offer.account
    if account is None or not draft.symbol:
        return CheckLine("position", UNKNOWN, Tone.MUTED)
    now = held_qty(view.services, draft)
    if now is None:
        return CheckLine("position", "unknown: the venue's books are not loaded", Tone.NOTICE)
    if draft.side is None or draft.order_qty.value is None:
        return CheckLine("position", f"now {net_qty_text(now)}")
    size = draft.order_qty.value - (view.replaced.cum_qty if view.replaced else Decimal(0))
    after = now + size if draft.side is Side.BUY else now - size
    turns = now != 0 and after != 0 and (now < 0) != (after < 0)
    tone = Tone.NOTICE if turns else Tone.PLAIN
    text = f"{net_qty_text(now)} → {net_qty_text(after)}{', turns over' if turns else ''}"
    return CheckLine("position", text, tone, hint="Position now, and after this order has filled completely")


def held_qty(services: Services, draft: Draft) -> Decimal | None:
    """Return the net position of the draft's account in its symbol; None while it is not known."""
    account = draft.offer.account
    if account is None:
        return None
    held = services.accounts.net_qty(account.key, draft.symbol)
    if held is not None:
        return held
    status = services.connections.statuses.get(account.key.connection_id)
    return Decimal(0) if status is not None and status.worst in SYNCED else None


def _reference(view: CheckView) -> CheckLine:
    capabilities, trade = view.draft.offer.capabilities, view.last_trade
    title = capabilities.title if capabilities else "the venue"
    why = "no quote yet" if capabilities and capabilities.has_market_data else f"{title} sends no quotes"
    if trade is None or trade.last_px is None:
        return CheckLine("reference", f"no price: {why}", Tone.MUTED)
    instrument = view.draft.offer.instrument
    age = age_text(trade.transact_time_ns, view.now_ns)
    text = f"own last trade {price_text(trade.last_px, instrument)}, {age} ago"
    return CheckLine("reference", f"{text}{_distance(view.draft, trade.last_px)}", hint=f"Not a quote: {why}.")


def _distance(draft: Draft, reference: Decimal) -> str:
    instrument, price = draft.offer.instrument, draft.price.value
    if instrument is None or price is None or draft.ord_type is not OrdType.LIMIT or reference <= 0:
        return ""
    ticks = _WIDE.divide(price - reference, instrument.tick_size).to_integral_value(ROUND_HALF_EVEN)
    percent = _WIDE.divide((price - reference) * 100, reference).quantize(Decimal("0.01"), context=_WIDE)
    sign = "+" if price > reference else ""
    return f"; price {sign}{plain_text(ticks)} ticks ({sign}{plain_text(percent)} %)"


def _earlier(view: CheckView) -> CheckLine | None:
    order = equal_order(view)
    if order is None:
        return None
    age = age_text(order.created_ns, view.now_ns)
    return CheckLine("earlier", f"same as order {number(order)}, {word(order.ord_status)}, {age} ago", Tone.NOTICE)


def equal_order(view: CheckView) -> Order | None:
    """Return the youngest order of the same account, symbol, side, size, type and price that works or is recent."""
    draft = view.draft
    account = draft.offer.account
    if account is None or draft.side is None or draft.order_qty.value is None:
        return None
    wanted = (draft.side, draft.order_qty.value, draft.ord_type, draft.price.value)
    mine: ClOrdID | None = view.replaced.cl_ord_id if view.replaced else None
    equal = [
        order
        for order in view.rivals
        if _shape(order.terms) == wanted
        and order.cl_ord_id != mine
        and (not order.is_closed or view.now_ns - order.created_ns < RECENT_NS)
    ]
    return max(equal, key=lambda order: order.created_ns, default=None)


def _shape(terms: OrderTerms) -> tuple[object, ...]:
    return terms.side, terms.order_qty, terms.ord_type, terms.price


class RecentOrders:
    """The orders that work or are recent, by account and symbol, so that no key press looks through all orders."""

    def __init__(self) -> None:
        self._by_symbol: dict[tuple[AccountKey, str], dict[ClOrdID, Order]] = {}

    def take(self, orders: Iterable[Order], now_ns: int) -> None:
        """Take changes; what is closed and old is dropped."""
        by_symbol = self._by_symbol
        for order in orders:
            place = (order.terms.account, order.terms.symbol)
            held = by_symbol.get(place)
            if held is None:
                held = by_symbol[place] = {}
            if order.is_closed and now_ns - order.created_ns > RECENT_NS:
                held.pop(order.cl_ord_id, None)
            else:
                held[order.cl_ord_id] = order

    def of(self, account: AccountKey, symbol: str) -> tuple[Order, ...]:
        """Return those of one account in one symbol."""
        return tuple(self._by_symbol.get((account, symbol), {}).values())


def instrument_lines(instrument: Instrument) -> tuple[str, str]:
    """Return what a symbol is, in two short lines: name, exchange, month, currency; multiplier, tick, lot."""
    month = month_text(instrument.maturity) if instrument.maturity else "no expiry"
    tick = price_text(instrument.tick_size, instrument)
    plain = plain_text(instrument.tick_size)
    tick = f"{tick} ({plain})" if "^" in tick else plain
    return (
        " · ".join(part for part in (instrument.description, instrument.exchange, month, instrument.currency) if part),
        f"multiplier {qty_text(instrument.multiplier)} · tick {tick} · lot {qty_text(instrument.lot_size)}",
    )


def month_text(day: date) -> str:
    """Return a contract month: ``Dec 2026``, in English whatever the system's language is."""
    return f"{_MONTHS[day.month - 1]} {day.year}"
