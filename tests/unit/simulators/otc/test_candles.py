import itertools

import pytest

from tests.support.otc_bench import NOW_MS
from workstation.simulators.otc.candles import (
    D1,
    H1,
    H4,
    M1,
    M5,
    M15,
    M30,
    MN1,
    PERIODS,
    W1,
    Candle,
    CandleBook,
    joined,
    next_start,
    period_start,
)
from workstation.simulators.otc.symbol_table import listed_symbols
from workstation.simulators.otc.venue_time import DAY_MS, MINUTE_MS, wall

SYMBOLS = {row.symbol: row for row in listed_symbols()}


def book(seed: int = 1, now_ms: int = NOW_MS) -> CandleBook:
    return CandleBook(SYMBOLS, seed=seed, now_ms=now_ms)


@pytest.mark.parametrize("period", PERIODS)
def test_the_past_is_whole_ordered_and_ends_at_the_live_price(period: int) -> None:
    rows = book().between("EURUSD", period, 0, NOW_MS)
    assert rows == book().between("EURUSD", period, 0, NOW_MS)
    assert rows[-1].close == 115_853
    for row, following in itertools.pairwise(rows):
        assert next_start(period, row.start_ms) == following.start_ms
        assert row.close == following.open
    for row in rows:
        assert period_start(period, row.start_ms) == row.start_ms
        assert row.low <= min(row.open, row.close) <= max(row.open, row.close) <= row.high
        assert row.volume > 0


@pytest.mark.parametrize(
    ("period", "days"),
    [(M1, 31), (M5, 31), (M15, 31), (M30, 214), (H1, 214), (H4, 400), (D1, 3650), (W1, 3640), (MN1, 3630)],
)
def test_each_period_reaches_as_far_back_as_promised(period: int, days: int) -> None:
    first = book().between("GOLD", period, 0, NOW_MS)[0]
    assert 0 <= (NOW_MS - first.start_ms) // DAY_MS - days <= 31


@pytest.mark.parametrize(
    ("short", "long"), [(M1, M5), (M5, M15), (M1, M30), (M30, H1), (H1, H4), (M30, D1), (D1, W1), (D1, MN1)]
)
def test_longer_candles_are_made_of_shorter_ones(short: int, long: int) -> None:
    one = book()
    [*_, row, _] = one.between("EURUSD", long, NOW_MS - 70 * DAY_MS, NOW_MS)
    parts = one.between("EURUSD", short, row.start_ms, next_start(long, row.start_ms))
    assert joined(row.start_ms, parts) == row


@pytest.mark.parametrize("period", PERIODS)
def test_a_part_of_the_past_is_the_same_as_in_the_whole(period: int) -> None:
    one = book()
    rows = one.between("EURUSD", period, 0, NOW_MS)
    middle = rows[len(rows) // 2 :][:3]
    assert one.between("EURUSD", period, middle[0].start_ms, middle[-1].start_ms + 1) == middle
    assert one.between("EURUSD", period, middle[0].start_ms - 1, middle[-1].start_ms) == middle[:2]


def test_days_begin_at_midnight_on_the_wall_in_winter_and_summer() -> None:
    rows = book().between("EURUSD", D1, NOW_MS - 300 * DAY_MS, NOW_MS)
    assert {wall(row.start_ms).hour for row in rows} == {0}
    assert {row.start_ms % DAY_MS for row in rows} == {22 * 60 * MINUTE_MS, 23 * 60 * MINUTE_MS}


def test_ticks_grow_the_present_minute_and_every_longer_candle() -> None:
    one = book()
    for seconds, points in ((0, 115_860), (20, 115_840), (59, 115_850), (61, 115_900)):
        one.note("EURUSD", points, NOW_MS + seconds * 1000)
    first, second = one.between("EURUSD", M1, NOW_MS, NOW_MS + DAY_MS)
    assert first == Candle(NOW_MS, 115_860, 115_860, 115_840, 115_850, 3)
    assert second == Candle(NOW_MS + MINUTE_MS, 115_850, 115_900, 115_850, 115_900, 1)
    assert one.between("EURUSD", M5, NOW_MS, NOW_MS + DAY_MS) == [Candle(NOW_MS, 115_860, 115_900, 115_840, 115_900, 4)]
    assert one.between("EURUSD", D1, 0, NOW_MS + DAY_MS)[-1].close == 115_900


def test_a_minute_is_finished_when_the_next_has_begun() -> None:
    one = book()
    assert one.finished("EURUSD", NOW_MS) is None
    one.note("EURUSD", 115_860, NOW_MS)
    assert one.finished("EURUSD", NOW_MS + MINUTE_MS - 1) is None
    finished = one.finished("EURUSD", NOW_MS + MINUTE_MS)
    one.note("EURUSD", 115_870, NOW_MS + MINUTE_MS)
    assert finished == one.finished("EURUSD", NOW_MS + MINUTE_MS)
    assert finished is not None
    assert finished.start_ms == NOW_MS


def test_outside_of_what_there_is_there_is_nothing() -> None:
    one = book()
    assert one.between("EURUSD", M1, 0, NOW_MS - 60 * DAY_MS) == []
    assert one.between("EURUSD", M5, NOW_MS, NOW_MS + DAY_MS) == []
    assert one.between("EURUSD", H1, NOW_MS, NOW_MS - DAY_MS) == []
    assert joined(NOW_MS, []) is None


def test_a_venue_left_alone_for_weeks_forgets_its_oldest_minutes() -> None:
    one = book()
    for minute in range(33 * 1440):
        one.note("EURUSD", 115_853, NOW_MS + minute * MINUTE_MS)
    rows = one.between("EURUSD", M1, NOW_MS, NOW_MS + 40 * DAY_MS)
    assert 31 * 1440 <= len(rows) <= 32 * 1440
    assert rows[-1].start_ms == NOW_MS + (33 * 1440 - 1) * MINUTE_MS
