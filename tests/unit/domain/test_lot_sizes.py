from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.apart_venue import EURO
from tests.support.fake_venue import CORN
from workstation.domain.instrument import Instrument
from workstation.domain.lot_sizes import legal_qty_above, legal_qty_below

STEPPED = replace(EURO, qty_steps=((Decimal(1), Decimal("0.1")), (Decimal(10), Decimal(1))))


def both(instrument: Instrument, qty: str) -> tuple[Decimal | None, Decimal | None]:
    return legal_qty_below(instrument, Decimal(qty)), legal_qty_above(instrument, Decimal(qty))


def numbers(below: str, above: str) -> tuple[Decimal | None, Decimal | None]:
    return Decimal(below) if below else None, Decimal(above) if above else None


@pytest.mark.parametrize(
    ("qty", "expected"),
    [
        ("0.05", ("0.05", "0.05")),
        ("0.055", ("0.05", "0.06")),
        ("0.995", ("0.99", "1.0")),
        ("1.05", ("1.0", "1.1")),
        ("9.95", ("9.9", "10")),
        ("10.5", ("10", "11")),
        ("0.001", ("", "0.01")),
        ("70", ("50", "")),
        ("-1", ("", "0.01")),
    ],
)
def test_the_legal_neighbours_of_a_quantity(qty: str, expected: tuple[str, str]) -> None:
    assert both(STEPPED, qty) == numbers(*expected)


def test_without_limits_the_lot_alone_decides() -> None:
    by_fives = replace(CORN, lot_size=Decimal(5))
    assert both(by_fives, "7") == numbers("5", "10")
    assert both(by_fives, "3") == numbers("", "5")
    assert both(by_fives, "NaN") == (None, None)


@given(qty=st.decimals("0.001", "60", places=3))
def test_neighbours_are_legal_and_nothing_legal_lies_between(qty: Decimal) -> None:
    below, above = legal_qty_below(STEPPED, qty), legal_qty_above(STEPPED, qty)
    hundredths = [Decimal(count) / 100 for count in range(1, 5001)]
    legal = [one for one in hundredths if STEPPED.legal_qty(one)]
    assert below == max((one for one in legal if one <= qty), default=None)
    assert above == min((one for one in legal if one >= qty), default=None)
