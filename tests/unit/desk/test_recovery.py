from decimal import Decimal

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import Fate, limit_terms
from workstation.desk.commands import CancelOrders, ReplaceOrder
from workstation.desk.recovery import KEPT_NS, LOST, NOT_SYNCED
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import NewOrderSingle
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.storage.records import Record, RecordKind


def test_an_open_order_is_shown_as_last_known_until_the_books_are_loaded(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.restart(log_in=False)
    assert (bench.order(key).ord_status, bench.order(key).text) == (OrdStatus.NEW, NOT_SYNCED)
    bench.connection.log_in()
    assert (bench.order(key).ord_status, bench.order(key).text) == (OrdStatus.NEW, "")


def test_a_send_that_nobody_answered_is_in_doubt_then_settled_by_the_book(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.ANSWER_LOST]
    key = bench.place()
    bench.restart(log_in=False)
    assert (bench.order(key).ord_status, bench.order(key).text) == (OrdStatus.IN_DOUBT, LOST)
    assert not bench.journal.open_intents(), "it will never be answered, and that is written"
    assert bench.said("1 orders were open", "1 of them are IN DOUBT")
    bench.connection.log_in()
    assert (bench.order(key).ord_status, bench.order(key).order_id) == (OrdStatus.NEW, "115001")
    assert bench.said("no longer in doubt", "Order book of", "number 115001")
    assert len(bench.venue.received) == 1


def test_a_send_that_never_arrived_is_not_placed_after_a_fresh_login(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    bench.crash()
    bench.clock.advance(5)
    bench.start()
    assert bench.order(key).ord_status is OrdStatus.NOT_PLACED
    assert not [one for one in bench.venue.received if isinstance(one, NewOrderSingle)]


def test_an_order_that_was_received_but_never_shown_is_in_doubt(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver(1)
    bench.restart(log_in=False)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT


def test_a_lost_change_is_tied_to_its_order_under_the_new_number(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.fates = [Fate.ANSWER_LOST]
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))
    bench.restart(log_in=False)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert bench.order(key).pending_terms == limit_terms(price="589")
    bench.connection.log_in()
    order = bench.order(key)
    assert (order.ord_status, order.order_id, order.pending_terms) == (OrdStatus.NEW, "115002", None)
    assert order.terms.price == Decimal(589)
    assert len(bench.orders()) == 1


def test_a_lost_cancel_is_in_doubt_until_the_book_shows_what_became_of_it(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.fates = [Fate.ANSWER_LOST]
    bench.ask(CancelOrders(cl_ord_ids=(key,), gesture=GESTURE))
    bench.restart(log_in=False)
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    bench.connection.log_in()
    assert bench.order(key).ord_status is OrdStatus.CANCELED


def test_an_owed_cancel_is_named_and_not_sent_by_itself(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.drop()
    bench.ask(CancelOrders(cl_ord_ids=(key,), gesture=GESTURE))
    bench.restart()
    assert bench.said(f"cancel of Order {key}", "was not sent before the program ended")
    assert len(bench.venue.received) == 1


def test_a_cancel_that_went_after_all_is_not_named(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.drop()
    bench.ask(CancelOrders(cl_ord_ids=(key,), gesture=GESTURE))
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    bench.connection.log_in()
    bench.settle()
    bench.restart()
    assert not bench.said("was not sent before the program ended")


def test_a_former_number_still_leads_to_its_order(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))
    bench.deliver()
    bench.restart()
    assert set(bench.floor.book.numbers_of(key)) == {"115001", "115002"}
    assert len(bench.orders()) == 1


def test_trades_are_not_counted_again(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.sink(bench.venue.fill(OrderID("115001"), "2").report())
    bench.restart()
    assert bench.order(key).cum_qty == 2
    assert bench.executions() == []


def test_an_ended_order_is_shown_for_a_few_days_then_left_in_the_journal(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.sink(bench.venue.fill(OrderID("115001"), "5").report())
    bench.restart(log_in=False)
    assert bench.order(key).ord_status is OrdStatus.FILLED
    bench.clock.advance(KEPT_NS / 1e9 + 1)
    bench.restart(log_in=False)
    assert key not in bench.orders()


def test_an_order_that_cannot_be_read_is_named_and_hides_no_other(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.journal.append(Record(kind=RecordKind.ORDER, time_ns=1, body={"odd": True}, cl_ord_id=ClOrdID("W7")))
    bench.restart(log_in=False)
    assert bench.said("Order W7 cannot be read from the journal")
    assert list(bench.orders()) == [key]


def test_an_order_entered_elsewhere_keeps_its_key(bench: DeskBench) -> None:
    bench.connection.sink(bench.venue.enter(limit_terms(price="600"), by_us=False).report())
    bench.restart()
    assert list(bench.orders()) == ["qst-demo:115001"]
    assert bench.orders()[ClOrdID("qst-demo:115001")].ours is False
    assert bench.venue.orders[OrderID("115001")].event is OrderEvent.REPORT_NEW
