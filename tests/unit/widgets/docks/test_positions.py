from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.apart_screen import KEY, apart_screen, euro
from tests.support.dock_screen import HEDGE, MAIN, QST, capabilities, make_position, make_screen, profile
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.commands import WatchMarket
from workstation.desk.messages import ConnectionListed, ConnectionRemoved
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.widgets.dialogs.close_position import ClosePositionDialog
from workstation.widgets.docks.positions import PositionsDock, closing_terms
from workstation.widgets.screen import Screen


def make_dock(qtbot: QtBot) -> tuple[PositionsDock, Screen, FakeDeskClient]:
    screen, desk = make_screen()
    dock = PositionsDock(screen)
    qtbot.addWidget(dock)
    return dock, screen, desk


def texts(dock: PositionsDock, key: str) -> list[str]:
    dock.model.flush()
    dock.model.finish_arranging()
    column = [column.key for column in dock.model.columns].index(key)
    return [dock.model.index(row, column).data() for row in range(dock.model.rowCount())]


def test_short_is_signed_and_worded_and_prices_keep_their_notation(qtbot: QtBot) -> None:
    dock, screen, _ = make_dock(qtbot)
    screen.services.dispatch([make_position(MAIN, "ZCZ26", -5), make_position(HEDGE, "CLF27", 3, "71.41")])
    assert texts(dock, "net") == ["−5 short", "+3"]
    assert texts(dock, "avg") == ["588^2", "71.41"]
    assert texts(dock, "open_pnl") == ["▼ −62.50", "▲ +37.50"]


def test_flat_positions_are_shown_on_request_only(qtbot: QtBot) -> None:
    dock, screen, _ = make_dock(qtbot)
    screen.services.dispatch([make_position(MAIN, "ZCZ26", 0), make_position(MAIN, "CLF27", 1)])
    assert texts(dock, "symbol") == ["CLF27"]
    dock.table.choose("all")
    assert sorted(texts(dock, "symbol")) == ["CLF27", "ZCZ26"]


def test_without_positions_it_says_what_will_be_here(qtbot: QtBot) -> None:
    dock, _, _ = make_dock(qtbot)
    assert "As soon as an order trades" in dock.table.empty_text()


@pytest.mark.parametrize(("net", "side"), [(10, Side.SELL), (-3, Side.BUY)])
def test_closing_is_the_opposite_of_all_of_it(qtbot: QtBot, net: int, side: Side) -> None:
    screen, _ = make_screen()
    terms = closing_terms(make_position(MAIN, "ZCZ26", net), screen.services)
    assert (terms.side, terms.order_qty, terms.ord_type) == (side, Decimal(abs(net)), OrdType.MARKET)


def test_closing_keeps_to_what_the_venue_offers(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    limits = replace(
        capabilities(),
        forms=frozenset({(OrdType.LIMIT, TimeInForce.DAY)}),
        position_effects=frozenset({PositionEffect.OPEN, PositionEffect.CLOSE}),
    )
    screen.services.dispatch([ConnectionListed(profile=profile(), capabilities=limits)])
    terms = closing_terms(make_position(MAIN, "ZCZ26", 1), screen.services)
    assert (terms.ord_type, terms.position_effect) == (OrdType.LIMIT, PositionEffect.CLOSE)
    with pytest.raises(ValueError, match="flat"):
        closing_terms(make_position(MAIN, "ZCZ26", 0), screen.services)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, off screen
def test_a_double_click_does_nothing_and_the_menu_fills_the_ticket(qtbot: QtBot) -> None:
    dock, screen, desk = make_dock(qtbot)
    screen.services.dispatch([make_position(MAIN, "ZCZ26", 10)])
    dock.model.flush()
    heard: list[OrderTerms] = []
    dock.repeat_requested.connect(heard.append)
    dock.resize(800, 300)
    dock.show()
    dock.focus_first()
    view = dock.table.view
    middle = view.visualRect(view.currentIndex()).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert heard == []
    view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = dock.findChild(QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert [terms.side for terms in heard] == [Side.SELL]
    assert desk.asked == []


def test_positions_of_a_removed_connection_go(qtbot: QtBot) -> None:
    dock, screen, _ = make_dock(qtbot)
    screen.services.dispatch([make_position(MAIN, "ZCZ26", 10)])
    screen.services.dispatch([ConnectionRemoved(connection_id=QST)])
    assert texts(dock, "symbol") == []


def test_the_line_below_sums_each_account_in_its_own_currency(qtbot: QtBot) -> None:
    dock, screen, _ = make_dock(qtbot)
    screen.services.dispatch([make_position(MAIN, "ZCZ26", 10), make_position(HEDGE, "CLF27", -2)])
    qtbot.waitUntil(lambda: dock.totals_text() != "")
    assert dock.totals_text().splitlines() == ["Main: 1 open · ▲ +125.00 USD", "Hedge: 1 open · ▼ −25.00 USD"]


def test_netted_positions_have_no_buttons_of_their_own(qtbot: QtBot) -> None:
    dock, screen, desk = make_dock(qtbot)
    screen.services.dispatch([make_position(MAIN, "ZCZ26", 10)])
    dock.show()
    qtbot.waitUntil(lambda: dock.totals_text() != "")
    assert not any(button.isVisible() for button in dock.findChildren(QPushButton) if button.text() == "Close…")
    assert desk.asked == []


def test_positions_held_apart_are_rows_with_buttons_and_their_quotes_are_asked_for(qtbot: QtBot) -> None:
    screen, desk = apart_screen()
    screen.services.dispatch([euro("8", "-0.4")])
    dock = PositionsDock(screen)
    qtbot.addWidget(dock)
    dock.show()
    assert sorted(texts(dock, "position")) == ["7", "8"]
    assert desk.of(WatchMarket) == [WatchMarket(watcher="positions", quotes=frozenset({KEY}))]
    dock.focus_first()
    close = next(button for button in dock.findChildren(QPushButton) if button.text() == "Close…")
    assert close.isVisible()
    qtbot.waitUntil(close.isEnabled)
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Space)
    dialog = dock.findChild(ClosePositionDialog)
    assert dialog is not None
    dialog.reject()
    screen.services.dispatch([euro("7", "0"), euro("8", "0")])
    qtbot.waitUntil(lambda: len(desk.of(WatchMarket)) == 2)
    assert desk.of(WatchMarket)[1].quotes == frozenset()
