"""Quotes, ladder and symbol details at any zoom and in both themes: nothing cut, nothing without a name."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.clipping import clipped, nameless
from tests.support.dock_screen import make_position
from tests.support.fake_desk_client import FakeDeskClient
from tests.support.market_screen import (
    FOREX,
    add_market,
    depth,
    key,
    quote,
    send_depth,
    send_quotes,
    trading_hours,
)
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import AskVenue, Command, VenueAnswered
from workstation.domain.market_data import Fact
from workstation.venues.queries import FactsAnswer, HoursAnswer, InstrumentFactsQuery
from workstation.widgets.docks.ladder import LadderDock
from workstation.widgets.docks.quotes import QuotesDock
from workstation.widgets.docks.symbol_details import SymbolDock
from workstation.widgets.late_content import LateContent
from workstation.widgets.main_window import MainWindow
from workstation.widgets.screen import Screen
from workstation.widgets.standard_docks import LADDER, QUOTES, SYMBOL, TICKET, standard_window
from workstation.widgets.theme import ThemeMode

DOCKS = (QuotesDock, LadderDock, SymbolDock)
WIDTH = 290
"""Pixels of the right column in a window of 1366 x 768."""
Build = Callable[[Screen], QWidget]


def answer(command: Command) -> VenueAnswered | None:
    if not isinstance(command, AskVenue):
        return None
    if isinstance(command.query, InstrumentFactsQuery):
        return VenueAnswered(result=FactsAnswer(facts=(Fact("swapLong", "-2.5", "per lot and night, when bought"),)))
    return VenueAnswered(result=HoursAnswer(hours=(trading_hours("EURUSD"),)))


def fill(screen: Screen) -> None:
    screen.links.choose("A", key("EURUSD"), "test")
    send_quotes(
        screen,
        quote(screen, "EURUSD", "1.09812", "1.09818", prev="1.09"),
        quote(screen, "GOLD", "2411.20", "2411.60", age_s=20),
    )
    send_depth(screen, depth(screen, "EURUSD", {"1.09812": "1000000"}, {"1.09818": None}))
    screen.services.dispatch([replace(make_position(FOREX, "EURUSD", -2, "1.098155"))])


@pytest.fixture
def filled(bench: ShellBench) -> ShellBench:
    add_market(bench.screen)
    assert isinstance(bench.desk, FakeDeskClient)
    bench.desk.answers = answer
    return bench


def shown(bench: ShellBench, build: Build) -> QWidget:
    dock = build(bench.screen)
    dock.resize(WIDTH * bench.screen.theme.zoom_percent // 100, 520)
    bench.show(dock)
    fill(bench.screen)
    for _ in range(8):
        QApplication.processEvents()
    return dock


@pytest.mark.parametrize("zoom", [100, 150, 200])
@pytest.mark.parametrize("build", DOCKS)
def test_no_words_are_cut_and_everything_has_a_name(filled: ShellBench, build: Build, zoom: int) -> None:
    filled.screen.theme.set_zoom(zoom)
    dock = shown(filled, build)
    assert clipped(dock) == []
    assert nameless(dock) == []


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
@pytest.mark.parametrize("build", DOCKS)
def test_themes_change_while_the_dock_is_open(filled: ShellBench, build: Build, mode: ThemeMode) -> None:
    dock = shown(filled, build)
    filled.screen.theme.set_mode(mode)
    picture = dock.grab().toImage()
    edge = picture.pixelColor(2, picture.height() // 2)
    assert (edge.lightness() < 128) is (mode is ThemeMode.DARK)


@pytest.mark.parametrize("build", DOCKS)
def test_an_empty_dock_says_what_will_be_here(bench: ShellBench, build: Build) -> None:
    dock = build(bench.screen)
    dock.resize(WIDTH, 520)
    bench.show(dock)
    said = {label.text() for label in dock.findChildren(QLabel) if label.isVisible() and len(label.text()) > 40}
    assert len(said) == 1


@pytest.fixture
def window(filled: ShellBench) -> MainWindow:
    made = standard_window(filled.screen)
    filled.qtbot.addWidget(made)
    with filled.qtbot.waitExposed(made):
        made.open_first()
    made.activateWindow()
    filled.qtbot.waitUntil(made.isActiveWindow)
    return made


def content(window: MainWindow, dock_id: str) -> QWidget:
    held = window.workspace.content(dock_id)
    return held.content() if isinstance(held, LateContent) else held


def test_one_choice_moves_all_docks_by_keys_alone(filled: ShellBench, window: MainWindow, qtbot: QtBot) -> None:
    fill(filled.screen)
    keys = filled.screen.keys
    QTest.keySequence(window, keys.keys("focus.quotes")[0])
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    quotes, ladder, symbol, ticket = (content(window, name) for name in (QUOTES, LADDER, SYMBOL, TICKET))
    assert isinstance(quotes, QuotesDock)
    assert isinstance(ladder, LadderDock)
    assert isinstance(symbol, SymbolDock)
    chosen = quotes.table.current_key()
    assert chosen is not None
    assert (ladder.key, symbol.key) == (chosen, chosen)
    assert ticket.form.symbol.symbol() == chosen.symbol  # type: ignore[attr-defined]
    QTest.keyClick(quotes.table.view, Qt.Key.Key_Return)
    assert ticket.isAncestorOf(QApplication.focusWidget())
    QTest.keySequence(window, keys.keys("focus.ladder")[0])
    assert ladder.isAncestorOf(QApplication.focusWidget())
