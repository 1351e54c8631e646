"""The ladder stands still under the pointer, says where the market is, and never sends."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import QST, corn_terms, make_order, make_position
from tests.support.fake_desk_client import FakeClock
from tests.support.market_screen import (
    FEEDS,
    FOREX,
    XAPI,
    add_market,
    depth,
    key,
    make_market_screen,
    quote,
    send_depth,
    send_quotes,
)
from workstation.desk.commands import Finding, Hardness, Refused, WatchMarket
from workstation.desk.messages import ConnectionRemoved
from workstation.domain.capabilities import Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.order_terms import Side
from workstation.item_models.ladder_model import ASKS, BIDS, OWN_BUYS, PRICE
from workstation.widgets.docks.ladder import LadderDock
from workstation.widgets.ticket_wish import TicketWish

EURUSD = key("EURUSD")


class Bench:
    def __init__(self, qtbot: QtBot, feeds: frozenset[Feed] = FEEDS) -> None:
        self.qtbot = qtbot
        self.screen, self.desk = make_market_screen(feeds)
        self.dock = LadderDock(self.screen)
        self.wishes: list[TicketWish] = []
        self.dock.ticket_requested.connect(self.wishes.append)
        self.inside = False
        self.dock._pointer_inside = lambda: self.inside  # type: ignore[method-assign]  # a screen without a pointer
        qtbot.addWidget(self.dock)
        self.dock.resize(500, 400)
        with qtbot.waitExposed(self.dock):
            self.dock.show()

    def link(self, symbol: str = "EURUSD") -> None:
        self.screen.links.choose("A", key(symbol), "quotes")

    def quote(self, bid: str, ask: str) -> None:
        send_quotes(self.screen, quote(self.screen, "EURUSD", bid, ask))
        self.dock.model.flush()
        QApplication.processEvents()

    def numbers_in_sight(self) -> list[int]:
        first, last = self.dock._rows_in_sight()
        return [self.dock.model.record_at(row).number for row in range(first, last + 1)]

    def middle_of_sight(self) -> list[int]:
        """Return the rows of the middle third; how many that are depends on the font."""
        sight = self.numbers_in_sight()
        return sight[len(sight) // 3 : -(len(sight) // 3)]

    def top(self) -> tuple[int, int]:
        """Return the uppermost price in sight, and the pixel on which it stands."""
        view = self.dock.view
        row = view.rowAt(0)
        return self.dock.model.record_at(row).number, view.viewport().mapTo(
            self.dock, view.visualRect(self.dock.model.index(row, 0)).topLeft()
        ).y()

    def texts(self, number: int) -> tuple[str, ...]:
        self.dock.model.flush()
        row = self.dock.model.row_of(number)
        assert row is not None
        return self.dock.model.look(row).texts


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    made.link()
    made.quote("1.10000", "1.10002")
    return made


def test_the_linked_instrument_is_shown_in_the_middle_and_watched(bench: Bench) -> None:
    assert 110001 in bench.middle_of_sight()
    wanted = frozenset({EURUSD})
    assert bench.desk.of(WatchMarket) == [WatchMarket(watcher="ladder", quotes=wanted, depth=wanted)]
    assert bench.dock.words.text() == "EURUSD XAPI · bid 1.10000 · ask 1.10002 · spread 0.00002 · 0 s"


def test_depth_own_orders_and_positions_stand_at_their_prices(bench: Bench) -> None:
    terms = replace(corn_terms(), account=FOREX, symbol="EURUSD", price=Decimal("1.09995"))
    bench.screen.services.dispatch(
        [
            make_order("W1", terms=terms),
            make_order("W2"),
            make_position(FOREX, "EURUSD", 2, "1.0999"),
            make_position(FOREX, "GOLD", 2, "1.0999"),
        ]
    )
    send_depth(bench.screen, depth(bench.screen, "EURUSD", {"1.1": "3", "1.09999": None}, {"1.10002": "2"}))
    assert bench.texts(110000)[BIDS] == "3"
    assert (bench.texts(109999)[BIDS], bench.texts(110002)[ASKS]) == ("•", "2")
    assert (bench.texts(109995)[OWN_BUYS], bench.texts(109990)[-1]) == ("5", "avg +2")


def test_the_axis_does_not_move_while_the_pointer_is_in_it(bench: Bench) -> None:
    before = bench.top()
    bench.inside = True
    bench.quote("1.10040", "1.10042")
    assert bench.top() == before
    assert "▲ The market is above." in bench.dock.words.text()
    bench.quote("1.20000", "1.20002")
    bench.quote("1.00000", "1.00002")
    assert bench.top() == before
    assert "▼ The market is below." in bench.dock.words.text()
    bench.dock.recentre_action.trigger()
    assert 100001 in bench.numbers_in_sight()
    assert "The market is" not in bench.dock.words.text()


def test_without_the_pointer_it_follows_but_not_every_tick(bench: Bench) -> None:
    before = bench.numbers_in_sight()
    bench.quote("1.10001", "1.10003")
    assert bench.numbers_in_sight() == before
    bench.quote("1.10500", "1.10502")
    assert 110501 in bench.middle_of_sight()


def test_the_pointer_holds_rows_as_in_every_table(bench: Bench) -> None:
    viewport = bench.dock.view.viewport()
    spot = QPointF(5, 5)
    QApplication.sendEvent(viewport, QEnterEvent(spot, spot, spot))
    bench.dock.recentre()
    assert bench.dock.model.rowCount() == len(bench.dock.model.axis)
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))


def test_a_click_brings_price_and_side_to_the_ticket_and_sends_nothing(bench: Bench) -> None:
    model, view = bench.dock.model, bench.dock.view
    row = model.row_of(110000)
    assert row is not None
    for column in (BIDS, ASKS, PRICE):
        middle = view.visualRect(model.index(row, column)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    asked = [(wish.key, wish.side, wish.price) for wish in bench.wishes]
    px = Decimal("1.10000")
    assert asked == [(EURUSD, Side.BUY, px), (EURUSD, Side.SELL, px), (EURUSD, None, px)]
    view.setCurrentIndex(model.index(row, BIDS))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert bench.wishes[-1].side is Side.BUY
    assert {type(command) for command in bench.desk.asked} == {WatchMarket}


def test_a_stale_book_is_struck_and_says_so(bench: Bench) -> None:
    assert isinstance(bench.screen.clock, FakeClock)
    bench.screen.clock.advance(20)
    bench.dock._ages.timeout.emit()
    assert bench.dock.words.text().endswith("stale 20 s")
    row = bench.dock.model.row_of(110000)
    assert row is not None
    assert bench.dock.model.look(row).dress.struck


def test_quotes_without_depth_are_said_to_be_all(qtbot: QtBot) -> None:
    bench = Bench(qtbot, frozenset({Feed.QUOTES}))
    bench.link()
    bench.quote("1.1", "1.10002")
    assert "Best bid and ask only: XAPI gives no depth." in bench.dock.words.text()
    assert bench.desk.of(WatchMarket)[-1].depth == frozenset()


def test_every_kind_of_nothing_says_why(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    empty = bench.dock.empty
    assert "No instrument yet" in empty.text()
    bench.dock.focus_first()
    bench.link()
    assert "No price of EURUSD yet" in empty.text()
    bench.screen.links.choose("A", InstrumentKey(QST, "ZCZ26"), "quotes")
    assert empty.text() == "No feed: QST gives neither quotes nor depth for ZCZ26."
    bench.link("NEW")
    assert "tick size" in empty.text()


def test_an_instrument_that_becomes_known_begins_and_one_that_goes_ends(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.link()
    bench.quote("1.1", "1.10002")
    bench.screen.services.dispatch([ConnectionRemoved(connection_id=XAPI)])
    assert bench.dock.model.rowCount() == 0
    assert bench.desk.of(WatchMarket)[-1] == WatchMarket(watcher="ladder")
    add_market(bench.screen)
    bench.quote("1.1", "1.10002")
    assert bench.dock.model.rowCount() > 0


def test_rows_of_several_ticks_are_kept_for_the_next_run(bench: Bench) -> None:
    bench.dock.rows.setCurrentIndex(4)
    bench.dock.rows.activated.emit(4)
    assert bench.texts(11000)[PRICE] == "1.10000"
    again = LadderDock(bench.screen)
    bench.qtbot.addWidget(again)
    assert again.rows.currentText() == "10 ticks"


def test_rows_grow_with_the_spread_when_the_trader_centres(bench: Bench) -> None:
    assert bench.dock.rows.currentText() == "auto: 1 tick"
    bench.quote("1.10000", "1.10040")
    assert bench.dock.rows.currentText() == "auto: 1 tick"  # a spread that widens moves nothing by itself
    bench.dock.centre.click()
    assert bench.dock.rows.currentText() == "auto: 10 ticks"
    assert {11000, 11004} <= set(bench.numbers_in_sight())
    assert bench.texts(11004)[PRICE] == "1.10040"


def test_a_symbol_found_here_moves_the_links_and_a_refusal_is_said(bench: Bench) -> None:
    bench.dock.search.picked.emit(key("GOLD"))
    assert (bench.dock.key, bench.screen.links.key_of("A")) == (key("GOLD"), key("GOLD"))
    bench.dock.watch.refused.emit("Too many.")
    assert bench.dock.notice.text() == "The ladder is not watched. Too many."
    bench.desk.answer(Refused(findings=(Finding(gate="watch", hardness=Hardness.HARD, text="No."),)))
    assert bench.dock.notice.text() == "The ladder is not watched. No."


def test_behind_another_tab_it_rests_and_catches_up_when_it_is_seen(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.link()
    bench.quote("1.1000", "1.1002")
    bench.dock.hide()
    order = make_order("W1", terms=replace(corn_terms(price="1.0999"), account=FOREX, symbol="EURUSD"))
    bench.screen.services.dispatch([order, make_position(FOREX, "EURUSD", 3)])
    send_quotes(bench.screen, quote(bench.screen, "EURUSD", "1.0998", "1.1000"))
    assert bench.dock.model.market is not None
    assert bench.dock.model.market.orders == ()
    bench.dock.show()
    market = bench.dock.model.market
    assert market is not None
    assert market.quote is not None
    assert (market.quote.bid_px, market.orders) == (Decimal("1.0998"), (order,))
    assert [position.net_qty for position in market.positions] == [3]
