from tests.support.otc_bench import NOW_MS
from workstation.simulators.otc.economic_calendar import DAYS_AHEAD, DAYS_BACK, releases
from workstation.simulators.otc.venue_time import DAY_MS


def test_what_is_released_has_a_value_and_what_is_to_come_has_none() -> None:
    found = releases(1, NOW_MS)
    assert len(found) == 4 * (DAYS_BACK + DAYS_AHEAD + 1)
    assert [row.time_ms for row in found] == sorted(row.time_ms for row in found)
    assert all(bool(row.current) is (row.time_ms <= NOW_MS) for row in found)
    assert any(row.time_ms > NOW_MS for row in found)
    assert {row.impact for row in found} == {"1", "2", "3"}


def test_a_figure_stays_what_it_was() -> None:
    today = {row.time_ms: row for row in releases(1, NOW_MS)}
    tomorrow = {row.time_ms: row for row in releases(1, NOW_MS + DAY_MS)}
    shared = [time_ms for time_ms in today if time_ms in tomorrow and time_ms <= NOW_MS]
    assert shared
    assert all(today[time_ms] == tomorrow[time_ms] for time_ms in shared)
    assert releases(1, NOW_MS) != releases(2, NOW_MS)
