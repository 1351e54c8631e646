"""The rules of a link: its order, what is never lost, what is never sent twice."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.qst_bench import (
    ACCOUNTS,
    FAILURE,
    ORDER,
    Bench,
    answers,
    cancel,
    cancel_contract,
    key,
    place,
    replace,
    texts,
    welcome,
)
from workstation.domain.connection import Environment
from workstation.venues.base import (
    AccountsListed,
    ActivityListed,
    BalanceReported,
    BookLoaded,
    MalformedFrame,
    NotAuthorised,
    OrderReport,
    Outcome,
    PositionReported,
    ProtocolViolation,
    RequestAnswered,
    VenueError,
    VenueUnreachable,
)
from workstation.venues.qst import messages as qst
from workstation.venues.qst.codec import encode_server
from workstation.venues.qst.conversation import Phase
from workstation.venues.qst.correlation import ANSWER_WITHIN_S
from workstation.venues.qst.lanes import SERIAL, NotSent


def test_the_login_goes_step_by_step_through_every_account_and_back() -> None:
    bench = Bench().start()
    asked = []
    while bench.sent:
        assert len(bench.sent) == 1
        asked.append(bench.answer())
    per_account = ["OESwitchAccountRequest", "OrderBookRequest", "AccountInfoRequest", "GetActivityItemsRequest"]
    assert [type(each).__name__ for each in asked] == [
        "LoginRequest",
        "OELoginRequest",
        *per_account * 3,
        "ChangeOALSubscriptionLevelRequest",
        "OESwitchAccountRequest",
    ]
    switches = [each.account_id for each in asked if isinstance(each, qst.OESwitchAccountRequest)]
    assert switches == [*ACCOUNTS, ACCOUNTS[0]]
    assert bench.talk.phase is Phase.READY
    assert [book.account for book in bench.all_of(BookLoaded)] == [key(each) for each in ACCOUNTS]
    assert len(bench.all_of(AccountsListed)) == 1
    assert len(bench.all_of(BalanceReported)) == len(bench.all_of(ActivityListed)) == 3


@pytest.mark.parametrize("again", [False, True])
def test_a_login_after_a_dropped_link_says_so(again: bool) -> None:
    bench = Bench(again=again).start()
    bench.answer()
    request = bench.sent[0][1]
    assert isinstance(request, qst.OELoginRequest)
    assert request.is_relogin is again


@pytest.mark.parametrize(
    ("environment", "live"), [(Environment.LIVE, True), (Environment.DEMO, False), (Environment.SIMULATED, False)]
)
def test_only_a_live_profile_switches_to_live_trading(environment: Environment, live: bool) -> None:
    bench = Bench(environment).start()
    bench.answer()
    bench.answer()
    switch = bench.sent[0][1]
    assert isinstance(switch, qst.OESwitchAccountRequest)
    assert switch.is_live_trading is live


@pytest.mark.parametrize(
    "refusal",
    [
        qst.LoginResponse(server_message="Invalid password"),
        qst.LoginResponse(response_status=FAILURE),
        qst.ServerErrorMessage(message="Invalid password"),
    ],
)
def test_a_refused_login_is_tried_once_and_the_trader_is_asked(refusal: qst.ServerMessage) -> None:
    bench = Bench().start()
    with pytest.raises(NotAuthorised, match="not tried again"):
        bench.answer(refusal)
    assert bench.sent == []


@pytest.mark.parametrize(
    "refusal",
    [
        qst.OELoginResponse(error_message="Unknown user"),
        qst.OELoginResponse(response_status="SUCCESS"),
        qst.OELoginResponse(response_status=FAILURE, accounts=(qst.OEAccount(account_id="1"),)),
    ],
)
def test_a_refused_order_entry_login_stops_too(refusal: qst.OELoginResponse) -> None:
    bench = Bench().start()
    bench.answer()
    with pytest.raises(NotAuthorised):
        bench.answer(refusal)


def test_a_welcome_text_with_an_explicit_success_is_no_refusal() -> None:
    bench = Bench().start()
    bench.answer(qst.LoginResponse(server_message="Welcome", response_status="SUCCESS"))
    assert bench.talk.phase is Phase.ORDER_ENTRY


def test_nothing_may_come_before_the_login_is_answered() -> None:
    with pytest.raises(ProtocolViolation):
        Bench().start().hear(ORDER)


def test_notifications_wait_for_the_books() -> None:
    bench = Bench().start()
    for _ in range(4):
        bench.answer()
    bench.hear(ORDER)
    bench.hear(qst.NetPosition(account_number="17014", contract="ZCZ26", quantity=Decimal(1)))
    assert not bench.all_of(OrderReport)
    while bench.sent:
        bench.answer()
    kinds = [type(event) for event in bench.events]
    assert kinds.index(OrderReport) > max(place for place, kind in enumerate(kinds) if kind is BookLoaded)
    assert len(bench.all_of(PositionReported)) == 1


def test_a_login_step_without_answer_drops_the_link() -> None:
    bench = Bench().start()
    bench.wait(ANSWER_WITHIN_S - 1)
    with pytest.raises(VenueUnreachable, match="LoginRequest"):
        bench.wait(2)


def test_an_answer_is_received_never_accepted() -> None:
    bench = Bench().ready()
    bench.submit(place())
    bench.answer()
    assert answers(bench) == [("NewOrderSingle", Outcome.RECEIVED, "")]


def test_a_lost_link_leaves_the_sent_unknown_and_the_queued_unsent() -> None:
    bench = Bench().ready()
    bench.submit(place("W1"))
    waiting = bench.submit(place("W2"))
    bench.talk.lose("The link broke.")
    bench.collect()
    assert answers(bench) == [("NewOrderSingle", Outcome.UNKNOWN, "The link broke.")]
    assert [each.request_id for each in bench.all_of(NotSent)] == [waiting]


def test_nothing_is_sent_before_order_entry_is_up() -> None:
    bench = Bench().start()
    request_id = bench.submit(place())
    assert [each.request_id for each in bench.all_of(NotSent)] == [request_id]
    assert bench.sent_kinds == ["LoginRequest"]
    with pytest.raises(VenueUnreachable):
        bench.talk.reload(None, bench.at)


def test_an_account_that_cannot_be_switched_to_is_said_and_the_others_load() -> None:
    bench = Bench().start()
    bench.answer()
    bench.answer()
    bench.answer(qst.ServerErrorMessage(message="locked"))
    while bench.sent:
        bench.answer()
    assert bench.talk.phase is Phase.READY
    assert [book.account for book in bench.all_of(BookLoaded)] == [key("17015"), key("297999")]
    assert "17014: locked" in texts(bench)


def test_without_any_account_the_link_is_of_no_use() -> None:
    bench = Bench(accounts=("17014",)).start()
    bench.answer()
    bench.answer()
    with pytest.raises(VenueUnreachable):
        bench.answer(qst.ServerErrorMessage(message="locked"))


def test_a_reading_that_fails_later_is_said() -> None:
    bench = Bench().ready()
    bench.talk.reload(key("17014").account_id, bench.at)
    bench.collect()
    bench.answer(qst.ServerErrorMessage(message="busy"))
    assert "did not give the order book" in texts(bench)
    bench.wait(1)
    bench.hear(ORDER)  # the venue is alive, it only does not answer this
    bench.wait(ANSWER_WITHIN_S)
    assert "did not give the balance" in texts(bench)


def test_a_reading_that_meets_nothing_but_silence_ends_the_link() -> None:
    """Pings alone may be answered by something that stands before a dead venue."""
    bench = Bench().ready()
    bench.talk.reload(key("17014").account_id, bench.at)
    bench.collect()
    with pytest.raises(VenueUnreachable, match="No answer to OrderBookRequest"):
        bench.wait(ANSWER_WITHIN_S)


def test_logging_out_leaves_order_entry_first() -> None:
    bench = Bench().ready()
    bench.talk.leave(bench.at)
    bench.collect()
    assert [type(bench.answer()).__name__ for _ in range(2)] == ["OELogoutRequest", "LogoutRequest"]


SERVER_SAYS: st.SearchStrategy[qst.ServerMessage] = st.sampled_from(
    [
        ORDER,
        qst.NetPosition(account_number="17015", contract="ESZ26", quantity=Decimal(1), side="LONG"),
        qst.AccountInformation(account_number="17014"),
        qst.OETextNotification(title="u@SIM1(h:1) Error Message", body="Order rejected\nAccount #17014"),
        qst.AccountStatusUpdate(account_number="17014", status="DISCONNECTED"),
        qst.ConnectionStatusUpdateNotification(status="CONNECTED"),
        qst.ServerErrorMessage(message="something"),
        *(kind() for kind in qst.RESPONSE_OF.values()),
        *(kind(response_status=FAILURE) for kind in (qst.PlaceOrderResponse, qst.CancelOrderResponse)),
    ]
)
STEPS = st.one_of(
    st.tuples(st.just("submit"), st.sampled_from([place, replace, cancel]), st.sampled_from(ACCOUNTS)),
    st.tuples(st.just("mass"), st.just(None), st.sampled_from(ACCOUNTS)),
    st.tuples(st.just("answer"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("hear"), SERVER_SAYS, st.integers(0, 40)),
    st.tuples(st.just("wait"), st.sampled_from([0.5, 4.0, 11.0]), st.none()),
    st.tuples(st.just("reload"), st.none(), st.none()),
)


class Rules:
    """Plays steps on a bench and checks after each what must always hold."""

    def __init__(self) -> None:
        self.bench = Bench().ready()
        self.submitted = 0
        self.open_serial: dict[int, float] = {}

    def play(self, step: tuple[str, object, object]) -> None:
        kind, first, second = step
        bench = self.bench
        if kind == "submit":
            self.submitted += 1
            bench.submit(first(f"W{self.submitted}", second))  # type: ignore[operator]
        elif kind == "mass":
            self.submitted += 1
            bench.submit(cancel_contract(str(second)))
        elif kind == "answer" and bench.sent:
            assert isinstance(first, int)
            request_id, request = bench.sent.pop(first % len(bench.sent))
            bench.hear(welcome(request), request_id if second else 0)
        elif kind == "hear":
            assert isinstance(second, int)
            bench.hear(first, second)  # type: ignore[arg-type]
        elif kind == "wait":
            assert isinstance(first, float)
            bench.wait(first)
        elif kind == "reload":
            bench.talk.reload(None, bench.at)
            bench.collect()

    def check(self) -> None:
        open_now = [pending for pending in self.bench.talk._out.sent.open if isinstance(pending.message, SERIAL)]
        assert len(open_now) <= 1

    def end(self) -> None:
        self.bench.talk.lose("over")
        self.bench.collect()
        told = len(self.bench.all_of(RequestAnswered)) + len(self.bench.all_of(NotSent))
        assert told == self.submitted


@given(st.lists(STEPS, max_size=25))
@example([("submit", place, "17014"), ("hear", qst.PlaceOrderResponse(), 0), ("hear", qst.PlaceOrderResponse(), 0)])
def test_whatever_the_server_says_each_request_ends_once_and_one_is_in_flight(
    steps: list[tuple[str, object, object]],
) -> None:
    rules = Rules()
    with suppress(VenueError):  # a violation ends the link; what was open must still be told
        for step in steps:
            rules.play(step)
            rules.check()
    rules.end()


@given(st.binary(max_size=200))
def test_any_bytes_end_in_one_of_the_two_errors(frame: bytes) -> None:
    bench = Bench().ready()
    with suppress(MalformedFrame, ProtocolViolation):
        bench.talk.receive(frame, bench.at)


@given(st.sampled_from([ORDER, *(kind() for kind in qst.RESPONSE_OF.values())]), st.integers(0, 8))
def test_any_valid_message_at_any_step_of_the_login_is_handled(message: qst.ServerMessage, steps: int) -> None:
    bench = Bench().start()
    for _ in range(steps):
        bench.answer()
    with suppress(VenueError):
        bench.talk.receive(encode_server(message, 0), bench.at)
    bench.talk.lose("over")
