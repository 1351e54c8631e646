from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.qst_raw_client import login, oe_login, place
from tests.support.qst_venue_bench import CORN, bench, errors, only, second_client
from tests.support.simulated_orders import ticket
from workstation.simulators.qst_front.session import (
    NORMAL,
    REFUSED,
    SENT_TOO_EARLY,
    TAKEN_OVER,
    TOO_SLOW,
    State,
)
from workstation.venues.qst.messages import (
    RESPONSE_OF,
    AccountInfoRequest,
    AccountStatusUpdate,
    CancelOrderRequest,
    CancelOrdersForContractRequest,
    CancelOrdersRequest,
    ChangeOALSubscriptionLevelRequest,
    ConnectionStatusUpdateNotification,
    GetActivityItemsRequest,
    LoginRequest,
    LoginResponse,
    LogoutRequest,
    LogoutResponse,
    OELoginRequest,
    OELoginResponse,
    OELogoutRequest,
    OELogoutResponse,
    OESwitchAccountRequest,
    OrderBookRequest,
    OrderBookResponse,
    PlaceOrderRequest,
    Request,
    ServerErrorMessage,
)

OTHERS: list[Request] = [OELoginRequest(), OrderBookRequest(), LogoutRequest(), place(CORN, "440")]


@pytest.mark.parametrize("request_", OTHERS)
def test_nothing_but_a_login_may_come_first(request_: Request) -> None:
    client = bench()
    client.send(request_)
    assert client.session.closing == SENT_TOO_EARLY
    assert client.sent() == []


@pytest.mark.parametrize("request_", [*OTHERS, LoginRequest()])
def test_nothing_may_come_while_a_login_is_looked_at(request_: Request) -> None:
    client = bench()
    client.session.receive(1, login(client.venue.credentials))
    assert client.session.awaits_answer
    client.session.receive(2, request_)
    client.session.answer_login()
    assert client.session.closing == SENT_TOO_EARLY
    assert client.sent() == []


def test_nothing_may_come_while_the_order_entry_login_is_looked_at() -> None:
    client = bench()
    client.send(login(client.venue.credentials))
    client.session.receive(2, oe_login(client.venue.credentials))
    client.session.receive(3, OrderBookRequest())
    assert client.session.closing == SENT_TOO_EARLY


@pytest.mark.parametrize("field", ["username", "password", "firm_id", "client_unique_id"])
def test_a_wrong_login_is_answered_with_a_reason_and_ends(field: str) -> None:
    client = bench()
    [answer] = client.send(replace(login(client.venue.credentials), **{field: ""}))
    assert isinstance(answer, LoginResponse)
    assert answer.response_status == "FAILURE"
    assert answer.server_message.startswith("Login refused")
    assert client.session.closing == REFUSED
    assert client.venue.client_ids == ()


@pytest.mark.parametrize("field", ["username", "password_hash", "order_entry_provider"])
def test_a_wrong_order_entry_login_can_be_tried_again(field: str) -> None:
    client = bench()
    client.send(login(client.venue.credentials))
    [answer] = client.send(replace(oe_login(client.venue.credentials), **{field: "PTS"}))
    assert isinstance(answer, OELoginResponse)
    assert (answer.response_status, answer.accounts) == ("FAILURE", ())
    assert answer.error_message
    assert only(client.send(oe_login(client.venue.credentials)), OELoginResponse).error_message == ""


def test_order_entry_tells_its_state_when_it_begins_and_ends() -> None:
    client = bench()
    client.send(login(client.venue.credentials))
    sent = client.send(oe_login(client.venue.credentials, is_relogin=True))
    assert [type(message) for message in sent] == [
        OELoginResponse,
        ConnectionStatusUpdateNotification,
        AccountStatusUpdate,
    ]
    first = only(sent, OELoginResponse).accounts[0]
    assert (first.account_id, first.account_name) == ("17014", "Main")
    client.venue.tick(1.0)
    assert len(client.sent()) == 3 + 3
    left = client.send(OELogoutRequest())
    assert only(left, AccountStatusUpdate).status == "DISCONNECTED"
    assert only(left, OELogoutResponse).status_code == 0
    client.market.place("17014", ticket(), 0)
    assert client.sent() == left


def test_without_order_entry_there_is_an_error_in_place_of_a_response() -> None:
    client = bench()
    client.send(login(client.venue.credentials))
    assert "order entry" in only(client.send(OrderBookRequest()), ServerErrorMessage).message
    client.send(oe_login(client.venue.credentials))
    client.send(OELogoutRequest())
    assert only(client.send(OELogoutRequest()), ServerErrorMessage)
    client.send(oe_login(client.venue.credentials))
    assert only(client.send(OrderBookRequest()), OrderBookResponse)


