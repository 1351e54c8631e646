from decimal import Decimal
from typing import Any, TypeVar

import pytest

from tests.support.xapi_bench import amend, cancel, close, closed, opened, pending, place, profile, record
from workstation.domain.market_data import LiveCandle, NewsItem, Quote
from workstation.domain.order_requests import OrderRequest
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import (
    AccountsListed,
    BalanceReported,
    BookLoaded,
    FrameSeen,
    OrderReport,
    Outcome,
    PositionReported,
    RequestAnswered,
    TextNotified,
    VenueEvent,
)
from workstation.venues.xapi.books import BooksRead
from workstation.venues.xapi.codec import HotTick, StreamRefused, UnknownStreamed
from workstation.venues.xapi.ledger import CLOCKS_APART_NS, FIRST_HISTORY_NS, Ledger, SessionStale
from workstation.venues.xapi.messages import TradeTransInfo
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.records import MarginLevel, UserData
from workstation.venues.xapi.stream_records import (
    StreamingBalance,
    StreamingCandle,
    StreamingKeepAlive,
    StreamingNews,
    StreamingProfit,
    StreamingTradeStatus,
)
from workstation.venues.xapi.trade_requests import Fate, TradeRequest

D = Decimal
NOW = Moment(10.0, 1_795_000_300 * 10**9)
_Kind = TypeVar("_Kind")


