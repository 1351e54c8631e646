from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.support.apart_screen import ApartDesk, apart_screen, euro, hard_finding, wait
from tests.support.clipping import clipped, nameless
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import CheckOrder, PlaceOrder
from workstation.widgets.dialogs.close_position import GESTURE, ClosePositionDialog
from workstation.widgets.screen import Screen


def opened(bench: ShellBench, parent: QWidget) -> tuple[ClosePositionDialog, Screen, ApartDesk]:
    screen, desk = apart_screen(bench.screen.theme)
    dialog = ClosePositionDialog(euro(), screen, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    bench.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog, screen, desk


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_button_names_verb_quantity_account_and_position(bench: ShellBench, parent: QWidget) -> None:
    dialog, _, _ = opened(bench, parent)
    assert dialog.send_button().text() == "Send SELL 1.5 EURUSD to Main (17014) (closes 7)"
    assert "+1.5 held, would close at about 1.10000 now" in said(dialog)
    assert "▲ +750.00 USD" in said(dialog)
    assert "Nothing would stay open" in said(dialog)


def test_a_part_is_closed_by_keys(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    bench.qtbot.keyClicks(dialog.order_qty, "0.5")
    bench.qtbot.keyClick(dialog.order_qty, Qt.Key.Key_Down)
    assert "1.01 would stay open" in said(dialog)
    wait(screen)
    bench.qtbot.keyClick(dialog.order_qty, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (command,) = desk.of(PlaceOrder)
    assert (command.terms.order_qty, command.terms.position_id, command.gesture) == (Decimal("0.49"), "7", GESTURE)


def test_sizes_are_rounded_down_to_the_lot(bench: ShellBench, parent: QWidget) -> None:
    dialog, _, _ = opened(bench, parent)
    words = [button.text() for button in dialog.findChildren(QPushButton) if ":" in button.text()]
    assert words == ["All: 1.5", "Half: 0.75", "A quarter: 0.37"]
    next(button for button in dialog.findChildren(QPushButton) if "quarter" in button.text()).click()
    assert dialog.terms() is not None
    assert dialog.order_qty.text() == "0.37"


def test_what_is_no_number_cannot_be_sent(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    bench.qtbot.keyClicks(dialog.order_qty, "1.2.3")
    wait(screen)
    assert not dialog.send_button().isEnabled()
    assert dialog.terms() is None
    bench.qtbot.keyClick(dialog.order_qty, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.of(PlaceOrder) == []


def test_a_position_that_shrinks_is_checked_again_and_the_typed_quantity_stays(
    bench: ShellBench, parent: QWidget
) -> None:
    dialog, screen, desk = opened(bench, parent)
    desk.findings = (hard_finding(text="Position 7 holds 1: 1.5 cannot be closed."),)
    before = len(desk.of(CheckOrder))
    screen.services.dispatch([euro(open_pnl=Decimal(1))])
    assert len(desk.of(CheckOrder)) == before, "a profit that moves asks nothing"
    screen.services.dispatch([euro("7", "1")])
    assert dialog.order_qty.text() == "1.5"
    assert "holds 1: 1.5 cannot be closed" in "\n".join(dialog.verdicts.texts())
    assert not dialog.send_button().isEnabled()


def test_nothing_is_cut_at_twice_the_size_and_everything_has_a_name(bench: ShellBench, parent: QWidget) -> None:
    bench.screen.theme.set_zoom(200)
    dialog, _, _ = opened(bench, parent)
    bench.qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert nameless(dialog) == []
