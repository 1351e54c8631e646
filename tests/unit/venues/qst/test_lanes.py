"""Who goes next."""

from dataclasses import replace

import pytest

from tests.support.qst_bench import cancel_contract, place
from workstation.venues.qst import messages as qst
from workstation.venues.qst.lanes import Lanes, SwitchTo, Unit, Wire

IDLE = Wire(current="1", home="1", serial=False, bound=False, reading=False)
READ = Unit(message=qst.OrderBookRequest(), account="1")
PLACE = Unit(message=qst.PlaceOrderRequest(), request_id=7, account="1", order_request=place())
MASS = Unit(message=qst.CancelOrdersForContractRequest(), request_id=8, account="1", order_request=cancel_contract())


def lanes(*units: Unit) -> Lanes:
    waiting = Lanes()
    for unit in units:
        waiting.add(unit)
    return waiting


def test_cancels_before_orders_before_readings() -> None:
    waiting = lanes(READ, PLACE, MASS)
    assert [waiting.next(IDLE) for _ in range(4)] == [MASS, PLACE, READ, None]


def test_a_placement_waits_for_the_one_before_it() -> None:
    assert lanes(PLACE).next(replace(IDLE, serial=True)) is None


def test_a_cancel_of_the_current_account_waits_for_nothing() -> None:
    assert lanes(MASS).next(replace(IDLE, serial=True, bound=True, reading=True)) == MASS


def test_readings_go_one_by_one() -> None:
    assert lanes(READ).next(replace(IDLE, reading=True)) is None


def test_another_account_means_a_switch_first() -> None:
    waiting = lanes(replace(READ, account="2"))
    assert waiting.next(IDLE) == SwitchTo("2")
    assert len(waiting) == 1


@pytest.mark.parametrize("busy", [{"serial": True}, {"bound": True}])
def test_no_switch_while_an_answer_depends_on_the_account(busy: dict[str, bool]) -> None:
    assert lanes(replace(READ, account="2")).next(replace(IDLE, **busy)) is None  # type: ignore[arg-type]


def test_with_nothing_left_it_goes_home() -> None:
    away = replace(IDLE, current="2")
    assert Lanes().next(away) == SwitchTo("1")
    assert Lanes().next(replace(away, bound=True)) is None
    assert Lanes().next(replace(away, home="")) is None


def test_what_waits_can_be_dropped_withdrawn_and_cleared() -> None:
    waiting = lanes(READ, PLACE, replace(MASS, account="2"))
    assert waiting.orders() == [replace(MASS, account="2"), PLACE]
    assert waiting.drop("2") == [replace(MASS, account="2")]
    waiting.withdraw(7)
    assert waiting.clear() == [READ]
    assert len(waiting) == 0


def test_orders_can_be_taken_back_while_cancels_and_reads_stay() -> None:
    waiting = lanes(READ, PLACE, replace(MASS, account="2"))
    assert waiting.take_orders() == [PLACE]
    assert waiting.orders() == [replace(MASS, account="2")]
    assert len(waiting) == 2


def test_lanes_are_empty_when_nothing_waits_in_any() -> None:
    waiting = lanes()
    assert waiting.is_empty
    waiting.add(READ)
    assert not waiting.is_empty
    waiting.next(IDLE)
    assert waiting.is_empty
