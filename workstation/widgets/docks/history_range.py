"""Which stretch of the past is asked for. Days are the trader's own, from midnight to midnight."""

from datetime import date, datetime, timedelta, tzinfo
from enum import Enum

_EPOCH_NS = 1_000_000_000


class HistoryRange(Enum):
    """The choices; the value is the word shown."""

    TODAY = "today"
    WEEK = "last 7 days"
    MONTH = "last 30 days"
    CUSTOM = "from … to …"


_DAYS_BACK = {HistoryRange.TODAY: 0, HistoryRange.WEEK: 6, HistoryRange.MONTH: 29}


def bounds(chosen: HistoryRange, now_ns: int, zone: tzinfo, first: date, last: date) -> tuple[int, int]:
    """Return start and end as epoch nanoseconds; the end is 0, "until now", unless days were chosen.

    `first` and `last` count for CUSTOM only; the last day is included, and their order does not matter.
    """
    if chosen is HistoryRange.CUSTOM:
        first, last = min(first, last), max(first, last)
        return _midnight_ns(first, zone), _midnight_ns(last + timedelta(days=1), zone) - 1
    today = datetime.fromtimestamp(now_ns // _EPOCH_NS, zone).date()
    return _midnight_ns(today - timedelta(days=_DAYS_BACK[chosen]), zone), 0


def _midnight_ns(day: date, zone: tzinfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * _EPOCH_NS
