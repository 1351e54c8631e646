from datetime import UTC, datetime

from PySide6.QtCore import QDate
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.support.apart_screen import apart_screen
from tests.support.clipping import clipped, nameless
from workstation.widgets.docks.history_bar import HistoryBar
from workstation.widgets.docks.history_range import HistoryRange


def make_bar(qtbot: QtBot) -> HistoryBar:
    screen, _ = apart_screen()
    bar = HistoryBar(screen, QAction("Export…"))
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_days_are_asked_for_only_where_they_count(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    assert bar.chosen() is HistoryRange.WEEK
    assert not bar.first.isVisible()
    with qtbot.waitSignal(bar.changed):
        bar.choose(HistoryRange.CUSTOM)
    assert bar.first.isVisible()
    with qtbot.waitSignal(bar.changed):
        bar.first.setDate(QDate(2026, 11, 1))
    start_ns, end_ns = bar.bounds()
    assert datetime.fromtimestamp(start_ns // 1_000_000_000).astimezone(UTC).year == 2026
    assert end_ns > start_ns


def test_without_a_history_there_is_nothing_to_choose(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    bar.set_offered(False)
    assert not bar.range.isEnabled()
    assert bar.account.isEnabled()


def test_nothing_is_cut_and_everything_has_a_name(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    bar.choose(HistoryRange.CUSTOM)
    bar.resize(420, 200)
    assert clipped(bar) == []
    assert nameless(bar) == []
