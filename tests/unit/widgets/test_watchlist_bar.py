"""Names are typed in place; a bad one stays in the field with a reason."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.watchlist_bar import WatchlistBar
from workstation.widgets.watchlists import Watchlists


@pytest.fixture
def bar(qtbot: QtBot) -> WatchlistBar:
    made = WatchlistBar(Watchlists(MemorySettings()))
    qtbot.addWidget(made)
    made.show()
    return made


def names(bar: WatchlistBar) -> list[str]:
    return [bar.box.itemText(row) for row in range(bar.box.count())]


def test_a_list_is_made_and_chosen(bar: WatchlistBar) -> None:
    bar.new_action.trigger()
    assert (bar.box.isVisible(), bar.name.isVisible()) == (False, True)
    QTest.keyClicks(bar.name, "Metals")
    QTest.keyClick(bar.name, Qt.Key.Key_Return)
    assert (names(bar), bar.box.currentText(), bar.name.isVisible()) == (["Main", "Metals"], "Metals", False)
    bar.box.textActivated.emit("Main")
    assert bar.box.currentText() == "Main"


def test_a_bad_name_stays_with_its_reason_and_esc_leaves(bar: WatchlistBar) -> None:
    said: list[str] = []
    bar.refused.connect(said.append)
    bar.new_action.trigger()
    QTest.keyClicks(bar.name, "Main")
    QTest.keyClick(bar.name, Qt.Key.Key_Return)
    assert "already" in said[0]
    assert bar.name.isVisible()
    QTest.keyClick(bar.name, Qt.Key.Key_Escape)
    assert (names(bar), bar.box.isVisible()) == (["Main"], True)


def test_rename_and_remove(bar: WatchlistBar) -> None:
    bar.rename_action.trigger()
    assert bar.name.selectedText() == "Main"
    QTest.keyClicks(bar.name, "Forex")
    QTest.keyClick(bar.name, Qt.Key.Key_Enter)
    assert names(bar) == ["Forex"]
    bar.remove_action.trigger()
    assert names(bar) == ["Main"]
