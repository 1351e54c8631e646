"""The life of positions and pending orders, in the order of the documents' pictures and in every other."""

from decimal import Decimal
from itertools import permutations

import pytest

from tests.support.xapi_bench import CONNECTION, KEY, closed, opened, pending, place, profile
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, PositionEffect, Side
from workstation.venues.base import OrderReport, PositionReported, Severity, TextNotified, VenueEvent
from workstation.venues.xapi.mapping import XapiMapping
from workstation.venues.xapi.messages import TradeTransInfo
from workstation.venues.xapi.numbers import Numbers
from workstation.venues.xapi.stream_records import StreamingProfit, StreamingTrade
from workstation.venues.xapi.trade_book import CLOSING_S, ENDING_S, SHOWN_S, TradeBook
from workstation.venues.xapi.trade_requests import Fate, TradeRequest

P, R, N = 700, 43, 50


def new_book() -> TradeBook:
    return TradeBook(XapiMapping(profile(), "1000", lambda _: None), Numbers())


def take(book: TradeBook, *trades: StreamingTrade, now: float = 0.0) -> list[VenueEvent]:
    for trade in trades:
        book.take(trade, now, 1)
    events, book.events = book.events, []
    return events


def reports(events: list[VenueEvent]) -> list[OrderReport]:
    return [event for event in events if isinstance(event, OrderReport)]


def positions(events: list[VenueEvent]) -> list[PositionReported]:
    return [event for event in events if isinstance(event, PositionReported)]


def asked(kind: int, order: int, number: int | None, key: str = "W9", fate: Fate = Fate.ACCEPTED) -> TradeRequest:
    info = TradeTransInfo(type=kind, order=order, custom_comment=key, volume=Decimal("0.10"), symbol="EURUSD")
    made = TradeRequest(tag=key, request=place(key), info=info, sent_s=0.0, sent_ns=0)
    made.number, made.fate = number, fate
    return made


def test_a_market_order_of_ours_is_filled_under_the_number_of_its_request() -> None:
    book = new_book()
    events = take(book, opened(P, R, custom_comment="W1"))
    [report] = reports(events)
    assert (report.order_id, report.cl_ord_id, report.event) == ("43", "W1", OrderEvent.REPORT_FILLED)
    assert (report.cum_qty, report.avg_px, report.terms.ord_type) == (
        Decimal("0.10"),
        Decimal("1.10010"),
        OrdType.MARKET,
    )
    assert positions(events)[0].position.position_id == "700"
    assert reports(take(book, opened(P, R, custom_comment="W1", sl=Decimal("1.0")))) == []


def test_a_position_entered_elsewhere_makes_no_order() -> None:
    for comment in ("", "Some text", None):
        events = take(new_book(), opened(P, R, custom_comment=comment))
        assert reports(events) == []
        assert len(positions(events)) == 1


def test_a_market_order_under_execution_is_neither_order_nor_position() -> None:
    assert take(new_book(), opened(P, R, type=1, custom_comment="W1")) == []


def test_a_pending_order_works_whoever_entered_it() -> None:
    book = new_book()
    [ours] = reports(take(book, pending(N, custom_comment="W1")))
    [theirs] = reports(take(book, pending(N + 1, cmd=5)))
    assert (ours.order_id, ours.cl_ord_id, ours.event) == ("50", "W1", OrderEvent.REPORT_NEW)
    assert (theirs.cl_ord_id, theirs.terms.ord_type, theirs.terms.side) == (None, OrdType.STOP, Side.SELL)
    assert book.symbol_of(N) == "EURUSD"
    [changed] = reports(take(book, pending(N, custom_comment=None, open_price=Decimal("1.06"))))
    assert (changed.cl_ord_id, changed.terms.price) == ("W1", Decimal("1.06"))


def test_deleted_alone_is_no_end() -> None:
    book = new_book()
    take(book, pending(N, custom_comment="W1"))
    assert take(book, pending(N, state="Deleted", custom_comment="W1"), now=1.0) == []
    assert not book.overdue(1.0 + ENDING_S - 0.1)
    assert book.overdue(1.0 + ENDING_S)


