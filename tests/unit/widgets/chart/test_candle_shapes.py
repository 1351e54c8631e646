"""Shapes: hollow and filled, only what is in sight, and never more than the pixels can show."""

import pytest

from tests.unit.widgets.chart.samples import arrays, minutes
from workstation.widgets.chart.candle_shapes import Scale, shapes_of

UP = Scale(-10.0, 6_000.0)


def test_rising_candles_are_hollow_boxes_and_falling_ones_filled() -> None:
    shapes = shapes_of(arrays(minutes(4)), -1, 4, Scale(10.0, 5.0), UP)
    assert (len(shapes.rising_boxes), len(shapes.falling_boxes)) == (2, 2)
    x, y, width, height = shapes.rising_boxes[0]
    assert (x + width / 2, y, height) == (5, 110, 10)  # open 588, close 589, ten pixels each
    assert [tuple(line) for line in shapes.rising_lines if line[0] == 5] == [(5, 100, 5, 110), (5, 120, 5, 130)]


def test_only_what_is_in_sight_is_drawn() -> None:
    shapes = shapes_of(arrays(minutes(1_000)), 500.2, 509.8, Scale(10.0, 0.0), UP)
    assert len(shapes.rising_boxes) + len(shapes.falling_boxes) == 11
    nothing = shapes_of(arrays(minutes(10)), 50, 60, Scale(10.0, 0.0), UP)
    assert not len(nothing.rising_lines) + len(nothing.falling_boxes)


def test_narrow_candles_are_lines() -> None:
    shapes = shapes_of(arrays(minutes(10)), 0, 9, Scale(2.0, 0.0), UP)
    assert len(shapes.rising_lines) + len(shapes.falling_lines) == 10
    assert not len(shapes.rising_boxes) + len(shapes.falling_boxes)


@pytest.mark.parametrize("left", [0.0, 0.3, 1.0, 7.0])
def test_candles_that_share_a_pixel_share_a_line_and_do_not_flicker(left: float) -> None:
    candles = arrays(minutes(10_000))
    shapes = shapes_of(candles, left, 10_000, Scale(0.05, 0.0), UP)
    lines = len(shapes.rising_lines) + len(shapes.falling_lines)
    assert lines <= 501
    whole = shapes_of(candles, 0, 10_000, Scale(0.05, 0.0), UP)
    inner = {tuple(line) for line in shapes.rising_lines if line[0] > 1}
    assert inner == {tuple(line) for line in whole.rising_lines if line[0] > 1}


def test_a_shared_line_reaches_from_the_highest_to_the_lowest() -> None:
    shapes = shapes_of(arrays(minutes(40)), 0, 40, Scale(0.1, 0.0), UP)
    lines = [*shapes.rising_lines, *shapes.falling_lines]
    assert {(line[1], line[3]) for line in lines} == {(100, 140)}  # 590 and 586
