"""What a table shows: its columns, and the look of one row.

A column knows how to write a value and by which typed key it sorts: prices sort as numbers and times as times,
never as the text on screen.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from enum import Enum
from types import MappingProxyType
from typing import Generic, TypeVar

R = TypeVar("R")

SortKey = int | Decimal | str | None
"""None is unknown and always sorts last, whichever way the column is sorted."""


class Align(Enum):
    """Where a cell's text stands."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    """Right, with the decimal points of the column under one another."""
    MARK = "MARK"
    """Centred: a single sign."""


class Sorts(Enum):
    """What kind of key a column sorts by; unknown keys need a stand-in of the same kind."""

    WORDS = "WORDS"
    NUMBERS = "NUMBERS"
    """Amounts, quantities and instants."""


class Tone(Enum):
    """Why a cell or a row's edge is coloured; the theme chooses the colour."""

    BUY = "BUY"
    SELL = "SELL"
    DIM = "DIM"
    """Over: a closed order, a disconnected account."""
    WAITING = "WAITING"
    """Sent, not yet answered."""
    ALARM = "ALARM"
    """Wants action: in doubt, rejected, an error."""
    WARNING = "WARNING"
    GAIN = "GAIN"
    LOSS = "LOSS"
    GOOD = "GOOD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column over records of type R.

    `key` is the name under which its width and place are saved. `width` is in average characters. `exact` gives
    the tooltip: the whole value where the cell shows it shortened. A `live` column's text changes with time alone.
    `sort_keys` gives what `sort_key` does, of many records at once, where that is quicker.
    """

    key: str
    title: str
    tooltip: str
    text: Callable[[R], str]
    sort_key: Callable[[R], SortKey]
    sorts: Sorts = Sorts.WORDS
    align: Align = Align.TEXT
    width: int = 10
    shown: bool = True
    live: bool = False
    exact: Callable[[R], str] | None = None
    editable: Callable[[R], bool] | None = None
    sort_keys: Callable[[Iterable[R]], list[SortKey]] | None = None

    def keys_of(self, records: Iterable[R]) -> list[SortKey]:
        """Return the sort keys of many records."""
        return list(map(self.sort_key, records)) if self.sort_keys is None else self.sort_keys(records)


_NO_TONES: Mapping[int, Tone] = MappingProxyType({})
_NO_BARS: Mapping[int, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """The colours of one row. `tones` and `bars` go by column number; a bar is a share of the cell, 0 to 1 and more.

    The texts of the columns in `struck` are struck through: they were true once and cannot be relied on now.
    """

    edge: Tone | None = None
    dim: bool = False
    strong: bool = False
    tones: Mapping[int, Tone] = field(default_factory=lambda: _NO_TONES)
    bars: Mapping[int, float] = field(default_factory=lambda: _NO_BARS)
    struck: frozenset[int] = frozenset()


PLAIN = Dress()


@dataclass(frozen=True, slots=True)
class RowLook:
    """One row as it is painted: a text per column, and its colours."""

    texts: tuple[str, ...]
    dress: Dress


def unknown_key(sorts: Sorts, *, descending: bool) -> Decimal | str:
    """Return the key that stands for "unknown" so that it comes last in this direction."""
    if sorts is Sorts.NUMBERS:
        return Decimal("-Infinity") if descending else Decimal("Infinity")
    return "" if descending else "\U0010ffff"


def first_key(sorts: Sorts, *, descending: bool) -> Decimal | str:
    """Return the key that comes before all others in this direction."""
    return unknown_key(sorts, descending=not descending)


_SCALE = Decimal(10**5)
_MEMO_MOST = 1 << 16
_LONGEST_INT = 30
_memo: dict[Decimal, int | Decimal] = {}


def exact_key(value: Decimal | None) -> int | Decimal | None:
    """Return a sort key for `value` that orders exactly as it does; unknown and not-a-number give None.

    Whole hundred-thousandths become an ``int``, which sorts three times as fast; the rest stays Decimal. The two
    compare exactly with each other, because both are scaled. Prices repeat, so the keys are remembered.
    """
    if value is None:
        return None
    try:
        return _memo[value]
    except KeyError:
        return _new_key(value)
    except TypeError:  # a signalling NaN has no hash
        return None


def exact_keys(values: Iterable[Decimal | None]) -> list[SortKey]:
    """Return :func:`exact_key` of many values."""
    figures = list(values)
    try:
        keys: list[SortKey] = list(map(_memo.get, figures))  # type: ignore[arg-type]  # None is in no memo
    except TypeError:
        return list(map(exact_key, figures))
    if None in keys:
        return [exact_key(value) if key is None else key for key, value in zip(keys, figures, strict=True)]
    return keys


def _new_key(value: Decimal) -> int | Decimal | None:
    if not value.is_finite():
        return None
    scaled = _WIDE.multiply(value, _SCALE)
    whole = int(scaled) if scaled.adjusted() < _LONGEST_INT else 0  # 1E+999999 would fill the memory
    if len(_memo) >= _MEMO_MOST:
        _memo.clear()
    key = _memo[value] = whole if whole == scaled else scaled
    return key


_WIDE = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)


def text_key(text: str) -> str | None:
    """Return a sort key for words, blind to case; blank gives None."""
    return text.casefold() or None


def text_keys(texts: Iterable[str]) -> list[SortKey]:
    """Return :func:`text_key` of many texts."""
    return [text.casefold() or None for text in texts]
