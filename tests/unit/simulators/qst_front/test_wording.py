from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.simulated_orders import order, ticket
from workstation.domain.order_terms import Side, TimeInForce
from workstation.simulators.contracts import listed_contracts
from workstation.simulators.engine_orders import EngineEvent, Happening, OrderTicket, Stage
from workstation.simulators.positions import Holding
from workstation.simulators.qst_front.wording import (
    activity_item,
    event_lines,
    event_record,
    net_position,
    order_record,
    text_notification,
)

CORN = listed_contracts(date(2026, 11, 21))[0]
LAST = Decimal("588.25")
NOW_NS = 1_639_052_460_612_345_678


def test_an_order_reads_like_the_vendors_example() -> None:
    wanted = replace(ticket(Side.SELL, "1", "588.75"), symbol="ZCZ26")
    placed = replace(order(115332, wanted, owner="297999", now_ns=NOW_NS), stage=Stage.WORKING, entered_by="someone")
    found = order_record(placed, CORN, LAST)
    assert (found.order_number, found.account_number, found.entered_by) == ("115332", "297999", "someone")
    assert (found.status, found.order_date, found.side) == ("New Order", 1639052460612, "SELL")
    assert (found.quantity, found.price, found.last_tick, found.limit) == (1, Decimal("588.75"), "588^2", None)
    assert (found.order_type, found.life_time) == ("LMT_ORDER_TYPE", "DAY_ORDER_LIFE_TIME")
    assert (found.oe_provider, found.order_update_type, found.session) == ("QOR", "ORDER_UPDATE", "ELECTRONIC")


@pytest.mark.parametrize(
    ("stage", "traded", "words"),
    [
        (Stage.PENDING, "0", "Pending New"),
        (Stage.WORKING, "0", "New Order"),
        (Stage.WORKING, "1", "Partially Filled"),
        (Stage.FILLED, "3", "Filled"),
        (Stage.CANCELED, "1", "Canceled"),
        (Stage.REPLACED, "1", "Canceled"),
        (Stage.EXPIRED, "0", "Expired"),
        (Stage.REJECTED, "0", "Rejected"),
    ],
)
def test_every_stage_has_its_words_and_what_is_left(stage: Stage, traded: str, words: str) -> None:
    cum_qty = Decimal(traded)
    placed = replace(order(1, ticket(qty="3", price="440")), stage=stage, cum_qty=cum_qty, cum_value=cum_qty * 440)
    found = order_record(placed, CORN, LAST)
    assert found.status == words
    assert found.filled_quantity == cum_qty
    assert found.remaining_quantity == (3 - cum_qty if stage in (Stage.PENDING, Stage.WORKING) else 0)
    assert found.filled_price == (440 if cum_qty else None)


@pytest.mark.parametrize(
    ("wanted", "kind", "life_time", "price", "limit"),
    [
        (ticket(), "MKT_ORDER_TYPE", "DAY_ORDER_LIFE_TIME", None, None),
        (ticket(stop_px="445"), "STOP_ORDER_TYPE", "DAY_ORDER_LIFE_TIME", 445, None),
        (ticket(price="446", stop_px="445"), "STWL_ORDER_TYPE", "DAY_ORDER_LIFE_TIME", 445, 446),
        (ticket(price="440", time_in_force=TimeInForce.IMMEDIATE_OR_CANCEL), "FAK_ORDER_TYPE", None, 440, None),
        (ticket(price="440", time_in_force=TimeInForce.FILL_OR_KILL), "FOK_ORDER_TYPE", None, 440, None),
        (ticket(price="440", time_in_force=TimeInForce.GOOD_TILL_CANCEL), None, "GTC_ORDER_LIFE_TIME", 440, None),
    ],
)
def test_types_and_prices_go_out_as_they_came_in(
    wanted: OrderTicket, kind: str | None, life_time: str | None, price: int | None, limit: int | None
) -> None:
    found = order_record(order(1, wanted), CORN, LAST)
    assert (found.price, found.limit) == (price, limit)
    assert kind in (None, found.order_type)
    assert life_time in (None, found.life_time)


def test_a_replacement_on_its_way_is_a_passing_state() -> None:
    working = replace(order(1, ticket(price="440")), stage=Stage.WORKING)
    assert event_record(EngineEvent(happening=Happening.REPLACING, order=working), CORN, LAST).status == (
        "Pending Replacing"
    )


def test_a_text_has_the_vendors_form() -> None:
    found = text_notification(
        "username", "297999", ["Cancel/replace order rejected", "Invalid price: 589.625"], is_error=True
    )
    assert found.title.startswith("username@SIM1(")
    assert found.title.endswith(") Error Message")
    assert found.body == "Cancel/replace order rejected\nInvalid price: 589.625\nAccount #297999"
    assert text_notification("u", "1", ["x"], is_error=False).title.endswith(" Order Message")


def test_a_trade_is_told_with_price_quantity_and_rest() -> None:
    traded = replace(order(115300, ticket(qty="3", price="588.75")), stage=Stage.WORKING, cum_qty=Decimal(2))
    event = EngineEvent(happening=Happening.TRADED, order=traded, last_qty=Decimal(2), last_px=Decimal("588.25"))
    assert event_lines(event, CORN) == [
        "Order partially filled",
        "2 at 588^2, 1 remaining",
        "BUY 3 ZCZ26 588^6 LMT DAY, order 115300",
    ]
    item = activity_item(event, CORN)
    assert (item.action, item.order_number, item.account_number) == ("Order partially filled", "115300", "17014")


def test_the_text_of_a_replaced_order_names_its_replacement() -> None:
    gone = replace(order(115300, ticket(price="440")), stage=Stage.REPLACED)
    event = EngineEvent(happening=Happening.REPLACED, order=gone, text="Replaced by order 115301")
    assert "Replaced by order 115301" in event_lines(event, CORN)


def test_positions_have_a_side_unless_flat() -> None:
    holding = Holding(CORN.instrument.multiplier)
    holding.trade(Side.SELL, Decimal(2), Decimal(440))
    short = net_position("17014", "ZCZ26", holding, Decimal(439))
    assert (short.side, short.quantity, short.average_price, short.open_trade_equity) == ("SHORT", 2, 440, 100)
    holding.trade(Side.BUY, Decimal(2), Decimal(440))
    flat = net_position("17014", "ZCZ26", holding, Decimal(439))
    assert (flat.side, flat.quantity, flat.average_price) == ("", 0, None)
