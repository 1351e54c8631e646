"""A message as JSON in the definition file's own names, secrets as ``***``: for the journal and for people.

Every message that comes in is written down this way, so what does not depend on its values is worked out once.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter

from workstation.venues.qst.binding import BoundField, BoundRecord
from workstation.venues.qst.message_fields import Kind

_quoted = json.encoder.encode_basestring
"""A text as JSON, other than ASCII left as it is; a tenth of the time of `json.dumps`."""

Write = Callable[[object], str]


def json_writer(record: BoundRecord) -> Write:
    """Return the function that writes a message of this type; what says nothing is left out."""
    fields = record.fields
    if not fields:
        return lambda _message: "{}"
    parts = [(field.default, f"{_quoted(field.shown_name)}: ", _value_writer(field)) for field in fields]
    names = [field.attribute for field in fields]
    values_of = attrgetter(*names, names[0])  # one more than needed, so that one name gives a tuple too

    def write(message: object) -> str:
        values = zip(parts, values_of(message), strict=False)
        said = [name + text(value) for (default, name, text), value in values if value != default]
        return "{" + ", ".join(said) + "}"

    return write


def _value_writer(field: BoundField) -> Write:
    one = _scalar_writer(field)
    if not field.spec.repeated:
        return one
    return lambda value: "[" + ", ".join(map(one, value)) + "]" if isinstance(value, tuple) else one(value)


def _scalar_writer(field: BoundField) -> Write:
    if field.spec.secret:
        return lambda _value: '"***"'
    if field.inner is not None:
        return json_writer(field.inner)
    return _whole if field.spec.kind is Kind.WHOLE else _scalar


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _whole(value: object) -> str:
    return _quoted(value) if isinstance(value, str) else f'"{value}"'
