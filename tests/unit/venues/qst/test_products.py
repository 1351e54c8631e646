"""The table of contracts: known roots exactly, unknown ones not at all."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.venues.qst.products import MONTH_LETTERS, load_products

PRODUCTS = load_products()


def test_corn_is_written_in_eighths() -> None:
    corn = PRODUCTS.instrument("ZCZ26")
    assert corn is not None
    assert corn.price_format.text(Decimal("588.25")) == "588^2"
    assert (corn.tick_size, corn.multiplier, corn.exchange) == (Decimal("0.25"), 50, "CBOT")
    assert (corn.description, corn.maturity) == ("Corn Dec 2026", date(2026, 12, 1))


def test_sterling_is_written_in_decimals() -> None:
    pound = PRODUCTS.instrument("6BZ21")
    assert pound is not None
    assert pound.price_format.text(Decimal("1.3125")) == "1.3125"


@pytest.mark.parametrize(
    "symbol", ["", "ZZZ26", "GCZ26", "ZC", "ZCZ20:H21[SP]", "EWZ20C3400", "EGC1-", "zcz26", "ZCA26"]
)
def test_what_is_not_in_the_table_is_not_guessed(symbol: str) -> None:
    assert PRODUCTS.instrument(symbol) is None


def test_the_next_two_listed_months_are_offered() -> None:
    offered = [each.symbol for each in PRODUCTS.offered(date(2026, 11, 21))]
    assert len(offered) == 16
    assert {"ZCZ26", "ZCH27", "6BZ26", "6BH27", "EGCZ26", "EGCG27", "CLZ26", "CLF27"} <= set(offered)
    assert "ESH27" in [each.symbol for each in PRODUCTS.offered(date(2026, 12, 1))]


@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_every_offered_contract_lies_ahead_and_is_found_by_its_symbol(today: date) -> None:
    for offered in PRODUCTS.offered(today):
        assert offered.maturity is not None
        assert offered.maturity > today
        assert PRODUCTS.instrument(offered.symbol) == offered
        assert offered.symbol[-3] in MONTH_LETTERS


def test_an_unknown_denominator_leaves_a_product_out(tmp_path: Path) -> None:
    row = {
        "root": "ZN",
        "description": "Note",
        "exchange": "CBOT",
        "currency": "USD",
        "tick_size": "0.015625",
        "lot_size": "1",
        "multiplier": "1000",
        "places": 6,
        "denominator": 32,
        "months": "HMUZ",
    }
    table = tmp_path / "table.json"
    table.write_text(json.dumps({"products": [row, {**row, "root": "ZB", "denominator": None}]}), encoding="utf-8")
    assert load_products(table).instrument("ZNZ26") is None
    assert load_products(table).instrument("ZBZ26") is None
