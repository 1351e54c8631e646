from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from workstation.widgets.docks.history_range import HistoryRange, bounds

WARSAW = ZoneInfo("Europe/Warsaw")
NOW_NS = int(datetime(2026, 11, 21, 0, 30, tzinfo=UTC).timestamp()) * 1_000_000_000
DAY = date(2026, 3, 29)


def start(chosen: HistoryRange) -> datetime:
    start_ns, end_ns = bounds(chosen, NOW_NS, WARSAW, DAY, DAY)
    assert end_ns == 0
    return datetime.fromtimestamp(start_ns // 1_000_000_000, WARSAW)


@pytest.mark.parametrize(
    ("chosen", "day"), [(HistoryRange.TODAY, 21), (HistoryRange.WEEK, 15), (HistoryRange.MONTH, 23)]
)
def test_days_are_the_traders_own_and_the_present_one_counts(chosen: HistoryRange, day: int) -> None:
    began = start(chosen)
    assert (began.day, began.hour, began.minute) == (day, 0, 0)


@pytest.mark.parametrize(("first", "last"), [(DAY, date(2026, 3, 30)), (date(2026, 3, 30), DAY)])
def test_chosen_days_are_whole_in_either_order_over_a_change_of_the_clock_too(first: date, last: date) -> None:
    start_ns, end_ns = bounds(HistoryRange.CUSTOM, NOW_NS, WARSAW, first, last)
    assert datetime.fromtimestamp(start_ns // 1_000_000_000, WARSAW).isoformat() == "2026-03-29T00:00:00+01:00"
    assert (end_ns + 1 - start_ns) // 1_000_000_000 == 47 * 3600, "one of the two days has 23 hours"
