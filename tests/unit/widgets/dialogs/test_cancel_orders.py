from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import HEDGE, make_order, make_screen
from workstation.domain.orders import Order
from workstation.widgets.dialogs.cancel_orders import CancelOrdersDialog
from workstation.widgets.docks.order_book_scope import OpenOrders
from workstation.widgets.order_words import OrderWords


def make_dialog(qtbot: QtBot, *orders: Order) -> CancelOrdersDialog:
    index = OpenOrders()
    index.put(orders)
    dialog = CancelOrdersDialog(index.whole_scope(), OrderWords(make_screen()[0].services))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
    return dialog


def test_the_button_says_verb_and_number(qtbot: QtBot) -> None:
    assert make_dialog(qtbot, make_order("W1"), make_order("W2")).send_button().text() == "Send 2 CANCELs"
    assert make_dialog(qtbot, make_order("W1")).send_button().text() == "Send 1 CANCEL"


def test_all_orders_are_listed_with_account_and_environment(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, make_order("W1"), make_order("W2", account=HEDGE))
    shown = dialog.findChild(QListWidget)
    assert [shown.item(row).text() for row in range(shown.count())] == [
        "BUY 5 ZCZ26 limit 588^2 · Main · 111",
        "BUY 5 ZCZ26 limit 588^2 · Hedge · 112",
    ]
    assert dialog.question() == "SIM: ask the venue to cancel 2 orders of Hedge (17015), Main (17014)?"


def test_nothing_can_be_confirmed_before_the_dialog_has_settled(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, make_order("W1"), make_order("W2"))
    heard: list[bool] = []
    dialog.confirmed.connect(lambda: heard.append(True))
    assert not dialog.send_button().isEnabled()
    qtbot.mouseClick(dialog.send_button(), Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert heard == []
    assert dialog.isVisible()


def test_enter_keeps_them_working_once_settled(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, make_order("W1"), make_order("W2"))
    heard: list[bool] = []
    dialog.confirmed.connect(lambda: heard.append(True))
    qtbot.waitUntil(dialog.send_button().isEnabled)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert heard == []


def test_escape_keeps_them_working(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, make_order("W1"), make_order("W2"))
    heard: list[bool] = []
    dialog.confirmed.connect(lambda: heard.append(True))
    qtbot.waitUntil(dialog.send_button().isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert heard == []


def test_the_button_confirms_once(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, make_order("W1"), make_order("W2"))
    heard: list[bool] = []
    dialog.confirmed.connect(lambda: heard.append(True))
    qtbot.waitUntil(dialog.send_button().isEnabled)
    qtbot.mouseDClick(dialog.send_button(), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.send_button(), Qt.MouseButton.LeftButton)
    assert heard == [True]
    assert not dialog.isVisible()
