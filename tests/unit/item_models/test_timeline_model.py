import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import START_NS
from workstation.desk.commands import HistoryEntry
from workstation.item_models.timeline_model import HEADERS, TimelineModel, latency_text

US, MS, S = 1_000, 1_000_000, 1_000_000_000


def entry(seq: int, after_ns: int, title: str = "sent") -> HistoryEntry:
    return HistoryEntry(seq=seq, time_ns=START_NS + after_ns, kind="FRAME_OUT", title=title, body=f"raw {seq}")


def row_texts(model: TimelineModel, row: int) -> list[str]:
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]  # type: ignore[misc]


def test_rows_say_when_how_long_after_and_what(qtbot: QtBot) -> None:
    model = TimelineModel()
    model.show((entry(1, 0, "written to the journal"), entry(2, 412 * US, "sent to the venue")))
    assert row_texts(model, 0) == ["09:41:06.312", "", "written to the journal", "frame out"]
    assert row_texts(model, 1) == ["09:41:06.312", "+412 µs", "sent to the venue", "frame out"]
    assert [model.headerData(section, Qt.Orientation.Horizontal) for section in range(4)] == list(HEADERS)


def test_new_entries_are_added_without_a_reset(qtbot: QtBot) -> None:
    model = TimelineModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    model.show((entry(1, 0),))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignal(model.rowsInserted):
        model.show((entry(1, 0), entry(2, MS)))
    model.show((entry(1, 0), entry(2, MS)))
    assert resets == []
    assert model.entry(1).seq == 2


def test_a_different_history_replaces_the_rows(qtbot: QtBot) -> None:
    model = TimelineModel()
    model.show((entry(1, 0), entry(2, MS)))
    model.show((entry(7, 0),))
    assert model.rowCount() == 1
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


@pytest.mark.parametrize(
    ("duration_ns", "text"),
    [
        (0, "+0 µs"),
        (999_999, "+999 µs"),
        (1_500_000, "+1.5 ms"),
        (999_999_999, "+999.9 ms"),
        (5 * S, "+5.0 s"),
        (59_999_999_999, "+59.9 s"),
        (61 * S, "+1 min 01 s"),
        (-1, "clock set back"),
    ],
)
def test_latency_is_never_rounded_up(duration_ns: int, text: str) -> None:
    assert latency_text(duration_ns) == text
