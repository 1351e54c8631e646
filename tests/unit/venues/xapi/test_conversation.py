"""The main connection's rules: the test is the server and the clock."""

import json

import pytest

from tests.support.xapi_bench import cancel, close, place
from workstation.domain.order_requests import OrderRequest
from workstation.venues.base import MalformedFrame, NotAuthorised, VenueUnreachable
from workstation.venues.xapi import codec, messages, records
from workstation.venues.xapi.conversation import (
    BLOCK_S,
    PING_AFTER_S,
    Conversation,
    LoginBlocked,
    Overloaded,
    Phase,
)
from workstation.venues.xapi.messages import TradeTransaction, TradeTransInfo
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.outcomes import Answered, Decided, LoggedIn, NotSent, Refused, Seen, Unanswered
from workstation.venues.xapi.pacing import GAP_S
from workstation.venues.xapi.trade_requests import REPLY_S, Fate, RequestBook

LOGIN = messages.Login(user_id="1000", password="p")
TYPES = {"trade": 0, "close": 2, "cancel": 4}


class Bench:
    """A conversation with its clock."""

    def __init__(self, *, logged_in: bool = True) -> None:
        self.s = 100.0
        self.talk = Conversation(LOGIN, RequestBook())
        if logged_in:
            self.sent()
            self.talk.receive(codec.encode_login_reply("846", b'"login"'), self.now)
            self.talk.outcomes.clear()

    @property
    def now(self) -> Moment:
        return Moment(self.s, int(self.s * 1e9))

    def sent(self) -> list[tuple[str, str]]:
        """Let time pass until nothing waits; return tags and commands in the order in which they left."""
        out: list[tuple[str, str]] = []
        while (wait := self.talk.wait_s(self.s)) < 1_000:
            self.s += wait
            taken = self.talk.take(self.now)
            assert taken is not None
            out.append((taken[0], json.loads(taken[1])["command"]))
        return out

    def submit(self, tag: str, what: str, request: OrderRequest | None = None) -> None:
        info = TradeTransInfo(type=TYPES[what], custom_comment="W1")
        transaction = TradeTransaction(trade_trans_info=info)
        made = request or {"trade": place(), "close": close("W3", 7), "cancel": cancel("W1", 50)}[what]
        self.talk.submit(tag, made, transaction, codec.encode_request(transaction, tag))

    def reply(self, tag: str, answer: object = None) -> None:
        self.talk.receive(codec.encode_reply(answer, json.dumps(tag).encode()), self.now)

    def refuse(self, tag: str, code: str) -> None:
        self.talk.receive(codec.encode_refusal(code, "words", json.dumps(tag).encode()), self.now)

    def outcomes(self) -> list[object]:
        out, self.talk.outcomes = self.talk.outcomes, []
        return [each for each in out if not isinstance(each, Seen)]


def test_the_login_leaves_at_once_and_nothing_before_its_reply() -> None:
    bench = Bench(logged_in=False)
    bench.talk.ask("q1", messages.GetTrades(opened_only=True))
    assert bench.sent() == [("login", "login")]
    bench.talk.receive(codec.encode_login_reply("846", b'"login"'), bench.now)
    assert bench.outcomes() == [LoggedIn(stream_session_id="846")]
    assert bench.talk.phase is Phase.OPEN
    assert bench.sent() == [("q1", "getTrades")]


def test_what_follows_the_login_keeps_its_distance_from_it() -> None:
    bench = Bench(logged_in=False)
    bench.sent()
    began_s = bench.s
    bench.talk.receive(codec.encode_login_reply("846", b'"login"'), bench.now)
    bench.talk.ask("q1", messages.GetVersion())
    assert bench.talk.take(bench.now) is None
    bench.sent()
    assert bench.s - began_s >= GAP_S - 1e-9


def test_replies_are_told_by_their_tags_whatever_their_order() -> None:
    bench = Bench()
    bench.talk.ask("q1", messages.GetVersion())
    bench.talk.ask("q2", messages.GetMarginTrade(symbol="A"))
    bench.sent()
    bench.reply("q2", records.MarginTrade())
    bench.reply("q1", records.Version(version="2.5.0"))
    first, second = bench.outcomes()
    assert isinstance(first, Answered)
    assert isinstance(second, Answered)
    assert (first.tag, second.answer) == ("q2", records.Version(version="2.5.0"))
    bench.reply("q1", records.Version())
    assert bench.outcomes() == [], "an answer that nobody waits for"


