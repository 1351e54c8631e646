"""The real docks in the real window, and what one asks of another."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.support.dock_screen import HEDGE, MAIN, QST, corn_terms, make_order
from tests.support.market_screen import add_market, key
from tests.support.shell_bench import ShellBench
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side
from workstation.widgets.dialogs.alarms import AlarmsDialog
from workstation.widgets.dialogs.order_detail import OrderDetail
from workstation.widgets.dialogs.settle_by_hand import SettleByHandDialog
from workstation.widgets.docks.accounts import AccountsDock
from workstation.widgets.docks.activity_log import ActivityLogDock
from workstation.widgets.docks.ladder import LadderDock
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.docks.positions import PositionsDock
from workstation.widgets.docks.quotes import QuotesDock
from workstation.widgets.late_content import LateContent
from workstation.widgets.main_window import MainWindow
from workstation.widgets.standard_docks import (
    ACCOUNTS,
    CALENDAR,
    CHART,
    HISTORY,
    LADDER,
    LOG,
    NEWS,
    ORDERS,
    POSITIONS,
    QUOTES,
    STANDARD_DOCKS,
    SYMBOL,
    TICKET,
    standard_window,
)
from workstation.widgets.ticket_wish import TicketWish

MARKET = (QUOTES, LADDER, SYMBOL)
FEEDS = (CHART, NEWS, CALENDAR)
BEHIND = (*MARKET, *FEEDS, HISTORY)
"""Tabs behind the docks that are seen first."""


@pytest.fixture
def window(bench: ShellBench) -> Iterator[MainWindow]:
    made = standard_window(bench.screen)
    bench.qtbot.addWidget(made)
    with bench.qtbot.waitExposed(made):
        made.open_first()
    yield made
    bench.screen.services.orders.orders.clear()


def ticket_of(window: MainWindow) -> OrderTicket:
    ticket = window.workspace.content(TICKET)
    assert isinstance(ticket, OrderTicket)
    return ticket


def orders_of(window: MainWindow) -> OrderBookDock:
    orders = window.workspace.content(ORDERS)
    assert isinstance(orders, OrderBookDock)
    return orders


def late_of(window: MainWindow, dock_id: str) -> LateContent:
    late = window.workspace.content(dock_id)
    assert isinstance(late, LateContent)
    return late


def test_all_docks_are_there_and_those_of_trading_shown_on_a_small_screen(
    bench: ShellBench, window: MainWindow
) -> None:
    window.resize(1366, 768)
    assert window.size().width() == 1366
    assert window.minimumSizeHint().height() <= 768
    workspace = window.workspace
    assert all(workspace.content(each.dock_id).isVisible() for each in STANDARD_DOCKS if each.dock_id not in BEHIND)
    tabs = (
        (QUOTES, ACCOUNTS),
        (LADDER, ACCOUNTS),
        (SYMBOL, LOG),
        (CHART, ORDERS),
        (NEWS, LOG),
        (CALENDAR, LOG),
        (HISTORY, POSITIONS),
    )
    for behind, front in tabs:
        assert workspace.is_open(behind)
        workspace.show_dock(behind)
        assert workspace.content(behind).isVisible()
        assert not workspace.content(front).isVisible()


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_layout_from_before_these_docks_is_restored_without_them(bench: ShellBench, window: MainWindow) -> None:
    older = [each for each in STANDARD_DOCKS if each.dock_id not in BEHIND]
    before = MainWindow(bench.screen, older)
    bench.qtbot.addWidget(before)
    with bench.qtbot.waitExposed(before):
        before.open_first()
    before.workspace.close_dock(LOG)
    assert window.workspace.restore(before.workspace.save())
    assert not window.workspace.is_open(LOG)
    assert window.workspace.content(ORDERS).isVisible()
    for new in BEHIND:
        assert not window.workspace.is_open(new)
        window.workspace.show_dock(new)
        assert window.workspace.content(new).isVisible()


def test_menus_open_the_market_docks_and_name_their_keys(window: MainWindow) -> None:
    menus = {menu.title().replace("&", ""): menu for menu in window.tools.menus.findChildren(QMenu)}
    trade, view = ([action.text() for action in menus[name].actions()] for name in ("Trade", "View"))
    assert {"Go to the quotes", "Go to the ladder", "Go to the symbol details"} <= set(trade)
    assert {"Quotes", "Ladder", "Symbol"} <= set(view)


def test_quotes_and_ladder_load_the_ticket_and_send_nothing(bench: ShellBench, window: MainWindow) -> None:
    add_market(bench.screen)
    quotes, ladder = (late_of(window, dock_id).content() for dock_id in (QUOTES, LADDER))
    assert isinstance(quotes, QuotesDock)
    assert isinstance(ladder, LadderDock)
    quotes.ticket_requested.emit(TicketWish(key=key("EURUSD"), source="Quotes", side=Side.SELL))
    draft = ticket_of(window).form.draft()
    assert (draft.symbol, draft.side) == ("EURUSD", Side.SELL)
    assert ladder.key == key("EURUSD")  # linked
    ladder.ticket_requested.emit(TicketWish(key=key("EURUSD"), source="Ladder", price=Decimal("1.1")))
    draft = ticket_of(window).form.draft()
    assert (draft.side, draft.price.value) == (Side.SELL, Decimal("1.1"))
    assert not [
        command
        for command in bench.desk.asked
        if "Order" in type(command).__name__ and "Check" not in type(command).__name__
    ]


def test_what_nobody_looks_at_is_not_built(window: MainWindow) -> None:
    for dock_id in (*FEEDS, QUOTES, LADDER, SYMBOL, HISTORY):
        content = late_of(window, dock_id)
        assert not content.is_built
        window.show_dock(dock_id)
        assert content.is_built


def test_repeat_and_close_load_the_ticket_and_send_nothing(bench: ShellBench, window: MainWindow) -> None:
    orders_of(window).repeat_requested.emit(corn_terms(side=Side.SELL, qty=3))
    draft = ticket_of(window).form.draft()
    assert (draft.side, draft.order_qty.value) == (Side.SELL, 3)
    positions = window.workspace.content(POSITIONS)
    assert isinstance(positions, PositionsDock)
    positions.repeat_requested.emit(corn_terms(side=Side.BUY, qty=7, price=None))
    draft = ticket_of(window).form.draft()
    assert (draft.side, draft.order_qty.value) == (Side.BUY, 7)
    assert not [command for command in bench.desk.asked if "Check" not in type(command).__name__]


def test_amend_loads_the_order_with_its_key(window: MainWindow) -> None:
    orders_of(window).amend_requested.emit(make_order("W7"))
    assert ticket_of(window)._replaces == ClOrdID("W7")


@pytest.mark.qt_log_ignore("does not support")
def test_detail_opens_once_per_order(bench: ShellBench, window: MainWindow) -> None:
    bench.screen.services.dispatch([make_order("W1")])
    for dock in (orders_of(window), ticket_of(window), orders_of(window)):
        dock.detail_requested.emit(ClOrdID("W1"))
    details = window.findChildren(OrderDetail)
    assert len(details) == 1
    details[0].close()
    orders_of(window).detail_requested.emit(ClOrdID("W1"))
    assert any(detail.isVisible() for detail in window.findChildren(OrderDetail))


@pytest.mark.qt_log_ignore("does not support")
def test_settling_by_hand_opens_its_dialog_once_from_book_and_detail(bench: ShellBench, window: MainWindow) -> None:
    bench.screen.services.dispatch([make_order("W1", OrdStatus.IN_DOUBT)])
    orders_of(window).settle_requested.emit(ClOrdID("W9"))
    assert window.findChildren(SettleByHandDialog) == []
    orders_of(window).detail_requested.emit(ClOrdID("W1"))
    (detail,) = window.findChildren(OrderDetail)
    detail.settle_requested.emit(ClOrdID("W1"))
    orders_of(window).settle_requested.emit(ClOrdID("W1"))
    (dialog,) = [each for each in window.findChildren(SettleByHandDialog) if each.isVisible()]
    dialog.reject()


def test_the_log_and_the_strip_lead_to_the_order(bench: ShellBench, window: MainWindow) -> None:
    bench.screen.services.dispatch([make_order("W1"), make_order("W2", OrdStatus.IN_DOUBT), make_order("W3")])
    log = window.workspace.content(LOG)
    assert isinstance(log, ActivityLogDock)
    log.order_requested.emit(ClOrdID("W3"))
    current = orders_of(window).current_order()
    assert current is not None
    assert current.cl_ord_id == "W3"
    window.doubts_requested.emit()
    current = orders_of(window).current_order()
    assert current is not None
    assert current.cl_ord_id == "W2"


def test_what_was_found_reaches_the_ticket(window: MainWindow) -> None:
    window.choose_account(HEDGE)
    window.choose_symbol(QST, "CLF27")
    draft = ticket_of(window).form.draft()
    assert draft.offer.account is not None
    assert draft.offer.account.key == HEDGE  # of the same connection: it stays
    assert draft.offer.instrument is not None
    assert draft.offer.instrument.symbol == "CLF27"
    window.choose_account(MAIN)
    draft = ticket_of(window).form.draft()
    assert draft.offer.account is not None
    assert draft.offer.account.key == MAIN


def test_focus_keys_land_inside_their_docks(bench: ShellBench, window: MainWindow) -> None:
    window.activateWindow()
    bench.qtbot.waitUntil(window.isActiveWindow)
    for each in STANDARD_DOCKS:
        QTest.keySequence(window, bench.screen.keys.keys(each.focus_key)[0])
        focused = QApplication.focusWidget()
        assert focused is not None
        content = window.workspace.content(each.dock_id)
        assert content is focused or content.isAncestorOf(focused), each.dock_id


def test_alarms_are_opened_from_the_accounts(bench: ShellBench, window: MainWindow) -> None:
    accounts = window.workspace.content(ACCOUNTS)
    assert isinstance(accounts, AccountsDock)
    accounts.alarms_requested.emit(MAIN)
    dialog = window.findChild(AlarmsDialog)
    assert dialog is not None
    assert dialog.account.key() == MAIN
    dialog.reject()
