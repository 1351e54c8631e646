"""Marks stand where something new begins, and leave room for their words."""

import itertools

from tests.unit.item_models.test_candle_series import START_NS, candle
from tests.unit.widgets.chart.samples import arrays, minutes
from workstation.item_models.candle_series import MINUTE_NS
from workstation.widgets.chart.candle_arrays import CandleArrays
from workstation.widgets.chart.time_ticks import time_ticks

_DAY_NS = 1_440 * MINUTE_NS


def labels(candles: CandleArrays, room: float) -> list[str]:
    return [tick.label for tick in time_ticks(candles, slice(0, len(candles)), room)]


def test_hours_within_a_day() -> None:
    assert labels(arrays(minutes(200)), 30) == ["00:30", "01:00", "01:30", "02:00", "02:30", "03:00"]


def test_a_new_day_says_its_date_and_stands_out() -> None:
    day = _DAY_NS // MINUTE_NS
    ticks = time_ticks(arrays(minutes(2 * day, first=80)), slice(0, 2 * day), 200)
    majors = [tick for tick in ticks if tick.is_major]
    assert [(tick.label, tick.x) for tick in majors] == [("22 Nov", day - 80), ("23 Nov", 2 * day - 80)]


def test_gaps_take_no_room_and_the_first_candle_after_one_has_the_date() -> None:
    friday, monday = minutes(60), [candle(START_NS + 2 * _DAY_NS + n * MINUTE_NS, "1 1 1 1") for n in range(60)]
    ticks = time_ticks(arrays([*friday, *monday]), slice(0, 120), 20)
    assert (60, "23 Nov") in [(tick.x, tick.label) for tick in ticks]


def test_months_and_years_of_daily_candles() -> None:
    days = [candle(START_NS + n * _DAY_NS, "1 1 1 1") for n in range(400)]
    assert labels(arrays(days), 25)[:3] == ["1 Dec", "2027", "1 Feb"]
    assert labels(arrays(days), 200) == ["2027"]


def test_marks_never_stand_closer_than_their_room() -> None:
    candles = arrays(minutes(5_000))
    for room in (3, 17, 60, 333, 2_000):
        places = [tick.x for tick in time_ticks(candles, slice(0, 5_000), room)]
        assert all(right - left >= room for left, right in itertools.pairwise(places))


def test_no_candles_have_no_marks() -> None:
    assert time_ticks(arrays([]), slice(0, 0), 10) == []
    assert labels(arrays(minutes(1)), 10) == []
