from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.simulators.contracts import MONTH_LETTERS, PRODUCTS, listed_contracts


def test_on_a_november_day_corn_lists_december_and_march() -> None:
    symbols = [contract.symbol for contract in listed_contracts(date(2026, 11, 21))]
    assert len(symbols) == len(set(symbols)) == 16
    assert symbols[:2] == ["ZCZ26", "ZCH27"]
    assert symbols[-2:] == ["CLZ26", "CLF27"]


def test_the_contract_of_the_present_month_is_no_longer_listed() -> None:
    symbols = [contract.symbol for contract in listed_contracts(date(2026, 12, 1))]
    assert "ZCZ26" not in symbols
    assert symbols[:2] == ["ZCH27", "ZCK27"]


@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_every_contract_is_after_this_month_and_starts_on_its_own_tick(today: date) -> None:
    contracts = listed_contracts(today)
    assert len(contracts) == 2 * len(PRODUCTS)
    for contract in contracts:
        maturity = contract.instrument.maturity
        assert maturity is not None
        assert today < maturity < today + timedelta(days=2 * 366)
        assert contract.symbol.endswith(f"{MONTH_LETTERS[maturity.month - 1]}{maturity.year % 100:02d}")
        assert contract.instrument.legal_price(contract.base_price)
        assert contract.maintenance_margin < contract.initial_margin


@pytest.mark.parametrize(
    ("root", "price", "text"), [("ZC", "588.25", "588^2"), ("ZM", "312.4", "312.4"), ("6B", "1.3125", "1.3125")]
)
def test_prices_are_written_as_the_product_writes_them(root: str, price: str, text: str) -> None:
    contract = next(c for c in listed_contracts(date(2026, 11, 21)) if c.symbol.startswith(root))
    assert contract.instrument.price_format.text(Decimal(price)) == text
