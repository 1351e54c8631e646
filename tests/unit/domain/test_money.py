from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.money import TickRounding, is_multiple, round_to_tick

steps = st.decimals(min_value="0.0001", max_value="1000", places=4)
values = st.decimals(min_value="-1000000", max_value="1000000", places=6)


@given(values, steps)
def test_rounding_gives_the_neighbours(value: Decimal, step: Decimal) -> None:
    below = round_to_tick(value, step, TickRounding.DOWN)
    above = round_to_tick(value, step, TickRounding.UP)
    assert below <= value <= above
    assert above - below in (0, step)
    assert is_multiple(below, step)
    assert is_multiple(above, step)
    assert round_to_tick(value, step, TickRounding.NEAREST) in (below, above)


@given(st.integers(-(10**9), 10**9), steps)
def test_a_legal_value_is_left_alone(count: int, step: Decimal) -> None:
    value = count * step
    assert is_multiple(value, step)
    assert {round_to_tick(value, step, rounding) for rounding in TickRounding} == {value}


def test_halves_go_to_the_even_tick() -> None:
    assert round_to_tick(Decimal("0.125"), Decimal("0.25"), TickRounding.NEAREST) == 0
    assert round_to_tick(Decimal("0.375"), Decimal("0.25"), TickRounding.NEAREST) == Decimal("0.50")


def test_down_is_towards_minus_infinity_for_spreads() -> None:
    assert round_to_tick(Decimal("-0.1"), Decimal("0.25"), TickRounding.DOWN) == Decimal("-0.25")


@pytest.mark.parametrize("step", ["0", "-0.25", "NaN", "Infinity"])
def test_a_step_that_is_none_is_refused(step: str) -> None:
    with pytest.raises(ValueError, match="no multiple"):
        is_multiple(Decimal(1), Decimal(step))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_value_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no multiple"):
        round_to_tick(Decimal(value), Decimal("0.25"), TickRounding.UP)
