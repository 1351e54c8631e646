"""What complete books prove about orders, and what they do not."""

from decimal import Decimal

from tests.support.xapi_bench import KEY, closed, opened, pending, record
from tests.unit.venues.xapi.test_trade_book import N, P, R, asked, new_book, reports, take
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType
from workstation.venues.base import BookLoaded, TextNotified
from workstation.venues.xapi.books import BooksRead, load
from workstation.venues.xapi.stream_records import StreamingTrade
from workstation.venues.xapi.trade_book import TradeBook

ASKED_NS = 1_795_000_200 * 1_000_000_000


def loaded(book: TradeBook, *trades: StreamingTrade, history: tuple[StreamingTrade, ...] = ()) -> BookLoaded:
    read = BooksRead(
        trades=tuple(map(record, trades)), history=tuple(map(record, history)), asked_ns=ASKED_NS, since_ns=0
    )
    found, whole = load(book, read, ASKED_NS)
    assert whole
    return found


def told(found: BookLoaded) -> list[tuple[str, str | None, OrderEvent]]:
    return [(report.order_id, report.cl_ord_id, report.event) for report in found.reports]


def test_positions_and_orders_are_listed_and_ours_are_filled() -> None:
    found = loaded(
        new_book(),
        opened(P, R, custom_comment="W1"),
        opened(P + 1, R + 1, custom_comment="theirs"),
        pending(N, custom_comment="W2"),
        pending(N + 1),
        opened(1, 1, cmd=6),
    )
    assert found.account == KEY
    assert {position.position_id for position in found.positions} == {"700", "701"}
    assert told(found) == [
        ("43", "W1", OrderEvent.REPORT_FILLED),
        ("50", "W2", OrderEvent.REPORT_NEW),
        ("51", None, OrderEvent.REPORT_NEW),
    ]


def test_a_second_reading_says_the_same() -> None:
    book = new_book()
    first = loaded(book, opened(P, R, custom_comment="W1"), pending(N))
    assert told(loaded(book, opened(P, R, custom_comment="W1"), pending(N))) == told(first)


def test_an_order_that_was_told_while_the_books_were_on_their_way_has_not_vanished() -> None:
    book = new_book()
    book.numbers.sent("W1", "EURUSD", 1)
    book.numbers.numbered("W1", N)
    later_ns = ASKED_NS + 1
    book.take(pending(N, custom_comment="W1"), 0.0, later_ns)
    assert told(loaded(book)) == [], "the books are from before it"
    assert N in book.pendings
    read = BooksRead(trades=(), history=(), asked_ns=later_ns + 1, since_ns=0)
    found, _ = load(book, read, later_ns + 1)
    assert told(found) == [("50", "W1", OrderEvent.REPORT_CANCELED)], "these are not"


def test_an_order_that_triggered_meanwhile_is_filled_with_its_own_terms() -> None:
    book = new_book()
    take(book, pending(N, custom_comment="W1"), pending(N, state="Deleted", custom_comment="W1"))
    found = loaded(book, opened(P, N, custom_comment="W1"))
    assert told(found) == [("50", "W1", OrderEvent.REPORT_FILLED)]
    assert found.reports[0].terms.ord_type is OrdType.LIMIT
    assert not book.overdue(1_000.0)


def test_an_order_that_triggered_and_closed_meanwhile_is_filled() -> None:
    book = new_book()
    take(book, pending(N, custom_comment="W1"))
    found = loaded(book, history=(closed(P, custom_comment="W1"),))
    assert told(found) == [("50", "W1", OrderEvent.REPORT_FILLED)]


def test_a_market_order_whose_position_is_closed_again_is_found_by_its_key() -> None:
    book = new_book()
    book.numbers.sent("W1", "EURUSD", 1)
    book.numbers.numbered("W1", R)
    assert told(loaded(book, history=(closed(P, custom_comment="W1"),))) == [("43", "W1", OrderEvent.REPORT_FILLED)]
    assert told(loaded(new_book(), history=(closed(P, custom_comment="W1"),)))[0][0] == "700", "its number is lost"


def test_an_order_of_ours_that_is_nowhere_is_absent() -> None:
    book = new_book()
    book.numbers.sent("W1", "EURUSD", 1)
    assert loaded(book).reports == ()


def test_a_vanished_order_is_canceled_or_expired() -> None:
    book = new_book()
    past_ms = ASKED_NS // 1_000_000 - 1
    take(book, pending(N, custom_comment="W1"), pending(N + 1, custom_comment="W2", expiration=past_ms))
    take(book, pending(N, custom_comment="W1", state="Deleted"))
    assert sorted(told(loaded(book))) == [
        ("50", "W1", OrderEvent.REPORT_CANCELED),
        ("51", "W2", OrderEvent.REPORT_EXPIRED),
    ]
    assert loaded(book).reports == (), "told once"


def test_a_vanished_order_that_may_have_traded_is_left_in_doubt() -> None:
    book = new_book()
    take(book, pending(N, custom_comment=None))
    looks_the_same = closed(P, custom_comment=None)
    assert loaded(book, history=(looks_the_same,)).reports == ()


def test_trades_that_cannot_be_its_own_do_not_put_a_vanished_order_in_doubt() -> None:
    book = new_book()
    take(book, pending(N, custom_comment="W1"))
    book.worked_ns[N] = ASKED_NS
    history = (
        closed(P),  # opened long before the order was last seen to work
        closed(P + 1, custom_comment="W8", open_time=ASKED_NS // 1_000_000),
        closed(P + 2, cmd=1, open_time=ASKED_NS // 1_000_000),
        closed(P + 3, volume=Decimal(9), open_time=ASKED_NS // 1_000_000),
    )
    assert ("50", "W1", OrderEvent.REPORT_CANCELED) in told(loaded(book, history=history))


def test_positions_closed_while_nobody_listened_are_told_with_their_reason() -> None:
    book = new_book()
    loaded(book, opened(P, R))
    found = loaded(book, history=(closed(P, comment="[S/L]"), closed(P + 5, comment="[S/L]")))
    assert found.positions == ()
    texts = [event.text for event in book.events if isinstance(event, TextNotified)]
    assert len(texts) == 1
    assert "Position 700" in texts[0]


def test_our_closing_order_is_settled_by_the_history() -> None:
    book = new_book()
    loaded(book, opened(P, R))
    book.closes.append(asked(2, P, 99, "W3"))
    loaded(book, history=(closed(P),))
    assert [(report.order_id, report.cl_ord_id) for report in reports(book.events)] == [("99", "W3")]


def test_books_revive_what_older_news_had_ended() -> None:
    book = new_book()
    take(book, opened(P, R), closed(P))
    assert [position.position_id for position in loaded(book, opened(P, R)).positions] == ["700"]
    assert len(take(book, opened(P, R, sl=Decimal("1.0")))) == 1


def test_one_unreadable_record_hides_no_other_and_is_told() -> None:
    book = new_book()
    trades = (record(opened(P, R, volume=None)), record(opened(P + 1, R + 1)))
    found, whole = load(book, BooksRead(trades=trades, history=(), asked_ns=ASKED_NS, since_ns=0), ASKED_NS)
    assert not whole
    assert [position.position_id for position in found.positions] == ["701"]
    assert any(isinstance(event, TextNotified) for event in book.events)


def test_the_key_of_a_close_in_a_closing_record_opens_nothing() -> None:
    book = new_book()
    book.closes.append(asked(2, P, 99, "W3"))
    assert loaded(book, history=(closed(P, custom_comment="W3", volume=Decimal(9)),)).reports == ()
