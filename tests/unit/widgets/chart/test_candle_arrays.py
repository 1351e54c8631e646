"""The columns hold what the series holds, whatever changes."""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.item_models.test_candle_series import START_NS, history, whole_minutes
from tests.unit.widgets.chart.samples import UTC_TIME, arrays, minutes
from workstation.domain.market_data import CandlePeriod, LiveCandle
from workstation.item_models.candle_series import CandleSeries
from workstation.widgets.chart.candle_arrays import CandleArrays


def test_older_candles_get_negative_numbers_and_nothing_moves() -> None:
    series = CandleSeries(CandlePeriod.M1)
    series.take_history(history(CandlePeriod.M1, *minutes(5, first=10)), as_of_ns=START_NS)
    columns = arrays(series.candles)
    assert (columns.first_x, columns.last_x) == (0, 4)
    change = series.take_history(history(CandlePeriod.M1, *minutes(10)), as_of_ns=START_NS)
    assert change is not None
    columns.follow(change, series.candles)
    assert (columns.first_x, columns.last_x, len(columns)) == (-10, 4, 15)
    assert columns.index_at(0) == 10
    assert columns.index_at(-11) is None
    assert_same(columns, series)


def test_what_is_in_sight() -> None:
    columns = arrays(minutes(10))
    assert columns.between(2.5, 4.2) == slice(2, 6)
    assert columns.between(-5, 100) == slice(0, 10)
    assert columns.between(50, 60) == slice(10, 10)
    assert columns.extent(slice(0, 10)) == (586, 590)
    assert columns.extent(slice(3, 3)) is None


@given(told=whole_minutes(), data=st.data())
def test_the_columns_follow_every_change(told: list[LiveCandle], data: st.DataObject) -> None:
    series, columns = CandleSeries(CandlePeriod.M5), CandleArrays(UTC_TIME)
    for live in data.draw(st.permutations(told)):
        change = series.take_minutes([live])
        if change is not None:
            columns.follow(change, series.candles)
        assert_same(columns, series)


def assert_same(columns: CandleArrays, series: CandleSeries) -> None:
    assert columns.starts_s.tolist() == [one.start_ns // 10**9 for one in series.candles]
    assert columns.local_s.tolist() == columns.starts_s.tolist()
    assert columns.opens.tolist() == [one.open_px for one in series.candles]
    assert columns.highs.tolist() == [one.high_px for one in series.candles]
    assert columns.lows.tolist() == [one.low_px for one in series.candles]
    assert columns.closes.tolist() == [one.close_px for one in series.candles]
