from decimal import Decimal

from tests.support.fake_venue import ACCOUNT, CONNECTION, limit_terms
from tests.support.gate_contexts import order_of
from workstation.desk.order_book import NOTHING_TRADED, OrderBook, Traded
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order

ELSEWHERE = ConnectionID("other")


def other_venue() -> Order:
    """Return an order with the same number at another connection."""
    terms = limit_terms(account=AccountKey(ELSEWHERE, "17014"))
    return order_of(cl_ord_id=ClOrdID("W2"), terms=terms)


def test_an_order_is_found_by_key_and_by_every_number_it_had() -> None:
    book = OrderBook()
    book.put(order_of())
    book.put(order_of(order_id=OrderID("115002")))
    for number in ("115001", "115002"):
        found = book.by_number(CONNECTION, OrderID(number))
        assert found is not None
        assert found.order_id == "115002"
    assert book.numbers_of(ClOrdID("W1001")) == ("115001", "115002")
    assert len(book) == 1


def test_the_same_number_at_two_venues_is_two_orders() -> None:
    book = OrderBook()
    for order in (order_of(), other_venue()):
        book.put(order)
    assert len(book) == 2
    here, there = book.by_number(CONNECTION, OrderID("115001")), book.by_number(ELSEWHERE, OrderID("115001"))
    assert here is not None
    assert there is not None
    assert (here.cl_ord_id, there.cl_ord_id) == ("W1001", "W2")
    assert [order.cl_ord_id for order in book.open_at(ELSEWHERE)] == ["W2"]
    assert [order.cl_ord_id for order in book.open_of(ACCOUNT)] == ["W1001"]


def test_numbers_can_be_forgotten_per_venue() -> None:
    book = OrderBook()
    for order in (order_of(), other_venue()):
        book.put(order)
    book.forget_numbers(CONNECTION)
    assert book.by_number(CONNECTION, OrderID("115001")) is None
    assert book.by_number(ELSEWHERE, OrderID("115001")) is not None
    assert book.get(ClOrdID("W1001")) is not None


def test_open_orders_follow_every_change_and_may_open_again() -> None:
    book = OrderBook()
    for status, is_open in (
        (OrdStatus.PENDING_NEW, True),
        (OrdStatus.DONE_FOR_DAY, False),
        (OrdStatus.NEW, True),
        (OrdStatus.IN_DOUBT, True),
        (OrdStatus.FILLED, False),
    ):
        book.put(order_of(status))
        assert bool(book.open_orders()) is is_open
        assert len(list(book)) == 1


def test_what_was_traded_under_former_numbers_is_kept() -> None:
    book = OrderBook()
    assert book.earlier(ClOrdID("W1001")) == NOTHING_TRADED
    book.set_earlier(ClOrdID("W1001"), Traded(Decimal(2), None))
    assert book.earlier(ClOrdID("W1001")) == Traded(Decimal(2), None)


def test_the_book_can_change_while_it_is_walked() -> None:
    book = OrderBook()
    book.put(order_of())
    for order in book:
        book.put(order_of(cl_ord_id=ClOrdID(f"{order.cl_ord_id}-again")))
    assert len(book) == 2