def test_cancels_overtake_closes_overtake_trades_overtake_reads() -> None:
    bench = Bench()
    bench.talk.ask("read", messages.GetCalendar())
    for tag, what in (("t1", "trade"), ("t2", "close"), ("t3", "trade"), ("t4", "cancel")):
        bench.submit(tag, what)
    assert bench.talk.queued == 5
    assert bench.talk.queue_delay_ms(bench.s) >= int(4 * GAP_S * 1000)
    assert bench.talk.order_delay_ms(bench.s) < bench.talk.queue_delay_ms(bench.s)
    assert [tag for tag, _ in bench.sent()] == ["t4", "t2", "t1", "t3", "read"]


def test_what_comes_later_still_overtakes_what_waits() -> None:
    """Reads use the turns only while no order waits, and an order gives its turn up to a cancel."""
    bench = Bench()
    bench.s += GAP_S  # the login has had its turn
    for number in range(8):
        bench.talk.ask(f"estimate {number}", messages.GetMarginTrade(symbol="EURUSD"))
    first = bench.talk.take(bench.now)
    assert first is not None
    assert first[0] == "estimate 0"
    bench.submit("order", "trade")
    assert bench.talk.take(bench.now) is None, "the gap holds for all"
    assert bench.talk.order_delay_ms(bench.s) <= GAP_S * 1000, "no read stands before the order"
    bench.submit("cancel", "cancel")
    assert [tag for tag, _ in bench.sent()][:3] == ["cancel", "order", "estimate 1"]


def test_a_trade_is_decided_by_its_status_not_by_its_reply() -> None:
    bench = Bench()
    bench.submit("t1", "trade")
    bench.sent()
    bench.reply("t1", records.OrderNumber(order=43))
    assert bench.outcomes() == []
    bench.s += 1.1
    bench.talk.tick(bench.now)
    [(tag, command)] = bench.sent()
    assert command == "tradeTransactionStatus"
    bench.reply(tag, records.TransactionStatus(order=43, request_status=3))
    decided, _ = bench.outcomes()
    assert isinstance(decided, Decided)
    assert decided.request.fate is Fate.ACCEPTED


def test_an_error_reply_decides_a_trade() -> None:
    bench = Bench()
    bench.submit("t1", "trade")
    bench.sent()
    bench.refuse("t1", "BE009")
    [decided] = bench.outcomes()
    assert isinstance(decided, Decided)
    assert (decided.request.fate, decided.request.code) == (Fate.REFUSED, "BE009")


def test_a_trade_without_a_reply_is_unknown_in_time_or_when_the_link_dies() -> None:
    for end in ("time", "link"):
        bench = Bench()
        bench.submit("t1", "trade")
        bench.sent()
        if end == "time":
            bench.s += REPLY_S
            bench.talk.tick(bench.now)
        else:
            bench.talk.lose("The link died.")
        [decided] = [each for each in bench.outcomes() if isinstance(each, Decided)]
        assert decided.request.fate is Fate.UNKNOWN


def test_a_trade_taken_without_a_number_breaks_the_protocol() -> None:
    bench = Bench()
    bench.submit("t1", "trade")
    bench.sent()
    with pytest.raises(MalformedFrame):
        bench.reply("t1", {})


def test_withdrawing_leaves_cancels_and_reads() -> None:
    bench = Bench()
    bench.talk.ask("read", messages.GetCalendar())
    for tag, what in (("t1", "trade"), ("t2", "close"), ("t4", "cancel")):
        bench.submit(tag, what)
    bench.talk.withdraw("The lock is on.")
    assert {each.tag for each in bench.outcomes() if isinstance(each, NotSent)} == {"t1", "t2"}
    assert [tag for tag, _ in bench.sent()] == ["t4", "read"]


def test_a_link_that_dies_ends_everything_that_waits() -> None:
    bench = Bench()
    bench.talk.ask("asked", messages.GetCalendar())
    bench.sent()
    bench.talk.ask("waiting", messages.GetCalendar())
    bench.submit("t1", "trade")
    bench.talk.lose("gone")
    assert bench.outcomes() == [
        NotSent(tag="t1", text="gone"),
        Unanswered(tag="waiting", lost=True),
        Unanswered(tag="asked", lost=True),
    ]


def test_a_question_has_its_deadline() -> None:
    bench = Bench()
    bench.talk.ask("q1", messages.GetCalendar())
    bench.talk.ask("q2", messages.GetAllSymbols())
    bench.sent()
    bench.s += 31
    bench.talk.tick(bench.now)
    assert bench.outcomes() == [Unanswered(tag="q1")]


def test_an_error_is_an_answer_too() -> None:
    bench = Bench()
    bench.talk.ask("q1", messages.GetSymbol(symbol="A"))
    bench.sent()
    bench.refuse("q1", "BE115")
    assert bench.outcomes() == [Refused(tag="q1", code="BE115", words="words")]


