"""How a field of a QST message is described: what it holds, by which names it may go, whether it must exist.

The vendor's definition file is not public, so nothing here speaks of field numbers or wire types. A record of
:mod:`messages` says that a field is text, a number, a word of an enum; the binding finds out how the file at hand
writes it (QST spec 7.3, rules 3, 5 and 7).
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from enum import Enum
from typing import Any

_KEY = "qst"


class Kind(Enum):
    """What a field holds on our side, whatever the wire type is."""

    TEXT = "TEXT"
    """``str``; empty is absent."""
    NUMBER = "NUMBER"
    """``Decimal``, or None when absent or not a number."""
    WHOLE = "WHOLE"
    """``int``, or None when absent (epoch milliseconds, codes)."""
    FLAG = "FLAG"
    """``bool``; False is absent."""
    WORD = "WORD"
    """An enum's word as ``str``; empty is absent, a number the file does not name reads ``#17``."""
    RECORD = "RECORD"
    """Another record, or None."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. `names` are further names to look for, `words` the aliases of an enum's words."""

    kind: Kind
    names: tuple[str, ...] = ()
    required: bool = False
    secret: bool = False
    repeated: bool = False
    record: type | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def string(*names: str, required: bool = False, secret: bool = False) -> Any:
    """Declare a text field; a secret one is neither printed nor journaled."""
    return field(default="", repr=not secret, metadata={_KEY: FieldSpec(Kind.TEXT, names, required, secret)})


def strings(*names: str, required: bool = False) -> Any:
    """Declare a list of texts."""
    return field(default=(), metadata={_KEY: FieldSpec(Kind.TEXT, names, required, repeated=True)})


def number(*names: str, required: bool = False) -> Any:
    """Declare an exact number."""
    return field(default=None, metadata={_KEY: FieldSpec(Kind.NUMBER, names, required)})


def whole(*names: str, required: bool = False) -> Any:
    """Declare a whole number."""
    return field(default=None, metadata={_KEY: FieldSpec(Kind.WHOLE, names, required)})


def flag(*names: str, required: bool = False) -> Any:
    """Declare a yes or no."""
    return field(default=False, metadata={_KEY: FieldSpec(Kind.FLAG, names, required)})


def word(words: Mapping[str, tuple[str, ...]], *names: str, required: bool = False) -> Any:
    """Declare a word of an enum; `words` maps ours to the further spellings to look for."""
    return field(default="", metadata={_KEY: FieldSpec(Kind.WORD, names, required, words=words)})


def one(record: type, *names: str, required: bool = False) -> Any:
    """Declare another record inside."""
    return field(default=None, metadata={_KEY: FieldSpec(Kind.RECORD, names, required, record=record)})


def many(record: type, *names: str, required: bool = False) -> Any:
    """Declare a list of records."""
    spec = FieldSpec(Kind.RECORD, names, required, repeated=True, record=record)
    return field(default=(), metadata={_KEY: spec})


def spec_of(declared: "Field[Any]") -> FieldSpec:
    """Return what was declared of a dataclass field.

    Raises:
        KeyError: it was not declared by a function of this module.
    """
    spec: FieldSpec = declared.metadata[_KEY]
    return spec
