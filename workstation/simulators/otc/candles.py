"""Candles of every period: the past from the seed, the present from the ticks.

What is kept follows the venue's promise on ranges: single minutes (M1, M5, M15) for a month before the start, half
hours (M30, H1) for seven months, four hours for thirteen, days and longer for ten years. A longer candle is always
put together from the shorter ones of its time, so that all periods agree. Days, weeks and months begin at midnight on
the venue's wall, shorter periods at whole multiples in UTC. The market never rests here: there are candles at night and
at weekends too, and a minute without a tick has none. Prices are whole points (10^-precision), bids throughout.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from workstation.simulators.otc.price_path import PricePath, Whole
from workstation.simulators.otc.symbols import Symbol
from workstation.simulators.otc.venue_time import DAY_MS, MINUTE_MS, day_start_ms, month_start_ms, week_start_ms

M1, M5, M15, M30, H1, H4, D1, W1, MN1 = 1, 5, 15, 30, 60, 240, 1440, 10080, 43200
PERIODS = (M1, M5, M15, M30, H1, H4, D1, W1, MN1)

_HALF_HOUR_MINUTES = 30
_SAMPLE_MINUTES = 10
_SAMPLES_OF_DAY = 8
_MONTH_DAYS = 31
_LIVE_KEPT = _MONTH_DAYS * D1
_KEPT_DAYS = {M1: 31, M5: 31, M15: 31, M30: 214, H1: 214, H4: 400}
_LONGEST_DAYS = 3653


class Candle(NamedTuple):
    """One candle; `volume` in lots."""

    start_ms: int
    open: int
    high: int
    low: int
    close: int
    volume: int


def period_start(period: int, instant_ms: int) -> int:
    """Return the instant at which the candle that holds `instant_ms` begins."""
    if period < D1:
        return instant_ms - instant_ms % (period * MINUTE_MS)
    return {D1: day_start_ms, W1: week_start_ms, MN1: month_start_ms}[period](instant_ms)


def next_start(period: int, start_ms: int) -> int:
    """Return the beginning of the candle after the one that begins at `start_ms`."""
    if period < D1:
        return start_ms + period * MINUTE_MS
    days = {D1: 1, W1: 7, MN1: 32}[period]
    # Half a day more reaches beyond midnight also on the days of 23 and 25 hours.
    return period_start(period, start_ms + days * DAY_MS + (DAY_MS // 2 if period < MN1 else 0))


def joined(start_ms: int, parts: Iterable[Candle]) -> Candle | None:
    """Return the candle that the parts, in order, make together; None if there is none."""
    rows = list(parts)
    if not rows:
        return None
    return Candle(
        start_ms,
        rows[0].open,
        max(row.high for row in rows),
        min(row.low for row in rows),
        rows[-1].close,
        sum(row.volume for row in rows),
    )


class CandleBook:
    """The candles of all symbols."""

    def __init__(self, symbols: Mapping[str, Symbol], *, seed: int, now_ms: int) -> None:
        """Let the past end, and the ticks begin, in the minute of `now_ms`."""
        self._symbols = symbols
        self._seed = seed
        self._began_ms = period_start(M1, now_ms)
        today_ms = day_start_ms(now_ms)
        self._minutes_from_ms = day_start_ms(today_ms - _MONTH_DAYS * DAY_MS)
        self._kept_from_ms = {
            period: period_start(D1, today_ms - _KEPT_DAYS.get(period, _LONGEST_DAYS) * DAY_MS) for period in PERIODS
        }
        self._charts: dict[str, _Chart] = {}

    def note(self, name: str, points: int, now_ms: int) -> None:
        """Take a tick into the minute it belongs to."""
        self._chart(name).note(points, now_ms)

    def finished(self, name: str, now_ms: int) -> Candle | None:
        """Return the latest minute that had a tick and is over."""
        return self._chart(name).finished(period_start(M1, now_ms))

    def between(self, name: str, period: int, start_ms: int, end_ms: int) -> list[Candle]:
        """Return what there is of candles that begin in [start_ms, end_ms), oldest first."""
        start_ms = max(start_ms, self._kept_from_ms[period])
        first = period_start(period, start_ms)
        if first < start_ms:
            first = next_start(period, first)
        return self._chart(name).between(period, first, end_ms)

    def _chart(self, name: str) -> "_Chart":
        found = self._charts.get(name)
        if found is None:
            path = PricePath(self._symbols[name], self._seed, self._began_ms // MINUTE_MS)
            found = self._charts[name] = _Chart(path, self._began_ms, self._minutes_from_ms, self._kept_from_ms[H4])
        return found


class _Chart:
    """The candles of one symbol; the past is worked out when it is asked for."""

    def __init__(self, path: PricePath, began_ms: int, minutes_from_ms: int, half_hours_from_ms: int) -> None:
        self._path = path
        self._began_ms = began_ms
        self._minutes_from_ms = minutes_from_ms
        self._half_hours_from_ms = half_hours_from_ms
        self._live: list[Candle] = []

    def note(self, points: int, now_ms: int) -> None:
        start_ms = period_start(M1, now_ms)
        if self._live and self._live[-1].start_ms >= start_ms:
            old = self._live[-1]
            high, low = max(old.high, points), min(old.low, points)
            self._live[-1] = Candle(old.start_ms, old.open, high, low, points, old.volume + 1)
            return
        if len(self._live) > _LIVE_KEPT:  # for a venue that is left alone for weeks
            del self._live[:D1]
        before = self._live[-1].close if self._live else points
        self._live.append(Candle(start_ms, before, max(before, points), min(before, points), points, 1))

    def finished(self, before_ms: int) -> Candle | None:
        return next((row for row in reversed(self._live[-2:]) if row.start_ms < before_ms), None)

    def between(self, period: int, first_ms: int, end_ms: int) -> list[Candle]:
        """Return the candles from that one on which begins at `first_ms`."""
        last_ms = self._live[-1].start_ms if self._live else self._began_ms - MINUTE_MS
        end_ms = min(end_ms, last_ms + 1)
        if end_ms <= first_ms:
            return []
        if period == M1:
            return self._minutes(first_ms, end_ms)
        # What begins before the end is wanted whole, with the shorter candles that begin after the end.
        whole_ms = next_start(period, period_start(period, end_ms - 1))
        if period in (M5, M15):
            return _grouped(period, self._minutes(first_ms, whole_ms))
        if period <= H4:
            return _grouped(period, self._half_hours(first_ms, whole_ms))
        return _grouped(period, self._days(first_ms, whole_ms))

    def _minutes(self, start_ms: int, end_ms: int) -> list[Candle]:
        first = -(-max(start_ms, self._minutes_from_ms) // MINUTE_MS)
        stop = -(-min(end_ms, self._began_ms) // MINUTE_MS)
        past = self._past(_stretch(first, stop, 1), 1, 1) if stop > first else []
        low = bisect_left(self._live, start_ms, key=_start_of)
        high = bisect_left(self._live, end_ms, key=_start_of)
        return past + self._live[low:high]

    def _half_hours(self, start_ms: int, end_ms: int) -> list[Candle]:
        """Join samples where minutes are too far back, minutes after that, and the rest as it came."""
        found: list[Candle] = []
        edges = (self._minutes_from_ms, period_start(M30, self._began_ms))
        for until_ms, step in zip(edges, (_SAMPLE_MINUTES, 1), strict=True):
            stop_ms = min(end_ms, until_ms)
            if start_ms < stop_ms:
                minutes = _stretch(start_ms // MINUTE_MS, stop_ms // MINUTE_MS, step)
                found += self._past(minutes, step, _HALF_HOUR_MINUTES // step)
                start_ms = stop_ms
        return found + (_grouped(M30, self._minutes(start_ms, end_ms)) if start_ms < end_ms else [])

    def _days(self, start_ms: int, end_ms: int) -> list[Candle]:
        ends: list[int] = []
        while start_ms < min(end_ms, self._half_hours_from_ms):
            following = next_start(D1, start_ms)
            # Days may have 23 or 25 hours; eight samples fit all of them.
            step = (following - start_ms) // MINUTE_MS // _SAMPLES_OF_DAY
            first = start_ms // MINUTE_MS
            ends += range(first, first + _SAMPLES_OF_DAY * step, step)
            start_ms = following
        found = []
        if ends:
            minutes = np.array([*ends, start_ms // MINUTE_MS], dtype=np.int64)
            found = self._past(minutes, D1 // _SAMPLES_OF_DAY, _SAMPLES_OF_DAY)
        return found + (_grouped(D1, self._half_hours(start_ms, end_ms)) if start_ms < end_ms else [])

    def _past(self, minutes: Whole, step: int, together: int) -> list[Candle]:
        """Return candles of `together` stretches of `step` minutes each, whose ends are `minutes`."""
        path, wick = self._path, _wick(self._path, step)
        levels, starts = path.levels(minutes), minutes[:-1]
        opens, closes = levels[:-1], levels[1:]
        highs = np.maximum(opens, closes) + path.draw(starts, 1, wick + 1)
        lows = np.maximum(1, np.minimum(opens, closes) - path.draw(starts, 2, wick + 1))
        volumes = (1 + path.draw(starts, 3, 400)) * step
        rows = zip(
            (starts[::together] * MINUTE_MS).tolist(),
            opens[::together].tolist(),
            highs.reshape(-1, together).max(axis=1).tolist(),
            lows.reshape(-1, together).min(axis=1).tolist(),
            closes[together - 1 :: together].tolist(),
            volumes.reshape(-1, together).sum(axis=1).tolist(),
            strict=True,
        )
        return [Candle(*row) for row in rows]


def _wick(path: PricePath, step: int) -> int:
    """Return how far a stretch of `step` minutes may reach beyond its ends, in points."""
    return path.wick if step == 1 else path.wick * 4


def _stretch(first: int, stop: int, step: int) -> Whole:
    """Return the minutes from `first` to `stop`, both included."""
    return np.arange(first, stop + 1, step, dtype=np.int64)


def _start_of(row: Candle) -> int:
    return row.start_ms


def _grouped(period: int, parts: list[Candle]) -> list[Candle]:
    groups: dict[int, list[Candle]] = {}
    for row in parts:
        groups.setdefault(period_start(period, row.start_ms), []).append(row)
    rows = (joined(start_ms, group) for start_ms, group in groups.items())
    return [row for row in rows if row is not None]
