import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench
from workstation.widgets.hold_button import HoldButton
from workstation.widgets.theme_colours import Role

LEFT = Qt.MouseButton.LeftButton


def shown(bench: ShellBench, hold_ms: int) -> tuple[HoldButton, list[bool]]:
    button, done = HoldButton("KILL hold", bench.screen.theme, hold_ms), []
    button.held.connect(lambda: done.append(True))
    bench.show(button)
    return button, done


def test_a_click_does_nothing(bench: ShellBench, qtbot: QtBot) -> None:
    button, done = shown(bench, 20)
    qtbot.mouseClick(button, LEFT)
    qtbot.wait(80)
    assert done == []


def test_holding_acts_once(bench: ShellBench, qtbot: QtBot) -> None:
    button, done = shown(bench, 20)
    with qtbot.waitSignal(button.held):
        qtbot.mousePress(button, LEFT)
    assert not button.isDown()
    qtbot.mouseRelease(button, LEFT)
    assert done == [True]


def test_leaving_the_button_lets_go(bench: ShellBench, qtbot: QtBot) -> None:
    button, done = shown(bench, 60)
    qtbot.mousePress(button, LEFT)
    qtbot.mouseMove(button, QPoint(-50, -50))
    qtbot.mouseRelease(button, LEFT, pos=QPoint(-50, -50))
    qtbot.wait(120)
    assert done == []


def test_the_space_bar_can_hold_too(bench: ShellBench, qtbot: QtBot) -> None:
    button, done = shown(bench, 20)
    button.setFocus()
    with qtbot.waitSignal(button.held):
        qtbot.keyPress(button, Qt.Key.Key_Space)
    assert done == [True]


@pytest.mark.parametrize("kept", [True, False])
def test_the_progress_shows_only_while_held(bench: ShellBench, kept: bool) -> None:
    button, done = shown(bench, 1)
    red = bench.screen.theme.colour(Role.ERROR).name()
    button.show_hold()
    bench.qtbot.wait(5)
    if not kept:
        button.hide_hold()
    assert (button.grab().toImage().pixelColor(6, button.height() // 2).name() == red) is kept
    assert done == []  # the key's own timer decides
