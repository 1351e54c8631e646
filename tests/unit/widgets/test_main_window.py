"""The window: its title, its doors, and that it never closes over working orders unsaid."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.support.dock_screen import make_line, make_order
from tests.support.shell_bench import STUB_DOCKS, ShellBench
from workstation.desk.commands import CancelOrders, Kill, SetLock
from workstation.desk.messages import DeskState
from workstation.domain.connection import Environment
from workstation.domain.order_states import OrdStatus
from workstation.venues.base import Severity
from workstation.widgets.dialogs.alert_centre import AlertCentre
from workstation.widgets.dialogs.connections import ConnectionsDialog
from workstation.widgets.dialogs.exit_guard import ExitGuard
from workstation.widgets.dialogs.first_start import FirstStart
from workstation.widgets.dialogs.key_sheet import KeySheet
from workstation.widgets.dialogs.release_kill import ReleaseKillDialog
from workstation.widgets.dock_specs import DockSpec
from workstation.widgets.main_window import MainWindow, window_title

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


Found = TypeVar("Found", bound=QDialog)


def only(window: MainWindow, kind: type[Found]) -> Found:
    found = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1, kind
    return found[0]


def test_the_title_begins_with_the_environment(bench: ShellBench) -> None:
    window = bench.window()
    assert window.windowTitle() == "[SIM] Workstation — workspace: Main"
    bench.list_connection("Firm", Environment.LIVE)
    assert window.windowTitle().startswith("[LIVE] ")
    assert window.frame.environment is Environment.LIVE
    assert window_title(None, "Main") == "Workstation — workspace: Main"


@pytest.mark.parametrize("spec", STUB_DOCKS, ids=lambda spec: spec.dock_id)
def test_a_key_goes_to_each_dock_and_opens_it(bench: ShellBench, spec: DockSpec) -> None:
    window = bench.window()
    dock_id, key = spec.dock_id, bench.screen.keys.keys(spec.focus_key)[0]
    window.workspace.close_dock(dock_id)
    QTest.keySequence(window, key)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == dock_id


def test_the_default_layout_fits_a_small_screen(bench: ShellBench) -> None:
    window = bench.window()
    smallest = window.minimumSizeHint()
    assert smallest.width() <= 1366
    assert smallest.height() <= 768
    assert all(window.workspace.content(each.dock_id).isVisible() for each in STUB_DOCKS)


@pytest.mark.qt_log_ignore("does not support")
def test_doors_open_once(bench: ShellBench) -> None:
    window = bench.window()
    QTest.keyClick(window, Qt.Key.Key_F1)
    QTest.keyClick(window, Qt.Key.Key_F1)
    only(window, KeySheet).close()
    QTest.keyClick(window, Qt.Key.Key_L, CTRL | SHIFT)
    only(window, AlertCentre).close()
    QTest.keyClick(window, Qt.Key.Key_C, CTRL | SHIFT)
    only(window, ConnectionsDialog).close()
    assert not window._open


def test_lock_asks_the_desk_and_shows_its_state(bench: ShellBench) -> None:
    window = bench.window()
    bench.qtbot.mouseClick(window.tools.lock, Qt.MouseButton.LeftButton)
    assert not window.tools.lock.isChecked()  # the desk has not said so yet
    bench.screen.services.dispatch([DeskState(locked=True)])
    assert window.tools.lock.isChecked()
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert bench.desk.asked == [SetLock(locked=True), SetLock(locked=False)]


def test_holding_the_key_kills(bench: ShellBench) -> None:
    window = bench.window()
    window.show_dock("orders")
    field = QApplication.focusWidget()
    assert field is not None
    with bench.qtbot.waitSignal(window.key_guard.held, timeout=20_000):
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_K, CTRL | SHIFT))
    assert [command.gesture for command in bench.desk.of(Kill)] == ["Ctrl+Shift+K held"]


def test_the_kill_stays_in_sight_until_its_word_is_typed(bench: ShellBench) -> None:
    window = bench.window()
    assert not window.kill_bar.isVisible()
    bench.screen.services.dispatch([DeskState(killed_since_ns=1_795_254_066_312_000_000)])
    assert window.kill_bar.isVisible()
    assert "09:41:06.312 UTC" in window.kill_bar.text.text()
    bench.qtbot.mouseClick(window.kill_bar.release, Qt.MouseButton.LeftButton)
    only(window, ReleaseKillDialog).close()
    bench.screen.services.dispatch([DeskState()])
    assert not window.kill_bar.isVisible()


def test_an_error_is_toasted_and_counted(bench: ShellBench) -> None:
    window = bench.window()
    bench.screen.services.dispatch([make_line(1, "no answer for 10 s", Severity.ERROR)])
    assert window.toast.text == "no answer for 10 s"
    assert window.strip.alerts.text() == "alerts 1"


def test_nothing_working_closes_at_once_and_saves(bench: ShellBench) -> None:
    window = bench.window()
    bench.screen.services.dispatch([make_order("W1", OrdStatus.FILLED)])
    with bench.qtbot.waitSignal(window.closed):
        window.close()
    assert bench.screen.layouts.load("workspace-1") is not None


def test_working_orders_are_said_before_the_window_closes(bench: ShellBench) -> None:
    window = bench.window()
    closed: list[bool] = []
    window.closed.connect(lambda: closed.append(True))
    bench.screen.services.dispatch([make_order("W1"), make_order("W2", OrdStatus.IN_DOUBT)])
    assert not window.close()
    guard = only(window, ExitGuard)
    QTest.keyClick(guard, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert closed == []
    window.close()
    bench.qtbot.mouseClick(only(window, ExitGuard).leave_button, Qt.MouseButton.LeftButton)
    assert closed == [True]
    assert not window.isVisible()


def test_the_closing_dialog_can_cancel_all_and_stays(bench: ShellBench) -> None:
    window = bench.window()
    bench.screen.services.dispatch([make_order("W1"), make_order("W2")])
    window.close()
    bench.qtbot.mouseClick(only(window, ExitGuard).cancel_button, Qt.MouseButton.LeftButton)
    assert window.isVisible()
    assert [command.cl_ord_ids for command in bench.desk.of(CancelOrders)] == [("W1", "W2")]


def test_a_signal_from_outside_closes_without_asking(bench: ShellBench) -> None:
    window = bench.window()
    bench.screen.services.dispatch([make_order("W1")])
    with bench.qtbot.waitSignal(window.closed):
        window.leave()


def test_the_first_start_offers_two_ways(bench: ShellBench) -> None:
    window = bench.window()
    with bench.qtbot.waitSignal(window.demo_requested):
        bench.qtbot.mouseClick(window.open_first_start().demo.button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: not window.findChildren(FirstStart))
    bench.qtbot.mouseClick(window.open_first_start().connection.button, Qt.MouseButton.LeftButton)
    assert only(window, ConnectionsDialog)


def test_a_damaged_layout_is_said(bench: ShellBench) -> None:
    window = bench.window()
    window.book.fell_back.emit("The layout could not be read.")
    assert window.alerts.pending[0].text == "The layout could not be read."


def test_find_or_do_opens_over_the_window(bench: ShellBench) -> None:
    window = bench.window()
    window.show_dock("ticket")
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Find an action, a symbol or an account"
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    back = QApplication.focusWidget()
    assert back is not None
    assert back.accessibleName() == "ticket"


def test_full_screen_can_be_left_again(bench: ShellBench) -> None:
    window = bench.window()
    window.toggle_full_screen()
    assert window.isFullScreen()
    window.toggle_full_screen()
    assert not window.isFullScreen()
