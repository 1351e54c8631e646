"""Trading keys are dead in text fields, stopping keys pass through modal dialogs, and KILL must be held."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workstation.widgets.key_actions import AMEND_SELECTED, CANCEL_ALL, FIND, KILL, LOCK
from workstation.widgets.key_guard import KeyGuard, is_text_field
from workstation.widgets.keys import KeyTable
from workstation.widgets.settings_port import MemorySettings

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Keyboard:
    """A window with a text field and a list, and what its keys did."""

    def __init__(self, qapp: QApplication, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field, self.list = QLineEdit(self.window), QListView(self.window)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.done: list[str] = []
        self.keys = KeyTable(MemorySettings())
        for name in (AMEND_SELECTED, CANCEL_ALL, FIND, LOCK):
            self.keys.make(name, self.window, lambda name=name: self.done.append(name))  # type: ignore[misc]
        self.guard = KeyGuard(self.keys, qapp, self.window)
        for signal, word in (
            (self.guard.hold_began, "began"),
            (self.guard.hold_ended, "ended"),
            (self.guard.held, "held"),
        ):
            signal.connect(lambda _name, word=word: self.done.append(word))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def keyboard(qapp: QApplication, qtbot: QtBot) -> Keyboard:
    return Keyboard(qapp, qtbot)


def test_a_trading_key_is_dead_in_a_text_field(keyboard: Keyboard) -> None:
    keyboard.field.setFocus()
    QTest.keyClick(keyboard.field, Qt.Key.Key_E, CTRL)
    assert keyboard.done == []
    keyboard.list.setFocus()
    QTest.keyClick(keyboard.list, Qt.Key.Key_E, CTRL)
    assert keyboard.done == [AMEND_SELECTED]


def test_other_keys_work_in_a_text_field(keyboard: Keyboard) -> None:
    keyboard.field.setFocus()
    QTest.keyClick(keyboard.field, Qt.Key.Key_K, CTRL)
    QTest.keyClick(keyboard.field, Qt.Key.Key_F12)
    QTest.keyClick(keyboard.field, Qt.Key.Key_Delete, CTRL | SHIFT)
    assert keyboard.done == [FIND, LOCK, CANCEL_ALL]


def modal(keyboard: Keyboard, qtbot: QtBot) -> QPushButton:
    dialog = QDialog(keyboard.window)
    dialog.setModal(True)
    button = QPushButton("Stay", dialog)
    dialog.open()
    dialog.activateWindow()
    button.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button)
    return button


def test_stopping_passes_through_a_modal_dialog(keyboard: Keyboard, qtbot: QtBot) -> None:
    button = modal(keyboard, qtbot)
    QTest.keyClick(button, Qt.Key.Key_E, CTRL)
    QTest.keyClick(button, Qt.Key.Key_K, CTRL)
    assert keyboard.done == []
    QTest.keyClick(button, Qt.Key.Key_F12)
    QTest.keyClick(button, Qt.Key.Key_Delete, CTRL | SHIFT)
    assert keyboard.done == [LOCK, CANCEL_ALL]
    assert not button.isHidden()


def send(widget: QWidget, kind: QEvent.Type, repeat: bool = False) -> None:
    QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_K, CTRL | SHIFT, "", repeat))


def test_kill_acts_only_when_held(keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.list.setFocus()
    send(keyboard.list, QEvent.Type.KeyPress)
    with qtbot.waitSignal(keyboard.guard.hold_ended):
        send(keyboard.list, QEvent.Type.KeyRelease)
    assert keyboard.done == ["began", "ended"]
    keyboard.done.clear()
    with qtbot.waitSignal(keyboard.guard.held, timeout=20_000):
        send(keyboard.list, QEvent.Type.KeyPress)
        for _ in range(5):
            send(keyboard.list, QEvent.Type.KeyPress, repeat=True)
            send(keyboard.list, QEvent.Type.KeyRelease, repeat=True)
    assert keyboard.done == ["began", "held"]
    assert KILL not in keyboard.done


def test_a_held_key_that_is_repeated_as_unmarked_releases_and_presses_is_still_held(
    keyboard: Keyboard, qtbot: QtBot
) -> None:
    keyboard.list.setFocus()
    with qtbot.waitSignal(keyboard.guard.held, timeout=20_000):
        send(keyboard.list, QEvent.Type.KeyPress)
        for _ in range(5):
            send(keyboard.list, QEvent.Type.KeyRelease)
            send(keyboard.list, QEvent.Type.KeyPress)
    assert keyboard.done == ["began", "held"]


def test_a_key_that_comes_up_just_before_its_time_was_not_held(keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.list.setFocus()
    send(keyboard.list, QEvent.Type.KeyPress)
    with qtbot.waitSignal(keyboard.guard.hold_ended):
        send(keyboard.list, QEvent.Type.KeyRelease)
        keyboard.guard._hold_done()
    assert keyboard.done == ["began", "ended"]


def test_losing_the_focus_ends_the_hold(keyboard: Keyboard) -> None:
    keyboard.list.setFocus()
    send(keyboard.list, QEvent.Type.KeyPress)
    keyboard.field.setFocus()
    assert keyboard.done == ["began", "ended"]


def test_a_watched_widget_may_go(keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.field.setFocus()
    with qtbot.waitSignal(keyboard.field.destroyed):
        keyboard.field.deleteLater()
    keyboard.list.setFocus()
    QTest.keyClick(keyboard.list, Qt.Key.Key_E, CTRL)
    assert keyboard.done == [AMEND_SELECTED]


def test_what_counts_as_a_text_field(qtbot: QtBot) -> None:
    makers: tuple[tuple[Callable[[], QWidget], bool], ...] = ((QLineEdit, True), (QSpinBox, True), (QListView, False))
    for make, expected in makers:
        widget = make()
        qtbot.addWidget(widget)
        assert is_text_field(widget) is expected
    read_only = QLineEdit(readOnly=True)
    qtbot.addWidget(read_only)
    assert not is_text_field(read_only)
    assert not is_text_field(None)
