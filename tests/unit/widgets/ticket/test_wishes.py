"""What other docks wish is done while nothing is typed, offered while something is, and never sent."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.market_screen import XAPI, add_market, key
from tests.support.ticket_bench import MAIN, QST, Bench, corn_order, fill, make_bench, open_ticket
from workstation.desk.commands import CheckOrder, Sent, WatchMarket
from workstation.domain.identity import ClOrdID, InstrumentKey
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.item_models.instrument_mime import instruments_to_mime
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.ticket.dealing import Stage
from workstation.widgets.ticket_wish import TicketWish

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups off screen
CORN, MEAL = InstrumentKey(QST, "ZCZ26"), InstrumentKey(QST, "ZMZ26")


@pytest.fixture
def bench(qapp: object) -> Bench:
    made = make_bench()
    add_market(made.screen)
    return made


@pytest.fixture
def ticket(qtbot: QtBot, bench: Bench) -> OrderTicket:
    return open_ticket(qtbot, bench)


def wish(at: InstrumentKey, side: Side | None = None, price: str | None = None) -> TicketWish:
    return TicketWish(key=at, source="Quotes", side=side, price=None if price is None else Decimal(price))


def holds(ticket: OrderTicket) -> tuple[str, str]:
    account = ticket.form.account.key()
    return (account.connection_id if account else "", ticket.form.symbol.symbol())


def test_an_empty_ticket_goes_there_with_an_account_and_a_legal_form(ticket: OrderTicket, bench: Bench) -> None:
    ticket.wishes.bring(wish(key("EURUSD"), Side.SELL))
    draft = ticket.form.draft()
    assert holds(ticket) == (XAPI, "EURUSD")
    assert (draft.side, draft.ord_type, draft.time_in_force) == (Side.SELL, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL)
    assert not [command for command in bench.desk.asked if not isinstance(command, CheckOrder | WatchMarket)]


def test_typed_input_is_never_overwritten_but_offered(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    before = ticket.form.draft()
    bench.screen.links.choose("A", key("GBPUSD"), "quotes")
    assert ticket.form.draft() == before
    assert ticket.wishes.bar.text() == "Link A: GBPUSD at XAPI waits: what is typed here stays until you take it."
    bench.screen.links.choose("A", key("EURUSD"), "quotes")
    assert "EURUSD" in ticket.wishes.bar.text()
    QTest.keySequence(ticket, bench.screen.keys.keys("ticket.take_wish")[0])
    assert holds(ticket) == (XAPI, "EURUSD")
    assert ticket.form.is_empty()
    assert (ticket.wishes.bar.text(), ticket.wishes.waiting) == ("", None)
    ticket.wishes.take()
    assert holds(ticket) == (XAPI, "EURUSD")


def test_a_symbol_half_typed_is_typed_input(ticket: OrderTicket, bench: Bench) -> None:
    ticket.form.symbol.setFocus()
    QTest.keyClicks(ticket.form.symbol, "zm")
    bench.screen.links.choose("A", key("EURUSD"), "quotes")
    assert ticket.form.symbol.text() == "zm"
    assert "EURUSD" in ticket.wishes.bar.text()


def test_another_price_of_the_same_instrument_goes_straight_in(ticket: OrderTicket) -> None:
    fill(ticket)
    ticket.form.ord_type.set_value(OrdType.MARKET)
    ticket.wishes.bring(wish(CORN, Side.SELL, "590.25"))
    draft = ticket.form.draft()
    assert (draft.side, draft.order_qty.value, draft.price.value) == (Side.SELL, 5, Decimal("590.25"))
    assert draft.ord_type is OrdType.LIMIT


def test_an_amendment_keeps_its_side(ticket: OrderTicket, bench: Bench) -> None:
    ticket.load_terms(corn_order(), ClOrdID("W1"))
    ticket.wishes.bring(wish(CORN, Side.SELL, "590.25"))
    draft = ticket.form.draft()
    assert (draft.side, draft.price.value, ticket._replaces) == (Side.BUY, Decimal("590.25"), "W1")
    ticket.wishes.bring(wish(MEAL))
    assert holds(ticket) == (QST, "ZCZ26")
    ticket.wishes.take()
    assert (holds(ticket), ticket._replaces) == ((QST, "ZMZ26"), None)


def test_an_order_on_its_way_is_left_alone(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    ticket.review()
    bench.clock.advance(1)
    assert ticket.dealing.send("test")
    for _ in range(2):
        ticket.wishes.bring(wish(CORN, Side.SELL, "590.25"))
        ticket.wishes.take()
        assert "waits until the order below is answered" in ticket.wishes.bar.text()
        if ticket.dealing.stage is Stage.SENDING:
            bench.desk.answer(Sent(cl_ord_id=ClOrdID("W1")))
    assert ticket.form.draft().price.value == Decimal("588.25")


def test_the_account_in_hand_stays_for_its_own_connection(ticket: OrderTicket) -> None:
    ticket.choose_account(MAIN)
    ticket.wishes.bring(wish(MEAL))
    assert ticket.form.account.key() == MAIN
    ticket.wishes.bring(wish(InstrumentKey("gone", "X")))  # type: ignore[arg-type]
    assert ticket.form.account.key() == MAIN


def test_what_the_trader_chooses_here_moves_the_others(ticket: OrderTicket, bench: Bench) -> None:
    heard: list[tuple[str, str]] = []
    bench.screen.links.chosen.connect(lambda group, chosen, source: heard.append((chosen.symbol, source)))
    QTest.keyClicks(ticket.form.symbol, "zm")
    assert heard == []
    QTest.keyClick(ticket.form.symbol, Qt.Key.Key_Return)
    ticket.clear()
    ticket.load_terms(corn_order())
    assert heard == [("ZMZ26", "ticket"), ("ZCZ26", "ticket")]


def drop(ticket: OrderTicket, carried: QMimeData) -> tuple[bool, bool]:
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(ticket.rect().center(), copy, carried, left, none)
    entering.ignore()
    QApplication.sendEvent(ticket, entering)
    dropping = QDropEvent(QPointF(5, 5), copy, carried, left, none)
    dropping.ignore()
    QApplication.sendEvent(ticket, dropping)
    return entering.isAccepted(), dropping.isAccepted()


def test_a_row_dropped_on_the_ticket_is_a_wish(ticket: OrderTicket) -> None:
    other = QMimeData()
    other.setText("EURUSD")
    assert drop(ticket, other) == (False, False)
    assert drop(ticket, instruments_to_mime([key("EURUSD")])) == (True, True)
    assert holds(ticket) == (XAPI, "EURUSD")
    ticket.set_side(Side.BUY)
    drop(ticket, instruments_to_mime([key("GOLD")]))
    assert holds(ticket) == (XAPI, "EURUSD")
    assert ticket.wishes.bar.text().startswith("Dropped: GOLD at XAPI waits")
