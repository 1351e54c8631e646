import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_line, make_screen
from workstation.desk.messages import ActivityKind
from workstation.domain.identity import ClOrdID
from workstation.venues.base import Severity
from workstation.widgets.docks.activity_log import ActivityLogDock
from workstation.widgets.screen import Screen

LONG = "Order W7 (SELL 5 ZCZ26, Hedge): rejected by QST: " + "insufficient margin; " * 30


class Log:
    """A shown log."""

    def __init__(self, qtbot: QtBot) -> None:
        self.screen: Screen = make_screen()[0]
        self.dock = ActivityLogDock(self.screen)
        qtbot.addWidget(self.dock)
        self.dock.resize(900, 300)
        self.dock.show()
        self.wanted: list[ClOrdID] = []
        self.dock.order_requested.connect(self.wanted.append)

    def texts(self) -> list[str]:
        self.dock.model.flush()
        self.dock.model.finish_arranging()
        model = self.dock.model
        return [model.record_at(row).line.text for row in range(model.rowCount())]


@pytest.fixture
def log(qtbot: QtBot) -> Log:
    made = Log(qtbot)
    made.screen.services.dispatch(
        [
            make_line(1, "sent", cl_ord_id="W1"),
            make_line(2, "no traffic", Severity.WARNING, ActivityKind.CONNECTION),
            make_line(3, LONG, Severity.ERROR, ActivityKind.ORDERS, "W7"),
            make_line(4, "market opens", kind=ActivityKind.VENUE),
        ]
    )
    return made


def test_kinds_levels_and_words_narrow_together(log: Log) -> None:
    log.dock.table.choose("ORDERS")
    assert log.texts() == ["sent", LONG]
    log.dock.table.levels.choose("errors")
    assert log.texts() == [LONG]
    log.dock.table.show_everything()
    assert len(log.texts()) == 4
    log.dock.table.levels.choose("warnings")
    assert log.texts() == ["no traffic", LONG]
    log.dock.table.find_field.setText("traffic")
    assert log.texts() == ["no traffic"]


def test_a_level_that_hides_everything_offers_the_way_back(log: Log) -> None:
    log.dock.table.choose("VENUE")
    log.dock.table.levels.choose("errors")
    assert log.texts() == []
    assert "match this filter" in log.dock.table.empty_text()


def test_chips_count(log: Log, qtbot: QtBot) -> None:
    chips = log.dock.table.chips
    assert chips is not None
    qtbot.waitUntil(lambda: chips.button("all").text() == "all 4")
    assert chips.button("ORDERS").text() == "orders 2"
    assert log.dock.table.levels.button("warnings").text() == "! warnings 2"


def test_a_line_leads_to_its_order(log: Log, qtbot: QtBot) -> None:
    view = log.dock.table.view
    log.texts()
    view.selectRow(0)
    middle = view.visualRect(view.currentIndex()).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert log.wanted == ["W1"]
    view.selectRow(1)
    assert not log.dock.order_action.isEnabled()
    log.dock.go_to_order()
    assert log.wanted == ["W1"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, off screen
def test_the_menu_offers_order_copy_and_export(log: Log) -> None:
    log.texts()
    log.dock.table.view.selectRow(0)
    log.dock.table.view.customContextMenuRequested.emit(QPoint(2, 2))
    menu = log.dock.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Show the order", "Copy", "Export…"]
    menu.close()


def test_a_sentence_that_is_cut_stands_in_full_below(log: Log) -> None:
    log.texts()
    log.dock.table.view.selectRow(2)
    assert log.dock.full_text() == LONG
    log.dock.table.view.selectRow(0)
    assert log.dock.full_text() == ""


def test_an_export_says_where_it_went(log: Log, qtbot: QtBot, tmp_path: object) -> None:
    with qtbot.waitSignal(log.dock.export.ended):
        log.dock.export.write(f"{tmp_path}/log.csv")
    assert "log.csv" in log.dock.notice_text()
