from decimal import Decimal

from workstation.simulators.otc.symbol_table import listed_symbols
from workstation.simulators.otc.symbols import STEP_RULES


def test_prices_and_points_are_two_ways_to_say_the_same() -> None:
    euro = listed_symbols()[0]
    assert (euro.point, euro.tick_size, euro.pip_size) == (Decimal("0.00001"), Decimal("0.00001"), Decimal("0.0001"))
    assert euro.price(euro.points(Decimal("1.15853"))) == Decimal("1.15853")
    assert euro.points(Decimal("1.158539")) == 115_853


def test_the_step_of_a_volume_is_that_of_the_largest_range_below_it() -> None:
    rule = STEP_RULES[2]
    assert [rule.step_at(Decimal(volume)) for volume in ("0.001", "0.01", "9.99", "10", "80")] == [
        Decimal(step) for step in ("0.01", "0.01", "0.01", "0.1", "0.1")
    ]
