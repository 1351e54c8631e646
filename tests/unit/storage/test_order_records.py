import json
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import Order, OrderTerms, SettledByHand
from workstation.storage.order_records import UnreadableOrder, order_body, order_of_body

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value="-1e12", max_value="1e12")
accounts = st.builds(AccountKey, st.text().map(ConnectionID), st.text())
terms = st.builds(
    OrderTerms,
    account=accounts,
    symbol=st.text(),
    side=st.sampled_from(Side),
    ord_type=st.sampled_from(OrdType),
    time_in_force=st.sampled_from(TimeInForce),
    order_qty=decimals,
    price=st.none() | decimals,
    stop_px=st.none() | decimals,
    expire_date_ms=st.none() | st.integers(),
    position_effect=st.none() | st.sampled_from(PositionEffect),
    stop_loss=st.none() | decimals,
    take_profit=st.none() | decimals,
    trailing_offset=st.none() | decimals,
    position_id=st.none() | st.text(),
)
orders = st.builds(
    Order,
    cl_ord_id=st.text().map(ClOrdID),
    terms=terms,
    ord_status=st.sampled_from(OrdStatus),
    order_id=st.none() | st.text().map(OrderID),
    cum_qty=decimals,
    avg_px=st.none() | decimals,
    venue_status=st.text(),
    text=st.text(),
    pending_terms=st.none() | terms,
    created_ns=st.integers(),
    updated_ns=st.integers(),
    ours=st.booleans(),
    by_hand=st.none() | st.builds(SettledByHand, cum_qty=decimals, avg_px=st.none() | decimals),
)


@given(orders)
def test_an_order_comes_back_exactly(order: Order) -> None:
    again = order_of_body(json.loads(json.dumps(order_body(order))))
    assert again == order
    assert str(again.terms.order_qty) == str(order.terms.order_qty)


def test_no_field_of_an_order_is_forgotten() -> None:
    assert {field.name for field in fields(Order)} == set(order_body(next(iter([_one()]))))


def _one() -> Order:
    one = OrderTerms(
        account=AccountKey(ConnectionID("c"), "1"),
        symbol="ZCZ26",
        side=Side.BUY,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=Decimal(1),
        price=Decimal("441.25"),
    )
    return Order(cl_ord_id=ClOrdID("W1"), terms=one, ord_status=OrdStatus.NEW)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cl_ord_id", 1),
        ("terms", None),
        ("ord_status", "DONE"),
        ("order_id", 5),
        ("cum_qty", "NaN"),
        ("cum_qty", 0.5),
        ("cum_qty", "one"),
        ("avg_px", "Infinity"),
        ("created_ns", True),
        ("updated_ns", "1"),
        ("ours", 1),
        ("text", None),
    ],
)
def test_a_wrong_field_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(UnreadableOrder, match=name):
        order_of_body(order_body(_one()) | {name: value})


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_anything_else_is_refused(body: object) -> None:
    with pytest.raises(UnreadableOrder):
        order_of_body(body)


def test_what_a_newer_program_added_is_left_alone() -> None:
    assert order_of_body(order_body(_one()) | {"colour": "blue"}) == _one()
