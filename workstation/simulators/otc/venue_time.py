"""The venue's own clock on the wall: Central European Time and its summer time.

Written out by the rule of the European Union (in force since 1996: summer time from the last Sunday of March to the
last Sunday of October, both at 01:00 UTC), so that the venue needs no zone database of the system. Instants are
milliseconds since 1970, UTC, everywhere; only texts, trading hours and the start of a day follow the wall.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_summer(instant_ms: int) -> bool:
    """Say whether summer time holds at this instant."""
    begins, ends = _summer((_EPOCH + timedelta(milliseconds=instant_ms)).year)
    return begins <= instant_ms < ends


def offset_ms(instant_ms: int) -> int:
    """Return how far the wall clock is ahead of UTC at this instant."""
    return 2 * HOUR_MS if is_summer(instant_ms) else HOUR_MS


def wall(instant_ms: int) -> datetime:
    """Return what the clock on the wall shows; the zone of the value means nothing."""
    return _EPOCH + timedelta(milliseconds=instant_ms + offset_ms(instant_ms))


def day_start_ms(instant_ms: int) -> int:
    """Return the instant of the midnight, on the wall, that began the day of `instant_ms`."""
    midnight = (instant_ms + offset_ms(instant_ms)) // DAY_MS * DAY_MS
    # The clock may have changed since midnight: look again at the offset of that time.
    return midnight - offset_ms(midnight - offset_ms(instant_ms))


def week_start_ms(instant_ms: int) -> int:
    """Return the instant of the last Monday's midnight."""
    noon = day_start_ms(instant_ms) + DAY_MS // 2
    return day_start_ms(noon - wall(instant_ms).weekday() * DAY_MS)


def month_start_ms(instant_ms: int) -> int:
    """Return the instant of the midnight that began the month."""
    noon = day_start_ms(instant_ms) + DAY_MS // 2
    return day_start_ms(noon - (wall(instant_ms).day - 1) * DAY_MS)


def short_text(instant_ms: int) -> str:
    """Return the time as charts and news write it: ``Jan 10, 2014 3:04:00 PM``."""
    at = wall(instant_ms)
    half = "AM" if at.hour < 12 else "PM"
    return (
        f"{_MONTHS[at.month - 1]} {at.day:02d}, {at.year} {at.hour % 12 or 12}:{at.minute:02d}:{at.second:02d} {half}"
    )


def long_text(instant_ms: int) -> str:
    """Return the time as symbols and deals write it: ``Thu May 23 12:23:44 CEST 2013``."""
    at = wall(instant_ms)
    zone = "CEST" if is_summer(instant_ms) else "CET"
    return f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at.day:02d} {at:%H:%M:%S} {zone} {at.year}"


@lru_cache(maxsize=64)
def _summer(year: int) -> tuple[int, int]:
    return _last_sunday_ms(year, 3), _last_sunday_ms(year, 10)


def _last_sunday_ms(year: int, month: int) -> int:
    """Return 01:00 UTC of the last Sunday of a month that has 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    return (sunday - _EPOCH) // timedelta(milliseconds=1)
