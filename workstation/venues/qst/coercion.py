"""One value between our side and the wire, by the type that the definition file declares for its field.

Types are our inference everywhere (QST spec 7.2), so each kind of value can be written as any type that can hold it
without loss (7.3, rule 5). Doubles are read and written by their shortest decimal text. A value that a type cannot
hold exactly is refused: nothing is rounded here.
"""

import math
import re
import struct
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from google.protobuf.descriptor import FieldDescriptor

from workstation.venues.base import MalformedFrame
from workstation.venues.qst.message_fields import FieldSpec, Kind

_WHOLE_TYPES = frozenset(
    {
        FieldDescriptor.CPPTYPE_INT32,
        FieldDescriptor.CPPTYPE_INT64,
        FieldDescriptor.CPPTYPE_UINT32,
        FieldDescriptor.CPPTYPE_UINT64,
    }
)
_TEXT_TYPES = frozenset({FieldDescriptor.CPPTYPE_STRING})
_ENUM_TYPES = frozenset({FieldDescriptor.CPPTYPE_ENUM})
_REAL_TYPES = frozenset({FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT})

HOLDERS = {
    Kind.TEXT: _TEXT_TYPES | _WHOLE_TYPES | _ENUM_TYPES,
    Kind.NUMBER: _REAL_TYPES | _WHOLE_TYPES | _TEXT_TYPES,
    Kind.WHOLE: _WHOLE_TYPES | _TEXT_TYPES,
    Kind.FLAG: frozenset({FieldDescriptor.CPPTYPE_BOOL}),
    Kind.WORD: _ENUM_TYPES | _TEXT_TYPES,
    Kind.RECORD: frozenset({FieldDescriptor.CPPTYPE_MESSAGE}),
}
"""Which wire types can hold which kind."""

