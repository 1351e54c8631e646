"""Candles as columns of plot coordinates.

A candle's place on the x axis is its number, so that nights and weekends take no room. The first candle that was loaded
is number 0; older ones that come later get negative numbers, and nothing on screen has to move for them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workstation.domain.market_data import Candle
from workstation.item_models.candle_series import SeriesChange
from workstation.item_models.local_time import LocalTime

Places = NDArray[np.float64]
Column = NDArray[Any]
_NS_PER_S = 1_000_000_000


class CandleArrays:
    """The columns, kept in step with a series by its changes.

    Times are whole seconds: `starts_s` since the epoch, `local_s` the same as the trader's own clock counts them.
    """

    def __init__(self, local_time: LocalTime) -> None:
        self._local_time = local_time
        self.first_x = 0
        self.starts_s: NDArray[np.int64] = np.empty(0, np.int64)
        self.local_s: NDArray[np.int64] = np.empty(0, np.int64)
        self.opens, self.highs, self.lows, self.closes = (np.empty(0) for _ in range(4))

    def __len__(self) -> int:
        return len(self.starts_s)

    @property
    def last_x(self) -> int:
        """The number of the youngest candle; one before the first where there is none."""
        return self.first_x + len(self) - 1

    def load(self, candles: Sequence[Candle]) -> None:
        """Take other candles, numbered from 0."""
        self.first_x = 0
        self._replace(0, candles)

    def follow(self, change: SeriesChange, candles: Sequence[Candle]) -> None:
        """Take over a change of the series; `candles` are all it has now."""
        added = change.added_before
        if added:
            self.first_x -= added
            front = CandleArrays(self._local_time)
            front.load(candles[:added])
            self._set([_chained(*pair) for pair in zip(front._columns(), self._columns(), strict=True)])
        self._replace(change.first, candles)

    def index_at(self, x: float) -> int | None:
        """Return the index of the candle that stands at `x`."""
        index = round(x) - self.first_x
        return index if 0 <= index < len(self) else None

    def between(self, left: float, right: float) -> slice:
        """Return the indices of the candles from `left` to `right`, half seen ones included."""
        first = min(max(0, int(np.floor(left)) - self.first_x), len(self))
        last = min(len(self), int(np.ceil(right)) - self.first_x + 1)
        return slice(first, max(first, last))

    def extent(self, shown: slice) -> tuple[float, float] | None:
        """Return the lowest and highest place of some candles; None for no candles."""
        if shown.stop <= shown.start:
            return None
        return float(self.lows[shown].min()), float(self.highs[shown].max())

    def _replace(self, first: int, candles: Sequence[Candle]) -> None:
        """Read the candles from `first` on anew; those before it are as they are."""
        fresh = candles[first:]
        starts = [candle.start_ns // _NS_PER_S for candle in fresh]
        offset = self._local_time.offset_s
        columns = (
            np.array(starts, np.int64),
            np.array([start + offset(start) for start in starts], np.int64),
            *(_places([getattr(candle, name) for candle in fresh]) for name in _NAMES),
        )
        if first + len(fresh) == len(self):
            for column, new in zip(self._columns(), columns, strict=True):
                column[first:] = new
            return
        self._set([_chained(column[:first], new) for column, new in zip(self._columns(), columns, strict=True)])

    def _columns(self) -> tuple[Column, ...]:
        return (self.starts_s, self.local_s, self.opens, self.highs, self.lows, self.closes)

    def _set(self, columns: Sequence[Column]) -> None:
        self.starts_s, self.local_s = (one.astype(np.int64, copy=False) for one in columns[:2])
        self.opens, self.highs, self.lows, self.closes = (one.astype(np.float64, copy=False) for one in columns[2:])


_NAMES = ("open_px", "high_px", "low_px", "close_px")


def _places(values: Sequence[object]) -> Places:
    return np.array(values, dtype=np.float64)


def _chained(left: Column, right: Column) -> Column:
    chained: Column = np.concatenate((left, right))
    return chained
