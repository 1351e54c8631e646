from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID
from workstation.domain.order_states import CLOSED, TRANSITIONS, OrderEvent, OrdStatus, Verdict
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import IllegalTransition, Order, OrderTerms, OverfillError

TERMS = OrderTerms(
    account=AccountKey(ConnectionID("c"), "1"),
    symbol="ZCZ26",
    side=Side.BUY,
    ord_type=OrdType.LIMIT,
    time_in_force=TimeInForce.DAY,
    order_qty=Decimal(10),
    price=Decimal("441.25"),
)


def order(status: OrdStatus = OrdStatus.NEW, cum_qty: int = 0) -> Order:
    return Order(cl_ord_id=ClOrdID("W1"), terms=TERMS, ord_status=status, cum_qty=Decimal(cum_qty))


@given(st.sampled_from(OrdStatus), st.sampled_from(OrderEvent), st.integers(0, 10))
def test_moving_follows_the_table(status: OrdStatus, event: OrderEvent, cum_qty: int) -> None:
    before = order(status, cum_qty)
    verdict, after = TRANSITIONS[status, event]
    if verdict is Verdict.ILLEGAL:
        with pytest.raises(IllegalTransition, match="W1"):
            before.moved(event, at_ns=5)
    elif verdict is Verdict.STALE:
        assert before.moved(event, at_ns=5) is before
    else:
        expected = OrdStatus.PARTIALLY_FILLED if after is OrdStatus.NEW and cum_qty else after
        moved = before.moved(event, at_ns=5)
        assert (moved.ord_status, moved.updated_ns) == (expected, 5)
        assert moved.cum_qty == before.cum_qty


@given(st.lists(st.integers(0, 10), max_size=8))
def test_trades_only_grow_and_always_add_up(reported: list[int]) -> None:
    now = order()
    for cum_qty in reported:
        before = now.cum_qty
        now = now.traded(cum_qty=Decimal(cum_qty), avg_px=Decimal("441.25"))
        assert now.cum_qty >= before
        assert now.cum_qty + now.leaves_qty == TERMS.order_qty
    assert now.cum_qty == max(reported, default=0)


def test_more_than_ordered_is_never_believed() -> None:
    with pytest.raises(OverfillError, match="11 traded of 10"):
        order().traded(cum_qty=Decimal(11), avg_px=None)


@pytest.mark.parametrize("status", sorted(CLOSED, key=str))
def test_nothing_is_left_of_a_closed_order(status: OrdStatus) -> None:
    assert order(status, 3).leaves_qty == 0
    assert order(status).is_closed


def test_equal_figures_of_two_orders_are_one_object() -> None:
    def made() -> Order:
        terms = replace(TERMS, order_qty=Decimal("3"), price=Decimal("17.50"), stop_px=Decimal("17.25"))
        return replace(
            order(), terms=terms, avg_px=Decimal("17.50"), venue_status="".join(("Work", "ing")), created_ns=10**18
        )

    one, other = made(), replace(made(), updated_ns=int("1" + "0" * 18))
    for name in ("order_qty", "price", "stop_px"):
        assert getattr(one.terms, name) is getattr(other.terms, name)
    assert one.avg_px is other.avg_px is one.terms.price
    assert one.venue_status is other.venue_status
    assert other.updated_ns is other.created_ns
    assert str(replace(one.terms, price=Decimal("17.5")).price) == "17.5"
