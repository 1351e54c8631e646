"""How the fields of records are written, read loosely, and bounded: the kinds of number in one place.

A decimal is written with a fraction unless its field is a ``Whole`` with none, always in plain notation. Loose reading
makes of what came what the field wants: an integer of ``1.0``, a text of a number, a decimal of an integer.
"""

import types
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Raw, UnsetType

from workstation.venues.xapi.records import MOST, Record

PLACES = 30
"""More places before or after the point no price, volume or amount has."""
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class _Fields:
    """One record's fields. `wire` gives the name on the wire; `hints` the bare type, without None."""

    wire: tuple[tuple[str, str], ...]
    hints: dict[str, object]
    whole: frozenset[str]
    decimals: Callable[[Any], Any] | None
    records: tuple[str, ...]


def written(value: object, *, nulls: bool = True) -> object:
    """Return `value` as what the encoder takes; with `nulls` off, fields that are None are left out."""
    if isinstance(value, Record):
        return _written_record(value, nulls=nulls)
    if isinstance(value, tuple | list):
        return [written(item, nulls=nulls) for item in value]
    return _number(value, whole=False) if isinstance(value, Decimal) else value


def _written_record(record: Record, *, nulls: bool) -> dict[str, object]:
    kinds = _fields(type(record))
    out: dict[str, object] = {}
    for name, wire in kinds.wire:
        value = getattr(record, name)
        if value is UNSET or (value is None and not nulls):
            continue
        if isinstance(value, Decimal):
            out[wire] = _number(value, whole=name in kinds.whole)
        elif isinstance(value, Record | tuple):
            out[wire] = written(value, nulls=nulls)
        else:
            out[wire] = value
    return out


def _number(value: Decimal, *, whole: bool) -> Raw:
    if not value.is_finite():
        raise ValueError(f"{value} cannot be written")
    text = f"{value:f}"
    if whole and "." in text:
        text = text.rstrip("0").rstrip(".")
    elif not whole and "." not in text:
        text += ".0"
    return Raw(text.encode())


def bounded(value: _Kind) -> _Kind:
    """Return `value`, a record or a tuple of records, if all its decimals are fit for arithmetic.

    Raises:
        ValueError: one is not finite, or has too many places.
    """
    if isinstance(value, Record):
        _bound(value, _fields(type(value)))
    elif isinstance(value, tuple) and value:
        kinds = _fields(type(value[0])) if isinstance(value[0], Record) else None
        if kinds is not None:
            for record in value:
                _bound(record, kinds)
    return value


def _bound(record: Record, kinds: _Fields) -> None:
    if kinds.decimals is not None:
        for number in kinds.decimals(record):
            if type(number) is Decimal and not (-PLACES < number.adjusted() < PLACES and number.is_finite()):
                raise ValueError("a number without bounds")
    for name in kinds.records:
        bounded(getattr(record, name))


def loosely(body: bytes, kind: Any) -> Any:
    """Read JSON as a record, or tuple of records, taking a value of another kind where it says the same.

    Raises:
        ValueError, TypeError: it does not.
    """
    read = msgspec.json.Decoder(float_hook=Decimal).decode(body)
    return _loose(read, kind)


def _loose(value: Any, kind: Any) -> Any:
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise TypeError("a list was due")
        return tuple(_loose(item, get_args(kind)[0]) for item in value)
    if get_origin(kind) is Annotated:
        return _loose(value, get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, Record):
        if not isinstance(value, dict):
            raise TypeError("an object was due")
        kinds = _fields(kind)
        given = {name: value[wire] for name, wire in kinds.wire if value.get(wire) is not None}
        return kind(**{name: _loose(item, kinds.hints[name]) for name, item in given.items()})
    return _LOOSE[kind](value)


def _integer(value: object) -> int:
    if isinstance(value, str | int | Decimal):
        try:
            exact = Decimal(value)
            if exact.is_finite() and exact.adjusted() < 19 and abs(number := int(exact)) <= MOST:
                return number if exact >= 0 or exact == number else number - 1
        except InvalidOperation:
            pass
    raise ValueError(f"{str(value)[:40]!r} is no number")


def _decimal(value: object) -> Decimal:
    try:
        return Decimal(value) if isinstance(value, str | int | Decimal) else Decimal("NaN")
    except InvalidOperation as error:
        raise ValueError(f"{str(value)[:40]!r} is no number") from error


def _word(value: object) -> str:
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise TypeError("a text was due")


def _flag(value: object) -> bool:
    if value in (True, False):
        return bool(value)
    raise TypeError("true or false was due")


_LOOSE: dict[object, Callable[[Any], object]] = {
    int: _integer,
    Decimal: _decimal,
    str: _word,
    bool: _flag,
    Raw: lambda value: Raw(msgspec.json.encode(value)),
}


@cache
def _fields(kind: type[Record]) -> _Fields:
    wire = tuple((each.name, each.encode_name) for each in msgspec.structs.fields(kind))
    annotated = get_type_hints(kind, include_extras=True)
    hints = {name: _bare(annotated[name]) for name, _ in wire}
    decimals = [name for name, hint in hints.items() if hint is Decimal]
    if len(decimals) == 1:  # one name would give the value itself, not a tuple
        decimals *= 2
    return _Fields(
        wire=wire,
        hints=hints,
        whole=frozenset(name for name, _ in wire if "whole" in str(annotated[name])),
        decimals=attrgetter(*decimals) if decimals else None,
        records=tuple(name for name, hint in hints.items() if get_origin(hint) is tuple or _is_record(hint)),
    )


def _bare(hint: object) -> object:
    """Return the one type of an optional field, without None, UNSET and annotations."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return _bare(next(each for each in get_args(hint) if each not in (type(None), UnsetType)))
    return hint


def _is_record(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Record)