_DECIMAL_TEXT = re.compile(r"[+-]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_NO_NUMBER = frozenset({"", "nan", "null", "none", "n/a", "-"})
_LARGEST = Decimal(10) ** 18
_SHORT = 40
_DUST = Decimal(10) ** -15

Convert = Callable[[object], object]


class Unwritable(ValueError):
    """A value that the declared type cannot hold, or a word that the file does not have."""


def coercible(field: FieldDescriptor, spec: FieldSpec) -> bool:
    """Say whether the declared type can hold what we keep in the field."""
    if field.type == FieldDescriptor.TYPE_BYTES or field.is_repeated != spec.repeated:
        return False
    return field.cpp_type in HOLDERS[spec.kind]


def wire_words(field: FieldDescriptor, spec: FieldSpec) -> dict[str, int]:
    """Return the number of each of our words that the field's enum has, by name or alias."""
    values = _values(field)
    found = {}
    for ours, aliases in spec.words.items():
        match = next((values[name] for name in (ours, *aliases) if name in values), None)
        if match is not None:
            found[ours] = match
    return found


def _values(field: FieldDescriptor) -> dict[str, int]:
    return {value.name: value.number for value in field.enum_type.values} if field.enum_type is not None else {}


def reader(field: FieldDescriptor, spec: FieldSpec) -> Convert:
    """Return the function that turns the field's wire value into ours; it raises :class:`MalformedFrame` alone."""
    if field.cpp_type == FieldDescriptor.CPPTYPE_ENUM:
        return _enum_reader(field, spec)
    if spec.kind is Kind.NUMBER:
        return _read_float32 if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT else read_number
    if spec.kind is Kind.WHOLE:
        return _read_whole
    if spec.kind is Kind.TEXT and field.cpp_type in _WHOLE_TYPES:
        return lambda value: str(value) if value or field.has_presence else ""
    return as_it_is


def as_it_is(value: object) -> object:
    """Return a wire value that is ours already."""
    return value


def writer(field: FieldDescriptor, spec: FieldSpec) -> Convert:
    """Return the function that turns our value into the field's wire value; it raises :class:`Unwritable` alone."""
    if field.cpp_type == FieldDescriptor.CPPTYPE_ENUM:
        return _enum_writer(field, spec)
    if field.cpp_type in _WHOLE_TYPES:
        return _write_whole
    if spec.kind is Kind.NUMBER:
        return _write_real if field.cpp_type in _REAL_TYPES else _write_decimal_text
    if spec.kind is Kind.WHOLE:
        return str
    return lambda value: value


def _enum_reader(field: FieldDescriptor, spec: FieldSpec) -> Convert:
    words: dict[object, str] = {number: name for name, number in _values(field).items()}
    known: dict[object, str] = {number: word for word, number in wire_words(field, spec).items()}
    if not field.has_presence and 0 not in known:
        words[0] = ""  # without presence an absent value reads as 0: no word of ours, so nothing was said
    words.update(known)
    return lambda number: words.get(number, f"#{number}")


def _enum_writer(field: FieldDescriptor, spec: FieldSpec) -> Convert:
    known = wire_words(field, spec)
    values = _values(field)

    def write(word: object) -> int:
        if word in known:
            return known[str(word)]
        if not spec.words and word in values:
            return values[str(word)]
        raise Unwritable(f"{field.name} has no value {word}")

    return write


def read_number(value: object) -> Decimal | None:
    """Return a wire number exactly; None for what is no number (NaN, infinity, empty text).

    Differences of doubles leave dust below 1e-15, which is nothing; beyond 1e18 there is no price and no amount.

    Raises:
        MalformedFrame: text that is not a number, or a number out of all reason.
    """
    if (type(value) is float and math.isnan(value)) or (
        type(value) is str and len(value) > _SHORT
    ):  # not worth keeping
        return _number_of(value)
    return _remembered_number(value)


@lru_cache(maxsize=8_192, typed=True)
def _remembered_number(value: object) -> Decimal | None:
    """Prices and quantities come again and again."""
    return _number_of(value)


def _number_of(value: object) -> Decimal | None:
    if isinstance(value, str):
        shown = value.strip()
        if shown.lower() in _NO_NUMBER:
            return None
        if not _DECIMAL_TEXT.fullmatch(shown):
            raise MalformedFrame(f"{shown[:40]!r} is not a number")
        exact = Decimal(shown)
    elif isinstance(value, float):
        if not math.isfinite(value):
            return None
        exact = Decimal(repr(value))
    else:
        exact = Decimal(str(value))
    if abs(exact) > _LARGEST:
        raise MalformedFrame(f"the number {exact:.3E} is out of all reason")
    if exact == exact.to_integral_value():
        return (exact + 0).quantize(Decimal(1))  # and no minus in front of zero
    return exact if abs(exact) > _DUST else Decimal(0)


def _read_float32(value: object) -> Decimal | None:
    narrow = struct.pack("f", value)
    for digits in range(6, 10):
        shown = f"{value:.{digits}g}"
        if struct.pack("f", float(shown)) == narrow:
            break
    return read_number(shown)


def _read_whole(value: object) -> int | None:
    if type(value) is int:
        return value or None
    if isinstance(value, str):
        if not value.strip():
            return None
        if not re.fullmatch(r"[+-]?\d{1,19}", value.strip(), re.ASCII):
            raise MalformedFrame(f"{value[:40]!r} is not a whole number")
    number = int(str(value))
    return number or None


def _write_real(value: object) -> object:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Unwritable(f"{value} is not a number")
    wire = float(value)
    if not math.isfinite(wire) or Decimal(repr(wire)) != value:
        raise Unwritable(f"{value} has more digits than a double can carry")
    return wire


def _write_decimal_text(value: object) -> str:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Unwritable(f"{value} is not a number")
    shown = f"{value:f}"
    return shown if "." in shown else f"{shown}.0"


def _write_whole(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"\d{1,19}", value, re.ASCII):
        return int(value)
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return int(value)
    if isinstance(value, int):
        return value
    raise Unwritable(f"{value!r} is not a whole number")
