"""Sharing changes which object stands for a figure, never its writing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain import shared_values
from workstation.domain.shared_values import shared


@given(st.lists(st.decimals(allow_nan=None)))
def test_the_writing_stays(values: list[Decimal]) -> None:
    assert [str(shared(value)) for value in values] == [str(value) for value in values]


def test_equal_writings_become_one_object_and_others_do_not() -> None:
    first = shared(Decimal("441.25"))
    assert shared(Decimal("441.25")) is first
    assert str(shared(Decimal("441.250"))) == "441.250"
    assert [str(shared(Decimal(text))) for text in ("0", "-0", "0.0")] == ["0", "-0", "0.0"]


def test_a_signalling_nan_passes() -> None:
    value = Decimal("sNaN")
    assert shared(value) is value


def test_what_is_kept_is_bounded() -> None:
    for number in range(70_000):
        shared(Decimal(number))
    assert len(shared_values._kept) <= 1 << 16
