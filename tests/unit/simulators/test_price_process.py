from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from workstation.simulators.price_process import REACH_TICKS, PriceProcess

TICK = Decimal("0.25")
BASE = Decimal("441.25")


def path(seed: int, steps: int) -> list[Decimal]:
    process = PriceProcess(BASE, TICK, Random(seed))
    prices = []
    for _ in range(steps):
        before = process.price_at(0)
        direction = process.step()
        assert process.price_at(0) - before == direction * TICK
        prices.append(process.price_at(0))
    return prices


@given(st.integers(0, 2**32))
def test_prices_stay_on_the_grid_and_within_reach(seed: int) -> None:
    prices = path(seed, 300)
    assert all(price % TICK == 0 for price in prices)
    assert all(abs(price - BASE) <= REACH_TICKS * TICK for price in prices)


def test_one_seed_is_one_path_and_another_seed_another() -> None:
    assert path(7, 200) == path(7, 200)
    assert path(7, 200) != path(8, 200)


def test_the_price_comes_back_from_the_end_of_its_reach() -> None:
    class AlwaysUp(Random):
        def randrange(self, *_: int) -> int:  # type: ignore[override]
            return 2 * REACH_TICKS - 1

    process = PriceProcess(BASE, TICK, AlwaysUp())
    for _ in range(REACH_TICKS):
        process.step()
    assert process.price_at(0) == BASE + REACH_TICKS * TICK
    assert process.step() == -1
    assert process.price_at(1) - process.price_at(0) == TICK
