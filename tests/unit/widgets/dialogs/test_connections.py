"""The list of connections, and what can be done with the chosen one."""

from dataclasses import replace

from PySide6.QtCore import Qt

from tests.support.dock_screen import QST, status
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import Connect, Disconnect, Finding, Hardness, Refused, RemoveConnection
from workstation.domain.connection import Environment
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Lamp
from workstation.widgets.dialogs.connection_form import ConnectionForm
from workstation.widgets.dialogs.connections import ConnectionsDialog

LEFT = Qt.MouseButton.LeftButton


def dialog_of(bench: ShellBench) -> ConnectionsDialog:
    dialog = ConnectionsDialog(bench.screen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.show(dialog)
    return dialog


def lines(dialog: ConnectionsDialog) -> list[str]:
    model = dialog.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press(bench: ShellBench, dialog: ConnectionsDialog, name: str) -> None:
    bench.qtbot.mouseClick(dialog.buttons[name], LEFT)


def test_each_connection_stands_with_environment_and_state(bench: ShellBench) -> None:
    dialog = dialog_of(bench)
    assert lines(dialog) == ["QST demo   SIM · QST\nlive"]
    bench.list_connection("Firm", Environment.LIVE)
    assert lines(dialog)[1] == "Firm   LIVE · QST\noff"
    bench.screen.services.dispatch([replace(status(Lamp.NEEDS_YOU), detail="password refused", last_error="No.")])
    assert lines(dialog)[0].endswith("password refused")
    assert dialog.detail.text() == "No."


def test_the_buttons_do_what_makes_sense(bench: ShellBench) -> None:
    dialog = dialog_of(bench)
    assert not dialog.buttons["Connect"].isEnabled()
    press(bench, dialog, "Disconnect")
    bench.screen.services.dispatch([status(Lamp.OFF)])
    assert not dialog.buttons["Disconnect"].isEnabled()
    press(bench, dialog, "Connect")
    assert bench.desk.asked == [Disconnect(connection_id=QST), Connect(connection_id=QST)]


def test_removing_takes_two_presses(bench: ShellBench) -> None:
    dialog = dialog_of(bench)
    press(bench, dialog, "Remove…")
    assert bench.desk.asked == []
    assert dialog.buttons["Remove…"].text() == "Really remove"
    assert "Orders at the broker are not touched" in dialog.detail.text()
    press(bench, dialog, "Remove…")
    assert bench.desk.asked == [RemoveConnection(connection_id=QST)]
    working = Finding(gate="x", hardness=Hardness.HARD, text="It has 2 working orders.", cure="Cancel them first.")
    bench.desk.answer(Refused(findings=(working,)))
    assert dialog.detail.text() == "It has 2 working orders. Cancel them first."


def test_a_dead_engine_is_said(bench: ShellBench) -> None:
    dialog = dialog_of(bench)
    press(bench, dialog, "Disconnect")
    bench.desk.fail(EngineGone("The engine stopped."))
    assert dialog.detail.text() == "The engine stopped."


def test_an_empty_list_says_what_to_do(bench: ShellBench) -> None:
    bench.forget_connections()
    dialog = dialog_of(bench)
    assert "Add…" in dialog.detail.text()
    enabled = {name for name, button in dialog.buttons.items() if button.isEnabled()}
    assert enabled == {"Add…"}


def test_add_and_edit_open_the_form(bench: ShellBench) -> None:
    dialog = dialog_of(bench)
    press(bench, dialog, "Add…")
    form = dialog.findChild(ConnectionForm)
    assert form is not None
    assert form.fields.name.text() == ""
    form.close()
    bench.qtbot.waitUntil(lambda: dialog.findChild(ConnectionForm) is None)
    press(bench, dialog, "Edit…")
    form = dialog.findChild(ConnectionForm)
    assert form is not None
    assert form.fields.name.text() == "QST demo"
