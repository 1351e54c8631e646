"""A whole order with keys only, in the real window, on the real engine, to a real socket and back."""

from collections.abc import Callable, Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.joined_window import NONE, JoinedWindow, joined_window
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side
from workstation.simulators.engine_orders import Stage
from workstation.widgets.ticket.dealing import Stage as DealingStage

RunOnQt = Callable[[Coroutine[Any, Any, Any]], Any]
Steps = Callable[[JoinedWindow], Coroutine[Any, Any, None]]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER = (Qt.Key.Key_Return, NONE)
SEND = (Qt.Key.Key_Return, CTRL)
TICKET_KEY, ORDERS_KEY = (Qt.Key.Key_F2, NONE), (Qt.Key.Key_F3, NONE)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups off screen


@pytest.fixture
def play(qapp: QApplication, run_on_qt: RunOnQt, tmp_path: Path) -> Callable[[Steps], None]:
    async def scenario(steps: Steps) -> None:
        async with joined_window(qapp, tmp_path) as joined:
            await steps(joined)

    return lambda steps: run_on_qt(scenario(steps))


async def type_order(joined: JoinedWindow, price: str, qty: str = "1") -> None:
    """Go to the ticket and type a corn order, up to its last field."""
    joined.press(TICKET_KEY)
    await joined.until(lambda: joined.has_focus(joined.ticket), "the ticket has the focus")
    for key in ("zcz26", ENTER, (Qt.Key.Key_B, ALT), ENTER, qty, ENTER, price):
        joined.press(key)
        await joined.turns(2)  # off screen, a list that pops up and closes in one turn stays the active window
    await joined.until(joined.ticket.bar.action.isEnabled, "the ticket can be reviewed")


async def review(joined: JoinedWindow) -> None:
    joined.press(SEND)
    await joined.until(lambda: joined.stage is DealingStage.REVIEW, "the review stands")
    joined.side.clock.advance(0.5)


def test_from_the_ticket_to_the_fill_in_the_order_book(play: Callable[[Steps], None]) -> None:
    async def steps(joined: JoinedWindow) -> None:
        await type_order(joined, "450")
        await review(joined)
        joined.press(SEND)
        await joined.until(lambda: any(one.ord_status is OrdStatus.FILLED for one in joined.held()), "it is filled")
        [order] = joined.held()
        assert (order.terms.symbol, order.terms.side, order.cum_qty) == ("ZCZ26", Side.BUY, Decimal(1))
        await joined.until(lambda: joined.orders.model.rowCount() == 1, "its row stands in the order book")
        await joined.until(lambda: joined.orders.model.record_at(0) == joined.held()[0], "the row shows the fill")
        joined.press(ORDERS_KEY)
        await joined.until(lambda: joined.has_focus(joined.orders), "the order book has the focus")
        [held] = joined.side.market.orders("17014")
        assert (held.stage, str(held.number)) == (Stage.FILLED, order.order_id)

    play(steps)


def test_enter_and_double_click_send_nothing(play: Callable[[Steps], None]) -> None:
    async def steps(joined: JoinedWindow) -> None:
        await type_order(joined, "430")
        joined.press(ENTER, ENTER, ENTER)
        assert joined.stage == DealingStage.EDITING, "Enter reviews nothing"
        await review(joined)
        joined.press(ENTER, (Qt.Key.Key_Enter, NONE))
        joined.ticket.bar.action.setFocus()
        joined.press(ENTER, (Qt.Key.Key_Enter, NONE))
        await joined.turns()
        assert joined.stage == DealingStage.REVIEW, "Enter sends nothing"
        joined.press((Qt.Key.Key_Escape, NONE))
        await joined.until(lambda: joined.stage is DealingStage.EDITING, "the review is left")
        QTest.mouseClick(joined.ticket.bar.action, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(joined.ticket.bar.action, Qt.MouseButton.LeftButton)
        await joined.until(lambda: joined.stage is DealingStage.REVIEW, "the review stands")
        QTest.mouseDClick(joined.ticket.bar.action, Qt.MouseButton.LeftButton)
        await joined.turns()
        assert joined.held() == []
        assert joined.side.market.orders("17014") == ()

    play(steps)


def test_a_held_key_sends_once(play: Callable[[Steps], None]) -> None:
    async def steps(joined: JoinedWindow) -> None:
        await type_order(joined, "430")
        await review(joined)
        QTest.keyPress(joined.focused, *SEND)
        for _ in range(30):
            joined.side.clock.advance(0.4)
            repeated = QKeyEvent(QEvent.Type.KeyPress, SEND[0], CTRL, autorep=True)
            QApplication.sendEvent(joined.focused, repeated)
            QTest.keyPress(joined.focused, *SEND)
            await joined.turns(1)
        QTest.keyRelease(joined.focused, *SEND)
        await joined.until(lambda: [one.ord_status for one in joined.held()] == [OrdStatus.NEW], "one order works")
        await joined.turns()
        assert len(joined.held()) == len(joined.side.market.orders("17014")) == 1

    play(steps)


def test_a_reject_puts_every_value_back_with_the_venues_words_on_top(play: Callable[[Steps], None]) -> None:
    async def steps(joined: JoinedWindow) -> None:
        await type_order(joined, "300")
        await review(joined)
        joined.press(SEND)
        await joined.until(lambda: any(one.ord_status is OrdStatus.REJECTED for one in joined.held()), "it is rejected")
        await joined.until(joined.ticket.notice.isVisible, "the ticket says so")
        words = joined.ticket.notice.text()
        assert "more than 10 % away from the last price" in words
        form = joined.ticket.form
        assert (form.symbol.symbol(), form.order_qty.text()) == ("ZCZ26", "1")
        assert form.price.text().partition("^")[0] == "300"
        assert form.side.side() is Side.BUY
        assert joined.stage == DealingStage.EDITING
        assert joined.has_focus(joined.ticket)
        assert joined.side.market.orders("17014") == ()

    play(steps)


def test_a_working_order_is_cancelled_by_keys(play: Callable[[Steps], None]) -> None:
    async def steps(joined: JoinedWindow) -> None:
        await type_order(joined, "430")
        await review(joined)
        joined.press(SEND)
        await joined.until(lambda: [one.ord_status for one in joined.held()] == [OrdStatus.NEW], "it works")
        await joined.until(lambda: joined.orders.model.rowCount() == 1, "its row stands in the order book")
        joined.press(ORDERS_KEY)
        await joined.until(lambda: joined.has_focus(joined.orders), "the order book has the focus")
        cancel = joined.orders.action("orders.cancel_selected")
        await joined.until(lambda: cancel.text() == "Cancel 1 selected", "the row is selected")
        joined.press((Qt.Key.Key_Delete, NONE))
        await joined.until(lambda: joined.held()[0].ord_status is OrdStatus.CANCELED, "it is cancelled")
        assert [order.stage for order in joined.side.market.orders("17014")] == [Stage.CANCELED]

    play(steps)
