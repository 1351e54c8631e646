from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import corn_terms, make_order, make_screen
from tests.support.fake_desk_client import FakeClock
from workstation.desk.commands import (
    Checked,
    CheckOrder,
    Finding,
    Hardness,
    PlaceOrder,
    Refused,
    ReplaceOrder,
    Sent,
)
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType
from workstation.services.desk_client import EngineGone
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_book_amend import Step
from workstation.widgets.docks.order_book_amend_bar import AmendBar

SOFT = Finding(gate="size", hardness=Hardness.SOFT, text="7 is more than usual.")


class Book:
    """A shown order book with one working order, its fields and its bar."""

    def __init__(self, qtbot: QtBot) -> None:
        self.screen, self.desk = make_screen()
        self.screen.services.dispatch([make_order("W1"), make_order("W2")])
        self.dock = OrderBookDock(self.screen)
        self.qtbot = qtbot
        qtbot.addWidget(self.dock)
        self.dock.resize(1200, 500)
        with qtbot.waitActive(self.dock):
            self.dock.show()
        self.dock.show_order(ClOrdID("W1"))
        self.amend = self.dock.amend
        self.bar: AmendBar = self.dock.findChild(AmendBar)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def wait(self, seconds: float) -> None:
        clock = self.screen.clock
        assert isinstance(clock, FakeClock)
        clock.advance(seconds)

    def review_price(self, *findings: Finding) -> None:
        """Raise the price by one tick and review it."""
        self.dock.amend_selected()
        self.key(Qt.Key.Key_Up)
        self.key(Qt.Key.Key_Return)
        self.desk.answer(Checked(findings=findings))

    def sent(self) -> list[ReplaceOrder]:
        return self.desk.of(ReplaceOrder)


@pytest.fixture
def book(qtbot: QtBot) -> Book:
    return Book(qtbot)


def test_fields_stand_over_the_cells_of_the_row(book: Book) -> None:
    book.dock.amend_selected()
    for column in ("qty", "price"):
        cell = book.dock.table.cell_of(make_order("W1"), column)
        assert book.amend.field(column).geometry() == book.dock.table.view.visualRect(cell)
    assert book.amend.field("price").hasFocus()
    assert book.amend.field("price").text() == "588^2"


def test_steps_are_ticks_and_old_and_new_are_shown(book: Book) -> None:
    book.dock.amend_selected()
    book.key(Qt.Key.Key_Up)
    assert book.amend.field("price").text() == "588^4"
    assert "price 588^2 → 588^4" in book.bar.title()
    assert book.desk.asked == []


def test_enter_reviews_and_never_sends(book: Book) -> None:
    book.review_price()
    assert isinstance(book.desk.asked[0], CheckOrder)
    assert book.desk.asked[0].terms.price == Decimal("588.5")
    assert book.amend.step is Step.REVIEWED
    book.wait(1)
    for _ in range(3):
        book.key(Qt.Key.Key_Return)
    assert book.sent() == []
    assert book.bar.send_button().text() == "Send REPLACE 5 ZCZ26 limit 588^4 to Main (17014)"


def test_ctrl_enter_sends_what_was_reviewed_but_not_at_once(book: Book) -> None:
    book.review_price()
    book.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert book.sent() == []
    book.wait(0.4)
    book.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    book.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (command,) = book.sent()
    assert command.cl_ord_id == "W1"
    assert command.terms == replace(corn_terms(), price=Decimal("588.5"))
    assert "Ctrl+Enter" in command.gesture
    book.desk.answer(Sent(cl_ord_id=ClOrdID("W1")))
    assert book.amend.step is Step.NONE
    assert "holds only when the venue has accepted it" in book.dock.notice_text()


def test_a_key_that_repeats_does_nothing(book: Book) -> None:
    book.review_price()
    book.wait(1)
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, autorep=True)
    QApplication.sendEvent(QApplication.focusWidget(), press)
    assert book.sent() == []


def test_the_button_sends_once(book: Book) -> None:
    book.review_price()
    book.wait(1)
    book.qtbot.mouseDClick(book.bar.send_button(), Qt.MouseButton.LeftButton)
    book.qtbot.mouseClick(book.bar.send_button(), Qt.MouseButton.LeftButton)
    assert len(book.sent()) == 1


