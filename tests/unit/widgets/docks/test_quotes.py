"""A watchlist: found by two letters, watched only while seen, taken to the ticket without sending."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import QST
from tests.support.fake_desk_client import FakeDeskClient
from tests.support.market_screen import XAPI, key, make_market_screen, market_status, quote, send_quotes
from workstation.desk.commands import Finding, Hardness, Refused, WatchMarket
from workstation.desk.messages import ConnectionRemoved
from workstation.domain.identity import InstrumentKey
from workstation.domain.order_terms import Side
from workstation.venues.base import Lamp
from workstation.widgets.docks.quotes import QuotesDock
from workstation.widgets.ticket_wish import TicketWish

CORN = InstrumentKey(QST, "ZCZ26")


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.screen, self.desk = make_market_screen()
        self.dock = QuotesDock(self.screen)
        self.wishes: list[TicketWish] = []
        self.dock.ticket_requested.connect(self.wishes.append)
        qtbot.addWidget(self.dock)
        self.dock.resize(800, 300)

    def show(self) -> None:
        with self.qtbot.waitExposed(self.dock):
            self.dock.show()
        self.dock.activateWindow()
        self.qtbot.waitUntil(self.dock.isActiveWindow)

    def symbols(self) -> list[str]:
        model = self.dock.model
        return [model.record_at(row).key.symbol for row in range(model.rowCount())]

    def text(self, symbol: str, name: str) -> str:
        self.dock.model.flush()
        row = self.dock.model.row_of(key(symbol))
        number = [column.key for column in self.dock.model.columns].index(name)
        assert row is not None
        return self.dock.model.look(row).texts[number]

    def press(self, name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.dock.table.view, name, modifier)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def watched(desk: FakeDeskClient) -> list[frozenset[InstrumentKey]]:
    return [command.quotes for command in desk.of(WatchMarket)]


def test_the_first_run_shows_the_first_instruments_and_watches_them_once_seen(bench: Bench) -> None:
    assert bench.symbols() == ["EURUSD", "GBPUSD", "USDJPY", "GOLD"]
    assert bench.desk.asked == []
    bench.show()
    assert watched(bench.desk) == [frozenset(map(key, bench.symbols()))]


def test_only_the_shown_list_is_watched_and_venues_without_a_feed_are_not_asked(bench: Bench) -> None:
    bench.show()
    bench.dock.lists.add_list("Mine")
    bench.dock.add(CORN)
    bench.dock.add(key("GOLD"))
    assert watched(bench.desk)[1:] == [frozenset(), frozenset({key("GOLD")})]
    assert bench.desk.of(WatchMarket)[-1].watcher == "quotes"
    row = bench.dock.model.row_of(CORN)
    assert row is not None
    assert "no feed" in bench.dock.model.look(row).texts


def test_quotes_reach_their_rows_and_the_line_makes_them_stale(bench: Bench) -> None:
    send_quotes(bench.screen, quote(bench.screen, "EURUSD", "1.1", "1.2"))
    assert (bench.text("EURUSD", "bid"), bench.text("EURUSD", "age")) == ("1.10000", "0 s")
    bench.screen.services.dispatch([market_status(Lamp.SUSPECT)])
    assert bench.text("EURUSD", "age") == "stale 0 s, no traffic"


def test_type_ahead_from_the_table_adds_or_finds(bench: Bench) -> None:
    bench.show()
    bench.dock.lists.add_list("Mine")
    bench.dock.focus_first()
    assert bench.dock.search.hasFocus()
    bench.dock.add(key("EURUSD"))
    bench.press(Qt.Key.Key_G)
    assert bench.dock.search.hasFocus()
    bench.dock.search.index.finish()
    QTest.keyClicks(bench.dock.search, "old")
    QTest.keyClick(bench.dock.search, Qt.Key.Key_Return)
    assert bench.symbols() == ["EURUSD", "GOLD"]
    assert bench.dock.table.current_key() == key("GOLD")
    bench.dock.search.picked.emit(key("EURUSD"))
    assert (bench.symbols(), bench.dock.table.current_key()) == (["EURUSD", "GOLD"], key("EURUSD"))


def test_keys_order_and_remove_rows(bench: Bench) -> None:
    bench.show()
    bench.dock.focus_first()
    alt = Qt.KeyboardModifier.AltModifier
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Down, alt)
    assert bench.symbols() == ["EURUSD", "USDJPY", "GBPUSD", "GOLD"]
    bench.press(Qt.Key.Key_Up, alt)
    bench.press(Qt.Key.Key_Up, alt)
    bench.press(Qt.Key.Key_Up, alt)
    assert bench.symbols() == ["GBPUSD", "EURUSD", "USDJPY", "GOLD"]
    assert bench.dock.table.current_key() == key("GBPUSD")
    bench.press(Qt.Key.Key_Delete)
    assert bench.symbols() == ["EURUSD", "USDJPY", "GOLD"]


def test_a_drop_between_rows_orders_them_also_under_the_pointer(bench: Bench) -> None:
    model = bench.dock.model
    model.hold(True)
    carried = model.mimeData([model.index(3, 0)])
    assert model.dropMimeData(carried, Qt.DropAction.CopyAction, -1, -1, model.index(0, 0))
    assert bench.symbols() == ["GOLD", "EURUSD", "GBPUSD", "USDJPY"]


def test_enter_and_the_menu_bring_a_row_to_the_ticket_and_send_nothing(bench: Bench) -> None:
    bench.show()
    bench.dock.focus_first()
    bench.press(Qt.Key.Key_Return)
    bench.dock.sell_action.trigger()
    assert [(wish.key, wish.side) for wish in bench.wishes] == [(key("EURUSD"), None), (key("EURUSD"), Side.SELL)]
    assert {type(command) for command in bench.desk.asked} == {WatchMarket}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, off screen
def test_the_menu_offers_both_sides_with_words(bench: Bench) -> None:
    bench.show()
    bench.dock.table.view.customContextMenuRequested.emit(QPoint(5, 5))
    assert bench.dock.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly) is None
    bench.dock.focus_first()
    bench.dock.table.view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = bench.dock.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][:2] == ["Buy…", "Sell…"]
    menu.close()


def test_going_to_a_row_moves_the_links_and_a_link_moves_here_without_an_echo(bench: Bench) -> None:
    links, heard = bench.screen.links, []
    links.chosen.connect(lambda group, chosen, source: heard.append((group, chosen.symbol, source)))
    bench.show()
    bench.dock.focus_first()
    assert heard == []
    bench.press(Qt.Key.Key_Down)
    assert heard == [("A", "GBPUSD", "quotes")]
    links.choose("A", key("GOLD"), "chart")
    assert bench.dock.table.current_key() == key("GOLD")
    links.choose("B", key("USDJPY"), "chart")
    links.choose("A", CORN, "chart")
    assert bench.dock.table.current_key() == key("GOLD")
    assert len(heard) == 4


def test_a_removed_connection_leaves_no_price_behind(bench: Bench) -> None:
    bench.show()
    bench.dock.add(CORN)
    send_quotes(bench.screen, quote(bench.screen, "EURUSD", "1.1", "1.2"))
    assert bench.text("EURUSD", "bid") == "1.10000"
    bench.screen.services.dispatch([ConnectionRemoved(connection_id=XAPI)])
    assert watched(bench.desk)[-1] == frozenset()
    assert (bench.text("EURUSD", "bid"), bench.text("EURUSD", "age")) == ("—", "no feed")
    assert len(bench.symbols()) == 5


def test_an_untouched_list_goes_with_its_connection(bench: Bench) -> None:
    bench.screen.services.dispatch([ConnectionRemoved(connection_id=XAPI)])
    assert bench.symbols() == []
    assert "Type the first letters" in bench.dock.table.empty_text()


def test_refusals_are_said(bench: Bench) -> None:
    bench.show()
    bench.desk.answer(
        Refused(findings=(Finding(gate="watch", hardness=Hardness.HARD, text="Too many.", cure="Watch fewer."),))
    )
    assert bench.dock.notice.text() == "Quotes are not watched. Too many. Watch fewer."
    bench.dock.bar.refused.emit("Type a name for the list.")
    assert bench.dock.notice.text() == "Type a name for the list."


def test_a_list_removed_by_mistake_comes_back(bench: Bench) -> None:
    bench.show()
    bench.dock.add(CORN)
    bench.dock.bar.remove_action.trigger()
    assert bench.symbols() == []
    assert bench.dock.notice.text() == "The list “Main” with 5 instruments is removed."
    bench.dock.notice.button("Put it back").click()
    assert (len(bench.symbols()), bench.dock.notice.text()) == (5, "")


def test_the_list_and_its_columns_outlive_the_dock(bench: Bench) -> None:
    bench.dock.add(CORN)
    again = QuotesDock(bench.screen)
    bench.qtbot.addWidget(again)
    assert again.lists.keys == bench.dock.lists.keys
    QApplication.processEvents()
