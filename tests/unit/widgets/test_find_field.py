import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from workstation.widgets.find_field import FindField


@pytest.fixture
def field(qtbot: QtBot) -> FindField:
    made = FindField("Find orders", "find", None)
    qtbot.addWidget(made)
    return made


def test_escape_clears_first_and_leaves_then(field: FindField, qtbot: QtBot) -> None:
    left: list[bool] = []
    field.left.connect(lambda: left.append(True))
    qtbot.keyClicks(field, "corn")
    assert field.text() == "corn"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert left == [True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_enter_and_down_go_to_the_table(field: FindField, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClicks(field, "corn")
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, key)
    assert field.text() == "corn"


def test_the_focus_tells_that_words_are_about_to_come(field: FindField, qtbot: QtBot) -> None:
    told: list[bool] = []
    field.expected.connect(told.append)
    field.show()
    qtbot.waitExposed(field)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.clearFocus()
    assert told == [True, False]