def test_a_soft_finding_wants_its_tick_first(book: Book) -> None:
    book.review_price(SOFT)
    book.wait(1)
    book.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert book.sent() == []
    book.bar.findChild(QCheckBox).setChecked(True)
    book.bar.send_button().click()
    assert book.sent()[0].accepted == ("size",)


def test_escape_goes_back_one_step_and_restores(book: Book) -> None:
    book.review_price()
    book.key(Qt.Key.Key_Escape)
    assert book.amend.step is Step.EDITING
    assert book.amend.field("price").text() == "588^4"
    book.key(Qt.Key.Key_Escape)
    assert book.amend.step is Step.NONE
    assert not book.bar.isVisible()
    assert book.sent() == []


def test_an_unreadable_or_unchanged_value_is_not_even_checked(book: Book) -> None:
    book.dock.amend_selected()
    book.key(Qt.Key.Key_Return)
    book.amend.field("price").setText("abc")
    book.key(Qt.Key.Key_Return)
    assert book.desk.asked == []
    assert "not a number" in book.bar.said()


def test_a_fill_during_the_review_goes_back_to_editing_with_what_was_typed(book: Book) -> None:
    book.review_price()
    book.screen.services.dispatch([make_order("W1", OrdStatus.PARTIALLY_FILLED, filled=2)])
    assert book.amend.step is Step.EDITING
    assert "2 already filled" in book.bar.title()
    assert book.amend.field("price").text() == "588^4"


def test_an_order_that_ends_meanwhile_cannot_be_sent(book: Book) -> None:
    book.review_price()
    book.wait(1)
    book.screen.services.dispatch([make_order("W1", OrdStatus.FILLED, filled=5)])
    assert "nothing of it is left" in book.bar.said()
    book.key(Qt.Key.Key_Return)
    assert "nothing of it is left" in book.bar.said()
    assert not book.bar.can_send()
    assert len(book.desk.asked) == 1


def test_a_refusal_keeps_what_was_typed(book: Book) -> None:
    book.review_price()
    book.wait(1)
    book.bar.send_button().click()
    hard = Finding(gate="link", hardness=Hardness.HARD, text="QST demo is not connected.", cure="Wait.")
    book.desk.answer(Refused(findings=(hard,)))
    assert "Nothing was sent. QST demo is not connected. Wait." in book.bar.said()
    assert book.amend.field("price").text() == "588^4"


def test_a_lost_engine_leaves_doubt_not_a_second_send(book: Book) -> None:
    book.review_price()
    book.wait(1)
    book.bar.send_button().click()
    book.desk.fail(EngineGone("The engine has stopped."))
    assert "not known whether the REPLACE was sent" in book.bar.said()
    assert not book.bar.can_send()


def test_a_closed_order_is_refused_with_the_reason(book: Book) -> None:
    book.screen.services.dispatch([make_order("W1", OrdStatus.FILLED, filled=5)])
    book.dock.amend_selected()
    assert book.amend.step is Step.NONE
    assert "Repeat it instead" in book.dock.notice_text()


def test_a_market_order_has_no_price_to_edit(book: Book) -> None:
    terms = replace(corn_terms(price=None), ord_type=OrdType.MARKET)
    assert book.amend.begin(make_order("W1", terms=terms)) == ""
    assert book.amend.field("qty").hasFocus()
    with pytest.raises(KeyError):
        book.amend.field("price")


def test_the_fields_follow_their_row(book: Book) -> None:
    book.dock.amend_selected()
    book.dock.table.view.columns.sort_by("state")
    book.screen.services.dispatch([make_order("W0", OrdStatus.CANCELED)])
    book.dock.model.flush()
    book.dock.model.finish_arranging()
    cell = book.dock.table.cell_of(make_order("W1"), "price")
    assert book.amend.field("price").geometry() == book.dock.table.view.visualRect(cell)
    assert book.amend.field("price").isVisible()
    book.dock.table.choose("filled")
    book.dock.model.finish_arranging()
    assert not book.amend.field("price").isVisible()


def test_no_new_order_ever_leaves_here(book: Book) -> None:
    book.review_price()
    book.wait(1)
    book.bar.send_button().click()
    assert book.desk.of(PlaceOrder) == []
