"""Typed numbers: read exactly, stepped onto the grid, never rounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.ticket_bench import CORN
from workstation.domain.money import is_multiple
from workstation.widgets.typed_numbers import NOTHING, Typed, next_preset, read_number, read_price, stepped

TICKS = st.sampled_from([Decimal(t) for t in ("0.25", "0.1", "0.0001", "1", "0.03125", "5", "0.05")])
PRICES = st.decimals(-100_000, 100_000, places=5, allow_nan=False, allow_infinity=False)
COUNTS = st.integers(-250, 250).filter(bool)


@given(PRICES, TICKS, COUNTS)
def test_a_step_always_lands_on_the_grid_in_its_direction(value: Decimal, tick: Decimal, count: int) -> None:
    moved = stepped(value, tick, count)
    assert is_multiple(moved, tick)
    assert (moved > value) == (count > 0)


@given(PRICES, TICKS, COUNTS)
def test_from_the_grid_a_step_is_exactly_so_many_ticks(value: Decimal, tick: Decimal, count: int) -> None:
    start = stepped(value, tick, 1)
    assert stepped(start, tick, count) == start + tick * count
    assert stepped(stepped(start, tick, count), tick, -count) == start


@given(PRICES, TICKS)
def test_from_between_two_ticks_one_step_goes_to_the_neighbour(value: Decimal, tick: Decimal) -> None:
    assert abs(stepped(value, tick, 1) - value) <= tick
    assert abs(stepped(value, tick, -1) - value) <= tick


def test_a_step_stops_at_the_least() -> None:
    assert stepped(Decimal(3), Decimal(1), -10, least=Decimal(1)) == 1


@pytest.mark.parametrize("text", ["588^2", "588.25", " 588.25 "])
def test_a_price_is_read_in_either_notation(text: str) -> None:
    assert read_price(text, CORN) == Typed(Decimal("588.25"))


def test_a_negative_fraction_with_the_true_minus_is_read() -> None:
    assert read_price("−1^4", CORN) == Typed(Decimal("-1.5"))


@pytest.mark.parametrize(("text", "word"), [("588^9", "only 8 parts"), ("5x", "not a number"), ("1^", "not a price")])
def test_an_unreadable_price_says_why(text: str, word: str) -> None:
    typed = read_price(text, CORN)
    assert typed.value is None
    assert word in typed.fault


def test_a_fraction_without_a_known_instrument_is_refused() -> None:
    assert "not known" in read_price("588^2", None).fault


def test_nothing_typed_is_nothing() -> None:
    assert read_price("  ", CORN) == read_number("") == NOTHING


def test_thousands_and_an_ambiguous_comma() -> None:
    assert read_number("10k").value == 10_000
    assert "could be" in read_number("1,234", decimal_comma=True).fault


@given(st.text(max_size=32))
def test_any_text_is_a_number_nothing_or_a_fault(text: str) -> None:
    for typed in (read_number(text), read_price(text, CORN)):
        assert typed.value is None or not typed.fault
        assert typed.value is None or typed.value.is_finite()


PRESETS = (Decimal(1), Decimal(5), Decimal(10))


@pytest.mark.parametrize(
    ("value", "direction", "index"),
    [(None, 1, 0), (None, -1, 0), ("1", 1, 1), ("7", 1, 2), ("7", -1, 1), ("10", 1, 2), ("1", -1, 0), ("99", -1, 2)],
)
def test_presets_are_gone_through_one_by_one(value: str | None, direction: int, index: int) -> None:
    assert next_preset(Decimal(value) if value else None, PRESETS, direction) == index


def test_without_presets_there_is_no_next_one() -> None:
    with pytest.raises(ValueError, match="no presets"):
        next_preset(None, (), 1)
