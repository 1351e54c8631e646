import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_screen
from workstation.venues.base import Severity
from workstation.widgets.notice_bar import NoticeBar


def make_bar(qtbot: QtBot) -> tuple[NoticeBar, QWidget]:
    holder = QWidget()
    qtbot.addWidget(holder)
    return NoticeBar(make_screen()[0].theme, holder), holder


def test_there_is_no_bar_without_a_message(qtbot: QtBot) -> None:
    bar, _ = make_bar(qtbot)
    assert bar.isHidden()
    assert bar.text() == ""


def test_severity_is_said_in_words(qtbot: QtBot) -> None:
    bar, _ = make_bar(qtbot)
    bar.say(Severity.ERROR, "Order 4711: refused.")
    assert bar.accessibleName() == "error: Order 4711: refused."
    assert bar.text() == "Order 4711: refused."


def test_buttons_do_what_they_say_and_go_with_their_message(qtbot: QtBot) -> None:
    bar, holder = make_bar(qtbot)
    done: list[str] = []
    action = QAction("Open detail", holder)
    action.triggered.connect(lambda: done.append("detail"))
    bar.say(Severity.WARNING, "No answer for 5 s.", [("Query now", lambda: done.append("query")), action])
    qtbot.mouseClick(bar.button("Query now"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.button("Open detail"), Qt.MouseButton.LeftButton)
    assert done == ["query", "detail"]
    bar.say(Severity.INFO, "Settled.")
    with pytest.raises(LookupError):
        bar.button("Query now")


def test_markup_in_a_foreign_text_is_shown_not_obeyed(qtbot: QtBot) -> None:
    bar, _ = make_bar(qtbot)
    bar.say(Severity.ERROR, "<b>no margin</b>")
    assert bar.text() == "<b>no margin</b>"


def test_a_message_never_takes_the_focus(qtbot: QtBot) -> None:
    bar, holder = make_bar(qtbot)
    holder.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    with qtbot.waitActive(holder):
        holder.show()
    holder.setFocus()
    bar.say(Severity.ERROR, "Refused.", [("Query now", lambda: None)])
    assert holder.hasFocus()