@pytest.mark.parametrize("code", ["BE103", "BE117", "BE200"])
def test_a_session_that_ended_is_begun_anew(code: str) -> None:
    bench = Bench()
    bench.talk.ask("q1", messages.GetCalendar())
    bench.sent()
    with pytest.raises(VenueUnreachable, match="logs in again"):
        bench.refuse("q1", code)
    with pytest.raises(VenueUnreachable):
        Bench().talk.receive(codec.encode_refusal(code, "x"), Moment(1, 1))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("BE004", NotAuthorised),
        ("BE005", NotAuthorised),
        ("EX004", NotAuthorised),
        ("EX010", NotAuthorised),
        ("ZZZ", NotAuthorised),
        ("EX007", LoginBlocked),
        ("EX005", Overloaded),
        ("EX008", Overloaded),
        ("EX001", VenueUnreachable),
        ("BE118", VenueUnreachable),
    ],
)
def test_a_refused_login_says_whether_to_try_again(code: str, kind: type[Exception]) -> None:
    bench = Bench(logged_in=False)
    bench.sent()
    with pytest.raises(kind) as caught:
        bench.talk.receive(codec.encode_refusal(code, "words"), bench.now)
    assert type(caught.value) is kind
    assert code in str(caught.value)
    if isinstance(caught.value, LoginBlocked):
        assert caught.value.until_ns == bench.now.ns + BLOCK_S * 1_000_000_000


def test_silence_is_met_with_a_ping_and_a_ping_without_answer_ends_the_link() -> None:
    bench = Bench()
    bench.s += PING_AFTER_S
    bench.talk.tick(bench.now)
    bench.talk.tick(bench.now)
    [(tag, command)] = bench.sent()
    assert command == "ping"
    bench.talk.receive(codec.encode_reply(custom_tag=json.dumps(tag).encode(), has_data=False), bench.now)
    assert bench.talk.trips_ms
    bench.s += PING_AFTER_S
    bench.talk.tick(bench.now)
    bench.sent()
    bench.s += 9
    bench.talk.heard(bench.s)
    bench.s += 9
    bench.talk.tick(bench.now)
    bench.s += 2
    with pytest.raises(VenueUnreachable, match="did not answer ping"):
        bench.talk.tick(bench.now)


def test_a_login_without_answer_ends_the_link() -> None:
    bench = Bench(logged_in=False)
    bench.sent()
    assert bench.talk.silent_s(bench.s + 6) == 6
    bench.s += 16
    with pytest.raises(VenueUnreachable, match="did not answer login"):
        bench.talk.tick(bench.now)


def test_a_large_reply_is_taken_in_steps() -> None:
    bench = Bench()
    bench.talk.ask("q1", messages.GetAllSymbols())
    bench.sent()
    symbols = tuple(records.SymbolRecord(symbol=f"S{number}") for number in range(2_000))
    steps = list(bench.talk.receive_large(codec.encode_reply(symbols, b'"q1"'), bench.now))
    assert len(steps) > 8
    [answered] = bench.outcomes()
    assert isinstance(answered, Answered)
    assert answered.answer == symbols


def test_trading_and_login_are_journaled_and_the_market_is_not() -> None:
    bench = Bench(logged_in=False)
    bench.sent()
    bench.talk.receive(codec.encode_login_reply("846", b'"login"'), bench.now)
    bench.submit("t1", "trade")
    bench.talk.ask("q1", messages.GetTickPrices())
    bench.sent()
    bench.reply("t1", records.OrderNumber(order=43))
    bench.reply("q1", records.Quotations())
    seen = [each for each in bench.talk.outcomes if isinstance(each, Seen)]
    assert [(each.outgoing, each.name) for each in seen] == [
        (True, "login"),
        (False, "login"),
        (False, "tradeTransaction"),  # the desk itself wrote the one that left
    ]
    assert seen[-1].keys == ("W1",)


def test_leaving_sends_cancels_that_wait_and_the_logout_and_nothing_else() -> None:
    bench = Bench()
    bench.talk.ask("q1", messages.GetCalendar())
    bench.submit("t1", "trade")
    bench.submit("t4", "cancel")
    bench.talk.leave()
    assert [command for _, command in bench.sent()] == ["tradeTransaction", "logout"]
    assert bench.talk.owes_logout
    bench.talk.receive(codec.encode_reply(custom_tag=b'"logout"', has_data=False), bench.now)
    assert not bench.talk.owes_logout


def test_a_question_larger_than_the_venue_takes_is_our_fault() -> None:
    with pytest.raises(ValueError, match="getTradingHours of"):
        Bench().talk.ask("q1", messages.GetTradingHours(symbols=("S" * 999,)))


def test_what_was_sent_last_can_be_told() -> None:
    bench = Bench()
    bench.talk.ask("q1", messages.GetCalendar())
    bench.sent()
    assert "getCalendar of" in bench.talk.last_words(bench.s)
    assert Bench(logged_in=False).talk.last_words(0.0) == ""
