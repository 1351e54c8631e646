"""The symbol: helped, never forced."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import CORN, CORN_SEPTEMBER, MEAL
from workstation.domain.instrument import Instrument
from workstation.widgets.ticket.symbol_field import SymbolField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups off screen

KNOWN = {known.symbol: known for known in (CORN, CORN_SEPTEMBER, MEAL)}


@pytest.fixture
def field(qtbot: QtBot) -> SymbolField:
    made = SymbolField()
    qtbot.addWidget(made)
    made.set_instruments(KNOWN)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "symbol"), [("zc", "ZCU26"), ("zcz26", "ZCZ26"), ("ZM", "ZMZ26"), ("XYZ1", "XYZ1"), ("", "")]
)
def test_enter_takes_the_first_that_begins_so(field: SymbolField, typed: str, symbol: str) -> None:
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == field.symbol() == symbol


def test_the_venues_spelling_counts_already_while_typing(field: SymbolField) -> None:
    QTest.keyClicks(field, " zcz26 ")
    assert field.symbol() == "ZCZ26"


def test_enter_is_announced_once_and_moves_on(field: SymbolField) -> None:
    heard: list[str] = []
    field.changed.connect(lambda: heard.append("changed"))
    field.entered.connect(lambda: heard.append("entered"))
    QTest.keyClicks(field, "zm")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["changed"] * 3 + ["entered"]


def test_other_instruments_leave_what_is_typed(field: SymbolField) -> None:
    QTest.keyClicks(field, "ZCZ26")
    field.set_instruments({})
    assert field.text() == field.symbol() == "ZCZ26"


def test_the_list_finds_by_name_and_shows_the_month(field: SymbolField) -> None:
    QTest.keyClicks(field, "meal")
    listed = field.completer().completionModel()
    assert [listed.index(row, 0).data() for row in range(listed.rowCount())] == [
        "ZMZ26  Soybean Meal · CBOT · Dec 2026"
    ]
    assert field.completer().pathFromIndex(listed.index(0, 0)) == "ZMZ26"


def test_thousands_of_instruments_are_found_as_soon_as_they_are_listed(field: SymbolField) -> None:
    many: dict[str, Instrument] = {}
    for number in range(6_000):  # a venue lists them in slices, into one mapping
        many[f"S{number:04d}"] = replace(CORN, symbol=f"S{number:04d}", description=f"Share {number}")
        if number % 100 == 99:
            field.set_instruments(many)
    QTest.keyClicks(field, "s5999")
    listed = field.completer().completionModel()
    assert [listed.index(row, 0).data().split()[0] for row in range(listed.rowCount())] == ["S5999"]
    assert field.symbol() == "S5999"


def test_down_opens_the_list(field: SymbolField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Down)
    popup = field.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    popup.hide()


def test_a_picked_entry_is_taken(field: SymbolField) -> None:
    heard: list[str] = []
    field.changed.connect(lambda: heard.append("changed"))
    field.completer().activated.emit("ZMZ26")
    assert heard == ["changed"]
