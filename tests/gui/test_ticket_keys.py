"""A whole order by keys alone, as a trader types it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import Bench, corn_order, make_bench, open_ticket
from workstation.desk.commands import PlaceOrder, Sent
from workstation.desk.messages import SendProgress, SendStage
from workstation.domain.identity import ClOrdID
from workstation.domain.order_terms import Side
from workstation.widgets.docks.order_ticket import OrderTicket

NONE = Qt.KeyboardModifier.NoModifier
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER = (Qt.Key.Key_Return, NONE)
SEND = (Qt.Key.Key_Return, CTRL)
MOST_KEYS = 12

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups off screen


@pytest.fixture
def bench(qapp: object) -> Bench:
    return make_bench()


@pytest.fixture
def ticket(qtbot: QtBot, bench: Bench) -> OrderTicket:
    return open_ticket(qtbot, bench)


def press(*keys: tuple[Qt.Key, Qt.KeyboardModifier] | str) -> int:
    """Press keys wherever the focus is; return how many."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        if isinstance(key, str):
            QTest.keyClicks(focused, key)
        else:
            QTest.keyClick(focused, *key)
    return sum(len(key) if isinstance(key, str) else 1 for key in keys)


def test_a_whole_order_in_twelve_keys(ticket: OrderTicket, bench: Bench) -> None:
    typed = press("zc", ENTER, (Qt.Key.Key_B, ALT), ENTER, "5", ENTER, "588")
    typed += press(SEND)
    bench.clock.advance(0.5)
    typed += press(SEND)
    assert typed <= MOST_KEYS
    (placed,) = bench.desk.of(PlaceOrder)
    assert placed.terms == corn_order(symbol="ZCU26", price=placed.terms.price)
    assert placed.terms.price == 588
    assert placed.gesture == "Ctrl+Enter in the ticket"
    bench.desk.answer(Sent(cl_ord_id=ClOrdID("W1")))
    bench.say(SendProgress(cl_ord_id=ClOrdID("W1"), stage=SendStage.ACCEPTED))
    assert ticket.isAncestorOf(QApplication.focusWidget())


def test_two_fast_presses_review_but_do_not_send(ticket: OrderTicket, bench: Bench) -> None:
    press("zcz26", ENTER, (Qt.Key.Key_S, ALT), ENTER, "5", ENTER, "588^2", SEND, SEND)
    assert ticket.form.side.side() is Side.SELL
    assert bench.desk.of(PlaceOrder) == []
    assert ticket.bar.action.words() == "Send SELL 5 ZCZ26 to Main (17014)"


def test_the_account_key_opens_the_list(ticket: OrderTicket) -> None:
    press((Qt.Key.Key_A, ALT))
    assert ticket.form.account.view().isVisible()
    ticket.form.account.hidePopup()


def test_keys_of_the_ticket_are_dead_outside_it(qtbot: QtBot, ticket: OrderTicket, bench: Bench) -> None:
    for action in ticket.actions():
        assert action.shortcutContext() is Qt.ShortcutContext.WidgetWithChildrenShortcut


def test_the_focus_is_always_on_something_visible(ticket: OrderTicket, bench: Bench) -> None:
    press("zcz26", ENTER, (Qt.Key.Key_B, ALT), ENTER, "5", ENTER, "588^2", SEND)
    bench.clock.advance(1)
    for step in (
        lambda: press(SEND),
        lambda: bench.desk.answer(Sent(cl_ord_id=ClOrdID("W1"))),
        lambda: bench.say(SendProgress(cl_ord_id=ClOrdID("W1"), stage=SendStage.REFUSED, text="no")),
        lambda: press((Qt.Key.Key_Escape, NONE), (Qt.Key.Key_Escape, NONE)),
    ):
        step()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.isVisible()
        assert ticket.isAncestorOf(focused)
