"""Candles for the tests of the plot: corn, whose tick is a quarter."""

from collections.abc import Sequence
from datetime import UTC

from tests.unit.item_models.test_candle_series import START_NS, candle, history
from workstation.domain.market_data import Candle, CandlePeriod
from workstation.item_models.candle_series import MINUTE_NS, CandleSeries
from workstation.item_models.local_time import LocalTime
from workstation.widgets.chart.candle_arrays import CandleArrays

UTC_TIME = LocalTime(UTC)


def minutes(count: int, first: int = 0) -> list[Candle]:
    """Return candles that rise and fall in turn: the even ones close higher."""
    texts = ("588 590 587 589", "589 589.5 586 588")
    return [candle(START_NS + n * MINUTE_NS, texts[n % 2]) for n in range(first, first + count)]


def arrays(candles: Sequence[Candle]) -> CandleArrays:
    made = CandleArrays(UTC_TIME)
    made.load(candles)
    return made


def series(candles: Sequence[Candle], period: CandlePeriod = CandlePeriod.M1) -> CandleSeries:
    made = CandleSeries(period)
    made.take_history(history(period, *candles), as_of_ns=START_NS)
    return made
