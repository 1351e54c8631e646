"""How orders, times and lamps are said in a sentence for the trader."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from workstation.domain.account import Position
from workstation.domain.instrument import Instrument
from workstation.domain.order_requests import PositionAmendRequest
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, TimeInForce
from workstation.domain.orders import Order, OrderTerms
from workstation.venues.base import Channel, ConnectionStatus, Lamp

LAMP_WORDS = {
    Lamp.LIVE: "live",
    Lamp.STALE: "live with stale data",
    Lamp.DEGRADED: "slow",
    Lamp.SYNCING: "syncing its books",
    Lamp.CONNECTING: "connecting",
    Lamp.SUSPECT: "silent and being checked",
    Lamp.RECONNECTING: "reconnecting",
    Lamp.NEEDS_YOU: "waiting for you",
    Lamp.BLOCKED: "blocked by the venue",
    Lamp.OFF: "off",
}
CHANNEL_WORDS = {
    Channel.LOGIN: "login",
    Channel.TRADING: "trading",
    Channel.ORDER_STREAM: "order stream",
    Channel.DATA: "data",
}
STATUS_WORDS = {
    OrdStatus.PENDING_NEW: "waiting for the venue",
    OrdStatus.PENDING_AUTHORISATION: "waiting for authorisation",
    OrdStatus.NEW: "working",
    OrdStatus.PARTIALLY_FILLED: "partly filled and working",
    OrdStatus.PENDING_REPLACE: "being replaced",
    OrdStatus.PENDING_CANCEL: "being cancelled",
    OrdStatus.SUSPENDED: "suspended",
    OrdStatus.UNRECOGNISED: "in a state we do not know, treated as working",
    OrdStatus.IN_DOUBT: "IN DOUBT",
    OrdStatus.FILLED: "filled",
    OrdStatus.CANCELED: "cancelled",
    OrdStatus.REJECTED: "rejected",
    OrdStatus.EXPIRED: "expired",
    OrdStatus.DONE_FOR_DAY: "done for the day",
    OrdStatus.NOT_PLACED: "not placed",
}
TIF_WORDS = {
    TimeInForce.DAY: "day",
    TimeInForce.GOOD_TILL_CANCEL: "good till cancelled",
    TimeInForce.GOOD_TILL_DATE: "good till date",
    TimeInForce.IMMEDIATE_OR_CANCEL: "immediate or cancel",
    TimeInForce.FILL_OR_KILL: "all at once or not at all",
}


_TYPE_WORDS = {ord_type: ord_type.value.lower().replace("_", " ") for ord_type in OrdType}


def number_text(value: Decimal) -> str:
    """Write a quantity plainly: no exponent, no trailing zeros after the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price_text(price: Decimal | None, instrument: Instrument | None) -> str:
    """Write a price in the instrument's notation, where that is known and fits."""
    if price is None:
        return "unknown"
    if instrument is not None:
        try:
            return instrument.price_format.text(price)
        except ValueError:  # an average between two ticks has no such notation
            pass
    return number_text(price)


def terms_text(terms: OrderTerms, instrument: Instrument | None = None) -> str:
    """Say what is asked for, like ``BUY 5 ZCZ26 limit 588^6 day``."""
    words = [terms.side.value, number_text(terms.order_qty), terms.symbol]
    words.append(_TYPE_WORDS[terms.ord_type])
    if terms.stop_px is not None and terms.ord_type in (OrdType.STOP, OrdType.STOP_LIMIT):
        words.append(price_text(terms.stop_px, instrument))
    if terms.price is not None and terms.ord_type is OrdType.STOP_LIMIT:
        words.append("limit")
    if terms.price is not None and terms.ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT):
        words.append(price_text(terms.price, instrument))
    words.append(TIF_WORDS[terms.time_in_force])
    return " ".join(words) + attached_text(terms, instrument)


def attached_text(terms: OrderTerms, instrument: Instrument | None = None) -> str:
    """Say what goes with an order, like ``, closes position 1234`` or ``, stop loss 1.0950``; mostly nothing."""
    said = [] if terms.position_id is None else [f"closes position {terms.position_id}"]
    for name, price in (("stop loss", terms.stop_loss), ("take profit", terms.take_profit)):
        if price is not None:
            said.append(f"{name} {price_text(price, instrument)}")
    if terms.trailing_offset is not None:
        said.append(f"trailing by {number_text(terms.trailing_offset)}")
    return "".join(f", {words}" for words in said)


def stops_text(held: PositionAmendRequest | Position, instrument: Instrument | None = None) -> str:
    """Say what guards a position, like ``stop loss 1.0950, no take profit``."""
    said = []
    for name, price in (("stop loss", held.stop_loss), ("take profit", held.take_profit)):
        said.append(f"no {name}" if price is None else f"{name} {price_text(price, instrument)}")
    if held.trailing_offset is not None:
        said.append(f"trailing by {number_text(held.trailing_offset)}")
    return ", ".join(said)


def order_text(order: Order, account: str, instrument: Instrument | None = None) -> str:
    """Name one order, like ``Order W1042 (BUY 5 ZCZ26 limit 588^6 day, Main)``."""
    return f"Order {order.cl_ord_id} ({terms_text(order.terms, instrument)}, {account})"


def clock_text(time_ns: int) -> str:
    """Write a time of day in the trader's own zone, to the second."""
    return _clock_text_of_second(time_ns // 1_000_000_000)


@lru_cache(maxsize=64)
def _clock_text_of_second(time_s: int) -> str:
    return datetime.fromtimestamp(time_s, tz=UTC).astimezone().strftime("%H:%M:%S")


def lamp_text(status: ConnectionStatus | None, channels: tuple[Channel, ...]) -> str:
    """Say which of `channels` is worst and how: ``order stream is syncing its books``."""
    if status is None:
        return "it is off"
    order = list(Lamp)
    lit = [(channel, lamp) for channel, lamp in status.lamps if channel in channels]
    if not lit:
        return f"it is {LAMP_WORDS[status.worst]}"
    channel, lamp = max(lit, key=lambda pair: order.index(pair[1]))
    text = f"{CHANNEL_WORDS[channel]} is {LAMP_WORDS[lamp]}"
    return f"{text} ({status.detail})" if status.detail else text
