"""A bar of July reads as July's clock read."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

from workstation.item_models.local_time import LocalTime

JULY_S, NOVEMBER_S = 1_784_635_200, 1_795_254_066  # 2026-07-21 12:00, 2026-11-21 09:41:06 UTC


def test_summer_and_winter_have_their_own_offset() -> None:
    warsaw = LocalTime(ZoneInfo("Europe/Warsaw"))
    assert (warsaw.offset_s(JULY_S), warsaw.offset_s(NOVEMBER_S)) == (7_200, 3_600)
    assert warsaw.text(JULY_S) == "Tue 21 Jul 2026 14:00"
    assert warsaw.text(NOVEMBER_S) == "Sat 21 Nov 2026 10:41"
    assert warsaw.text(NOVEMBER_S, with_time=False) == "Sat 21 Nov 2026"


def test_the_zone_is_named_by_its_distance() -> None:
    assert LocalTime(timezone(timedelta(hours=5, minutes=30))).zone_text(JULY_S) == "UTC+5:30"
    assert LocalTime(timezone(timedelta(hours=-3))).zone_text(JULY_S) == "UTC−3"
    assert LocalTime(timezone(timedelta(0))).zone_text(JULY_S) == "UTC"


def test_an_instant_beyond_all_calendars_is_unknown() -> None:
    assert LocalTime().text(10**15) == "—"
    assert LocalTime().offset_s(10**15) == 0


def test_the_computers_own_zone_is_taken_unless_said_otherwise() -> None:
    assert abs(LocalTime().offset_s(NOVEMBER_S)) <= 14 * 3_600


def test_short_texts_leave_the_year_out() -> None:
    assert LocalTime(ZoneInfo("Asia/Kolkata")).short_text(NOVEMBER_S) == "Sat 21 Nov 15:11"
    assert LocalTime().short_text(0) == "—"
