"""The row shows the desk's state, not the click."""

from PySide6.QtGui import QKeySequence

from tests.support.shell_bench import ShellBench
from workstation.desk.messages import DeskState
from workstation.widgets.key_actions import LOCK
from workstation.widgets.tool_row import ToolRow


def test_lock_and_kill_follow_the_desk(bench: ShellBench) -> None:
    row = ToolRow(bench.screen)
    bench.show(row)
    assert row.lock.text() == "LOCK F12"
    bench.screen.services.dispatch([DeskState(locked=True, killed_since_ns=1)])
    assert row.lock.text() == "LOCKED F12"
    assert row.lock.isChecked()
    assert not row.kill.isEnabled()
    bench.screen.services.dispatch([DeskState()])
    assert not row.lock.isChecked()
    assert row.kill.isEnabled()


def test_a_new_key_is_shown_at_once(bench: ShellBench) -> None:
    row = ToolRow(bench.screen)
    bench.show(row)
    bench.screen.keys.rebind(LOCK, QKeySequence("F9"))
    assert row.lock.text() == "LOCK F9"


def test_the_clock_stands_in_the_row_and_moves_nothing(bench: ShellBench) -> None:
    row = ToolRow(bench.screen)
    bench.show(row)
    places = [button.pos() for button in (row.finder, row.lock, row.kill)]
    for _ in range(3):
        bench.clock.advance(1.111)
        row.clock.show_now()
    assert [button.pos() for button in (row.finder, row.lock, row.kill)] == places
    assert row.clock.text()
