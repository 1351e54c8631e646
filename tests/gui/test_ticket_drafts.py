"""A draft's whole way: put aside with Ctrl+D, a row among the orders, opened, checked again, sent on purpose, gone."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.dock_screen import MAIN, corn_terms, make_order
from tests.support.shell_bench import ShellBench
from tests.support.ticket_bench import fill, nothing_against
from workstation.desk.commands import Checked, CheckOrder, Command, Finding, Hardness, PlaceOrder, Sent
from workstation.domain.identity import ClOrdID
from workstation.domain.order_terms import Side
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.drafts import KeptDraft
from workstation.widgets.main_window import MainWindow
from workstation.widgets.standard_docks import ORDERS, TICKET, standard_window
from workstation.widgets.ticket.dealing import Stage

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups off screen


@pytest.fixture
def window(bench: ShellBench) -> Iterator[MainWindow]:
    bench.desk.answers = nothing_against
    made = standard_window(bench.screen)
    bench.qtbot.addWidget(made)
    made.resize(1366, 768)
    with bench.qtbot.waitActive(made):
        made.open_first()
        made.activateWindow()
    yield made
    bench.screen.services.orders.orders.clear()


@pytest.fixture
def ticket(window: MainWindow) -> OrderTicket:
    held = window.workspace.content(TICKET)
    assert isinstance(held, OrderTicket)
    held.choose_account(MAIN)
    return held


@pytest.fixture
def book(window: MainWindow) -> OrderBookDock:
    held = window.workspace.content(ORDERS)
    assert isinstance(held, OrderBookDock)
    return held


def drafts(book: OrderBookDock) -> tuple[KeptDraft, ...]:
    return book.drafts.all()


def put_aside(ticket: OrderTicket) -> None:
    fill(ticket, qty="3", price="588^2")
    QTest.keyClick(ticket.form.price, Qt.Key.Key_D, CTRL)


def places(bench: ShellBench) -> list[PlaceOrder]:
    return bench.desk.of(PlaceOrder)


def test_ctrl_d_in_a_field_puts_the_order_aside_and_sends_nothing(
    bench: ShellBench, ticket: OrderTicket, book: OrderBookDock
) -> None:
    put_aside(ticket)
    (draft,) = drafts(book)
    assert draft.terms == corn_terms(qty=3)
    assert ticket.form.is_empty()
    assert ticket.notice.text() == "Saved as draft D1; it stands among the orders. Nothing was sent."
    assert places(bench) == []


def test_ctrl_d_on_an_empty_ticket_saves_nothing_more(ticket: OrderTicket, book: OrderBookDock) -> None:
    put_aside(ticket)
    for _ in range(3):
        QTest.keyClick(ticket.form.price, Qt.Key.Key_D, CTRL)
    assert len(drafts(book)) == 1, "an empty ticket makes no draft"
    assert ticket.notice.text().startswith("Not saved as a draft. No side")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda ticket: ticket.form.order_qty.clear(), "No quantity."),
        (lambda ticket: QTest.keyClicks(ticket.form.price, "x"), "Limit price:"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(
    ticket: OrderTicket, book: OrderBookDock, change: Callable[[OrderTicket], object], why: str
) -> None:
    fill(ticket)
    change(ticket)
    ticket.save_draft()
    assert drafts(book) == ()
    assert ticket.notice.text().startswith(f"Not saved as a draft. {why}")
    assert ticket.form.symbol.text() == "ZCZ26"


def test_a_price_may_be_missing_in_a_draft_and_is_asked_for_when_it_is_opened(
    bench: ShellBench, ticket: OrderTicket, book: OrderBookDock
) -> None:
    fill(ticket, price="")
    ticket.form.price.clear()
    ticket.save_draft()
    (draft,) = drafts(book)
    assert draft.terms.price is None
    book.shelf.opened.emit(draft)
    assert ticket.dealing.proposal is None
    assert places(bench) == []


def test_opening_a_draft_checks_it_afresh_and_only_a_review_sends_it(
    bench: ShellBench, ticket: OrderTicket, book: OrderBookDock
) -> None:
    put_aside(ticket)
    soft = Finding(gate="session", hardness=Hardness.HARD, text="The session is closed.")

    def closed(command: Command) -> Checked | None:
        return Checked(findings=(soft,)) if isinstance(command, CheckOrder) else None

    bench.desk.answers = closed
    asked = len(bench.desk.of(CheckOrder))
    book.shelf.opened.emit(drafts(book)[0])
    assert ticket.form.draft().order_qty.value == Decimal(3)
    assert len(bench.desk.of(CheckOrder)) > asked
    assert ticket.dealing.hard == (soft,)
    ticket.review()
    assert ticket.dealing.stage is Stage.EDITING
    assert places(bench) == []
    assert len(drafts(book)) == 1


def test_a_sent_draft_is_gone_and_an_opened_one_is_saved_in_its_place(
    bench: ShellBench, ticket: OrderTicket, book: OrderBookDock
) -> None:
    put_aside(ticket)
    book.shelf.opened.emit(drafts(book)[0])
    ticket.set_side(Side.SELL)
    ticket.save_draft()
    (draft,) = drafts(book)
    assert (draft.key, draft.terms.side) == ("D1", Side.SELL)
    book.shelf.opened.emit(draft)
    ticket.review()
    bench.clock.advance(1)
    QTest.mouseClick(ticket.bar.action, LEFT, pos=QPoint(5, 5))
    assert len(drafts(book)) == 1, "not before it is with the socket"
    bench.desk.answer(Sent(cl_ord_id=ClOrdID("W1")))
    assert drafts(book) == ()
    ticket.save_draft()
    assert ticket.notice.text().startswith("This is an order already")


def test_a_ticket_that_was_cleared_no_longer_stands_for_the_draft(
    bench: ShellBench, ticket: OrderTicket, book: OrderBookDock
) -> None:
    put_aside(ticket)
    book.shelf.opened.emit(drafts(book)[0])
    ticket.clear()
    put_aside(ticket)
    assert [draft.key for draft in drafts(book)] == ["D1", "D2"]


def test_a_change_of_a_working_order_is_no_draft(ticket: OrderTicket, book: OrderBookDock) -> None:
    ticket.load_terms(corn_terms(), make_order("W1").cl_ord_id)
    ticket.save_draft()
    assert drafts(book) == ()
    assert "cannot be put aside" in ticket.notice.text()


def test_the_row_opens_by_double_click(ticket: OrderTicket, book: OrderBookDock) -> None:
    put_aside(ticket)
    book.model.flush()
    QApplication.processEvents()
    assert book.show_order(ClOrdID("D1"))
    view = book.table.view
    centre = view.visualRect(book.table.cell(book.model.row_of(ClOrdID("D1")), "state")).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=centre)
    QTest.mouseDClick(view.viewport(), LEFT, pos=centre)
    assert ticket.notice.text().startswith("Draft D1")
