"""The table of a watchlist: what its keys and its choice announce."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.market_screen import key, make_market_screen
from workstation.item_models.market_state import MarketState
from workstation.item_models.naming import Naming
from workstation.item_models.quotes_model import QuotesModel
from workstation.widgets.docks.quotes_table import QuoteTable

KEYS = (key("EURUSD"), key("GBPUSD"), key("GOLD"))
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def table(qtbot: QtBot) -> QuoteTable:
    screen, _ = make_market_screen()
    state = MarketState.of(screen.services, screen.clock.now_ns)
    made = QuoteTable(screen, QuotesModel(Naming.of(screen.services, screen.clock), state), [])
    qtbot.addWidget(made)
    made.show_keys(KEYS)
    made.select_quietly(KEYS[1])
    return made


def heard_of(table: QuoteTable) -> list[object]:
    heard: list[object] = []
    for name in ("chosen", "opened", "removed", "shifted", "typed"):
        getattr(table, name).connect(lambda *values, name=name: heard.append((name, *values)))
    return heard


def test_rows_stand_in_the_order_of_the_list(table: QuoteTable) -> None:
    assert [table.model.record_at(row).key for row in range(3)] == list(KEYS)
    table.show_keys(tuple(reversed(KEYS)))
    assert [table.model.record_at(row).key for row in range(3)] == list(reversed(KEYS))
    assert not table.find_field.isVisibleTo(table)


@pytest.mark.parametrize(
    ("name", "modifier", "said"),
    [
        (Key.Key_Return, Modifier.NoModifier, ("opened", KEYS[1])),
        (Key.Key_Delete, Modifier.NoModifier, ("removed", [KEYS[1]])),
        (Key.Key_Up, Modifier.AltModifier, ("shifted", -1)),
        (Key.Key_Down, Modifier.AltModifier, ("shifted", 1)),
        (Key.Key_E, Modifier.NoModifier, ("typed", "e")),
    ],
)
def test_keys_act_on_the_current_row(
    table: QuoteTable, name: Key, modifier: Modifier, said: tuple[object, ...]
) -> None:
    heard = heard_of(table)
    QTest.keyClick(table.view, name, modifier)
    assert heard == [said]


def test_keys_of_others_are_left_alone(table: QuoteTable) -> None:
    heard = heard_of(table)
    QTest.keyClick(table.view, Key.Key_Return, Modifier.ControlModifier)
    QTest.keyClick(table.view, Key.Key_F9)
    assert heard == []


def test_going_to_a_row_is_announced_but_not_when_another_dock_went_there(table: QuoteTable) -> None:
    heard = heard_of(table)
    table.select_quietly(KEYS[2])
    assert heard == []
    assert table.current_key() == KEYS[2]
    QTest.keyClick(table.view, Key.Key_Up)
    assert set(heard) == {("chosen", KEYS[1])}
    assert table.selected_keys() == [KEYS[1]]
