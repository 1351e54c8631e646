import pytest

from workstation.simulators.otc.venue_time import (
    DAY_MS,
    HOUR_MS,
    day_start_ms,
    long_text,
    month_start_ms,
    offset_ms,
    short_text,
    wall,
    week_start_ms,
)

SPRING_2026 = 1_774_746_000_000  # 2026-03-29 01:00 UTC
AUTUMN_2026 = 1_792_890_000_000  # 2026-10-25 01:00 UTC


def test_summer_time_holds_between_the_last_sundays_of_march_and_october() -> None:
    assert offset_ms(SPRING_2026 - 1) == HOUR_MS
    assert offset_ms(SPRING_2026) == 2 * HOUR_MS
    assert offset_ms(AUTUMN_2026 - 1) == 2 * HOUR_MS
    assert offset_ms(AUTUMN_2026) == HOUR_MS


@pytest.mark.parametrize("change_ms", [SPRING_2026, AUTUMN_2026])
@pytest.mark.parametrize("hours", range(-30, 30))
def test_a_day_begins_at_midnight_on_the_wall_also_when_the_clock_changes(change_ms: int, hours: int) -> None:
    at_ms = change_ms + hours * HOUR_MS
    start = wall(day_start_ms(at_ms))
    assert (start.hour, start.minute) == (0, 0)
    assert start.date() == wall(at_ms).date()
    assert day_start_ms(day_start_ms(at_ms)) == day_start_ms(at_ms)


@pytest.mark.parametrize("days", range(0, 400, 13))
def test_weeks_begin_on_monday_and_months_on_the_first(days: int) -> None:
    at_ms = SPRING_2026 + days * DAY_MS
    week, month = wall(week_start_ms(at_ms)), wall(month_start_ms(at_ms))
    assert (week.weekday(), week.hour) == (0, 0)
    assert (month.day, month.hour, month.month) == (1, 0, wall(at_ms).month)
    assert 0 <= at_ms - week_start_ms(at_ms) < 8 * DAY_MS


def test_texts_are_those_of_the_document() -> None:
    assert short_text(1_389_362_640_000) == "Jan 10, 2014 3:04:00 PM"
    assert short_text(1_392_211_379_731) == "Feb 12, 2014 2:22:59 PM"
    assert long_text(1_369_326_224_000) == "Thu May 23 18:23:44 CEST 2013"
    assert short_text(AUTUMN_2026 - 3 * HOUR_MS) == "Oct 25, 2026 12:00:00 AM"
