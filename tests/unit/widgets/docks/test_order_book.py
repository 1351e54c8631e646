from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import HEDGE, make_order, make_screen
from workstation.desk.commands import CancelBySymbol, CancelOrders, CancelsSent, QueryOrder
from workstation.desk.messages import AccountChanged
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms
from workstation.widgets.dialogs.cancel_orders import CancelOrdersDialog
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_book_actions import AMEND_IN_TICKET, CANCEL_CONTRACT, QUERY_ORDER, SETTLE_ORDER
from workstation.widgets.docks.order_book_scope import CancelPolicy
from workstation.widgets.key_actions import (
    AMEND_SELECTED,
    CANCEL_ACCOUNT,
    CANCEL_ALL,
    CANCEL_SELECTED,
    ORDER_DETAIL,
    REPEAT_ORDER,
)


class Book:
    """A shown order book and everything it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.screen, self.desk = make_screen()
        self.screen.services.dispatch(
            [make_order("W1"), make_order("W2"), make_order("W3", account=HEDGE), make_order("W4", OrdStatus.FILLED)]
        )
        self.dock = OrderBookDock(self.screen)
        self.qtbot = qtbot
        qtbot.addWidget(self.dock)
        self.dock.resize(1200, 500)
        with qtbot.waitActive(self.dock):
            self.dock.show()
        self.details: list[ClOrdID] = []
        self.repeated: list[OrderTerms] = []
        self.amended: list[Order] = []
        self.dock.detail_requested.connect(self.details.append)
        self.dock.repeat_requested.connect(self.repeated.append)
        self.dock.amend_requested.connect(self.amended.append)

    def go_to(self, name: str) -> None:
        assert self.dock.show_order(ClOrdID(name))

    def settle(self, action_id: str, text: str) -> None:
        self.qtbot.waitUntil(lambda: self.dock.action(action_id).text() == text)

    def no_questions(self) -> None:
        self.screen.settings.put("orders", {"confirm_cancel": CancelPolicy.NEVER.value})


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[Book]:
    made = Book(qtbot)
    yield made
    for dialog in made.dock.findChildren(CancelOrdersDialog):
        dialog.reject()


def test_a_dock_that_opens_late_shows_what_is_known(book: Book) -> None:
    assert book.dock.model.rowCount() == 4


def test_the_buttons_say_verb_number_contract_and_account(book: Book) -> None:
    book.go_to("W1")
    book.settle(CANCEL_SELECTED, "Cancel 1 selected")
    book.settle(CANCEL_CONTRACT, "Cancel 2 working · ZCZ26 · Main")
    book.settle(CANCEL_ACCOUNT, "Cancel 2 working · Main")
    book.settle(CANCEL_ALL, "Cancel all 3 working")


def test_the_counts_follow_the_orders(book: Book) -> None:
    book.go_to("W1")
    book.screen.services.dispatch([make_order("W1", OrdStatus.FILLED, filled=5)])
    book.settle(CANCEL_ALL, "Cancel all 2 working")
    book.settle(CANCEL_SELECTED, "Cancel selected")
    assert not book.dock.action(CANCEL_SELECTED).isEnabled()


def test_delete_cancels_the_selected_order_at_once(book: Book) -> None:
    book.go_to("W2")
    book.dock.focus_first()
    book.settle(CANCEL_SELECTED, "Cancel 1 selected")
    book.qtbot.keyClick(book.dock.table.view, Qt.Key.Key_Delete)
    (command,) = book.desk.of(CancelOrders)
    assert command.cl_ord_ids == ("W2",)


def test_delete_in_the_filter_deletes_a_character(book: Book) -> None:
    book.go_to("W2")
    book.dock.table.find_field.setText("corn")
    book.dock.table.find_field.setFocus()
    book.dock.table.find_field.home(False)
    book.qtbot.keyClick(book.dock.table.find_field, Qt.Key.Key_Delete)
    assert book.dock.table.find_field.text() == "orn"
    assert book.desk.asked == []


def test_a_contract_is_cancelled_by_contract(book: Book) -> None:
    book.no_questions()
    book.go_to("W1")
    book.dock.cancel_contract()
    (command,) = book.desk.of(CancelBySymbol)
    assert (command.account.account_id, command.symbol) == ("17014", "ZCZ26")


def test_an_account_and_everything_can_be_cancelled(book: Book) -> None:
    book.no_questions()
    book.go_to("W3")
    book.dock.cancel_account()
    book.dock.cancel_all()
    of_account, everything = book.desk.of(CancelOrders)
    assert of_account.cl_ord_ids == ("W3",)
    assert set(everything.cl_ord_ids) == {"W1", "W2", "W3"}


def test_failures_stand_in_the_dock_and_can_be_tried_again(book: Book) -> None:
    book.no_questions()
    book.dock.cancel_all()
    book.desk.answer(
        CancelsSent(sent=(ClOrdID("W1"),), failed=((ClOrdID("W2"), "no link"), (ClOrdID("W3"), "no link")))
    )
    assert "2 of 3 cancels were not sent" in book.dock.notice_text()
    book.dock.notice_button("Try 2 again").click()
    assert set(book.desk.of(CancelOrders)[1].cl_ord_ids) == {"W2", "W3"}


def test_a_double_click_opens_the_detail_and_sends_nothing(book: Book) -> None:
    book.go_to("W1")
    view = book.dock.table.view
    middle = view.visualRect(view.currentIndex()).center()
    book.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    book.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert book.details == ["W1"]
    assert book.desk.asked == []


def test_keys_lead_to_ticket_and_detail(book: Book) -> None:
    book.go_to("W1")
    book.settle(CANCEL_SELECTED, "Cancel 1 selected")
    view = book.dock.table.view
    view.setFocus()
    for key in (Qt.Key.Key_R, Qt.Key.Key_I):
        book.qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert book.repeated == [make_order("W1").terms]
    assert book.details == ["W1"]
    book.dock.action(AMEND_IN_TICKET).trigger()
    assert [order.cl_ord_id for order in book.amended] == ["W1"]


def test_what_makes_no_sense_cannot_be_pressed(book: Book) -> None:
    book.go_to("W4")
    book.qtbot.waitUntil(lambda: not book.dock.action(AMEND_SELECTED).isEnabled())
    assert not book.dock.action(QUERY_ORDER).isEnabled()
    assert book.dock.action(REPEAT_ORDER).isEnabled()
    assert book.dock.action(ORDER_DETAIL).isEnabled()


def test_an_order_in_doubt_stands_above_the_table_whatever_the_filter(book: Book) -> None:
    book.screen.services.dispatch([make_order("W9", OrdStatus.IN_DOUBT)])
    book.dock.table.choose("filled")
    assert "IN DOUBT: Order W9" in book.dock.doubt_text()
    book.dock.doubt_button("Query now").click()
    assert book.desk.of(QueryOrder) == [QueryOrder(cl_ord_id=ClOrdID("W9"))]
    book.screen.services.dispatch([make_order("W9")])
    assert book.dock.doubt_text() == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, off screen
def test_the_menu_offers_the_harmless_first_and_the_cancels_apart(book: Book) -> None:
    book.go_to("W1")
    book.settle(CANCEL_CONTRACT, "Cancel 2 working · ZCZ26 · Main")
    book.dock.table.view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = book.dock.findChild(QMenu, "orderMenu")
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    menu.close()
    assert texts[0] == "Order detail"
    assert texts[-3:] == ["Cancel 1 selected", "Cancel 2 working · ZCZ26 · Main", "Cancel 2 working · Main"]


def test_names_and_prices_follow_what_becomes_known(book: Book) -> None:
    renamed = book.screen.services.accounts.accounts[HEDGE]
    book.screen.services.dispatch([AccountChanged(account=replace(renamed, alias="Carry"))])
    assert book.dock.table.cell_of(make_order("W3"), "account").data() == "Carry"


def test_a_flood_is_counted_right(book: Book) -> None:
    orders = [make_order(f"F{number}", account=HEDGE) for number in range(3_000)]
    book.screen.services.dispatch(orders)
    book.settle(CANCEL_ALL, "Cancel all 3,003 working")
    book.screen.services.dispatch([make_order(order.cl_ord_id, OrdStatus.CANCELED, account=HEDGE) for order in orders])
    book.settle(CANCEL_ALL, "Cancel all 3 working")


def test_only_an_order_in_doubt_is_offered_to_be_settled_by_hand(book: Book) -> None:
    asked: list[ClOrdID] = []
    book.dock.settle_requested.connect(asked.append)
    book.screen.services.dispatch([make_order("W2", OrdStatus.IN_DOUBT)])
    book.go_to("W2")
    book.qtbot.waitUntil(lambda: book.dock.action(SETTLE_ORDER).isEnabled())
    book.dock.action(SETTLE_ORDER).trigger()
    assert asked == ["W2"]
    book.go_to("W1")
    book.qtbot.waitUntil(lambda: not book.dock.action(SETTLE_ORDER).isEnabled())
    book.dock.settle_current()
    assert asked == ["W2"]
