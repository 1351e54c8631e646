"""The chart dock: built when seen, linked, narrowed to a period, with the trader's lines and honest words."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.chart_bench import EURUSD, MY_ACCOUNT, CandleVenue, chart_screen, data_status
from tests.support.dock_screen import QST, corn_terms, make_order
from workstation.desk.commands import WatchMarket
from workstation.desk.messages import MarketMoved
from workstation.domain.account import Position
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import CandlePeriod, Quote
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.venues.base import Lamp
from workstation.widgets.chart.chart_lines import LineKind
from workstation.widgets.docks.chart import ChartDock
from workstation.widgets.screen import Screen

CORN = InstrumentKey(QST, "ZCZ26")
NONE: frozenset[InstrumentKey] = frozenset()


def shown_dock(qtbot: QtBot, screen: Screen) -> ChartDock:
    dock = ChartDock(screen)
    qtbot.addWidget(dock)
    dock.resize(744, 430)
    with qtbot.waitExposed(dock):
        dock.show()
    qtbot.waitUntil(lambda: dock.view is not None)
    return dock


def euro_order(price: str, status: OrdStatus = OrdStatus.NEW) -> Order:
    return make_order("W1", status, terms=replace(corn_terms(price=price), account=MY_ACCOUNT, symbol="EURUSD"))


def test_a_start_without_a_chart_loads_no_library_for_it() -> None:
    code = "import sys, workstation.widgets.standard_docks; print({'numpy', 'nh3'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_it_is_built_when_it_comes_into_sight(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = ChartDock(screen)
    qtbot.addWidget(dock)
    screen.links.choose("A", EURUSD, "quotes")
    assert (dock.view, dock.feed.key) == (None, None)
    dock.build_plot()
    dock.build_plot()
    assert dock.view is not None
    assert dock.feed.key == EURUSD
    assert dock.heading.text() == "EURUSD · XAPI demo"


def test_choosing_a_symbol_watches_it_and_moves_the_group(qtbot: QtBot) -> None:
    screen, desk = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    assert screen.links.key_of("A") == EURUSD
    mine = frozenset({EURUSD})
    assert desk.of(WatchMarket)[-1] == WatchMarket(watcher="chart", quotes=mine, candles=mine)
    assert dock.view is not None
    assert dock.pages.currentWidget() is dock.view
    assert len(dock.view.candles) == len(dock.feed.series.candles)


def test_a_symbol_without_a_feed_says_so_and_watches_nothing(qtbot: QtBot) -> None:
    screen, desk = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    dock.choose(CORN)
    assert dock.pages.currentWidget() is dock.note
    assert "no feed" in dock.note.text()
    assert desk.of(WatchMarket)[-1] == WatchMarket(watcher="chart", quotes=NONE, candles=NONE)


def test_it_follows_its_link_group(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    screen.links.choose("A", EURUSD, "quotes")
    assert dock.feed.key == EURUSD
    dock.link.join("")
    screen.links.choose("A", CORN, "quotes")
    assert dock.feed.key == EURUSD


def test_the_period_is_kept(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    dock.periods.choose("H4")
    assert dock.feed.series.period is CandlePeriod.H4
    again = ChartDock(screen)
    qtbot.addWidget(again)
    assert again.period is CandlePeriod.H4


def test_lines_follow_orders_positions_and_quotes(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    view = dock.view
    assert view is not None
    quote = Quote(key=EURUSD, bid_px=Decimal("1.119"), ask_px=Decimal("1.120"))
    held = Position(key=MY_ACCOUNT, symbol="EURUSD", net_qty=Decimal(1), avg_px=Decimal("1.118"))
    screen.services.dispatch([euro_order("1.117"), held, MarketMoved(quotes=(quote,))])

    def drawn() -> set[tuple[LineKind, str]]:
        return {(line.kind, str(line.level)) for line in view.lines_layer.lines()}

    market = {(LineKind.BID, "1.119"), (LineKind.ASK, "1.120"), (LineKind.POSITION, "1.118")}
    qtbot.waitUntil(lambda: drawn() == {*market, (LineKind.ORDER, "1.117")})
    screen.services.dispatch([euro_order("1.116")])  # amended
    qtbot.waitUntil(lambda: drawn() == {*market, (LineKind.ORDER, "1.116")})
    screen.services.dispatch([euro_order("1.116", OrdStatus.CANCELED)])
    qtbot.waitUntil(lambda: drawn() == market)


def test_lines_rest_behind_another_tab_and_are_drawn_when_it_is_seen(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    view = dock.view
    assert view is not None
    dock.hide()
    screen.services.dispatch([euro_order("1.117")])
    assert not dock._lines_due.isActive()
    dock.show()
    qtbot.waitUntil(lambda: [str(line.level) for line in view.lines_layer.lines()] == ["1.117"])


def test_a_quote_moves_the_last_candle_on_the_plot(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    assert dock.view is not None
    last = dock.feed.series.candles[-1]
    quote = Quote(key=EURUSD, bid_px=Decimal("1.3"), transact_time_ns=last.start_ns + 10**9)
    screen.services.dispatch([MarketMoved(quotes=(quote,))])
    assert dock.view.candles.closes[-1] == 1.3
    assert dock.view.place.top > 1.3


def test_scrolling_back_asks_for_older_candles(qtbot: QtBot) -> None:
    venue = CandleVenue()
    screen, _ = chart_screen(venue)
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    dock.periods.choose("H1")
    before = len(dock.feed.series.candles)
    assert dock.view is not None
    dock.view.show_oldest()
    assert len(dock.feed.series.candles) > before
    assert dock.view.candles.first_x == before - len(dock.feed.series.candles)


def test_the_stale_feed_is_said_under_the_candles(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    screen.services.dispatch([data_status(Lamp.STALE)])
    assert dock.warning.text().startswith("The feed is stale")
    assert dock.pages.currentWidget() is dock.view
    screen.services.dispatch([data_status(Lamp.LIVE)])
    assert dock.warning.text() == ""


def test_what_was_missed_behind_another_tab_is_asked_for(qtbot: QtBot) -> None:
    venue = CandleVenue()
    screen, _ = chart_screen(venue)
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    last_ns = dock.feed.series.candles[-1].start_ns
    asked = len(venue.asked)
    dock.hide()
    assert len(venue.asked) == asked
    dock.show()
    assert len(venue.asked) == asked + 1
    assert venue.asked[-1].start_ns < last_ns
    assert venue.asked[-1].end_ns == 0


def test_the_height_button_and_the_plot_agree(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    view = dock.view
    assert view is not None
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert not dock.auto_height.isChecked()
    dock.auto_height.click()
    assert view.place.is_auto
    dock.auto_height.click()
    assert not view.place.is_auto
    view.show_oldest()
    dock.newest.click()
    assert view.place.shows_newest(view.candles)


def test_the_focus_goes_to_the_symbol_first_and_to_the_plot_then(qtbot: QtBot) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.activateWindow()
    qtbot.waitUntil(dock.isActiveWindow)
    dock.focus_first()
    assert QApplication.focusWidget() is dock.search
    dock.search.picked.emit(EURUSD)
    dock.focus_first()
    assert QApplication.focusWidget() is dock.view


@pytest.mark.parametrize("period", CandlePeriod)
def test_all_nine_periods_show(qtbot: QtBot, period: CandlePeriod) -> None:
    screen, _ = chart_screen(CandleVenue())
    dock = shown_dock(qtbot, screen)
    dock.choose(EURUSD)
    dock.periods.choose(period.name)
    assert dock.feed.series.candles
    dock.grab()
