import pytest

from tests.support.xapi_front_bench import FrontBench, Message, front_bench
from workstation.simulators.otc.candles import PERIODS, period_start
from workstation.simulators.otc.venue_time import DAY_MS, HOUR_MS, MINUTE_MS


def last(bench: FrontBench, period: int, start: int, symbol: str = "EURUSD") -> list[Message]:
    info = {"period": period, "start": start, "symbol": symbol}
    return list(bench.data("getChartLastRequest", {"info": info})["rateInfos"])


def ranged(bench: FrontBench, period: int, start: int, end: int, ticks: int | None = None) -> list[Message]:
    info = {"period": period, "start": start, "end": end, "symbol": "EURUSD", "ticks": ticks}
    return list(bench.data("getChartRangeRequest", {"info": info})["rateInfos"])


def test_a_chart_is_points_and_shifts_with_the_candle_of_the_start_left_out() -> None:
    bench = front_bench()
    now = bench.venue.now_ms()
    start = period_start(5, now - HOUR_MS)
    for asked in (start, start + 5 * MINUTE_MS - 1):
        rows = last(bench, 5, asked)
        assert rows[0]["ctm"] == start + 5 * MINUTE_MS
    chart = bench.data("getChartLastRequest", {"info": {"period": 5, "start": start, "symbol": "EURUSD"}})
    assert chart["digits"] == 5
    for row, following in zip(chart["rateInfos"], chart["rateInfos"][1:], strict=False):
        assert row["low"] <= 0 <= row["high"]
        assert row["low"] <= row["close"] <= row["high"]
        assert row["open"] + row["close"] == following["open"]
    final = chart["rateInfos"][-1]
    assert (final["open"] + final["close"]) / 100_000 == bench.market.board.quote("EURUSD").bid


@pytest.mark.parametrize("period", PERIODS)
def test_a_count_goes_forward_or_back_and_the_end_is_ignored(period: int) -> None:
    bench = front_bench()
    now = bench.venue.now_ms()
    back = ranged(bench, period, now, 0, -20)
    assert len(back) == 20
    assert now - back[-1]["ctm"] < 2 * period * MINUTE_MS
    first = back[4]["ctm"]
    assert ranged(bench, period, first, first, 10) == back[5:15]
    assert ranged(bench, period, back[9]["ctm"], 0, -5) == back[5:10]


def test_a_range_leaves_out_its_start_and_its_end() -> None:
    bench = front_bench()
    now = bench.venue.now_ms() - DAY_MS
    start = period_start(60, now)
    rows = ranged(bench, 60, start, start + 5 * HOUR_MS)
    assert [row["ctm"] for row in rows] == [start + hours * HOUR_MS for hours in range(1, 5)]
    assert ranged(bench, 60, start, start + 5 * HOUR_MS + 59 * MINUTE_MS, 0) == rows
    assert ranged(bench, 60, start + 365 * DAY_MS, start + 366 * DAY_MS) == []


def test_only_what_there_is_is_returned() -> None:
    bench = front_bench()
    now = bench.venue.now_ms()
    rows = last(bench, 1, now - 34 * DAY_MS)
    assert 30 * DAY_MS < now - rows[0]["ctm"] < 33 * DAY_MS


@pytest.mark.parametrize(
    ("command", "info", "code"),
    [
        ("getChartLastRequest", {"period": 7, "start": 0, "symbol": "EURUSD"}, "BE105"),
        ("getChartLastRequest", {"period": 1, "start": 0, "symbol": "EURUSD"}, "EX009"),
        ("getChartLastRequest", {"period": 1, "start": 0, "symbol": "NONE"}, "BE115"),
        ("getChartLastRequest", {"period": 1, "start": 10**17, "symbol": "EURUSD"}, "EX000"),
        ("getChartRangeRequest", {"period": 1, "start": 0, "end": 10**12, "symbol": "EURUSD"}, "EX009"),
        ("getChartRangeRequest", {"period": 1, "start": 5, "end": 0, "ticks": -50_001, "symbol": "EURUSD"}, "EX009"),
        ("getChartRangeRequest", {"period": 1, "start": 10**12, "end": 5, "symbol": "EURUSD"}, "EX000"),
    ],
)
def test_what_cannot_be_charted_is_refused(command: str, info: dict[str, object], code: str) -> None:
    assert front_bench().error(command, {"info": info}) == code
