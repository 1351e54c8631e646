"""Drafts stand among the orders, are opened, deleted and put back, and nothing of that reaches the desk."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import corn_terms, make_order, make_screen
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.commands import CancelOrders
from workstation.domain.identity import ClOrdID
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_book_drafts import delete_title, drafts_only
from workstation.widgets.docks.order_table import ALL
from workstation.widgets.drafts import SECTION, KeptDraft
from workstation.widgets.key_actions import CANCEL_SELECTED
from workstation.widgets.screen import Screen

LEFT = Qt.MouseButton.LeftButton


def make_dock(qtbot: QtBot, screen: Screen) -> OrderBookDock:
    dock = OrderBookDock(screen)
    qtbot.addWidget(dock)
    dock.resize(1200, 500)
    with qtbot.waitActive(dock):
        dock.show()
    return dock


@pytest.fixture
def made(qtbot: QtBot) -> tuple[OrderBookDock, Screen, FakeDeskClient]:
    screen, desk = make_screen()
    screen.services.dispatch([make_order("W1")])
    dock = make_dock(qtbot, screen)
    dock.drafts.save(corn_terms(qty=3))
    dock.drafts.save(corn_terms(qty=4))
    dock.model.flush()
    return dock, screen, desk


Made = tuple[OrderBookDock, Screen, FakeDeskClient]


def state_of(dock: OrderBookDock, name: str) -> str:
    row = dock.model.row_of(ClOrdID(name))
    return str(dock.table.cell(row, "state").data())


def test_a_draft_is_a_row_with_its_own_state_and_chip(made: Made) -> None:
    dock, _, _ = made
    assert (state_of(dock, "D1"), state_of(dock, "W1")) == ("Draft", "working")
    counts = dock.table.chip_counts()
    assert (counts["drafts"], counts["working"], counts["canceled"], counts[ALL]) == (2, 1, 0, 3)
    dock.table.choose("drafts")
    assert dock.model.rowCount() == 2


def test_drafts_are_there_again_after_a_restart_and_nothing_was_sent(made: Made, qtbot: QtBot) -> None:
    _, screen, desk = made
    again = make_dock(qtbot, screen)
    again.model.flush()
    assert state_of(again, "D2") == "Draft"
    assert desk.asked == []


def test_repeat_detail_and_double_click_open_it_in_the_ticket(made: Made) -> None:
    dock, _, desk = made
    opened: list[KeptDraft] = []
    others: list[object] = []
    dock.shelf.opened.connect(opened.append)
    dock.detail_requested.connect(others.append)
    dock.repeat_requested.connect(others.append)
    dock.show_order(ClOrdID("D2"))
    dock.repeat()
    dock.show_detail()
    assert [draft.key for draft in opened] == ["D2", "D2"]
    dock.show_order(ClOrdID("W1"))
    dock.show_detail()
    assert others == ["W1"]
    assert desk.asked == []


def test_delete_takes_a_draft_away_and_undo_brings_it_back(made: Made, qtbot: QtBot) -> None:
    dock, _, desk = made
    dock.show_order(ClOrdID("D1"))
    qtbot.waitUntil(lambda: dock.action(CANCEL_SELECTED).text() == "Delete 1 draft")
    dock.focus_first()
    qtbot.keyClick(dock.table.view, Qt.Key.Key_Delete)
    assert dock.model.row_of(ClOrdID("D1")) is None
    assert dock.notice_text() == "Draft D1 deleted; nothing was sent and no order changed."
    qtbot.mouseClick(dock.notice_button("Undo"), LEFT)
    dock.model.flush()
    assert state_of(dock, "D1") == "Draft"
    assert desk.asked == []


def test_a_selection_with_an_order_in_it_cancels_the_order_and_keeps_the_drafts(made: Made, qtbot: QtBot) -> None:
    dock, _, desk = made
    dock.table.view.selectAll()
    qtbot.waitUntil(lambda: dock.action(CANCEL_SELECTED).text() == "Cancel 1 selected")
    dock.cancel_selected()
    assert [command.cl_ord_ids for command in desk.of(CancelOrders)] == [("W1",)]
    assert len(dock.drafts.all()) == 2


def test_an_unreadable_draft_is_said(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    screen.settings.put(SECTION, {"drafts": ["?"]})
    assert "1 draft of last time cannot be read" in make_dock(qtbot, screen).notice_text()


def test_words(qtbot: QtBot) -> None:
    assert (delete_title(1), delete_title(2)) == ("Delete 1 draft", "Delete 2 drafts")
    assert drafts_only([]) == 0
    assert drafts_only([make_order("W1")]) == 0
