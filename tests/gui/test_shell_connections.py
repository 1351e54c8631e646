"""From the first start to a LIVE connection and back, through the real dialogs; and a kill that ends by its word."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import START_NS, capabilities
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import Done, Kill, ReleaseKill, RemoveConnection, SaveConnection, Tried, TryConnection
from workstation.desk.messages import ConnectionListed, ConnectionRemoved, DeskState, SecretsPlace, SecretsState
from workstation.domain.connection import Environment
from workstation.widgets.dialogs.connection_form import ConnectionForm
from workstation.widgets.dialogs.release_kill import ReleaseKillDialog
from workstation.widgets.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # raising a window off screen
LEFT = Qt.MouseButton.LeftButton
PASSWORD = "s3cret words"
LOGIN = {
    "username": "ann",
    "password": PASSWORD,
    "clientUniqueId": "desk-1",
    "oe_username": "ann-oe",
    "passwordHash": "ab12cd",
    "order_entry_provider": "OEP",
}


@pytest.fixture
def window(bench: ShellBench) -> MainWindow:
    bench.forget_connections()
    bench.screen.services.dispatch([SecretsState(place=SecretsPlace.KEYCHAIN)])
    return bench.window()


def form_of(window: MainWindow) -> ConnectionForm:
    found = window.findChild(ConnectionForm)
    assert isinstance(found, ConnectionForm)
    return found


def fill_in(form: ConnectionForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.fields.name, "Firm")
    form.fields.environments[Environment.LIVE].setFocus()
    qtbot.keyClick(form.fields.environments[Environment.LIVE], Qt.Key.Key_Space)
    qtbot.keyClicks(form.fields.live_word, "LIVE")
    qtbot.keyClicks(form.fields.url, "wss://live.example/qst")
    for name, value in LOGIN.items():
        qtbot.keyClicks(form.fields.login[name], value)


def words_in(root: QWidget) -> str:
    texts = [label.text() for label in root.findChildren(QLabel)]
    return "\n".join([*texts, *(line.text() for line in root.findChildren(QLineEdit))])


def save_first_connection(bench: ShellBench, window: MainWindow, qtbot: QtBot) -> ConnectionForm:
    first = window.open_first_start()
    qtbot.mouseClick(first.connection.button, LEFT)
    form = form_of(window)
    fill_in(form, qtbot)
    qtbot.mouseClick(form.test, LEFT)
    assert isinstance(bench.desk.asked[-1], TryConnection)
    bench.desk.answer(Tried(succeeded=True, text="The login works.", accounts=("17014",)))
    assert form.message.text() == "The login works. Accounts: 17014."
    qtbot.mouseClick(form.save, LEFT)
    return form


def test_from_the_first_start_to_a_live_window(bench: ShellBench, window: MainWindow, qtbot: QtBot) -> None:
    assert window.windowTitle().startswith("Workstation")
    assert not window.strip.badge.isVisible()
    form = save_first_connection(bench, window, qtbot)
    (command,) = bench.desk.of(SaveConnection)
    assert command.profile.environment is Environment.LIVE
    assert command.secrets == {"password": PASSWORD, "passwordHash": "ab12cd"}
    assert command.remember
    bench.screen.services.dispatch([ConnectionListed(profile=command.profile, capabilities=capabilities())])
    with qtbot.waitSignal(form.destroyed):
        bench.desk.answer(Done())
    assert window.windowTitle().startswith("[LIVE] Workstation")
    assert window.frame.environment is Environment.LIVE
    assert window.strip.badge.isVisible()
    (lamp,) = window.strip.lamps.values()
    assert "Firm" in lamp.text()
    assert lamp.text().endswith("off")


def test_no_secret_is_seen_again(bench: ShellBench, window: MainWindow, qtbot: QtBot) -> None:
    form = save_first_connection(bench, window, qtbot)
    (command,) = bench.desk.of(SaveConnection)
    bench.screen.services.dispatch([ConnectionListed(profile=command.profile, capabilities=capabilities())])
    with qtbot.waitSignal(form.destroyed):
        bench.desk.answer(Done())
    window.edit_connection(command.profile.connection_id)
    again = form_of(window)
    assert "Firm" in words_in(again)
    assert PASSWORD not in words_in(window)
    assert PASSWORD not in repr(bench.desk.asked)
    assert PASSWORD not in repr(bench.screen.settings.get("connections"))
    assert again.fields.secrets() == {}
    again.reject()


def test_a_connection_is_removed_where_it_stands(bench: ShellBench, window: MainWindow, qtbot: QtBot) -> None:
    profile = bench.list_connection("Practice", Environment.DEMO)
    assert window.windowTitle().startswith("[DEMO]")
    dialog = window.open_connections()
    for _ in range(2):
        qtbot.mouseClick(dialog.buttons["Remove…"], LEFT)
    assert bench.desk.of(RemoveConnection) == [RemoveConnection(connection_id=profile.connection_id)]
    bench.screen.services.dispatch([ConnectionRemoved(connection_id=profile.connection_id)])
    bench.desk.answer(Done())
    assert window.windowTitle().startswith("Workstation")
    assert window.frame.environment is None
    assert window.strip.lamps == {}
    dialog.reject()


def test_the_demo_is_asked_for_and_nothing_is_sent(bench: ShellBench, window: MainWindow, qtbot: QtBot) -> None:
    first = window.open_first_start()
    with qtbot.waitSignal(window.demo_requested):
        qtbot.mouseClick(first.demo.button, LEFT)
    assert bench.desk.asked == []


def test_a_kill_stays_until_its_word_is_typed(bench: ShellBench, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.tools.kill.held):
        qtbot.mousePress(window.tools.kill, LEFT)
    qtbot.mouseRelease(window.tools.kill, LEFT)
    assert bench.desk.of(Kill) == [Kill(gesture="KILL button held")]
    bench.screen.services.dispatch([DeskState(killed_since_ns=START_NS)])
    assert window.kill_bar.isVisible()
    assert not window.tools.kill.isEnabled()
    assert "KILLED since" in window.strip.mode.text()
    qtbot.mouseClick(window.kill_bar.release, LEFT)
    dialog = window.findChild(ReleaseKillDialog)
    assert isinstance(dialog, ReleaseKillDialog)
    qtbot.keyClicks(dialog.typed, "RELEASE")
    qtbot.mouseClick(dialog.release, LEFT)
    assert bench.desk.of(ReleaseKill) == [ReleaseKill(typed="RELEASE")]
    bench.screen.services.dispatch([DeskState()])
    assert not window.kill_bar.isVisible()
    assert window.tools.kill.isEnabled()
    dialog.reject()


def test_every_dialog_is_opened_and_never_executed(bench: ShellBench, window: MainWindow, qtbot: QtBot) -> None:
    doors = (
        window.open_connections,
        window.open_alerts,
        window.open_key_sheet,
        window.open_about,
        window.open_release,
        window.open_first_start,
    )
    for door in doors:
        dialog: QDialog = door()  # it would not come back from a loop of its own
        qtbot.waitUntil(dialog.isVisible)
        assert dialog.windowModality() is not Qt.WindowModality.ApplicationModal
        with qtbot.waitSignal(dialog.rejected):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert bench.desk.asked == []
    assert QApplication.activeModalWidget() is None
