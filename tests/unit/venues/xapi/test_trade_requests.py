"""The request machine: its named cases, and its laws as a state machine."""

import itertools
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support.xapi_bench import place
from workstation.venues.xapi.messages import TradeTransInfo
from workstation.venues.xapi.stream_records import StreamingTradeStatus
from workstation.venues.xapi.trade_requests import (
    DECIDED,
    GIVE_UP_S,
    KEPT_S,
    MOST_HELD,
    POLL_AFTER_S,
    REPLY_S,
    Fate,
    RequestBook,
    TradeRequest,
)


def request(tag: str = "t1", key: str = "W1") -> TradeRequest:
    info = TradeTransInfo(custom_comment=key, volume=Decimal(1))
    return TradeRequest(tag=tag, request=place(key), info=info, sent_s=0.0, sent_ns=0)


def status(number: int, code: int | None, message: str | None = None, key: str = "") -> StreamingTradeStatus:
    return StreamingTradeStatus(order=number, request_status=code, message=message, custom_comment=key)


def sent(*requests: TradeRequest) -> RequestBook:
    book = RequestBook()
    for each in requests:
        book.sent(each)
    return book


def test_taken_is_not_accepted() -> None:
    one = request()
    book = sent(one)
    assert book.replied(one, 43, 1.0) == []
    assert one.fate is Fate.ACQUIRED
    assert book.status(status(43, 1), 1.1) == []
    assert book.status(status(43, 2), 1.1) == []
    assert book.status(status(43, 3), 1.2) == [one]
    assert one.fate is Fate.ACCEPTED
    assert book.unsettled == []


def test_a_rejection_and_a_failure_carry_the_venues_words() -> None:
    for code, fate in ((4, Fate.REJECTED), (0, Fate.FAILED)):
        one = request()
        book = sent(one)
        book.replied(one, 43, 1.0)
        assert book.status(status(43, code, " not today "), 1.0) == [one]
        assert (one.fate, one.text) == (fate, "not today")


def test_a_status_before_the_reply_is_held() -> None:
    one = request()
    book = sent(one)
    assert book.status(status(43, 3), 0.1) == []
    assert book.replied(one, 43, 0.2) == [one]


def test_a_status_finds_a_request_whose_reply_was_lost_by_its_key() -> None:
    one, other = request("t1", "W1"), request("t2", "W2")
    book = sent(one, other)
    assert book.status(status(43, 3, key="W2"), 0.1) == [other]
    assert other.number == 43
    assert one.fate is Fate.SENT


def test_a_second_status_of_a_decided_request_touches_no_later_one_with_the_same_key() -> None:
    placed = request("t1", "W1")
    book = sent(placed)
    book.replied(placed, 43, 0.1)
    book.status(status(43, 3, key="W1"), 0.2)
    amended = request("t2", "W1")
    book.sent(amended)
    assert book.status(status(43, 4, key="W1"), 0.3) == []
    assert amended.fate is Fate.SENT


def test_an_error_reply_refuses_unless_it_may_have_happened() -> None:
    refused, unknown = request("t1", "W1"), request("t2", "W2")
    book = sent(refused, unknown)
    assert book.refused(refused, "BE009", "no money") == [refused]
    assert refused.fate is Fate.REFUSED
    assert "BE009 no money" in refused.text
    assert book.refused(unknown, "EX003", "timed out") == [unknown]
    assert unknown.fate is Fate.UNKNOWN
    assert book.unsettled == [unknown]


def test_silence_is_asked_about_slower_and_slower_and_given_up() -> None:
    one = request()
    book = sent(one)
    book.replied(one, 43, 0.0)
    asked = [now for now in range(int(GIVE_UP_S)) if book.due(float(now))[0]]
    assert asked[0] == 1
    gaps = [after - before for before, after in itertools.pairwise(asked)]
    assert gaps == sorted(gaps)
    assert max(gaps) == POLL_AFTER_S[-1]
    assert book.due(GIVE_UP_S) == ([], [one])
    assert one.fate is Fate.UNKNOWN
    assert book.status(status(43, 4), GIVE_UP_S + 1) == [one]


def test_no_reply_in_time_is_unknown_and_a_late_one_is_followed_up() -> None:
    one = request()
    book = sent(one)
    assert book.due(REPLY_S) == ([], [one])
    assert one.fate is Fate.UNKNOWN
    book.replied(one, 43, REPLY_S + 1)
    assert book.due(REPLY_S + 2)[0] == [43]


def test_a_lost_link_leaves_everything_in_doubt_and_the_next_login_asks() -> None:
    numbered, unnumbered = request("t1", "W1"), request("t2", "W2")
    book = sent(numbered, unnumbered)
    book.replied(numbered, 43, 0.0)
    assert set(map(id, book.lost("gone"))) == {id(numbered), id(unnumbered)}
    assert book.lost("gone") == []
    book.resume(500.0)
    assert book.due(500.0)[0] == [43]
    assert unnumbered.fate is Fate.UNKNOWN
    book.due(KEPT_S)
    assert unnumbered not in book.unsettled


def test_what_is_held_is_bounded() -> None:
    book = RequestBook()
    for number in range(MOST_HELD + 50):
        book.status(status(number, 3), 0.0)
    assert len(book._held) == MOST_HELD
    book.due(1_000.0)
    assert not book._held


class RequestMachine(RuleBasedStateMachine):
    """Any order of replies, statuses, time and lost links: each request is decided at most once, and stays so."""

    def __init__(self) -> None:
        super().__init__()
        self.book = RequestBook()
        self.requests: list[TradeRequest] = []
        self.decided: dict[int, Fate] = {}
        self.now = 0.0

    def note(self, told: list[TradeRequest]) -> None:
        for each in told:
            if each.fate in DECIDED:
                assert id(each) not in self.decided, "decided twice"
                self.decided[id(each)] = each.fate

    @rule()
    def send(self) -> None:
        number = len(self.requests)
        one = request(f"t{number}", f"W{number}")
        one.sent_s = self.now
        self.requests.append(one)
        self.book.sent(one)

    @precondition(lambda self: self.requests)
    @rule(data=st.data())
    def reply(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.requests) - 1))
        one = self.book.by_tag(f"t{at}")
        if one is not None:
            self.note(self.book.replied(one, 1000 + at, self.now))

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), code=st.sampled_from([0, 1, 2, 3, 4, 7, None]))
    def status(self, data: st.DataObject, code: int | None) -> None:
        at = data.draw(st.integers(0, len(self.requests) - 1))
        self.note(self.book.status(status(1000 + at, code, key=f"W{at}"), self.now))

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), code=st.sampled_from(["BE001", "EX003", "ZZZ"]))
    def refuse(self, data: st.DataObject, code: str) -> None:
        one = self.book.by_tag(f"t{data.draw(st.integers(0, len(self.requests) - 1))}")
        if one is not None:
            self.note(self.book.refused(one, code, "no"))

    @rule(seconds=st.sampled_from([0.5, 2.0, 20.0, 100.0]))
    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        asks, late = self.book.due(self.now)
        self.note(late)
        assert all(number >= 1000 for number in asks)

    @rule()
    def lose_the_link(self) -> None:
        self.note(self.book.lost("gone"))
        self.book.resume(self.now)

    @invariant()
    def what_is_decided_stays(self) -> None:
        for each in self.requests:
            if id(each) in self.decided:
                assert each.fate is self.decided[id(each)]
                assert each not in self.book.unsettled


TestRequestMachine = RequestMachine.TestCase
