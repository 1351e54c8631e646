from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.simulated_orders import order, ticket
from workstation.domain.order_terms import Side, TimeInForce
from workstation.simulators.engine_orders import Stage


def test_a_limit_order_rests_and_reaches_prices_on_its_good_side() -> None:
    buy, sell = order(1, ticket(price="10")), order(2, ticket(Side.SELL, price="10"))
    assert buy.may_rest
    assert [buy.reaches(Decimal(px)) for px in ("9", "10", "11")] == [True, True, False]
    assert [sell.reaches(Decimal(px)) for px in ("9", "10", "11")] == [False, True, True]


@pytest.mark.parametrize(
    "wanted",
    [
        ticket(),
        ticket(stop_px="10"),
        ticket(price="10", time_in_force=TimeInForce.IMMEDIATE_OR_CANCEL),
        ticket(price="10", time_in_force=TimeInForce.FILL_OR_KILL),
    ],
)
def test_these_never_rest(wanted: object) -> None:
    assert not order(1, wanted).may_rest  # type: ignore[arg-type]


def test_a_stop_is_hit_at_its_price_or_beyond() -> None:
    buy, sell = order(1, ticket(stop_px="10")), order(2, ticket(Side.SELL, stop_px="10"))
    assert [buy.hit_by(Decimal(px)) for px in ("9", "10", "11")] == [False, True, True]
    assert [sell.hit_by(Decimal(px)) for px in ("9", "10", "11")] == [True, True, False]
    assert not buy.hit_by(None)
    assert not order(3, ticket(price="10")).hit_by(Decimal(10))
    assert buy.waits_for_trigger
    assert not replace(buy, triggered=True).waits_for_trigger


def test_nothing_is_left_of_a_closed_order() -> None:
    working = replace(order(1, ticket(qty="5", price="10")), stage=Stage.WORKING, cum_qty=Decimal(2))
    assert working.leaves_qty == 3
    assert replace(working, stage=Stage.CANCELED).leaves_qty == 0
