"""Levels are exact: round, on the instrument's ticks, whatever floats they were found by."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.widgets.chart.level_ticks import level_ticks, nearest_level

TICKS = st.sampled_from(["0.00001", "0.01", "0.25", "0.03125", "1", "25", "0.1"]).map(Decimal)


def test_levels_are_round() -> None:
    assert level_ticks(1.1180, 1.1204, 6, Decimal("0.00001")) == [
        Decimal(text) for text in ("1.1185", "1.1190", "1.1195", "1.1200")
    ]
    assert level_ticks(586.1, 590.2, 5, Decimal("0.25")) == [587, 588, 589, 590]


def test_a_scale_finer_than_a_tick_shows_ticks() -> None:
    assert level_ticks(587.9, 588.6, 50, Decimal("0.25")) == [Decimal("588.00"), Decimal("588.25"), Decimal("588.50")]


@pytest.mark.parametrize(("bottom", "top"), [(1.0, 1.0), (2.0, 1.0), (float("nan"), 1.0), (0.0, float("inf"))])
def test_no_height_has_no_levels(bottom: float, top: float) -> None:
    assert level_ticks(bottom, top, 5, None) == []


@given(bottom=st.floats(-1e6, 1e6), span=st.floats(1e-6, 1e6), most=st.integers(1, 30), tick=st.none() | TICKS)
def test_levels_lie_in_sight_on_ticks_and_are_few(bottom: float, span: float, most: int, tick: Decimal | None) -> None:
    top = bottom + span
    if not top > bottom:
        return
    levels = level_ticks(bottom, top, most, tick)
    assert len(levels) <= most + 1
    assert all(bottom <= level <= top for level in levels)
    assert tick is None or all(level % tick == 0 for level in levels)


@given(place=st.floats(-1e6, 1e6), tick=TICKS)
def test_the_nearest_level_is_legal_and_nearest(place: float, tick: Decimal) -> None:
    level = nearest_level(place, tick)
    assert level is not None
    assert level % tick == 0
    assert abs(level - Decimal(place)) <= tick / 2


def test_nowhere_has_no_level() -> None:
    assert nearest_level(float("nan"), Decimal(1)) is None
    assert nearest_level(1.5, None) == Decimal("1.5")
