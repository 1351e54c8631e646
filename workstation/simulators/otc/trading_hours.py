"""When each kind of symbol is quoted and traded, by the venue's wall clock.

Days count 1 Monday to 7 Sunday, times are milliseconds from midnight on the wall. Shares are quoted a quarter of an
hour longer than they are traded, so that the two lists differ.
"""

from dataclasses import dataclass

from workstation.simulators.otc.symbols import COMMODITY, CRYPTO, FOREX, INDEX, SHARE, Symbol
from workstation.simulators.otc.venue_time import DAY_MS, HOUR_MS, MINUTE_MS, wall

Hours = tuple[tuple[int, int, int], ...]
"""Rows of (day, from, to)."""

WEEKDAYS = (1, 2, 3, 4, 5)
_BREAK = (22 * HOUR_MS + 15 * MINUTE_MS, 23 * HOUR_MS + 5 * MINUTE_MS)


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The hours of one symbol."""

    quotes: Hours
    trading: Hours

    def is_open(self, instant_ms: int) -> bool:
        """Say whether the symbol trades at this instant."""
        at = wall(instant_ms)
        of_day = ((at.hour * 60 + at.minute) * 60 + at.second) * 1000 + at.microsecond // 1000
        return any(day == at.isoweekday() and start <= of_day < end for day, start, end in self.trading)


def _same(hours: Hours) -> WeekPlan:
    return WeekPlan(hours, hours)


def _share_hours(open_ms: int, close_ms: int) -> WeekPlan:
    after = close_ms + 15 * MINUTE_MS
    return WeekPlan(
        quotes=tuple((day, open_ms, after) for day in WEEKDAYS),
        trading=tuple((day, open_ms, close_ms) for day in WEEKDAYS),
    )


_ROUND_THE_CLOCK = _same(((7, 23 * HOUR_MS, DAY_MS), *((day, 0, DAY_MS) for day in WEEKDAYS[:4]), (5, 0, 22 * HOUR_MS)))
_WITH_A_BREAK = _same(
    tuple(row for day in WEEKDAYS for row in ((day, 5 * MINUTE_MS, _BREAK[0]), (day, _BREAK[1], DAY_MS)))
)
_ALWAYS = _same(tuple((day, 0, DAY_MS) for day in range(1, 8)))
_SHARES = {
    "US": _share_hours(15 * HOUR_MS + 30 * MINUTE_MS, 22 * HOUR_MS),
    "Germany": _share_hours(9 * HOUR_MS, 17 * HOUR_MS + 30 * MINUTE_MS),
    "Poland": _share_hours(9 * HOUR_MS, 17 * HOUR_MS),
}
_KINDS = {FOREX: _ROUND_THE_CLOCK, INDEX: _WITH_A_BREAK, COMMODITY: _WITH_A_BREAK, CRYPTO: _ALWAYS}


def hours_of(symbol: Symbol) -> WeekPlan:
    """Return the week of a symbol."""
    return _SHARES[symbol.group] if symbol.category == SHARE else _KINDS[symbol.category]
