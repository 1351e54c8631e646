"""A note never takes the focus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.support.shell_bench import ShellBench
from workstation.venues.base import Severity
from workstation.widgets.toasts import Toast


def test_a_note_stands_in_the_corner_and_leaves_the_focus(bench: ShellBench) -> None:
    window = QWidget()
    field = QLineEdit(window)
    QVBoxLayout(window).addWidget(field)
    toast = Toast(bench.screen.theme, window)
    window.resize(600, 400)
    bench.show(window)
    window.activateWindow()
    field.setFocus()
    toast.say(Severity.ERROR, "No answer for 10 s. It may be working. " * 3)
    assert window.focusWidget() is field
    assert toast.isVisible()
    assert toast.accessibleName().startswith("error: No answer")
    assert window.rect().contains(toast.geometry())
    window.resize(400, 300)
    assert window.rect().contains(toast.geometry())
    bench.qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_a_newer_note_takes_the_place_of_the_older(bench: ShellBench) -> None:
    window = QWidget()
    toast = Toast(bench.screen.theme, window)
    bench.show(window)
    toast.say(Severity.INFO, "one")
    toast.say(Severity.INFO, "two")
    assert toast.text == "two"
