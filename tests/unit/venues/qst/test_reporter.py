"""What a link tells, and what it does not pretend to know."""

import pytest

from tests.support.qst_bench import (
    ORDER,
    Bench,
    place,
    texts,
)
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import (
    BookLoaded,
    FrameSeen,
    OrderReport,
    ProtocolViolation,
)
from workstation.venues.qst import messages as qst


def test_a_book_of_another_account_is_a_violation() -> None:
    bench = Bench().start()
    for _ in range(3):
        bench.answer()
    with pytest.raises(ProtocolViolation, match="17015"):
        bench.answer(qst.OrderBookResponse(orders=(qst.Order(order_number="1", account_number="17015"),)))


def test_a_book_with_an_unreadable_order_is_not_called_complete() -> None:
    bench = Bench().start()
    for _ in range(3):
        bench.answer()
    bench.answer(qst.OrderBookResponse(orders=(ORDER, qst.Order(order_number="7", account_number="17014"))))
    assert not bench.all_of(BookLoaded)
    assert [each.order_id for each in bench.all_of(OrderReport)] == ["115332"]
    assert not bench.talk.books_complete
    assert "order 7" in texts(bench)


def test_an_unknown_status_word_is_kept_and_not_final() -> None:
    bench = Bench().ready()
    bench.hear(qst.Order(**{**_values(ORDER), "status": "Frobnicated"}))  # type: ignore[arg-type]
    report = bench.all_of(OrderReport)[0]
    assert (report.event, report.venue_status) == (OrderEvent.REPORT_UNRECOGNISED, "Frobnicated")


def test_every_message_but_our_order_requests_is_seen_without_secrets() -> None:
    bench = Bench().start()
    while bench.sent:
        bench.answer()
    bench.submit(place())
    bench.answer()
    seen = bench.all_of(FrameSeen)
    names = [each.message_type for each in seen]
    assert "PlaceOrderRequest" not in names
    assert {"LoginRequest", "LoginResponse", "PlaceOrderResponse", "OrderBookResponse"} <= set(names)
    assert seen[-1].cl_ord_ids == ("W1",)
    assert not any("hash" in each.body for each in seen if "***" not in each.body)
    assert not any("pass-word-hash" in each.body or "order-entry-hash" in each.body for each in seen)


def _values(order: qst.Order) -> dict[str, object]:
    return {name: getattr(order, name) for name in order.__dataclass_fields__}