TRIGGER = (
    pending(N, custom_comment="W1"),
    pending(N, state="Deleted", custom_comment="W1"),
    opened(P, N, custom_comment="W1"),
    opened(P, N, custom_comment="W1", sl=Decimal("1.0")),
)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_trigger_is_one_fill_in_whatever_order_its_records_come(order: tuple[int, ...]) -> None:
    book = new_book()
    told = reports(take(book, *(TRIGGER[at] for at in order)))
    filled = [report for report in told if report.event is OrderEvent.REPORT_FILLED]
    assert [(report.order_id, report.cl_ord_id) for report in filled] == [("50", "W1")]
    assert told[-1].event is OrderEvent.REPORT_FILLED
    assert not book.pendings
    assert not book.ending
    assert list(book.positions) == [P]


def test_a_triggered_order_keeps_the_terms_it_waited_with() -> None:
    book = new_book()
    take(book, pending(N, custom_comment=None))
    [filled] = reports(take(book, opened(P, N, custom_comment=None)))
    assert (filled.terms.ord_type, filled.terms.price) == (OrdType.LIMIT, Decimal("1.05"))
    assert filled.avg_px == Decimal("1.10010")


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_deletion_of_ours_that_was_executed_is_a_cancel(deleted_first: bool) -> None:
    book = new_book()
    take(book, pending(N, custom_comment="W1"))
    deleted = pending(N, state="Deleted", custom_comment="W1")
    told = take(book, deleted) if deleted_first else []
    book.accepted(asked(4, N, 99), 0.0, 1)
    told += take(book, *([] if deleted_first else [deleted]))
    assert [report.event for report in reports(told)] == [OrderEvent.REPORT_CANCELED]
    assert reports(take(book, pending(N, custom_comment="W1"))) == [], "older news revives nothing"


def test_a_position_is_closed_by_its_closing_record_only() -> None:
    book = new_book()
    take(book, opened(P, R))
    assert take(book, opened(P, R, state="Deleted"), now=1.0) == []
    assert not book.overdue(1.0 + CLOSING_S - 0.1)
    assert book.overdue(1.0 + CLOSING_S)
    [flat] = positions(take(book, closed(P), now=2.0))
    assert (flat.position.net_qty, flat.position.position_id) == (Decimal(0), "700")
    assert not book.overdue(100.0)
    assert take(book, opened(P, R, state="Deleted"), opened(P, R)) == [], "older news revives nothing"


@pytest.mark.parametrize(
    ("comment", "severity", "word"),
    [
        ("[S/L]", Severity.WARNING, "its stop loss"),
        ("[T/P]", Severity.SUCCESS, "its take profit"),
        ("[S/O 10% 1.00 / 2.00 (USD)]", Severity.ERROR, "a stop out"),
    ],
)
def test_what_the_venue_closed_is_told(comment: str, severity: Severity, word: str) -> None:
    book = new_book()
    book.mapping.currency = "PLN"
    take(book, opened(P, R))
    events = take(book, closed(P, comment=comment, profit=Decimal("-5.5")))
    [told] = [event for event in events if isinstance(event, TextNotified)]
    assert (told.severity, told.connection_id, told.account) == (severity, CONNECTION, KEY)
    assert word in told.text
    assert "-5.5 PLN" in told.text
    assert told.cl_ord_ids == (), "it is no refusal of a request"


def test_our_closing_order_is_filled_at_the_closing_price() -> None:
    book = new_book()
    take(book, opened(P, R, custom_comment="W1"))
    book.closes.append(asked(2, P, 99, "W3"))
    events = take(book, closed(P, custom_comment="W1"))
    [report] = reports(events)
    assert (report.order_id, report.cl_ord_id, report.event) == ("99", "W3", OrderEvent.REPORT_FILLED)
    assert (report.terms.side, report.terms.position_effect) == (Side.SELL, PositionEffect.CLOSE)
    assert (report.terms.position_id, report.avg_px) == ("700", Decimal("1.10000"))
    assert not book.closes


