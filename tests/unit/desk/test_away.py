import pytest

from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import limit_terms
from workstation.desk import away
from workstation.desk.messages import ActivityLine
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import Lamp, Severity

INTRO = "While you were away from QST demo (since "


def working(bench: DeskBench, price: str = "588.75") -> ClOrdID:
    bench.clock.advance(1)
    key = bench.place(limit_terms(price=price))
    bench.deliver()
    return key


def told(bench: DeskBench) -> list[ActivityLine]:
    return [one for one in bench.published if isinstance(one, ActivityLine) and one.text.startswith(INTRO)]


def test_what_changed_while_the_link_was_down_is_told_once(bench: DeskBench) -> None:
    key, other = working(bench, "588"), working(bench, "589")
    bench.connection.drop()
    bench.venue.fill(OrderID("115001"), "2")
    bench.connection.log_in()
    (line,) = told(bench)
    assert line.text.endswith("traded 2 more and went from working to partly filled and working.")
    assert (line.cl_ord_id, line.severity) == (key, Severity.WARNING)
    assert other not in line.text
    bench.connection.status(Lamp.LIVE)
    assert len(told(bench)) == 1


def test_that_nothing_changed_is_told_too(bench: DeskBench) -> None:
    working(bench)
    bench.connection.drop()
    bench.connection.log_in()
    assert [line.text.partition("): ")[2] for line in told(bench)] == ["nothing changed in 1 open orders."]


def test_without_open_orders_there_is_nothing_to_tell(bench: DeskBench) -> None:
    bench.connection.drop()
    bench.connection.log_in()
    assert told(bench) == []


def test_what_changed_while_the_program_was_off_is_told(bench: DeskBench) -> None:
    working(bench)
    bench.crash()
    bench.venue.orders[OrderID("115001")].event = OrderEvent.REPORT_CANCELED
    bench.start()
    (line,) = told(bench)
    assert line.text.endswith("went from working to cancelled.")


def test_a_second_loss_before_the_books_are_back_is_the_same_absence(bench: DeskBench) -> None:
    working(bench)
    bench.connection.drop()
    bench.venue.fill(OrderID("115001"), "5")
    bench.connection.status(Lamp.SYNCING)
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))
    bench.connection.drop()
    bench.connection.log_in()
    (line,) = told(bench)
    assert line.text.endswith("traded 5 more and went from working to filled.")


def test_an_order_that_vanished_wants_the_traders_eyes(bench: DeskBench) -> None:
    working(bench)
    bench.connection.drop()
    bench.venue.orders.clear()
    bench.connection.log_in()
    assert [line.severity for line in told(bench)] == [Severity.ERROR]


def test_new_terms_are_told(bench: DeskBench) -> None:
    working(bench)
    bench.connection.drop()
    bench.venue.orders[OrderID("115001")].terms = limit_terms(price="590")
    bench.connection.log_in()
    assert [line.text.partition("Main) ")[2] for line in told(bench)] == ["has new terms."]


def test_very_many_changes_are_counted(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away, "_MOST_LINES", 1)
    for price in ("588", "589", "590"):
        working(bench, price)
    bench.connection.drop()
    for order in bench.venue.orders.values():
        order.event = OrderEvent.REPORT_EXPIRED
    bench.connection.log_in()
    assert len(told(bench)) == 2
    assert told(bench)[1].text.endswith("): 2 more orders changed.")
