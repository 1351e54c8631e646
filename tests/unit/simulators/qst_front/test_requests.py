from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.qst_raw_client import place, replacement
from tests.support.qst_venue_bench import CORN, Bench, bench, errors, only, statuses
from tests.support.simulated_orders import ticket
from workstation.simulators.engine_orders import Stage
from workstation.venues.qst.messages import (
    AccountInfoRequest,
    AccountInfoResponse,
    AccountStatusUpdate,
    CancelOrderRequest,
    CancelOrderResponse,
    CancelOrdersForContractRequest,
    CancelOrdersForContractResponse,
    CancelOrdersRequest,
    CancelOrdersResponse,
    CancelReplaceOrderResponse,
    ChangeOALSubscriptionLevelRequest,
    ChangeOALSubscriptionLevelResponse,
    GetActivityItemsRequest,
    GetActivityItemsResponse,
    OESwitchAccountRequest,
    OESwitchAccountResponse,
    Order,
    OrderBookRequest,
    OrderBookResponse,
    PlaceOrderResponse,
    ServerErrorMessage,
)


def logged_in() -> Bench:
    client = bench()
    client.log_in()
    return client


def test_the_answer_to_a_placement_comes_first_and_names_no_order() -> None:
    sent = logged_in().send(place(CORN, "440.25"))
    assert sent[0] == PlaceOrderResponse(response_status="SUCCESS")
    assert statuses(sent) == ["Pending New", "New Order"]
    order = next(message for message in sent if isinstance(message, Order))
    assert (order.account_number, order.entered_by, order.last_tick) == ("17014", "demo.trader", "441^2")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"contract": "ZCZ99"}, "Unknown contract: ZCZ99"),
        ({"price": Decimal("441.3")}, "Invalid price: 441.3"),
        ({"price": None}, "Invalid price: none given"),
        ({"quantity": Decimal(0)}, "Invalid quantity: 0"),
        ({"price": Decimal(300)}, "Price 300 is more than 10 % away from the last price 441.25"),
        ({"override_account": "4711"}, "Unknown account: 4711"),
        ({"life_time": "GTD_ORDER_LIFE_TIME", "good_till_date": 1_000}, "1970-01-01 00:00 UTC is in the past"),
        ({"price": Decimal("441.5"), "should_warn_if_immediately_filled": True}, "Order would be filled immediately"),
    ],
)
def test_what_the_venue_does_not_take_is_explained_in_a_text(changes: dict[str, object], words: str) -> None:
    client = logged_in()
    sent = client.send(replace(place(CORN, "440.25"), **changes))
    assert only(sent, PlaceOrderResponse).response_status == "FAILURE"
    [body] = errors(sent)
    assert body.startswith("Place order rejected\n")
    assert words in body
    assert body.splitlines()[-1] == f"Account #{changes.get('override_account', '17014')}"
    assert statuses(sent) == []
    assert client.market.orders("17014") == ()


def test_an_order_without_the_money_is_received_and_then_rejected() -> None:
    sent = logged_in().send(place("ESZ26", "6700", quantity=Decimal(2), override_account="297999"))
    assert only(sent, PlaceOrderResponse).response_status == "SUCCESS"
    assert statuses(sent) == ["Pending New", "Rejected"]
    [body] = errors(sent)
    assert body.splitlines()[:2] == [
        "Place order rejected",
        "Not enough margin: 33,000.00 needed, 25,000.00 available",
    ]


def test_validation_can_be_ignored() -> None:
    sent = logged_in().send(place(CORN, "300", ignore_validation=True))
    assert statuses(sent) == ["Pending New", "New Order"]


def test_a_replacement_comes_before_the_end_of_the_old_order() -> None:
    client = logged_in()
    number = str(client.market.place("17014", ticket(price="440.25"), 0))
    sent = client.send(replacement(number, CORN, "440.00", quantity=Decimal(5)))
    assert sent[0] == CancelReplaceOrderResponse(response_status="SUCCESS")
    orders = [message for message in sent if isinstance(message, Order)]
    assert [order.status for order in orders] == ["Pending Replacing", "New Order", "Canceled"]
    assert [order.order_number for order in orders] == [number, str(int(number) + 1), number]
    assert (orders[1].quantity, orders[1].price) == (Decimal(5), Decimal("440.00"))


def test_a_replacement_carries_the_trades_of_the_old_order_on() -> None:
    client = logged_in()
    number = str(client.market.place("17014", ticket(qty="50", price="441.50"), 0))
    traded = client.market.orders("17014")[0].cum_qty
    assert 0 < traded < 50
    sent = client.send(replacement(number, CORN, "440.00", quantity=Decimal(60)))
    new = next(m for m in sent if isinstance(m, Order) and m.status == "Partially Filled")
    assert (new.filled_quantity, new.remaining_quantity) == (traded, 60 - traded)
    [body] = errors(client.send(replacement(new.order_number, CORN, "440.00", quantity=traded)))
    assert body.startswith(f"Cancel/replace order rejected\nToo late to replace: {traded} already filled")


def test_a_replacement_that_is_refused_leaves_the_order() -> None:
    client = logged_in()
    number = str(client.market.place("17014", ticket(price="440.25"), 0))
    for wanted, words in (
        (replacement(number, CORN, "589.625"), "Invalid price: 589.625"),
        (replacement(number, "ESZ26", "6700"), "cannot be changed"),
        (replacement("4711", CORN, "440"), "Unknown order: 4711"),
        (replacement("x", CORN, "440"), "Unknown order: x"),
    ):
        sent = client.send(wanted)
        assert only(sent, CancelReplaceOrderResponse).response_status == "FAILURE"
        [body] = errors(sent)
        assert body.startswith("Cancel/replace order rejected\n")
        assert words in body
    assert [str(order.number) for order in client.market.working_orders("17014")] == [number]


