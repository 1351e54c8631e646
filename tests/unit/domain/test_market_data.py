from decimal import Decimal

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import CandlePeriod, Quote

KEY = InstrumentKey(ConnectionID("x"), "EURUSD")


def test_spread_and_change_are_exact_and_none_where_a_side_is_missing() -> None:
    quote = Quote(key=KEY, bid_px=Decimal("1.1000"), ask_px=Decimal("1.1003"), prev_close_px=Decimal("1.1010"))
    assert (quote.spread, quote.change) == (Decimal("0.0003"), Decimal("-0.0010"))
    half = Quote(key=KEY, ask_px=Decimal("1.1003"))
    assert (half.spread, half.change) == (None, None)


def test_a_negative_spread_is_told_as_it_is() -> None:
    assert Quote(key=KEY, bid_px=Decimal(2), ask_px=Decimal(1)).spread == Decimal(-1)


def test_periods_count_minutes() -> None:
    assert [int(period) for period in CandlePeriod] == [1, 5, 15, 30, 60, 240, 1440, 10080, 43200]
