from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.support.apart_screen import ApartDesk, apart_screen, euro, progress, wait
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import PlaceOrder, Refused, Sent
from workstation.desk.messages import SendStage
from workstation.domain.identity import ClOrdID
from workstation.widgets.dialogs.close_position import ClosePositionDialog
from workstation.widgets.dialogs.send_dialog import position_name
from workstation.widgets.screen import Screen

KEY = ClOrdID("W1001")


def opened(bench: ShellBench, parent: QWidget) -> tuple[ClosePositionDialog, Screen, ApartDesk]:
    screen, desk = apart_screen(bench.screen.theme)
    dialog = ClosePositionDialog(euro(), screen, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    bench.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog, screen, desk


def test_enter_never_sends_and_ctrl_enter_not_in_the_first_moment(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    bench.qtbot.keyClick(dialog.order_qty, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(screen)
    bench.qtbot.keyClick(dialog.order_qty, Qt.Key.Key_Return)
    bench.qtbot.keyClick(dialog, Qt.Key.Key_Enter)
    assert desk.of(PlaceOrder) == []
    assert dialog.isVisible()
    bench.qtbot.keyClick(dialog.order_qty, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.of(PlaceOrder)) == 1


def test_it_closes_by_itself_only_when_the_venue_has_taken_it(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    wait(screen)
    dialog.send_button().click()
    desk.answer(Sent(cl_ord_id=KEY))
    progress(screen, KEY, SendStage.RECEIVED)
    assert dialog.isVisible()
    assert dialog.progress.text() == "received; not accepted yet"
    assert not dialog.send_button().isVisible()
    progress(screen, KEY, SendStage.ACCEPTED)
    assert not dialog.isVisible()


def test_a_refusal_stays_in_sight_and_gives_the_fields_back(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    wait(screen)
    dialog.send_button().click()
    assert dialog.order_qty.isReadOnly()
    desk.answer(Refused(findings=()))
    assert dialog.isVisible()
    assert "Nothing was sent" in dialog.progress.text()
    assert not dialog.order_qty.isReadOnly()


def test_a_position_is_named_by_its_number() -> None:
    assert position_name(euro()) == "position 7"
    assert position_name(euro("")) == "position in EURUSD"
