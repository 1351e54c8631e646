"""Where the time axis is marked, and with which words.

Candles stand side by side without the gaps between sessions, so marks do not lie at even distances: each stands at the
first candle of a new hour, day, month or year, whichever leaves room for the words. The words say what changed there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workstation.item_models.local_time import MONTHS
from workstation.widgets.chart.candle_arrays import CandleArrays

_DAY_S = 86_400
_UNITS_S = (60, 300, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, _DAY_S, 7 * _DAY_S)
_MONTH, _QUARTER, _YEAR, _FIVE_YEARS = 1, 3, 12, 60
_MONTHS = (_MONTH, _QUARTER, _YEAR, _FIVE_YEARS)
_MONTH_S = 30 * _DAY_S
_THURSDAY_S = 3 * _DAY_S
"""The epoch was a Thursday; weeks are counted from Monday."""


@dataclass(frozen=True, slots=True)
class TimeTick:
    """One mark: the number of its candle, its words, and whether a day or more begins there."""

    x: int
    label: str
    is_major: bool


def time_ticks(candles: CandleArrays, shown: slice, room: float) -> list[TimeTick]:
    """Return the marks of the visible candles, from left to right, at least `room` candles apart."""
    if shown.stop - shown.start < 1:
        return []
    step = max(1, int(room // 8))
    indices = np.arange(shown.start, shown.stop, step)
    local_s = candles.local_s[indices]
    length_s = _usual_step(candles.local_s[shown])
    numbers = _numbered(local_s, length_s * room)
    changed = np.flatnonzero(np.diff(numbers)) + 1
    ticks: list[TimeTick] = []
    before = int(local_s[0])
    for place in changed:
        between = candles.local_s[indices[place] - step + 1 : indices[place] + 1]
        first = int(np.argmax(_numbered(between, length_s * room) != numbers[place - 1]))
        now = int(between[first])
        tick = TimeTick(int(indices[place]) - len(between) + 1 + first + candles.first_x, *_words(before, now))
        before = now
        if ticks and tick.x - ticks[-1].x < room:
            if not tick.is_major or ticks[-1].is_major:
                continue
            ticks.pop()  # the day goes before the hour beside it
        ticks.append(tick)
    return ticks


def _usual_step(local_s: NDArray[np.int64]) -> float:
    """Return the distance in time of neighbours, gaps aside."""
    if len(local_s) < 2:
        return 60
    sample = np.diff(local_s[-64:])
    return float(np.median(sample))


def _numbered(local_s: NDArray[np.int64], apart_s: float) -> NDArray[np.int64]:
    """Give every instant the number of its hour, day, month …: the smallest unit that is at least so long."""
    for unit_s in _UNITS_S:
        if unit_s >= apart_s:
            shift_s = _THURSDAY_S if unit_s > _DAY_S else 0
            return (local_s + shift_s) // unit_s
    months = local_s.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    unit = next((count for count in _MONTHS if count * _MONTH_S >= apart_s), _FIVE_YEARS)
    return months // unit


def _words(before_s: int, now_s: int) -> tuple[str, bool]:
    """Return what is new at `now_s`, and whether it is a day or more. Seconds are those of the local clock."""
    before, now = (np.datetime64(one, "s").item() for one in (before_s, now_s))
    if now.year != before.year:
        return str(now.year), True
    if now.date() != before.date():
        return f"{now.day} {MONTHS[now.month - 1]}", True
    return f"{now:%H:%M}", False
