import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from workstation.runtime.quick_records import quick, quick_replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    x: int
    y: int = 2
    marks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    x: int
    twice: int = 0

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("below zero")
        object.__setattr__(self, "twice", 2 * self.x)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn(Point):
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    x: int


@dataclass(frozen=True, kw_only=True)
class Loose:
    x: int


make = quick(Point)


def test_what_is_made_cannot_be_told_from_what_the_class_makes() -> None:
    made, plain = make(x=1, marks=["a"]), Point(x=1, marks=["a"])
    assert type(made) is Point
    assert made == plain
    assert repr(made) == repr(plain)
    assert replace(made, y=5) == Point(x=1, y=5, marks=["a"])
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == plain


def test_what_is_made_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        make(x=1).x = 2  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        make(x=1).z = 2  # type: ignore[attr-defined]


def test_defaults_are_made_anew_for_each_value() -> None:
    assert make(x=1).marks is not make(x=1).marks
    assert quick(Nothing)() == Nothing()


def test_a_missing_or_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError):
        make()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        make(x=1, z=1)  # type: ignore[call-arg]


def test_a_class_that_does_more_than_set_its_fields_makes_its_own_values() -> None:
    for record in (Placed, Loose, Drawn):
        assert quick(record) is record


def test_what_a_class_does_after_the_fields_are_set_is_done() -> None:
    assert quick(Checked)(x=1) == Checked(x=1)
    assert quick(Checked)(x=1).twice == 2
    with pytest.raises(ValueError, match="below zero"):
        quick(Checked)(x=-1)


def test_a_value_is_replaced_as_dataclasses_do_it() -> None:
    before = Point(x=1, y=3, marks=["a"])
    after = quick_replace(Point)(before, x=7)
    assert after == replace(before, x=7)
    assert after.marks is before.marks
    assert before.x == 1
    with pytest.raises(TypeError):
        quick_replace(Point)(before, z=1)
