"""A venue's wall clock becomes the trader's, also in the weeks in which either changes its clocks."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.market_screen import key, session, trading_hours
from workstation.domain.market_data import HoursKind, TradingHours
from workstation.item_models.trading_week import is_open, opening_text, week_of, zone_of

HOUR = 3_600_000
TRADING, QUOTES = HoursKind.TRADING, HoursKind.QUOTES
WARSAW, NEW_YORK, KOLKATA = ZoneInfo("Europe/Warsaw"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")


def at(text: str, zone: ZoneInfo = WARSAW) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()) * 10**9


def one_session(weekday: int, from_ms: int, to_ms: int, zone: str = "Europe/Warsaw") -> TradingHours:
    return TradingHours(key=key("DAX"), zone=zone, sessions=(session(TRADING, weekday, from_ms, to_ms),))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-25T21:48", "open now, closes in 12 min"),
        ("2026-11-25T22:00", "opens in 5 min"),
        ("2026-11-25T22:05", "open now, closes in 23 h 55 min"),  # over midnight into the next session
        ("2026-11-28T19:48", "opens in 1 d 3 h"),
        ("2026-11-29T22:59:30", "opens in 1 min"),
        ("2026-11-29T23:00", "open now, closes in 23 h"),
    ],
)
def test_open_or_when(now: str, said: str) -> None:
    assert opening_text(trading_hours(), TRADING, at(now)) == said
    assert is_open(trading_hours(), TRADING, at(now)) is said.startswith("open now")


def test_what_cannot_be_told_is_said() -> None:
    nowhere = replace(trading_hours(), zone="Mars/Olympus")
    assert "does not know the venue's time zone “Mars/Olympus”" in opening_text(
        nowhere, TRADING, at("2026-11-25T12:00")
    )
    assert (week_of(nowhere, at("2026-11-25T12:00"), WARSAW), is_open(nowhere, TRADING, 1)) == ((), None)
    silent = replace(trading_hours(), sessions=())
    assert opening_text(silent, TRADING, 10**18) == "open or closed: unknown, the venue states no hours"
    assert all(not day.trading for day in week_of(silent, at("2026-11-25T12:00"), WARSAW))


def test_a_market_without_a_gap_never_closes() -> None:
    always = TradingHours(
        key=key("BTC"), zone="UTC", sessions=tuple(session(TRADING, day, 0, 24 * HOUR) for day in range(1, 8))
    )
    assert opening_text(always, TRADING, at("2026-11-25T12:00")) == "open now"
    assert {day.trading for day in week_of(always, at("2026-11-25T12:00"), NEW_YORK)} == {"00:00–24:00"}


@pytest.mark.parametrize("zone", ["../../etc/passwd", "", "America", "/etc/localtime", "a\0b"])
def test_a_hostile_zone_is_an_unknown_one(zone: str) -> None:
    assert zone_of(replace(trading_hours(), zone=zone)) is None


def test_the_week_in_the_venues_own_zone() -> None:
    week = week_of(trading_hours(), at("2026-11-25T12:00"), WARSAW)
    assert [(day.weekday, day.day.isoformat()) for day in week][::6] == [(1, "2026-11-23"), (7, "2026-11-29")]
    assert week[2].trading == "00:00–22:00, 22:05–24:00"
    assert (week[5].trading, week[6].trading, week[6].quotes) == ("", "23:00–24:00", "")
    assert [day.is_today for day in week] == [False, False, True, False, False, False, False]


def test_the_week_elsewhere_moves_over_midnight() -> None:
    week = week_of(trading_hours(), at("2026-11-25T12:00"), KOLKATA)  # four and a half hours ahead in winter
    assert week[0].trading == "03:30–24:00"
    assert week[1].trading == "00:00–02:30, 02:35–24:00"
    assert week[5].trading == "00:00–02:30, 02:35–04:30"
    assert week[0].quotes == "04:30–24:00"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-03-03T12:00", "03:00–11:00"),  # both in winter time
        ("2026-03-10T12:00", "04:00–12:00"),  # New York is in summer time three weeks before Warsaw
        ("2026-03-31T12:00", "03:00–11:00"),
        ("2026-10-27T12:00", "04:00–12:00"),  # and a week longer
        ("2026-11-03T12:00", "03:00–11:00"),
    ],
)
def test_summer_time_begins_and_ends_on_different_days(now: str, said: str) -> None:
    hours = one_session(2, 9 * HOUR, 17 * HOUR)
    assert week_of(hours, at(now), NEW_YORK)[1].trading == said


def test_the_night_of_the_change_is_an_hour_shorter_or_longer() -> None:
    sunday = one_session(7, HOUR, 5 * HOUR)
    assert opening_text(sunday, TRADING, at("2026-03-29T01:00")) == "open now, closes in 3 h"
    assert opening_text(sunday, TRADING, at("2026-10-25T01:00")) == "open now, closes in 5 h"


def test_a_session_that_ends_before_it_begins_goes_over_midnight() -> None:
    late = one_session(5, 22 * HOUR, 2 * HOUR)
    week = week_of(late, at("2026-11-25T12:00"), WARSAW)
    assert (week[4].trading, week[5].trading) == ("22:00–24:00", "00:00–02:00")


@given(
    st.integers(1, 7),
    st.integers(0, 22 * 60),
    st.integers(120, 1_440),
    st.sampled_from(["Europe/Warsaw", "America/New_York", "Asia/Kolkata", "UTC"]),
    st.integers(1_704_067_200, 1_893_456_000),
)
def test_a_weekly_session_is_always_open_or_announced(
    weekday: int, from_min: int, length_min: int, zone: str, now_s: int
) -> None:
    to_min = min(from_min + length_min, 1_440)
    hours = one_session(weekday, from_min * 60_000, to_min * 60_000, zone)
    said = opening_text(hours, TRADING, now_s * 10**9)
    assert said.startswith(("open now, closes in", "opens in"))
    week = week_of(hours, now_s * 10**9, NEW_YORK)
    assert 1 <= sum(bool(day.trading) for day in week) <= 3
