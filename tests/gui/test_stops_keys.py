"""Stops and closes by keys only: attached in the ticket, changed and closed from the positions, nothing by accident."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.apart_screen import KEY, ApartDesk, apart_screen, quoted, wait
from tests.support.dock_screen import MAIN
from workstation.desk.commands import AmendPosition, AskVenue, PlaceOrder, WatchMarket
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.widgets.dialogs.close_position import ClosePositionDialog
from workstation.widgets.dialogs.dialog import Dialog
from workstation.widgets.dialogs.edit_stops import EditStopsDialog
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.docks.positions import PositionsDock
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.draft import Field

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Keyboard:
    """Two hands on the keys of one widget."""

    def __init__(self, qtbot: QtBot, widget: QWidget, screen: Screen, desk: ApartDesk) -> None:
        self.qtbot, self.widget, self.screen, self.desk = qtbot, widget, screen, desk
        qtbot.addWidget(widget)
        widget.resize(900, 700)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def tab_to(self, name: str) -> None:
        for _ in range(40):
            focused = QApplication.focusWidget()
            said = focused.accessibleName() or (focused.text() if isinstance(focused, QPushButton) else "")
            if said == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {name}")


@pytest.fixture
def ticket(qtbot: QtBot) -> Iterator[Keyboard]:
    screen, desk = apart_screen()
    made = OrderTicket(screen)
    keys = Keyboard(qtbot, made, screen, desk)
    made.form.account.set_key(MAIN)
    made.form.symbol.set_symbol("EURUSD")
    made.form.ord_type.set_value(OrdType.MARKET)
    made.form.refresh_offer()
    made.form.time_in_force.set_value(TimeInForce.FILL_OR_KILL)
    made.form.changed.emit()
    made.form.focus(Field.ORDER_QTY)
    yield keys
    for dialog in made.findChildren(Dialog):
        dialog.reject()


@pytest.fixture
def positions(qtbot: QtBot) -> Iterator[Keyboard]:
    screen, desk = apart_screen()
    made = PositionsDock(screen)
    keys = Keyboard(qtbot, made, screen, desk)
    made.focus_first()
    yield keys
    for dialog in made.findChildren(Dialog):
        dialog.reject()


def dialog_of(keys: Keyboard, kind: type[Dialog]) -> Dialog:
    dialog = keys.widget.findChild(kind)
    assert isinstance(dialog, kind)
    dialog.activateWindow()
    keys.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def open_stops(ticket: Keyboard) -> None:
    """Unfold the stops as a hand at the keyboard does, and go into the first field."""
    ticket.tab_to("Stops: show the fields")
    ticket.press(Qt.Key.Key_Space)
    ticket.tab_to("Stop loss")


def test_stops_are_attached_and_sent_with_the_order(ticket: Keyboard) -> None:
    assert ticket.desk.of(WatchMarket)[-1] == WatchMarket(watcher="ticket", quotes=frozenset({KEY}))
    ticket.press(Qt.Key.Key_B, ALT)
    ticket.write("0.5")
    open_stops(ticket)
    ticket.write("1.095")
    ticket.press(Qt.Key.Key_Tab)
    ticket.press(Qt.Key.Key_Tab)
    ticket.press(Qt.Key.Key_Tab)
    ticket.write("50")
    ticket.press(Qt.Key.Key_Return)
    assert ticket.desk.of(PlaceOrder) == []
    ticket.press(Qt.Key.Key_Return, CTRL)
    wait(ticket.screen)
    ticket.press(Qt.Key.Key_Return, CTRL)
    (command,) = ticket.desk.of(PlaceOrder)
    assert (command.terms.side, command.terms.order_qty) == (Side.BUY, Decimal("0.5"))
    assert (command.terms.stop_loss, command.terms.take_profit) == (Decimal("1.095"), Decimal("1.10500"))


def test_the_market_moves_no_typed_stop(ticket: Keyboard) -> None:
    widget = ticket.widget
    assert isinstance(widget, OrderTicket)
    ticket.press(Qt.Key.Key_B, ALT)
    open_stops(ticket)
    ticket.write("1.095")
    ticket.screen.services.dispatch([quoted("1.20000", "1.20010")])
    note = widget.form.attachments.stops.stop_loss.note
    ticket.qtbot.waitUntil(lambda: note.text().endswith("below the bid 1.20000"))
    assert widget.form.attachments.stops.stop_loss.price.text() == "1.095"
    assert widget.check.lines()["reference"].startswith("1.20000 / 1.20010 XAPI")


def test_the_costs_are_asked_for_while_typing(ticket: Keyboard) -> None:
    ticket.press(Qt.Key.Key_B, ALT)
    ticket.write("0.5")
    ticket.qtbot.waitUntil(lambda: len(ticket.desk.of(AskVenue)) == 1)
    widget = ticket.widget
    assert isinstance(widget, OrderTicket)
    assert widget.check.lines()["margin, fee"] == "unknown: No answer in this test."


def test_a_position_is_closed_in_part(positions: Keyboard) -> None:
    positions.tab_to("Close…")
    positions.press(Qt.Key.Key_Space)
    dialog_of(positions, ClosePositionDialog)
    positions.write("0.5")
    wait(positions.screen)
    positions.press(Qt.Key.Key_Return)
    assert positions.desk.of(PlaceOrder) == []
    positions.press(Qt.Key.Key_Return, CTRL)
    (command,) = positions.desk.of(PlaceOrder)
    assert (command.terms.side, command.terms.order_qty, command.terms.position_id) == (
        Side.SELL,
        Decimal("0.5"),
        "7",
    )


def test_stops_of_a_position_are_changed(positions: Keyboard) -> None:
    positions.tab_to("Stops…")
    positions.press(Qt.Key.Key_Space)
    dialog = dialog_of(positions, EditStopsDialog)
    positions.press(Qt.Key.Key_Up, CTRL)
    wait(positions.screen)
    positions.press(Qt.Key.Key_Return, CTRL)
    (command,) = positions.desk.of(AmendPosition)
    assert command.stop_loss == Decimal("1.09100")
    assert isinstance(dialog, EditStopsDialog)


def test_enter_and_delete_on_a_row_send_nothing_and_escape_leaves(positions: Keyboard) -> None:
    positions.press(Qt.Key.Key_Return)
    positions.press(Qt.Key.Key_Delete)
    assert positions.widget.findChild(Dialog) is None
    positions.tab_to("Close…")
    positions.press(Qt.Key.Key_Space)
    dialog = dialog_of(positions, ClosePositionDialog)
    positions.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert positions.desk.of(PlaceOrder) == []
