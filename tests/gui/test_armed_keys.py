"""Armed keys in the whole window: held to arm, dead while text is typed, gone with the account, seen on the strip."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.dock_screen import HEDGE, MAIN, make_order
from tests.support.shell_bench import ShellBench
from tests.support.ticket_bench import nothing_against
from workstation.desk.commands import CheckOrder, Command
from workstation.desk.flatten_commands import PlanFlatten
from workstation.widgets.armed_keys import Target
from workstation.widgets.dialogs.key_sheet import KeySheet
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.key_actions import ARM
from workstation.widgets.main_window import MainWindow
from workstation.widgets.standard_docks import ORDERS, TICKET, standard_window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(bench: ShellBench) -> Iterator[MainWindow]:
    bench.desk.answers = nothing_against
    made = standard_window(bench.screen)
    bench.qtbot.addWidget(made)
    made.resize(1366, 768)
    with bench.qtbot.waitActive(made):
        made.open_first()
        made.activateWindow()
    bench.screen.services.dispatch([make_order("W1")])
    ticket_of(made).choose_account(MAIN)
    ticket_of(made).form.symbol.set_symbol("ZCZ26")
    yield made
    bench.screen.services.orders.orders.clear()


def ticket_of(window: MainWindow) -> OrderTicket:
    held = window.workspace.content(TICKET)
    assert isinstance(held, OrderTicket)
    return held


def asked(bench: ShellBench) -> list[Command]:
    return [command for command in bench.desk.asked if not isinstance(command, CheckOrder)]


def focus() -> QWidget:
    held = QApplication.focusWidget()
    assert held is not None
    return held


def press(kind: QEvent.Type, *, repeated: bool = False) -> None:
    QApplication.sendEvent(focus(), QKeyEvent(kind, Qt.Key.Key_A, CTRL | SHIFT, "", repeated))


def test_the_key_must_be_held_and_repeats_change_nothing(bench: ShellBench, window: MainWindow) -> None:
    press(QEvent.Type.KeyPress)
    press(QEvent.Type.KeyRelease)
    assert not window.arming.is_armed
    press(QEvent.Type.KeyPress)
    press(QEvent.Type.KeyPress, repeated=True)
    bench.qtbot.waitUntil(lambda: window.arming.is_armed, timeout=3000)
    assert window.strip.armed.text() == "ARMED 5:00 · Main · ZCZ26"
    assert not window.tools.kill._since.isValid(), "the KILL button shows no hold of another key"


def test_a_dialog_neither_arms_nor_sends(bench: ShellBench, window: MainWindow) -> None:
    window.armed_keys.arm()
    sheet = window.open_key_sheet()
    assert isinstance(sheet, KeySheet)
    bench.qtbot.waitUntil(sheet.isActiveWindow)
    window.key_guard.hold_began.connect(lambda name: pytest.fail(f"{name} began"))
    press(QEvent.Type.KeyPress)
    QTest.keyClick(sheet, Qt.Key.Key_F, CTRL)
    window.armed_keys.flatten()
    assert asked(bench) == []
    sheet.reject()


def test_keys_are_dead_while_text_is_typed_and_act_elsewhere(bench: ShellBench, window: MainWindow) -> None:
    window.armed_keys.arm()
    ticket_of(window).form.order_qty.setFocus()
    QTest.keyClick(ticket_of(window).form.order_qty, Qt.Key.Key_F, CTRL)
    assert asked(bench) == []
    window.show_dock(ORDERS)
    bench.qtbot.waitUntil(lambda: QApplication.focusWidget() is not ticket_of(window).form.order_qty)
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL)
    assert asked(bench) == [PlanFlatten(account=MAIN, symbol="ZCZ26")]


def test_the_target_is_the_tickets_with_its_quantity_or_the_first_preset(window: MainWindow) -> None:
    form = ticket_of(window).form
    assert window.armed_keys.target() == Target(MAIN, "ZCZ26", Decimal(1))
    form.order_qty.set_value(Decimal(7))
    assert window.armed_keys.target() == Target(MAIN, "ZCZ26", Decimal(7))
    form.order_qty.setText("7x")
    assert window.armed_keys.target() == Target(MAIN, "ZCZ26", None)


def test_choosing_another_account_disarms(bench: ShellBench, window: MainWindow) -> None:
    window.armed_keys.arm()
    ticket_of(window).choose_account(MAIN)
    assert window.arming.is_armed
    ticket_of(window).choose_account(HEDGE)
    assert not window.arming.is_armed
    assert window.strip.armed.text() == "ARMED: no"


def test_the_keys_stand_in_the_sheet_and_the_menu(bench: ShellBench, window: MainWindow) -> None:
    assert bench.screen.keys.label(ARM) == "Ctrl+Shift+A"
    titles = [action.text() for menu in window.tools.menus.findChildren(QWidget) for action in menu.actions()]
    assert "Flatten the ticket's symbol in its account" in titles
