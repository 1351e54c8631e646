"""Our requests in QST's words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.qst_bench import cancel, cancel_contract, key, place, terms
from tests.support.qst_bench import replace as replacement
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import NewOrderSingle, OrderCancelRequest
from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.venues.base import NotExpressible
from workstation.venues.qst import messages as qst
from workstation.venues.qst.requests import to_qst


def placed(its_terms: OrderTerms, override: str = "") -> qst.PlaceOrderRequest:
    message = to_qst(NewOrderSingle(cl_ord_id=ClOrdID("W1"), terms=its_terms), override)
    assert isinstance(message, qst.PlaceOrderRequest)
    return message


def test_a_limit_order() -> None:
    message = placed(terms())
    assert message == qst.PlaceOrderRequest(
        contract="ZCZ26",
        side="BUY",
        quantity=Decimal(2),
        order_type="LMT_ORDER_TYPE",
        life_time="DAY_ORDER_LIFE_TIME",
        price=Decimal("441.25"),
        source_module="Workstation",
    )
    assert not message.ignore_validation


@pytest.mark.parametrize(
    ("tif", "order_type", "life_time"),
    [
        (TimeInForce.IMMEDIATE_OR_CANCEL, "FAK_ORDER_TYPE", "DAY_ORDER_LIFE_TIME"),
        (TimeInForce.FILL_OR_KILL, "FOK_ORDER_TYPE", "DAY_ORDER_LIFE_TIME"),
        (TimeInForce.GOOD_TILL_CANCEL, "LMT_ORDER_TYPE", "GTC_ORDER_LIFE_TIME"),
    ],
)
def test_times_in_force(tif: TimeInForce, order_type: str, life_time: str) -> None:
    message = placed(replace(terms(), time_in_force=tif))
    assert (message.order_type, message.life_time) == (order_type, life_time)


def test_a_stop_sends_its_trigger_as_price() -> None:
    message = placed(replace(terms(), ord_type=OrdType.STOP, price=None, stop_px=Decimal("440")))
    assert (message.order_type, message.price, message.limit_price) == ("STOP_ORDER_TYPE", Decimal("440"), None)


def test_a_market_order_sends_no_price() -> None:
    message = placed(replace(terms(), ord_type=OrdType.MARKET, price=None))
    assert (message.order_type, message.price) == ("MKT_ORDER_TYPE", None)


def test_a_good_till_date_sends_it() -> None:
    gtd = replace(terms(), time_in_force=TimeInForce.GOOD_TILL_DATE, expire_date_ms=1800000000000)
    assert placed(gtd).good_till_date == 1800000000000


def test_effect_and_account() -> None:
    message = placed(replace(terms(), position_effect=PositionEffect.CLOSE), "17015")
    assert (message.position_type, message.override_account) == ("CLOSE_POSITION_TYPE", "17015")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ord_type": OrdType.STOP_LIMIT}, "trigger"),
        ({"ord_type": OrdType.MARKET, "time_in_force": TimeInForce.FILL_OR_KILL}, "no MARKET order with FILL_OR_KILL"),
        ({"price": None}, "no limit price"),
        ({"price": Decimal("NaN")}, "no limit price"),
        ({"ord_type": OrdType.STOP}, "no trigger price"),
        ({"time_in_force": TimeInForce.GOOD_TILL_DATE}, "last day"),
    ],
)
def test_what_qst_has_no_words_for(changes: dict[str, object], words: str) -> None:
    with pytest.raises(NotExpressible, match=words):
        placed(replace(terms(), **changes))  # type: ignore[arg-type]


def test_a_replacement_is_a_complete_order() -> None:
    message = to_qst(replacement())
    assert isinstance(message, qst.CancelReplaceOrderRequest)
    assert (message.order_id_to_be_replaced, message.contract, message.quantity, message.price) == (
        "115300",
        "ZCZ26",
        3,
        Decimal("441.25"),
    )


def test_one_several_and_all_of_a_contract_are_canceled_by_three_messages() -> None:
    assert to_qst(cancel()) == qst.CancelOrderRequest(order_id="115300", module_id="Workstation")
    several = OrderCancelRequest(cl_ord_ids=(), order_ids=(OrderID("1"), OrderID("2"), OrderID("1")), account=key("1"))
    assert to_qst(several) == qst.CancelOrdersRequest(order_ids=("1", "2"), module_id="Workstation")
    contract = qst.CancelOrdersForContractRequest(contract_to_be_canceled="ZCZ26", source_module="Workstation")
    assert to_qst(cancel_contract()) == contract


@pytest.mark.parametrize("numbers", [(), ("",), ("1", "")])
def test_an_empty_list_is_never_sent(numbers: tuple[str, ...]) -> None:
    request = OrderCancelRequest(cl_ord_ids=(), order_ids=tuple(map(OrderID, numbers)), account=key("1"))
    with pytest.raises(NotExpressible, match="number"):
        to_qst(request)


def test_a_placement_is_what_the_desk_asked_for() -> None:
    assert placed(place().terms).quantity == place().terms.order_qty
