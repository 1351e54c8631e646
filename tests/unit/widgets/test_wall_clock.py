"""Milliseconds with leading zeros, the zone, and no more work than its own rectangle."""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tests.support.dock_screen import START_NS
from tests.support.fake_desk_client import FakeClock
from tests.support.shell_bench import ShellBench
from workstation.widgets.wall_clock import TURN_MS, WallClock, zone_text

on_posix = pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has no zone per process")


@pytest.fixture
def in_india() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Asia/Kolkata"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


class LayoutRequests(QObject):
    """Counts how often a widget was laid out anew."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


@on_posix
@pytest.mark.usefixtures("in_india")
def test_milliseconds_have_leading_zeros_and_the_zone_is_named(bench: ShellBench) -> None:
    clock = FakeClock(START_NS)
    shown = WallClock(clock, bench.screen.theme)
    bench.qtbot.addWidget(shown)
    assert shown.text() == "15:11:06.312 IST (UTC+5:30)"
    clock.advance(0.693)
    shown.show_now()
    assert shown.text() == "15:11:07.005 IST (UTC+5:30)"


def test_every_time_has_room(bench: ShellBench) -> None:
    shown = WallClock(bench.clock, bench.screen.theme)
    bench.show(shown)
    for zoom in (80, 100, 200):
        bench.screen.theme.set_zoom(zoom)
        for digit in "0123456789":
            widest = "".join(digit if each.isdigit() else each for each in shown.text()[:12]) + shown.text()[12:]
            assert shown.fontMetrics().horizontalAdvance(widest) <= shown.sizeHint().width()


def test_ten_turns_a_second_lay_nothing_out_anew(bench: ShellBench) -> None:
    assert TURN_MS >= 100
    holder = QWidget()
    layout = QHBoxLayout(holder)
    shown = WallClock(bench.clock, bench.screen.theme, holder)
    layout.addWidget(shown)
    bench.show(holder)
    requests = LayoutRequests()
    holder.installEventFilter(requests)
    for _ in range(20):
        bench.clock.advance(0.1)
        shown.show_now()
        QCoreApplication.processEvents()
    assert requests.count == 0


def test_it_runs_only_while_it_can_be_seen(bench: ShellBench) -> None:
    shown = WallClock(bench.clock, bench.screen.theme)
    assert not shown._turn.isActive()
    bench.show(shown)
    before = shown.text()
    bench.clock.advance(5)
    bench.qtbot.waitUntil(lambda: shown.text() != before)
    shown.hide()
    assert not shown._turn.isActive()


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