class Bench:
    def __init__(self) -> None:
        self.events: list[VenueEvent] = []
        self.ledger = Ledger(profile(), "1000", self.events.append)

    def all_of(self, kind: type[_Kind]) -> list[_Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    def sent(self, request: OrderRequest, tag: str = "t1", **info: Any) -> TradeRequest:
        given = {"type": 0, "custom_comment": "W1", "symbol": "EURUSD", "volume": D("0.10"), "order": 0}
        made = TradeRequest(
            tag=tag, request=request, info=TradeTransInfo(**(given | info)), sent_s=NOW.s, sent_ns=NOW.ns
        )
        self.ledger.requests.sent(made)
        self.ledger.left(tag)
        return made

    def ended(self, request: TradeRequest, fate: Fate, number: int | None = 43, text: str = "") -> None:
        request.fate, request.number, request.text = fate, number, text
        self.ledger.decided(request, NOW)

    def streamed(self, record: Any) -> None:
        self.ledger.streamed(record, b"{}", NOW)


@pytest.mark.parametrize(
    ("fate", "outcome", "text"),
    [
        (Fate.ACCEPTED, Outcome.RECEIVED, ""),
        (Fate.REJECTED, Outcome.REFUSED, "XAPI rejected it: why."),
        (Fate.FAILED, Outcome.REFUSED, "XAPI failed to execute it: why."),
        (Fate.REFUSED, Outcome.REFUSED, "why"),
        (Fate.UNKNOWN, Outcome.UNKNOWN, "why"),
    ],
)
def test_a_fate_is_told_once(fate: Fate, outcome: Outcome, text: str) -> None:
    bench = Bench()
    request = bench.sent(place())
    bench.ended(request, fate, text="" if fate is Fate.ACCEPTED else "why")
    bench.ended(request, fate)
    [answer] = bench.all_of(RequestAnswered)
    assert (answer.outcome, answer.text, answer.order_id) == (outcome, text, "43")
    assert bench.ledger.book.wants_books is (fate is Fate.UNKNOWN)


def test_a_rejection_without_words_says_so_and_a_number_is_the_new_orders_only() -> None:
    bench = Bench()
    bench.ended(bench.sent(cancel("W1", 50), type=4, order=50), Fate.REJECTED)
    [answer] = bench.all_of(RequestAnswered)
    assert (answer.text, answer.order_id) == ("XAPI rejected it: no reason given.", None)


def test_an_order_given_up_and_rejected_later_is_reported_rejected() -> None:
    bench = Bench()
    request = bench.sent(place())
    bench.ended(request, Fate.UNKNOWN)
    bench.ended(request, Fate.REJECTED, text="no money")
    [report] = bench.all_of(OrderReport)
    assert (report.event, report.cl_ord_id, report.order_id) == (OrderEvent.REPORT_REJECTED, "W1", "43")
    assert report.text == "XAPI rejected it: no money."
    assert len(bench.all_of(RequestAnswered)) == 1
    amended = bench.sent(amend("W2", 7), "t2", type=3)
    bench.ended(amended, Fate.UNKNOWN)
    bench.ended(amended, Fate.REJECTED)
    assert len(bench.all_of(OrderReport)) == 1, "an amendment is no order"


def test_a_closing_order_waits_for_its_record_and_a_refused_one_does_not() -> None:
    bench = Bench()
    bench.streamed(opened(7, 8))
    bench.ended(bench.sent(close("W3", 7), type=2, order=7, custom_comment="W3"), Fate.REFUSED)
    assert not bench.ledger.book.closes
    bench.sent(close("W4", 7), "t2", type=2, order=7, custom_comment="W4")
    bench.streamed(closed(7))
    [report] = bench.all_of(OrderReport)
    assert (report.cl_ord_id, report.event) == ("W4", OrderEvent.REPORT_FILLED)


def test_codes_that_say_our_picture_is_old_make_it_be_read() -> None:
    bench = Bench()
    request = bench.sent(close("W3", 7), type=2)
    request.code = "BE097"
    bench.ended(request, Fate.REFUSED)
    assert bench.ledger.book.wants_books
    bench.ledger.symbols._loaded_s = 5.0
    request = bench.sent(place(), "t2")
    request.code = "BE094"
    bench.ended(request, Fate.REFUSED)
    assert bench.ledger.symbols.is_old(5.0)


def test_an_order_taken_and_not_shown_yet_can_be_canceled() -> None:
    bench = Bench()
    bench.ended(bench.sent(place(), cmd=2), Fate.ACCEPTED)
    assert bench.ledger.symbol_of(43) == "EURUSD"
    assert bench.ledger.symbol_of(44) == ""


def test_each_streamed_message_becomes_its_event() -> None:
    bench = Bench()
    bench.streamed(HotTick(symbol="EURUSD", bid=D(1), ask=D(2)))
    bench.streamed(StreamingBalance(balance=D(5)))
    bench.streamed(StreamingCandle(symbol="A", ctm=1, open=D(1), high=D(1), low=D(1), close=D(1)))
    bench.streamed(StreamingNews(key="k", title="t", body="b", time=1))
    bench.streamed(opened(7, 8))
    bench.streamed(StreamingProfit(position=7, profit=D(9)))
    bench.streamed(StreamingProfit(position=1, profit=D(9)))
    bench.streamed(StreamingKeepAlive(timestamp=1))
    assert [type(event) for event in bench.events] == [
        Quote,
        BalanceReported,
        LiveCandle,
        NewsItem,
        FrameSeen,
        PositionReported,
        PositionReported,
    ]
    assert bench.all_of(PositionReported)[-1].position.cur_px == 1


def test_a_streamed_status_decides_a_request() -> None:
    bench = Bench()
    request = bench.sent(place())
    bench.ledger.requests.replied(request, 43, NOW.s)
    bench.streamed(StreamingTradeStatus(order=43, request_status=3))
    assert [answer.outcome for answer in bench.all_of(RequestAnswered)] == [Outcome.RECEIVED]


def test_odd_messages_are_told_once_and_a_stale_token_ends_the_session() -> None:
    bench = Bench()
    for _ in range(3):
        bench.streamed(UnknownStreamed(command="weather", body=b"{}"))
        bench.streamed(StreamRefused(error_code="EX011", error_descr="no"))
    assert len(bench.all_of(TextNotified)) == 2
    with pytest.raises(SessionStale, match="BE117"):
        bench.streamed(StreamRefused(error_code="BE117", error_descr="Invalid token"))


def read(*trades: Any, history: tuple[Any, ...] = (), asked_ns: int = NOW.ns) -> BooksRead:
    return BooksRead(
        trades=tuple(map(record, trades)), history=tuple(map(record, history)), asked_ns=asked_ns, since_ns=0
    )


def test_what_was_told_while_the_books_were_on_their_way_counts_after_them() -> None:
    bench = Bench()
    bench.streamed(opened(7, 8))
    bench.ledger.asking_books()
    bench.streamed(closed(7))
    assert bench.ledger.books_read(read(opened(7, 8)), NOW)
    assert bench.all_of(BookLoaded)[-1].positions, "the list is older than the record"
    assert bench.all_of(PositionReported)[-1].position.net_qty == 0
    assert not bench.ledger.book.positions


def test_books_that_cannot_be_read_whole_are_never_called_complete() -> None:
    bench = Bench()
    bench.ledger.asking_books()
    assert not bench.ledger.books_read(read(opened(7, 8, volume=None), opened(9, 10), pending(50)), NOW)
    assert not bench.all_of(BookLoaded)
    assert [event.position.position_id for event in bench.all_of(PositionReported)] == ["9"]
    assert [event.order_id for event in bench.all_of(OrderReport)] == ["50"]


def test_the_history_reaches_back_to_the_oldest_open_question() -> None:
    bench = Bench()
    assert bench.ledger.history_since_ns(NOW.ns) == NOW.ns - FIRST_HISTORY_NS - CLOCKS_APART_NS
    bench.ledger.asking_books()
    bench.ledger.books_read(read(), NOW)
    assert bench.ledger.history_since_ns(NOW.ns + 5) == NOW.ns - CLOCKS_APART_NS
    request = bench.sent(place())
    request.sent_ns = 1
    assert bench.ledger.history_since_ns(NOW.ns) == 0


def test_account_and_money_are_in_the_accounts_currency() -> None:
    bench = Bench()
    bench.ledger.user(UserData(currency="PLN"))
    bench.ledger.money(MarginLevel(balance=D(1)), NOW.ns)
    assert bench.all_of(AccountsListed)[0].accounts[0].currency == "PLN"
    assert bench.all_of(BalanceReported)[0].balance.currency == "PLN"
