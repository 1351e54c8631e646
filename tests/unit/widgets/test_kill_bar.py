from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import START_NS
from tests.support.shell_bench import ShellBench
from workstation.desk.messages import DeskState
from workstation.widgets.kill_bar import KillBar


def test_the_bar_stands_as_long_as_the_kill(bench: ShellBench, qtbot: QtBot) -> None:
    bar = KillBar(bench.screen)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bench.screen.services.dispatch([DeskState(killed_since_ns=START_NS)])
    assert not bar.isHidden()
    assert bar.text.text() == "KILL active since 09:41:06.312 UTC: every send is blocked. Cancels still pass."
    bench.screen.services.dispatch([DeskState(locked=True)])
    assert bar.isHidden()


def test_a_bar_that_is_built_late_knows_of_the_kill(bench: ShellBench, qtbot: QtBot) -> None:
    bench.screen.services.dispatch([DeskState(killed_since_ns=START_NS)])
    bar = KillBar(bench.screen)
    bench.show(bar)
    with qtbot.waitSignal(bar.release_requested):
        qtbot.mouseClick(bar.release, Qt.MouseButton.LeftButton)
