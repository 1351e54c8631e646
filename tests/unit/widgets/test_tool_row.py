"""The row shows the desk's state, not the click."""

from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtGui import QKeySequence

from tests.support.shell_bench import ShellBench
from workstation.desk.messages import DeskState
from workstation.widgets.key_actions import LOCK
from workstation.widgets.tool_row import ToolRow, zone_text


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


@pytest.mark.parametrize(
    ("minutes", "name", "written"),
    [
        (0, "UTC", "UTC"),
        (330, "IST", "IST (UTC+5:30)"),
        (-210, "NST", "NST (UTC−3:30)"),
        (60, "+01", "UTC+1"),
        (-300, "Eastern Standard Time", "UTC−5"),
    ],
)
def test_the_zone_is_written_with_its_distance(minutes: int, name: str, written: str) -> None:
    zone = timezone(timedelta(minutes=minutes), name)
    assert zone_text(datetime(2026, 11, 21, tzinfo=zone)) == written
