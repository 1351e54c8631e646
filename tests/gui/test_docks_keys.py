"""Orders managed with keys only: amended, cancelled, looked at and repeated, with nothing sent by accident."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_order, make_screen
from tests.support.fake_desk_client import FakeClock
from workstation.desk.commands import CancelOrders, CancelsSent, Checked, PlaceOrder, ReplaceOrder, Sent
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.widgets.dialogs.cancel_orders import CancelOrdersDialog
from workstation.widgets.docks.order_book import OrderBookDock

CTRL, SHIFT, PLAIN = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Keyboard:
    """Two hands on the keys of one order book."""

    def __init__(self, qtbot: QtBot) -> None:
        self.screen, self.desk = make_screen()
        self.screen.services.dispatch([make_order(f"W{number}") for number in (1, 2, 3)])
        self.dock = OrderBookDock(self.screen)
        self.qtbot = qtbot
        qtbot.addWidget(self.dock)
        self.dock.resize(1100, 500)
        with qtbot.waitActive(self.dock):
            self.dock.show()
        self.dock.focus_first()
        qtbot.waitUntil(lambda: self.dock.action("orders.cancel_selected").text() == "Cancel 1 selected")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def wait(self, seconds: float) -> None:
        clock = self.screen.clock
        assert isinstance(clock, FakeClock)
        clock.advance(seconds)


@pytest.fixture
def keys(qtbot: QtBot) -> Iterator[Keyboard]:
    made = Keyboard(qtbot)
    yield made
    for dialog in made.dock.findChildren(CancelOrdersDialog):
        dialog.reject()


def test_amend_by_keys(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_E, CTRL)
    keys.press(Qt.Key.Key_Up)
    keys.press(Qt.Key.Key_Up, SHIFT)
    keys.press(Qt.Key.Key_Return)
    keys.desk.answer(Checked(findings=()))
    keys.wait(0.5)
    keys.press(Qt.Key.Key_Return, CTRL)
    (command,) = keys.desk.of(ReplaceOrder)
    assert command.terms.price == Decimal("588.25") + 11 * Decimal("0.25")
    keys.desk.answer(Sent(cl_ord_id=command.cl_ord_id))
    assert keys.dock.table.view.hasFocus()


def test_tab_goes_from_price_to_quantity_of_the_same_order(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_E, CTRL)
    assert keys.dock.amend.field("price").hasFocus()
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert keys.dock.amend.field("qty").hasFocus()
    keys.press(Qt.Key.Key_Up)
    assert keys.dock.amend.field("qty").text() == "6"


def test_delete_in_an_amended_field_cancels_nothing(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_E, CTRL)
    keys.press(Qt.Key.Key_Delete)
    assert keys.dock.amend.field("price").text() == ""
    assert keys.desk.asked == []


def test_several_are_cancelled_by_keys_after_the_question(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_A, CTRL)
    keys.qtbot.waitUntil(lambda: keys.dock.action("orders.cancel_selected").text() == "Cancel 3 selected")
    keys.press(Qt.Key.Key_Delete)
    dialog = keys.dock.findChild(CancelOrdersDialog)
    keys.qtbot.waitUntil(dialog.send_button().isEnabled)
    keys.qtbot.keyClick(dialog, Qt.Key.Key_Tab)
    dialog.send_button().setFocus()
    keys.qtbot.keyClick(dialog.send_button(), Qt.Key.Key_Space)
    (command,) = keys.desk.of(CancelOrders)
    assert set(command.cl_ord_ids) == {"W1", "W2", "W3"}
    keys.desk.answer(CancelsSent(sent=command.cl_ord_ids))


def test_cancel_all_and_cancel_of_the_account_have_their_keys(keys: Keyboard) -> None:
    keys.screen.settings.put("orders", {"confirm_cancel": "NEVER"})
    keys.press(Qt.Key.Key_Delete, CTRL)
    keys.press(Qt.Key.Key_Delete, CTRL | SHIFT)
    of_account, everything = keys.desk.of(CancelOrders)
    assert of_account.gesture != everything.gesture
    assert len(of_account.cl_ord_ids) == len(everything.cl_ord_ids) == 3


def test_enter_on_a_row_sends_nothing(keys: Keyboard) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        keys.press(key)
        keys.press(key, CTRL)
    assert keys.desk.asked == []
    assert keys.desk.of(PlaceOrder) == []


def test_rows_stay_where_they_are_while_one_is_amended(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_E, CTRL)
    model = keys.dock.model
    before = [model.record_at(row).cl_ord_id for row in range(3)]
    keys.screen.services.dispatch([make_order(before[2], OrdStatus.PARTIALLY_FILLED, filled=1), make_order("W9")])
    model.flush()
    model.finish_arranging()
    assert [model.record_at(row).cl_ord_id for row in range(3)] == before
    keys.press(Qt.Key.Key_Escape)
    assert model.row_of(ClOrdID("W9")) is not None
