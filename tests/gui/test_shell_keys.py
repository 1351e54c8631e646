"""The keys of the whole window, pressed as a trader presses them: held down, while typing, while a dialog waits."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_order
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import CancelOrders, CancelsSent, Kill, PlaceOrder, SetLock
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.key_actions import ACTIONS, CANCEL_SELECTED, KILL, LOCK
from workstation.widgets.main_window import MainWindow
from workstation.widgets.standard_docks import LOG, ORDERS, TICKET, standard_window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Keyboard:
    """Two hands on the keys of one window."""

    def __init__(self, bench: ShellBench, qtbot: QtBot) -> None:
        self.bench, self.desk, self.qtbot = bench, bench.desk, qtbot
        bench.screen.services.dispatch([make_order(f"W{number}") for number in (1, 2, 3)])
        self.window = standard_window(bench.screen)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.open_first()

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.qtbot.keyClick(self.focus(), key, modifiers)

    def hold(self, key: Key, modifiers: Qt.KeyboardModifier, repeats: int) -> None:
        """Keep a key down as a keyboard reports it: one press, and repeats of it."""
        self.qtbot.keyPress(self.focus(), key, modifiers)
        for _ in range(repeats):
            QApplication.sendEvent(self.focus(), QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", True))

    def release(self, key: Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.qtbot.keyRelease(self.focus(), key, modifiers)

    def focus(self) -> QWidget:
        held = QApplication.focusWidget()
        assert held is not None
        return held

    def holds_focus(self, dock_id: str) -> bool:
        return self.window.workspace.content(dock_id).isAncestorOf(self.focus())

    def go_to_orders(self) -> OrderBookDock:
        self.press(Key.Key_F3)
        orders = self.window.workspace.content(ORDERS)
        assert isinstance(orders, OrderBookDock)
        self.qtbot.waitUntil(lambda: orders.action(CANCEL_SELECTED).text() == "Cancel 1 selected")
        return orders


@pytest.fixture
def keys(bench: ShellBench, qtbot: QtBot) -> Keyboard:
    return Keyboard(bench, qtbot)


def symbol_field(window: MainWindow) -> QWidget:
    ticket = window.workspace.content(TICKET)
    assert isinstance(ticket, OrderTicket)
    return ticket.form.symbol


def test_the_hands_are_on_the_ticket_after_the_start_and_after_a_change_of_layout(keys: Keyboard) -> None:
    field = symbol_field(keys.window)
    assert keys.focus() is field
    keys.press(Key.Key_2, CTRL)
    assert keys.window.book.number == 2
    assert keys.focus() is field
    keys.window.book.reset()
    assert keys.focus() is field


def test_a_ticket_that_was_closed_stays_closed(keys: Keyboard) -> None:
    keys.press(Key.Key_2, CTRL)
    keys.window.workspace.close_dock(TICKET)
    keys.press(Key.Key_1, CTRL)
    assert keys.window.workspace.is_open(TICKET)
    keys.press(Key.Key_2, CTRL)
    assert not keys.window.workspace.is_open(TICKET)


def test_trading_keys_are_dead_while_typing(keys: Keyboard) -> None:
    keys.go_to_orders()
    keys.press(Key.Key_F2)
    keys.qtbot.keyClicks(keys.focus(), "qqq")
    for key, modifiers in ((Key.Key_Delete, PLAIN), (Key.Key_Delete, CTRL), (Key.Key_E, CTRL), (Key.Key_R, CTRL)):
        keys.press(key, modifiers)
        assert keys.desk.of(CancelOrders) == []
        assert QApplication.activeModalWidget() is None
        assert keys.focus() is symbol_field(keys.window)


def test_a_held_key_does_its_thing_once(keys: Keyboard) -> None:
    keys.go_to_orders()
    keys.hold(Key.Key_F12, PLAIN, repeats=20)
    assert len(keys.desk.of(SetLock)) == 1
    keys.bench.screen.settings.put("orders", {"confirm_cancel": "NEVER"})
    keys.hold(Key.Key_Delete, PLAIN, repeats=20)
    assert len(keys.desk.of(CancelOrders)) == 1


def test_everything_can_be_cancelled_while_typing(keys: Keyboard) -> None:
    keys.bench.screen.settings.put("orders", {"confirm_cancel": "NEVER"})
    assert keys.focus() is symbol_field(keys.window)
    keys.press(Key.Key_Delete, CTRL | SHIFT)
    (command,) = keys.desk.of(CancelOrders)
    assert set(command.cl_ord_ids) == {"W1", "W2", "W3"}
    keys.desk.answer(CancelsSent(sent=command.cl_ord_ids))


def test_the_lock_works_while_a_dialog_waits_and_trading_keys_do_not(keys: Keyboard) -> None:
    keys.go_to_orders()
    dialog = keys.window.open_connections()
    keys.qtbot.waitUntil(dialog.isActiveWindow)
    keys.press(Key.Key_Delete)
    keys.press(Key.Key_F2)
    assert keys.focus().window() is dialog
    assert keys.desk.asked == []
    keys.press(Key.Key_F12)
    assert len(keys.desk.of(SetLock)) == 1
    dialog.reject()


def test_the_kill_wants_a_whole_second_also_in_a_dialog(keys: Keyboard) -> None:
    dialog = keys.window.open_connections()
    keys.qtbot.waitUntil(dialog.isActiveWindow)
    keys.press(Key.Key_K, CTRL | SHIFT)
    assert keys.desk.of(Kill) == []
    with keys.qtbot.waitSignal(keys.window.key_guard.held):
        keys.hold(Key.Key_K, CTRL | SHIFT, repeats=5)
    keys.release(Key.Key_K, CTRL | SHIFT)
    (command,) = keys.desk.of(Kill)
    assert command.gesture == f"{keys.bench.screen.keys.label(KILL)} held"
    dialog.reject()


def test_a_key_given_to_another_action_acts_at_once(keys: Keyboard) -> None:
    table = keys.bench.screen.keys
    table.rebind(LOCK, QKeySequence("F8"))
    keys.press(Key.Key_F12)
    assert keys.desk.of(SetLock) == []
    keys.press(Key.Key_F8)
    assert len(keys.desk.of(SetLock)) == 1
    assert "F8" in keys.window.tools.lock.text()


def test_zoom_has_its_keys(keys: Keyboard) -> None:
    theme = keys.bench.screen.theme
    keys.press(Key.Key_Plus, CTRL)
    assert theme.zoom_percent == 110
    keys.press(Key.Key_Minus, CTRL)
    keys.press(Key.Key_Minus, CTRL)
    assert theme.zoom_percent == 90
    keys.press(Key.Key_0, CTRL)
    assert theme.zoom_percent == 100


def test_find_or_do_goes_there_and_sends_nothing(keys: Keyboard) -> None:
    keys.press(Key.Key_K, CTRL)
    assert keys.focus().accessibleName() == "Find an action, a symbol or an account"
    keys.qtbot.keyClicks(keys.focus(), "activity log")
    keys.press(Key.Key_Return)
    keys.qtbot.waitUntil(lambda: keys.holds_focus(LOG))
    assert keys.desk.asked == []


def test_no_letter_and_no_enter_ever_trades(keys: Keyboard) -> None:
    keys.go_to_orders()
    for key in (*range(Key.Key_A, Key.Key_Z + 1), Key.Key_Return, Key.Key_Enter, Key.Key_Space):
        keys.press(Key(key))
        keys.press(Key(key), SHIFT)
    assert keys.desk.of(PlaceOrder) == keys.desk.of(CancelOrders) == []
    assert QApplication.activeModalWidget() is None


def test_no_two_live_shortcuts_of_the_window_collide(keys: Keyboard) -> None:
    bound: dict[str, set[str]] = {}
    for name in ACTIONS:
        for action in keys.bench.screen.keys.attached(name):
            for key in action.shortcuts():
                bound.setdefault(key.toString(), set()).add(name)
    assert {key: names for key, names in bound.items() if len(names) > 1} == {}
    assert len(bound) > 30
