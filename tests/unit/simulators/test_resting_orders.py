from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.order_terms import Side
from workstation.simulators.resting_orders import RestingOrders

PRICES = st.integers(1, 6).map(Decimal)


@given(st.sampled_from(Side), st.lists(st.tuples(PRICES, st.booleans()), max_size=30))
def test_orders_come_best_price_first_and_earliest_first(side: Side, actions: list[tuple[Decimal, bool]]) -> None:
    resting, kept = RestingOrders(side), []
    for number, (price, removes) in enumerate(actions):
        resting.add(number, price)
        kept.append((price, number))
        if removes:
            where, gone = kept.pop(len(kept) // 2)
            resting.remove(gone, where)
            assert not resting.holds(gone, where)
    sign = -1 if side is Side.BUY else 1
    expected = sorted(kept, key=lambda place: (sign * place[0], place[1]))
    assert list(resting.in_turn()) == expected
    assert resting.first() == (expected[0][1] if expected else None)
    assert resting.best_price == (expected[0][0] if expected else None)


def test_a_renamed_order_keeps_its_place() -> None:
    resting = RestingOrders(Side.BUY)
    for number in (1, 2, 3):
        resting.add(number, Decimal(10))
    resting.rename(2, 9, Decimal(10))
    assert [number for _, number in resting.in_turn()] == [1, 9, 3]


def test_removing_what_is_not_there_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        RestingOrders(Side.SELL).remove(1, Decimal(10))