def test_a_second_login_is_an_error() -> None:
    client = bench()
    client.log_in()
    for request in (login(client.venue.credentials), oe_login(client.venue.credentials)):
        assert only(client.send(request), ServerErrorMessage).message == "Already logged in"
    assert client.session.state is State.TRADING


def test_a_logout_is_answered_before_the_close() -> None:
    client = bench()
    client.log_in()
    sent = client.send(LogoutRequest())
    assert isinstance(sent[-1], LogoutResponse)
    assert client.session.closing == NORMAL
    assert client.venue.client_ids == ()
    assert client.send(OrderBookRequest()) == []


def test_the_same_client_again_closes_the_first() -> None:
    first = bench()
    first.log_in()
    second = second_client(first.market, first.venue)
    second.log_in()
    assert first.session.closing == TAKEN_OVER
    assert second.session.closing is None
    third = second_client(first.market, first.venue)
    third.log_in("someone else")
    assert second.session.closing is None


def test_a_backlog_that_is_too_long_closes() -> None:
    client = bench(backlog=10)
    client.log_in()
    for _ in range(20):
        client.market.place("17014", ticket(price="440.25"), 0)
    assert client.session.closing == TOO_SLOW
    assert len(client.session.outbox) == 0
    assert client.venue.client_ids == ()


def test_a_message_that_is_not_known_is_an_error_or_too_early() -> None:
    client = bench()
    client.log_in()
    client.session.receive_unknown(7, "FancyRequest")
    assert list(client.session.outbox) == [(7, ServerErrorMessage(message="FancyRequest is not known here"))]
    early = second_client(client.market, client.venue)
    early.session.receive_unknown(1, "FancyRequest")
    assert early.session.closing == SENT_TOO_EARLY


def test_a_request_can_be_refused_on_purpose() -> None:
    client = bench()
    client.log_in()
    client.session.refuse(5, place(CORN, "440"), "no")
    assert errors(client.sent()) == ["no\nAccount #17014"]
    assert only(client.sent(), ServerErrorMessage).message == "no"
    fresh = second_client(client.market, client.venue)
    fresh.session.refuse(1, LoginRequest(), "no")
    assert only(fresh.sent(), LoginResponse).server_message == "no"
    assert fresh.session.closing == REFUSED


TEXT = st.text(max_size=8)
ANY_REQUEST: st.SearchStrategy[Request] = st.one_of(
    st.builds(OrderBookRequest),
    st.builds(GetActivityItemsRequest),
    st.builds(AccountInfoRequest, currency_code=TEXT),
    st.builds(OESwitchAccountRequest, account_id=st.sampled_from(("17014", "17015", "x"))),
    st.builds(CancelOrderRequest, order_id=st.sampled_from(("115300", "115301", "x", ""))),
    st.builds(CancelOrdersRequest, order_ids=st.lists(st.sampled_from(("115300", "115302", "²"))).map(tuple)),
    st.builds(CancelOrdersForContractRequest, contract_to_be_canceled=st.sampled_from((CORN, "x"))),
    st.builds(ChangeOALSubscriptionLevelRequest, subscription_level=TEXT),
    st.builds(
        PlaceOrderRequest,
        contract=st.sampled_from((CORN, "x")),
        side=st.sampled_from(("BUY", "SELL", "")),
        quantity=st.none() | st.integers(-1, 50).map(Decimal) | st.decimals(),
        order_type=st.sampled_from(("LMT_ORDER_TYPE", "MKT_ORDER_TYPE", "STOP_ORDER_TYPE", "FOK_ORDER_TYPE", "x")),
        life_time=st.sampled_from(("DAY_ORDER_LIFE_TIME", "GTD_ORDER_LIFE_TIME")),
        price=st.none() | st.integers(1740, 1790).map(lambda ticks: ticks * Decimal("0.25")) | st.decimals(),
        good_till_date=st.none() | st.integers(-(2**63), 2**63 - 1),
        override_account=st.sampled_from(("", "297999", "x")),
        ignore_validation=st.booleans(),
    ),
)


@given(st.lists(ANY_REQUEST, max_size=12))
def test_every_request_has_exactly_one_answer_of_its_kind(requests: list[Request]) -> None:
    client = bench()
    client.log_in()
    for request_id, request in enumerate(requests, 10):
        client.session.outbox.clear()
        client.session.receive(request_id, request)
        [answer] = [message for found, message in client.session.outbox if found == request_id]
        assert isinstance(answer, RESPONSE_OF[type(request)] | ServerErrorMessage)
    assert client.session.closing is None
