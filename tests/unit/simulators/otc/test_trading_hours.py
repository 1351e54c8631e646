import pytest

from workstation.simulators.otc.symbol_table import listed_symbols
from workstation.simulators.otc.trading_hours import hours_of
from workstation.simulators.otc.venue_time import DAY_MS, HOUR_MS, MINUTE_MS

SYMBOLS = {row.symbol: row for row in listed_symbols()}
MONDAY = 1_795_388_400_000  # 2026-11-23 00:00 on the venue's wall


@pytest.mark.parametrize(
    ("symbol", "after_ms", "is_open"),
    [
        ("EURUSD", 0, True),
        ("EURUSD", 4 * DAY_MS + 22 * HOUR_MS, False),
        ("EURUSD", 5 * DAY_MS, False),
        ("EURUSD", 6 * DAY_MS + 23 * HOUR_MS, True),
        ("DE40", 22 * HOUR_MS + 30 * MINUTE_MS, False),
        ("DE40", 12 * HOUR_MS, True),
        ("AAPL.US", 15 * HOUR_MS + 29 * MINUTE_MS, False),
        ("AAPL.US", 15 * HOUR_MS + 30 * MINUTE_MS, True),
        ("AAPL.US", 22 * HOUR_MS, False),
        ("BITCOIN", 5 * DAY_MS + 3 * HOUR_MS, True),
    ],
)
def test_symbols_trade_in_their_hours(symbol: str, after_ms: int, is_open: bool) -> None:
    assert hours_of(SYMBOLS[symbol]).is_open(MONDAY + after_ms) is is_open


def test_every_symbol_has_hours_that_lie_within_days() -> None:
    for row in SYMBOLS.values():
        plan = hours_of(row)
        assert plan.trading
        for day, start, end in (*plan.trading, *plan.quotes):
            assert 1 <= day <= 7
            assert 0 <= start < end <= DAY_MS
