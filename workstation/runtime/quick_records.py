"""Makes values of frozen dataclasses in a third of the time.

A frozen dataclass sets each field of a new value by a call that goes around its own lock. On the way of every message
from the wire to the screen a dozen such values are made. So a twin of the class is built, with the same fields and
without the lock; the twin's value is made, and then becomes one of the class. What comes out cannot be told from what
the class itself would have made.
"""

from collections.abc import Callable
from dataclasses import MISSING, field, fields, is_dataclass, make_dataclass
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

Made = TypeVar("Made")
Given = ParamSpec("Given")


def quick(record: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return what makes values of the class `record` from the same keywords; the class itself if it has no twin."""
    if not isinstance(record, type) or not _has_twin(record):
        return record
    kind: type = record
    named: list[tuple[str, Any, Any]] = []
    for each in fields(kind):
        if each.default_factory is not MISSING:
            named.append((each.name, Any, field(default_factory=each.default_factory)))
        else:
            named.append((each.name, Any, field(default=each.default)))
    twin: Any = make_dataclass(kind.__name__, named, slots=True, kw_only=True)

    def make(*_: Given.args, **values: Given.kwargs) -> Made:
        made = twin(**values)
        made.__class__ = kind
        return made  # type: ignore[no-any-return]

    def make_and_finish(*_: Given.args, **values: Given.kwargs) -> Made:
        made = twin(**values)
        made.__class__ = kind
        made.__post_init__()
        return made  # type: ignore[no-any-return]

    return make_and_finish if hasattr(kind, "__post_init__") else make


def quick_replace(record: Callable[..., Made]) -> Callable[..., Made]:
    """Return what :func:`dataclasses.replace` does, for values of the class `record` with two fields or more."""
    assert isinstance(record, type)
    assert is_dataclass(record)
    names = [each.name for each in fields(record)]
    values_of = attrgetter(*names)
    make: Callable[..., Any] = quick(record)

    def replace(value: object, **changes: object) -> Made:
        values = dict(zip(names, values_of(value), strict=True))
        values.update(changes)
        return make(**values)  # type: ignore[no-any-return]

    return replace


def _has_twin(record: type) -> bool:
    """Say whether a value is made by setting its fields, all of them in slots, and finishing it, and by no more."""
    return (
        is_dataclass(record)
        and record.__bases__ == (object,)
        and "__slots__" in vars(record)
        and tuple(record.__slots__) == tuple(each.name for each in fields(record))  # type: ignore[attr-defined]
        and all(each.init and each.kw_only for each in fields(record))
    )