def test_a_stop_loss_is_not_our_closing_order() -> None:
    book = new_book()
    take(book, opened(P, R))
    book.closes.append(asked(2, P, 99, "W3"))
    assert reports(take(book, closed(P, comment="[S/L]"))) == []
    assert len(book.closes) == 1


def test_of_two_closing_orders_the_one_given_up_comes_last() -> None:
    book = new_book()
    take(book, opened(P, R))
    book.closes += [asked(2, P, 98, "W3", Fate.UNKNOWN), asked(2, P, 99, "W4")]
    [report] = reports(take(book, closed(P)))
    assert report.cl_ord_id == "W4"


def test_a_partial_close_fills_our_order_and_asks_for_the_books() -> None:
    book = new_book()
    take(book, opened(P, R, volume=Decimal("0.30")))
    book.closes.append(asked(2, P, 99, "W3"))
    events = take(book, closed(P, volume=Decimal("0.10")))
    assert [report.cl_ord_id for report in reports(events)] == ["W3"]
    assert positions(events) == []
    assert book.wants_books
    assert P in book.positions


def test_an_accepted_order_that_does_not_show_makes_the_books_be_read() -> None:
    book = new_book()
    book.accepted(asked(0, 0, R), 10.0, 1)
    assert not book.overdue(10.0 + SHOWN_S - 0.1)
    assert book.overdue(10.0 + SHOWN_S)
    take(book, opened(P, R, custom_comment="W9"))
    assert not book.overdue(100.0)
    book.accepted(asked(0, 0, R), 200.0, 1)
    assert not book.overdue(300.0), "it has shown already"


def test_running_profit_and_price_go_to_the_position() -> None:
    book = new_book()
    take(book, opened(P, R))
    book.profit(StreamingProfit(position=P, profit=Decimal("12.5")), Decimal("1.2"), 5)
    [told] = positions(book.events)
    assert (told.position.open_pnl, told.position.cur_px, told.position.transact_time_ns) == (
        Decimal("12.5"),
        Decimal("1.2"),
        5,
    )
    book.events = []
    book.profit(StreamingProfit(position=1, profit=Decimal(1)), None, 5)
    book.profit(StreamingProfit(), None, 5)
    assert not book.events


def test_money_that_moved_is_told_and_is_no_position() -> None:
    book = new_book()
    book.mapping.currency = "PLN"
    events = take(book, opened(1, 1, cmd=6, profit=Decimal(-50), symbol=None), opened(2, 2, cmd=7, profit=Decimal(9)))
    assert [event.text for event in events if isinstance(event, TextNotified)] == [
        "Withdrawal of 50 PLN.",
        "Credit of 9 PLN.",
    ]
    assert not book.positions


def test_what_cannot_be_read_is_told_and_makes_the_books_be_read() -> None:
    book = new_book()
    events = take(book, opened(P, R, volume=None))
    assert [event.severity for event in events if isinstance(event, TextNotified)] == [Severity.ERROR]
    assert book.wants_books
    [odd] = take(new_book(), opened(P, R, type=9))
    assert isinstance(odd, TextNotified)
    assert "unknown type 9" in odd.text


def test_a_comment_lost_in_a_change_elsewhere_is_kept() -> None:
    book = new_book()
    take(book, opened(P, R, custom_comment="W1"))
    [told] = positions(take(book, opened(P, R, custom_comment=None, sl=Decimal("1.0"))))
    assert (told.position.comment, told.position.stop_loss) == ("W1", Decimal("1.0"))


def test_an_order_of_another_installation_with_our_key_fills_nothing_of_ours() -> None:
    book = new_book()
    book.numbers.sent("W1", "EURUSD", 1)
    book.numbers.numbered("W1", N)
    take(book, pending(N, custom_comment="W1"))
    events = take(book, opened(P, R, custom_comment="W1"))
    assert reports(events) == []
    assert len(positions(events)) == 1
    assert N in book.pendings
