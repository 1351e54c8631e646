import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench
from workstation.widgets.dialogs.first_start import FirstStart

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def dialog(bench: ShellBench, parent: QWidget, chosen: list[str]) -> FirstStart:
    made = FirstStart(bench.screen, parent)
    made.demo_chosen.connect(lambda: chosen.append("demo"))
    made.connection_chosen.connect(lambda: chosen.append("connection"))
    made.finished.connect(lambda result: chosen.append(f"closed {result}"))
    with bench.qtbot.waitExposed(made):
        made.open()
    return made


def test_the_demo_is_one_click(dialog: FirstStart, chosen: list[str], qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.demo.button, LEFT)
    assert chosen == ["closed 1", "demo"]


def test_a_connection_is_one_click(dialog: FirstStart, chosen: list[str], qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.connection.button, LEFT)
    assert chosen == ["closed 1", "connection"]


def test_escape_begins_with_an_empty_window(dialog: FirstStart, chosen: list[str], qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert chosen == ["closed 0"]


def test_an_enter_meant_for_something_else_chooses_nothing(dialog: FirstStart, chosen: list[str], qtbot: QtBot) -> None:
    assert not any(button.isDefault() for button in dialog.findChildren(QPushButton))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.later, Qt.Key.Key_Return)
    assert chosen == []


def test_what_each_choice_means_is_told_to_a_screen_reader(dialog: FirstStart) -> None:
    assert "no real money" in dialog.demo.button.accessibleDescription()
    assert "keychain" in dialog.connection.button.accessibleDescription()
