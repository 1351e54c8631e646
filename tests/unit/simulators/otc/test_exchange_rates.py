from decimal import Decimal

import pytest

from tests.support.otc_bench import NOW_MS
from workstation.simulators.otc.exchange_rates import ExchangeRates
from workstation.simulators.otc.quote_board import QuoteBoard
from workstation.simulators.otc.symbol_table import listed_symbols


@pytest.fixture
def board() -> QuoteBoard:
    return QuoteBoard(listed_symbols(), seed=1, now_ms=NOW_MS)


def test_rates_follow_the_quotes_either_way(board: QuoteBoard) -> None:
    rates = ExchangeRates(board)
    assert rates.rate("USD", "USD") == 1
    assert rates.rate("EUR", "USD") == board.quote("EURUSD").mid
    assert rates.rate("USD", "JPY") == board.quote("USDJPY").mid
    assert abs(rates.rate("PLN", "EUR") * rates.rate("EUR", "PLN") - 1) < Decimal("1e-20")
    before = rates.rate("EUR", "USD")
    board.move_to("EURUSD", Decimal("1.30000"), NOW_MS)
    assert rates.rate("EUR", "USD") > before


def test_every_currency_of_the_table_has_a_rate(board: QuoteBoard) -> None:
    rates = ExchangeRates(board)
    for symbol in board.symbols.values():
        for currency in (symbol.currency, symbol.currency_profit):
            assert rates.rate(currency, "EUR") > 0


def test_a_currency_without_a_pair_has_none(board: QuoteBoard) -> None:
    with pytest.raises(KeyError):
        ExchangeRates(board).rate("XXX", "EUR")