def test_a_replacement_acts_on_the_current_account() -> None:
    client = logged_in()
    number = str(client.market.place("17015", ticket(price="440.25"), 0))
    [body] = errors(client.send(replacement(number, CORN, "440")))
    assert "belongs to another account" in body
    client.send(OESwitchAccountRequest(account_id="17015"))
    assert only(client.send(replacement(number, CORN, "440")), CancelReplaceOrderResponse).response_status == "SUCCESS"


def test_a_cancel_works_for_any_account_and_says_why_it_does_not() -> None:
    client = logged_in()
    number = str(client.market.place("297999", ticket(price="440.25"), 0))
    sent = client.send(CancelOrderRequest(order_id=number))
    assert sent[0] == CancelOrderResponse(response_status="SUCCESS")
    assert statuses(sent) == ["Canceled"]
    again = client.send(CancelOrderRequest(order_id=number))
    assert only(again, CancelOrderResponse).response_status == "FAILURE"
    assert errors(again) == [f"Cancel order rejected\nOrder {number} is already canceled\nAccount #297999"]


def test_several_cancels_do_what_can_be_done() -> None:
    client = logged_in()
    numbers = [str(client.market.place(account, ticket(price="440.25"), 0)) for account in ("17014", "17015")]
    sent = client.send(CancelOrdersRequest(order_ids=(*numbers, numbers[0], "4711")))
    assert only(sent, CancelOrdersResponse).response_status == "SUCCESS"
    assert statuses(sent) == ["Canceled", "Canceled"]
    assert errors(sent) == ["Cancel order rejected\nUnknown order: 4711\nAccount #17014"]


def test_an_empty_list_cancels_nothing() -> None:
    client = logged_in()
    client.market.place("17014", ticket(price="440.25"), 0)
    assert only(client.send(CancelOrdersRequest()), CancelOrdersResponse).response_status == "FAILURE"
    assert len(client.market.working_orders("17014")) == 1


def test_a_contract_is_canceled_in_the_current_account_only() -> None:
    client = logged_in()
    for account, symbol in (("17014", CORN), ("17014", "ZCH27"), ("17015", CORN)):
        client.market.place(account, ticket(symbol=symbol, price="440.25"), 0)
    sent = client.send(CancelOrdersForContractRequest(contract_to_be_canceled=CORN))
    assert only(sent, CancelOrdersForContractResponse).response_status == "SUCCESS"
    assert statuses(sent) == ["Canceled"]
    assert [o.ticket.symbol for o in client.market.working_orders("17014")] == ["ZCH27"]
    assert len(client.market.working_orders("17015")) == 1
    unknown = client.send(CancelOrdersForContractRequest(contract_to_be_canceled="ZCZ99"))
    assert only(unknown, CancelOrdersForContractResponse).response_status == "FAILURE"
    assert "Unknown contract: ZCZ99" in errors(unknown)[0]


def test_switching_changes_what_the_other_requests_are_about() -> None:
    client = logged_in()
    client.send(place(CORN, "440.25", override_account="17015"))
    assert only(client.send(OrderBookRequest()), OrderBookResponse).orders == ()
    switched = client.send(OESwitchAccountRequest(account_id="17015", is_live_trading=True))
    assert switched[0] == OESwitchAccountResponse(account_id="17015")
    status = only(switched, AccountStatusUpdate)
    assert (status.account_number, status.is_live_trading) == ("17015", False)
    assert len(only(client.send(OrderBookRequest()), OrderBookResponse).orders) == 1
    information = only(client.send(AccountInfoRequest(currency_code="??")), AccountInfoResponse).account_information
    assert information is not None
    assert (information.account_number, information.currency_code) == ("17015", "USD")
    assert only(client.send(OESwitchAccountRequest(account_id="4711")), ServerErrorMessage)
    assert len(only(client.send(OrderBookRequest()), OrderBookResponse).orders) == 1


def test_a_book_holds_the_orders_of_the_day_and_the_positions() -> None:
    client = logged_in()
    client.send(place(CORN, "441.50"))
    client.send(place(CORN, "440.25"))
    client.send(CancelOrderRequest(order_id="115301"))
    book = only(client.send(OrderBookRequest()), OrderBookResponse)
    assert [(o.order_number, o.status) for o in book.orders] == [("115300", "Filled"), ("115301", "Canceled")]
    [position] = book.net_positions
    assert (position.contract, position.side, position.quantity) == (CORN, "LONG", 1)
    assert position.average_price == Decimal("441.50")
    client.send(place(CORN, "441.25", side="SELL"))
    assert only(client.send(OrderBookRequest()), OrderBookResponse).net_positions == ()


def test_history_is_oldest_first() -> None:
    client = logged_in()
    client.send(place(CORN, "441.50"))
    items = only(client.send(GetActivityItemsRequest()), GetActivityItemsResponse).items
    assert [item.action for item in items] == ["Order received", "Order accepted", "Order filled"]
    assert {item.order_number for item in items} == {"115300"}


def test_subscribing_knows_two_levels() -> None:
    client = logged_in()
    for level, status in (("SUBSCRIBED", "SUCCESS"), ("UNSUBSCRIBED", "SUCCESS"), ("", "FAILURE")):
        answer = only(
            client.send(ChangeOALSubscriptionLevelRequest(subscription_level=level)), ChangeOALSubscriptionLevelResponse
        )
        assert answer.response_status == status


def test_a_stop_waits_at_its_trigger() -> None:
    client = logged_in()
    sent = client.send(place(CORN, "442.50", order_type="STOP_ORDER_TYPE"))
    assert statuses(sent) == ["Pending New", "New Order"]
    assert [order.stage for order in client.market.orders("17014")] == [Stage.WORKING]
