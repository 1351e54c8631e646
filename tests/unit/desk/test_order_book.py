from dataclasses import replace
from decimal import Decimal

from tests.support.fake_venue import ACCOUNT, CONNECTION, limit_terms
from workstation.desk.order_book import NOTHING_TRADED, OrderBook, Traded
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order

ORDER = Order(
    cl_ord_id=ClOrdID("W1"), terms=limit_terms(), ord_status=OrdStatus.NEW, order_id=OrderID("115001"), updated_ns=1
)


def test_an_order_is_found_by_key_and_by_every_number_it_had() -> None:
    book = OrderBook()
    book.put(ORDER)
    book.put(replace(ORDER, order_id=OrderID("115002")))
    assert len(book) == 1
    for number in ("115001", "115002"):
        found = book.by_number(CONNECTION, OrderID(number))
        assert found is not None
        assert found.order_id == "115002"
    assert set(book.numbers_of(ORDER.cl_ord_id)) == {"115001", "115002"}
    assert book.by_number(ConnectionID("other"), OrderID("115001")) is None
    assert book.by_number(CONNECTION, OrderID("7")) is None


def test_numbers_of_a_venue_that_starts_afresh_are_forgotten() -> None:
    book = OrderBook()
    other = AccountKey(ConnectionID("other"), "1")
    book.put(ORDER)
    book.put(replace(ORDER, cl_ord_id=ClOrdID("W2"), terms=limit_terms(account=other)))
    book.forget_numbers(CONNECTION)
    assert book.by_number(CONNECTION, OrderID("115001")) is None
    assert book.by_number(other.connection_id, OrderID("115001")) is not None
    assert book.get(ClOrdID("W1")) is ORDER


def test_open_orders_follow_their_state() -> None:
    book = OrderBook()
    book.put(ORDER)
    assert book.open_orders() == book.open_at(CONNECTION) == book.open_of(ACCOUNT) == (ORDER,)
    assert book.open_at(ConnectionID("other")) == ()
    book.put(replace(ORDER, ord_status=OrdStatus.FILLED))
    assert book.open_orders() == ()
    woken = replace(ORDER, ord_status=OrdStatus.NEW)
    book.put(woken)
    assert book.open_orders() == (woken,)


def test_trades_under_earlier_numbers_are_kept_apart() -> None:
    book = OrderBook()
    assert book.earlier(ORDER.cl_ord_id) == NOTHING_TRADED
    book.set_earlier(ORDER.cl_ord_id, Traded(Decimal(2), Decimal(1177)))
    assert book.earlier(ORDER.cl_ord_id).qty == 2


def test_a_number_can_be_added_without_changing_the_order() -> None:
    book = OrderBook()
    book.put(ORDER)
    book.remember_number(ORDER, OrderID("9"))
    assert book.by_number(CONNECTION, OrderID("9")) is ORDER
    assert list(book) == [ORDER]
