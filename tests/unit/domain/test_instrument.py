from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.instrument import Instrument
from workstation.domain.price_format import PriceFormat

CORN = Instrument(
    symbol="ZCZ26",
    description="Corn",
    exchange="CBOT",
    currency="USD",
    tick_size=Decimal("0.25"),
    lot_size=Decimal(1),
    multiplier=Decimal(50),
    price_format=PriceFormat(places=2, denominator=8),
)


@given(st.decimals(min_value="-1000", max_value="1000", places=3))
def test_a_price_is_legal_or_has_two_legal_neighbours(price: Decimal) -> None:
    below, above = CORN.neighbours(price)
    assert CORN.legal_price(below)
    assert CORN.legal_price(above)
    assert CORN.legal_price(price) == (below == price == above)


def test_spreads_trade_at_zero_and_below() -> None:
    assert CORN.legal_price(Decimal(0))
    assert CORN.legal_price(Decimal("-0.25"))


@pytest.mark.parametrize(("qty", "legal"), [("1", True), ("2", True), ("0", False), ("-1", False), ("1.5", False)])
def test_quantities_are_positive_whole_lots(qty: str, legal: bool) -> None:
    assert CORN.legal_qty(Decimal(qty)) is legal


def test_what_is_no_number_is_never_legal() -> None:
    assert not CORN.legal_price(Decimal("NaN"))
    assert not CORN.legal_qty(Decimal("Infinity"))


def test_the_value_of_an_order() -> None:
    assert CORN.notional(Decimal("441.25"), Decimal(2)) == Decimal("44125.00")


@pytest.mark.parametrize("name", ["tick_size", "lot_size", "multiplier"])
@pytest.mark.parametrize("value", ["0", "-1", "NaN"])
def test_an_instrument_without_steps_cannot_be_built(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        replace(CORN, **{name: Decimal(value)})


def test_steps_of_quantity_may_grow_with_it() -> None:
    steps = ((Decimal("0.1"), Decimal("0.1")), (Decimal(2), Decimal("0.5")))
    lots = replace(CORN, lot_size=Decimal("0.01"), min_qty=Decimal("0.1"), max_qty=Decimal(10), qty_steps=steps)
    assert lots.qty_step(Decimal("0.05")) == Decimal("0.01")
    assert lots.qty_step(Decimal("1.9")) == Decimal("0.1")
    assert lots.qty_step(Decimal(2)) == Decimal("0.5")
    legal = {qty: lots.legal_qty(Decimal(qty)) for qty in ("0.05", "0.1", "0.15", "1.9", "2.1", "2.5", "10", "10.5")}
    assert legal == {
        "0.05": False,
        "0.1": True,
        "0.15": False,
        "1.9": True,
        "2.1": False,
        "2.5": True,
        "10": True,
        "10.5": False,
    }
