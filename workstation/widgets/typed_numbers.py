"""Reading and stepping typed prices and quantities, exactly.

A typed number is kept as the trader typed it: it is read, judged and stepped, but never rounded. Stepping from between
two ticks goes to the neighbour first, so that one key press always lands on a value that can be sent.
"""

from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.instrument import Instrument
from workstation.domain.money import TickRounding, is_multiple, round_to_tick
from workstation.item_models.number_text import MINUS, Unreadable, parse_number

LONGEST_TEXT = 32


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as typed: its value, or what is wrong with the text (neither: nothing typed)."""

    value: Decimal | None = None
    fault: str = ""


NOTHING = Typed()


def read_number(text: str, *, decimal_comma: bool = False) -> Typed:
    """Read a quantity or a plain number; ``k`` and ``m`` stand for thousand and million."""
    if not text.strip():
        return NOTHING
    number = parse_number(text, decimal_comma=decimal_comma)
    return Typed(fault=number.reason) if isinstance(number, Unreadable) else Typed(number)


def read_price(text: str, instrument: Instrument | None, *, decimal_comma: bool = False) -> Typed:
    """Read a price in the instrument's notation (``588^2``) or in plain decimals, whichever was typed."""
    if not text.strip():
        return NOTHING
    if "^" not in text:
        return read_number(text, decimal_comma=decimal_comma)
    if instrument is None:
        return Typed(fault=f"{text.strip()} is a fraction, and the parts of this symbol are not known.")
    try:
        return Typed(instrument.price_format.parse(text.replace(MINUS, "-")))
    except ValueError as error:
        return Typed(fault=f"{error}.")


def stepped(value: Decimal, step: Decimal, count: int, *, least: Decimal | None = None) -> Decimal:
    """Return the value `count` steps away (negative: down), always a whole number of steps and never below `least`.

    Raises:
        ValueError: `step` is not positive, or `value` is no number.
    """
    if is_multiple(value, step):
        moved = round_to_tick(value, step, TickRounding.NEAREST) + step * count
    elif count > 0:
        moved = round_to_tick(value, step, TickRounding.UP) + step * (count - 1)
    elif count < 0:
        moved = round_to_tick(value, step, TickRounding.DOWN) + step * (count + 1)
    else:
        moved = value
    return moved if least is None else max(least, moved)


def next_preset(value: Decimal | None, presets: tuple[Decimal, ...], direction: int) -> int:
    """Return the index of the preset before (-1) or after (+1) `value`; from nothing typed, of the first one.

    Between two presets the nearer one in that direction is meant; at either end it stays.

    Raises:
        ValueError: there are no presets.
    """
    if not presets:
        raise ValueError("no presets")
    if value is None:
        return 0
    if direction > 0:
        return next((index for index, preset in enumerate(presets) if preset > value), len(presets) - 1)
    smaller = [index for index, preset in enumerate(presets) if preset < value]
    return smaller[-1] if smaller else 0
