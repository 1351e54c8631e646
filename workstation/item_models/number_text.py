"""How numbers and times are written on screen, and how typed numbers are read.

The rules, each there to keep a trader from misreading money (ux: numbers):

- A value is shown exactly or not at all: no scientific notation, no rounding but where a function says so.
- ``—`` is "unknown", ``n/a`` "does not apply", blank "there is none"; ``0`` is written only for zero.
- On screen a minus is the true minus sign, so that it is as wide as a plus; exports use the ASCII one
  (:func:`ascii_text`).
- Profit and loss always carries a sign and an arrow, because colour alone says nothing to one man in twelve.
- A typed dot is always the decimal point. A comma is read only where it can mean one thing.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Context, Decimal

from workstation.domain.instrument import Instrument

UNKNOWN = "—"
NOT_APPLICABLE = "n/a"
NONE = ""
ZERO = "0"
MINUS = "\u2212"
UP, DOWN = "\u25b2", "\u25bc"

_MOST_DIGITS = 60
_NS_PER_S = 1_000_000_000
_WIDE = Context(prec=60)
_AVERAGE_EXTRA_PLACES = 2


def is_writable(value: Decimal) -> bool:
    """Say whether `value` is a number of a length that can be written out; ``1E+999999`` would fill the memory."""
    return value.is_finite() and -_MOST_DIGITS < value.adjusted() < _MOST_DIGITS


def plain_text(value: Decimal) -> str:
    """Write `value` with all the digits it has and no exponent; not a number is unknown."""
    return _minus(f"{value:f}") if is_writable(value) else UNKNOWN


def price_text(price: Decimal | None, instrument: Instrument | None) -> str:
    """Write a price in its instrument's notation; in plain decimals where that is unknown or cannot hold it.

    None is "no price": blank.
    """
    if price is None:
        return NONE
    if instrument is None or not is_writable(price):
        return plain_text(price)
    try:
        return _minus(instrument.price_format.text(price))
    except ValueError:
        return plain_text(price)


def average_text(price: Decimal | None, instrument: Instrument | None) -> str:
    """Write an average price, which seldom lies on a tick, rounded to two places more than the instrument shows.

    An average on a tick is written in the instrument's notation. None is blank.
    """
    if price is None:
        return NONE
    if instrument is not None and is_writable(price) and instrument.legal_price(price):
        return price_text(price, instrument)
    places = instrument.price_format.places if instrument is not None else 4
    return _minus(_rounded(price, places + _AVERAGE_EXTRA_PLACES)) if is_writable(price) else UNKNOWN


def qty_text(qty: Decimal | None) -> str:
    """Write a quantity grouped by thousands, without trailing zeros behind the point; None is unknown."""
    if qty is None or not is_writable(qty):
        return UNKNOWN
    text = f"{qty:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ZERO if text in ("-0", "") else _minus(text)


def net_qty_text(net_qty: Decimal | None) -> str:
    """Write a position: ``+10``, ``0`` or ``−5 short``; None is unknown."""
    if net_qty is None or not is_writable(net_qty):
        return UNKNOWN
    if net_qty == 0:
        return ZERO
    return f"{qty_text(net_qty)} short" if net_qty < 0 else f"+{qty_text(net_qty)}"


def money_text(amount: Decimal | None, currency: str = "", places: int = 2) -> str:
    """Write an amount grouped by thousands with at least `places` decimals; None is unknown.

    More decimals are shown when the venue gave more, so that nothing is rounded.
    """
    if amount is None or not is_writable(amount):
        return UNKNOWN
    return _with_currency(_minus(_grouped(amount, places)), currency)


def pnl_text(amount: Decimal | None, currency: str = "", places: int = 2) -> str:
    """Write profit or loss with arrow and sign: ``▲ +1,204.50``, ``▼ −35.00``, ``0.00``; None is unknown."""
    if amount is None or not is_writable(amount):
        return UNKNOWN
    text = _grouped(abs(amount), places)
    if amount > 0:
        text = f"{UP} +{text}"
    elif amount < 0:
        text = f"{DOWN} {MINUS}{text}"
    return _with_currency(text, currency)


def share_text(part: Decimal | None, whole: Decimal | None) -> str:
    """Write `part` of `whole` as a percentage with one decimal, rounded; unknown unless both are known."""
    if part is None or whole is None or not (is_writable(part) and is_writable(whole)):
        return UNKNOWN
    if whole <= 0:
        return NOT_APPLICABLE
    return f"{_minus(_rounded(_WIDE.divide(part * 100, whole), 1))} %"


def ascii_text(text: str) -> str:
    """Return `text` as an export holds it: ASCII minus, no arrow, no thin space."""
    return text.replace(MINUS, "-").replace(f"{UP} ", "").replace(f"{DOWN} ", "").replace("\u2009", " ")


def time_text(time_ns: int, zone: tzinfo = UTC) -> str:
    """Write an instant (epoch nanoseconds) as ``09:41:06.312`` in `zone`; 0 is unknown.

    Milliseconds are cut, not rounded: a clock never shows an instant that has not come yet.
    """
    if time_ns <= 0:
        return UNKNOWN
    seconds, rest_ns = divmod(time_ns, _NS_PER_S)
    moment = _moment(seconds, zone)
    return f"{moment:%H:%M:%S}.{rest_ns // 1_000_000:03d}" if moment else UNKNOWN


def date_time_text(time_ns: int, zone: tzinfo = UTC) -> str:
    """Write an instant with its date: ``2026-11-21 09:41:06.312``; 0 is unknown."""
    moment = _moment(time_ns // _NS_PER_S, zone) if time_ns > 0 else None
    return f"{moment:%Y-%m-%d} {time_text(time_ns, zone)}" if moment else UNKNOWN


def age_text(since_ns: int, now_ns: int) -> str:
    """Write how long ago `since_ns` was: ``0 s``, ``59 s``, ``12 min``, ``3 h``, ``2 d``; 0 is unknown.

    An instant in the future (the venue's clock runs ahead) is ``0 s``.
    """
    if since_ns <= 0:
        return UNKNOWN
    return duration_text(max(0, now_ns - since_ns) // _NS_PER_S)


def duration_text(seconds: int) -> str:
    """Write a length of time in its largest whole unit."""
    for unit_s, word in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= unit_s:
            return f"{seconds // unit_s} {word}"
    return f"{seconds} s"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Typed text that is no number, or could be two; `reason` tells the trader what to type instead."""

    reason: str


_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_NUMBER = re.compile(r"(?:\d{1,18}(?:\.\d{0,12})?|\.\d{1,12})")
_SUFFIXES = {"k": 3, "m": 6}
_BLANKS = dict.fromkeys(map(ord, " \t\u00a0\u2009\u202f"))
_SIGNED = re.compile(rf"([+\-{MINUS}]?)(.*)", re.DOTALL)


def parse_number(text: str, *, decimal_comma: bool = False) -> Decimal | Unreadable:
    """Read a number as typed: ``1250.5``, ``1,250.5``, ``10k``, ``2.5m``, ``−3``.

    With `decimal_comma` (the trader's locale writes 1,5 for one and a half) a single comma is read as the decimal
    point, unless three digits follow it: then it could be a thousand, and the trader is asked. Without it, commas
    are thousands and must stand where thousands stand.
    """
    sign, body = _SIGNED.fullmatch(text.translate(_BLANKS).lower()).groups()  # type: ignore[union-attr]
    shift = _SUFFIXES.get(body[-1:], 0)
    digits = _without_commas(body[:-1] if shift else body, decimal_comma)
    if isinstance(digits, Unreadable):
        return digits
    if not (digits.isascii() and _NUMBER.fullmatch(digits)):
        return Unreadable(f"{text.strip()!r} is not a number." if text.strip() else "Type a number.")
    value = Decimal(digits).scaleb(shift, _WIDE)
    if shift and value == value.to_integral_value():
        value = value.quantize(Decimal(1), context=_WIDE)
    return value.copy_negate() if sign not in ("", "+") else value


def _without_commas(digits: str, decimal_comma: bool) -> str | Unreadable:
    """Return `digits` with a dot for the decimal point and nothing else between them, or why that cannot be told."""
    if "," not in digits:
        return digits
    whole, point, places = digits.partition(".")
    if "," in places:
        return Unreadable(f"{digits}: write the decimals behind a dot, without commas after it.")
    if decimal_comma and not point and whole.count(",") == 1:
        left, _, right = whole.partition(",")
        if _GROUPED.fullmatch(whole):
            return Unreadable(f"{digits} could be {left}{right} or {left}.{right}: type one of these.")
        return f"{left}.{right}"
    if _GROUPED.fullmatch(whole):
        return whole.replace(",", "") + point + places
    return Unreadable(f"{digits}: a comma must stand before groups of three digits; the decimal point is a dot.")


def _minus(text: str) -> str:
    return text.replace("-", MINUS) if "-" in text else text


def _rounded(value: Decimal, places: int) -> str:
    step = Decimal(1).scaleb(-places)
    return f"{value.quantize(step, rounding=ROUND_HALF_EVEN, context=_WIDE):f}"


def _grouped(amount: Decimal, places: int) -> str:
    text = f"{amount:,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(places, "0")
    text = f"{whole}.{decimals}" if decimals else whole
    return text.removeprefix("-") if amount == 0 else text


def _with_currency(text: str, currency: str) -> str:
    return f"{text} {currency}" if currency else text


def _moment(seconds: int, zone: tzinfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, zone)
    except (ValueError, OverflowError, OSError):
        return None
