"""From candles to what is drawn: lines and boxes in whole pixels, of the visible candles only.

A candle that closed higher is a hollow box, one that closed lower a filled one, so that they differ without colour.
With less than a few pixels for each only the line from high to low is left, and with several candles to one pixel those
share a line from their highest to their lowest. Groups begin at fixed numbers, so that nothing flickers while the plot
moves.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workstation.widgets.chart.candle_arrays import CandleArrays, Places

BODY_FROM = 3.0
"""Pixels per candle from which it gets a body."""
_BODY_SHARE = 0.72


@dataclass(frozen=True, slots=True)
class Scale:
    """How plot coordinates become pixels: pixel = place * factor + offset."""

    factor: float
    offset: float

    def pixels(self, places: Places) -> Places:
        """Return whole pixels."""
        return np.rint(places * self.factor + self.offset)


@dataclass(frozen=True, slots=True)
class Shapes:
    """Lines as rows of x1, y1, x2, y2; boxes as rows of x, y, width, height."""

    rising_lines: Places
    falling_lines: Places
    rising_boxes: Places
    falling_boxes: Places


def shapes_of(candles: CandleArrays, left: float, right: float, across: Scale, up: Scale) -> Shapes:
    """Return what to draw between `left` and `right`, in candle numbers."""
    shown = candles.between(left, right)
    if shown.stop <= shown.start:
        return Shapes(_NOTHING, _NOTHING, _NOTHING, _NOTHING)
    step = max(1, int(np.ceil(1 / across.factor)))
    if step > 1:
        return _grouped(candles, shown, step, across, up)
    x = across.pixels(np.arange(shown.start, shown.stop) + float(candles.first_x))
    opens, closes = up.pixels(candles.opens[shown]), up.pixels(candles.closes[shown])
    highs, lows = up.pixels(candles.highs[shown]), up.pixels(candles.lows[shown])
    rising = candles.closes[shown] >= candles.opens[shown]
    if across.factor < BODY_FROM:
        return _lines(x, highs, lows, rising)
    return _bodies(x, (opens, highs, lows, closes), rising, across.factor)


def _grouped(candles: CandleArrays, shown: slice, step: int, across: Scale, up: Scale) -> Shapes:
    first = shown.start - (shown.start + candles.first_x) % step
    begins = np.maximum(np.arange(first, shown.stop, step), shown.start)
    ends = np.minimum(np.append(begins[1:], shown.stop), shown.stop) - 1
    highs = np.maximum.reduceat(candles.highs[: shown.stop], begins)
    lows = np.minimum.reduceat(candles.lows[: shown.stop], begins)
    x = across.pixels(begins + float(candles.first_x))
    return _lines(x, up.pixels(highs), up.pixels(lows), candles.closes[ends] >= candles.opens[begins])


def _lines(x: Places, highs: Places, lows: Places, rising: NDArray[np.bool_]) -> Shapes:
    lines = np.column_stack((x, highs, x, lows))
    return Shapes(lines[rising], lines[~rising], _NOTHING, _NOTHING)


def _bodies(x: Places, levels: tuple[Places, ...], rising: NDArray[np.bool_], room: float) -> Shapes:
    """Return boxes with their wicks; a hollow box must not have its wick run through it."""
    opens, highs, lows, closes = levels
    half = max(1, int(room * _BODY_SHARE / 2))
    tops, bottoms = np.minimum(opens, closes), np.maximum(opens, closes)
    boxes = np.column_stack((x - half, tops, np.full_like(x, 2 * half), bottoms - tops))
    wicks = np.concatenate((np.column_stack((x, highs, x, tops)), np.column_stack((x, bottoms, x, lows))))
    longer = wicks[:, 1] != wicks[:, 3]
    up = np.concatenate((rising, rising))
    return Shapes(wicks[longer & up], wicks[longer & ~up], boxes[rising], boxes[~rising])


_NOTHING = np.empty((0, 4))
