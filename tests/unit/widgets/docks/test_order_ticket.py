"""The order ticket as a whole: what was typed stays, what was reviewed is sent, once, and only on purpose."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import (
    BARE_CAPABILITIES,
    HEDGE,
    MAIN,
    Bench,
    corn_order,
    fill,
    first_news,
    make_bench,
    open_ticket,
    profile,
    status,
)
from workstation.desk.commands import (
    Checked,
    CheckOrder,
    Command,
    Finding,
    Hardness,
    PlaceOrder,
    Refused,
    ReplaceOrder,
    Sent,
)
from workstation.desk.messages import ConnectionListed, DeskState, SendProgress, SendStage
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side
from workstation.domain.orders import Order
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Lamp
from workstation.widgets.docks.order_ticket import ONE_COLUMN_BELOW, OrderTicket
from workstation.widgets.ticket.dealing import Stage
from workstation.widgets.ticket.draft import Field

OURS = ClOrdID("W1042")
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
SOFT = Finding(gate="duplicate", hardness=Hardness.SOFT, text="Sent before.")
HARD = Finding(gate="lock", hardness=Hardness.HARD, text="Sending is locked.")
WORKING = Order(cl_ord_id=OURS, order_id=OrderID("115332"), terms=corn_order(), ord_status=OrdStatus.NEW)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups off screen


@pytest.fixture
def bench(qapp: object) -> Bench:
    return make_bench()


@pytest.fixture
def ticket(qtbot: QtBot, bench: Bench) -> OrderTicket:
    return open_ticket(qtbot, bench)


def finding(*found: Finding) -> Callable[[Command], Checked | None]:
    return lambda command: Checked(findings=found) if isinstance(command, CheckOrder) else None


def typed(ticket: OrderTicket) -> tuple[str, ...]:
    form = ticket.form
    return (
        form.account.currentText(),
        form.symbol.text(),
        str(form.side.side()),
        form.ord_type.currentText(),
        form.time_in_force.currentText(),
        form.order_qty.text(),
        form.price.text(),
    )


def send(ticket: OrderTicket, bench: Bench) -> None:
    ticket.review()
    bench.clock.advance(1)
    QTest.mouseClick(ticket.bar.action, LEFT, pos=QPoint(5, 5))
    bench.desk.answer(Sent(cl_ord_id=OURS))


def sends(bench: Bench) -> list[Command]:
    return [command for command in bench.desk.asked if not isinstance(command, CheckOrder)]


def test_what_is_sent_is_what_was_typed(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    send(ticket, bench)
    assert sends(bench) == [PlaceOrder(terms=corn_order(), gesture="Send button of the ticket")]


def test_sent_is_announced(ticket: OrderTicket, bench: Bench) -> None:
    heard: list[object] = []
    ticket.order_sent.connect(heard.append)
    fill(ticket)
    send(ticket, bench)
    assert heard == [OURS]


def test_acceptance_clears_the_order_and_keeps_account_and_symbol(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    send(ticket, bench)
    assert typed(ticket)[5:] == ("5", "588^2")
    bench.say(WORKING)
    assert typed(ticket) == ("Main (17014) · QST · DEMO", "ZCZ26", "None", "limit", "day", "", "")
    assert ticket.notice.text().startswith("Accepted: Order 115332, BUY 5 ZCZ26")
    QTest.keyClicks(ticket.form.order_qty, "1")
    assert ticket.notice.text() == ""


def test_a_refusal_puts_every_value_back_with_the_venues_words_on_top(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    before = typed(ticket)
    send(ticket, bench)
    assert not ticket.form.price.isEnabled()
    bench.say(SendProgress(cl_ord_id=OURS, stage=SendStage.REFUSED, text="Invalid price: 589.625"))
    assert typed(ticket) == before
    assert ticket.form.price.isEnabled()
    assert ticket.notice.text().splitlines()[0] == "The order was refused: Invalid price: 589.625"
    asked: list[object] = []
    ticket.detail_requested.connect(asked.append)
    ticket.notice.button("Detail").click()
    assert asked == [OURS]


@pytest.mark.parametrize(
    ("end", "words"),
    [(Refused(findings=(HARD,)), "Nothing was sent"), (EngineGone("gone"), "may or may not have been sent")],
)
def test_whatever_ends_a_send_the_values_stay(
    ticket: OrderTicket, bench: Bench, end: Refused | EngineGone, words: str
) -> None:
    fill(ticket)
    before = typed(ticket)
    ticket.review()
    bench.clock.advance(1)
    ticket.dealing.send("key")
    if isinstance(end, Refused):
        bench.desk.answer(end)
    else:
        bench.desk.fail(end)
    assert typed(ticket) == before
    assert words in ticket.notice.text()


def test_doubt_keeps_the_values_and_says_what_it_means(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    send(ticket, bench)
    bench.say(SendProgress(cl_ord_id=OURS, stage=SendStage.IN_DOUBT))
    assert "It may be working" in ticket.bar.progress.text()
    assert typed(ticket)[5:] == ("5", "588^2")
    ticket.bar.clear.click()
    assert typed(ticket)[5:] == ("", "")


def test_a_double_click_on_review_does_not_send(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    QTest.mouseClick(ticket.bar.action, LEFT, pos=QPoint(5, 5))
    assert ticket.dealing.stage is Stage.REVIEW
    bench.clock.advance(0.4)  # a slow double click, longer than the pause
    QTest.mouseDClick(ticket.bar.action, LEFT, pos=QPoint(5, 5))
    assert sends(bench) == []


def test_a_second_click_within_the_pause_does_not_send(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    QTest.mouseClick(ticket.bar.action, LEFT, pos=QPoint(5, 5))
    bench.clock.advance(0.2)
    QTest.mouseClick(ticket.bar.action, LEFT, pos=QPoint(5, 5))
    assert sends(bench) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_never_sends_wherever_the_focus_is(ticket: OrderTicket, bench: Bench, key: Qt.Key) -> None:
    fill(ticket)
    ticket.review()
    bench.clock.advance(1)
    for widget in (*ticket.form.inputs().values(), ticket.bar.action, ticket.bar.back, ticket):
        widget.setFocus()
        QTest.keyClick(QApplication.focusWidget() or ticket, key)
    assert sends(bench) == []
    assert ticket.dealing.stage is Stage.REVIEW


def test_a_held_key_does_nothing_more(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyPress, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, Qt.Key.Key_Return, CTRL, "\r", True)
        QApplication.sendEvent(ticket.form.price, event)
        bench.clock.advance(1)
    assert ticket.dealing.stage is Stage.EDITING
    assert all(not action.autoRepeat() for action in ticket.actions())


def test_an_edit_leaves_the_review(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    ticket.review()
    ticket.form.order_qty.step_by(1)
    assert ticket.dealing.stage is Stage.EDITING
    bench.clock.advance(1)
    assert not ticket.dealing.send("key")


def test_a_soft_finding_needs_its_tick(ticket: OrderTicket, bench: Bench) -> None:
    bench.desk.answers = finding(SOFT)
    fill(ticket)
    ticket.review()
    assert not ticket.bar.action.isEnabled()
    (box,) = ticket.verdicts.boxes()
    box.click()
    assert ticket.bar.action.isEnabled()
    bench.clock.advance(1)
    ticket.bar.action.click()
    assert bench.desk.of(PlaceOrder)[0].accepted == ("duplicate",)


def test_review_with_something_missing_goes_there(ticket: OrderTicket) -> None:
    fill(ticket, price="")
    ticket.form.focus(Field.SYMBOL)
    ticket.review()
    assert ticket.form.price.hasFocus()
    assert ticket.dealing.stage is Stage.EDITING


def test_news_never_change_what_was_typed(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket, price="588.3")
    before = typed(ticket)
    bench.say(*first_news())
    bench.say(status(Lamp.RECONNECTING), Position(key=MAIN, symbol="ZCZ26", net_qty=Decimal(99)), WORKING)
    bench.say(ConnectionListed(profile=profile(), capabilities=BARE_CAPABILITIES), DeskState(locked=True))
    assert ticket.form.account.key() == MAIN
    assert typed(ticket)[1:] == before[1:]  # the account's text names the venue by its new title


def test_another_venue_that_takes_less_is_never_silent(ticket: OrderTicket, bench: Bench) -> None:
    ticket.load_terms(corn_order(ord_type=OrdType.STOP, price=None, stop_px=Decimal(590)))
    assert ticket.dealing.proposal is not None
    bench.say(ConnectionListed(profile=profile(), capabilities=BARE_CAPABILITIES))
    assert ticket.form.ord_type.value() is OrdType.STOP
    assert ticket.dealing.proposal is None
    assert "Stop: Bare does not offer this." in ticket.verdicts.texts()


def test_a_lamp_or_a_lock_is_asked_about_at_once(qtbot: QtBot, ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    ticket.review()
    bench.desk.answers = finding(HARD)
    bench.say(DeskState(locked=True))
    assert ticket.dealing.stage is Stage.REVIEW
    qtbot.waitUntil(lambda: "Sending is locked." in ticket.verdicts.texts())
    assert not ticket.bar.action.isEnabled()


def test_a_position_moves_under_the_review_and_is_shown(qtbot: QtBot, ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    ticket.review()
    bench.say(Position(key=MAIN, symbol="ZCZ26", net_qty=Decimal(-20)))
    qtbot.waitUntil(lambda: ticket.check.lines()["position"] == "−20 short → −15 short")


def test_escape_goes_back_one_step_and_twice_clears(ticket: OrderTicket) -> None:
    fill(ticket)
    ticket.review()
    for _ in range(2):
        QTest.keyClick(ticket.form.price, Qt.Key.Key_Escape)
    assert ticket.dealing.stage is Stage.EDITING
    assert typed(ticket)[5:] == ("5", "588^2")
    assert ticket.verdicts.texts()[-1] == "Esc again clears the ticket."
    QTest.keyClick(ticket.form.price, Qt.Key.Key_Escape)
    assert typed(ticket) == ("Main (17014) · QST · DEMO", "", "None", "limit", "day", "", "")
    assert ticket.form.symbol.hasFocus()


def test_typing_between_two_escapes_keeps_the_ticket(ticket: OrderTicket) -> None:
    fill(ticket)
    QTest.keyClick(ticket.form.price, Qt.Key.Key_Escape)
    QTest.keyClick(ticket.form.price, Qt.Key.Key_Up)
    QTest.keyClick(ticket.form.price, Qt.Key.Key_Escape)
    assert ticket.form.price.text() == "588^4"


def test_a_sent_order_can_be_left_but_not_while_the_desk_has_it(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    ticket.review()
    bench.clock.advance(1)
    ticket.dealing.send("key")
    ticket.back()
    ticket.clear()
    assert ticket.dealing.stage is Stage.SENDING
    assert typed(ticket)[5:] == ("5", "588^2")
    assert not ticket.load_terms(corn_order(order_qty=Decimal(9)))
    assert "waits for the answer" in ticket.notice.text()
    bench.desk.answer(Sent(cl_ord_id=OURS))
    ticket.back()
    assert ticket.dealing.stage is Stage.EDITING
    assert ticket.load_terms(corn_order(order_qty=Decimal(9)))
    bench.say(WORKING)
    assert ticket.form.order_qty.text() == "9"  # the yes to the other order clears nothing


def test_repeating_fills_everything_and_sends_nothing(ticket: OrderTicket, bench: Bench) -> None:
    terms = corn_order(account=HEDGE, side=Side.SELL)
    assert ticket.load_terms(terms)
    assert sends(bench) == []
    assert ticket.dealing.proposal is not None
    assert ticket.dealing.proposal.terms == terms


def test_repeating_a_closing_order_closes_the_same_position(ticket: OrderTicket) -> None:
    terms = corn_order(side=Side.SELL, position_effect=PositionEffect.CLOSE, position_id="7001")
    assert ticket.load_terms(terms)
    assert ticket.dealing.proposal is not None
    assert ticket.dealing.proposal.terms == terms


def test_an_amendment_shows_old_and_new_and_is_one_request(ticket: OrderTicket, bench: Bench) -> None:
    bench.say(WORKING)
    ticket.load_terms(WORKING.terms, OURS)
    assert ticket.form.price.hasFocus()
    assert ticket.dealing.proposal is None  # nothing is changed yet
    QTest.keyClick(ticket.form.price, Qt.Key.Key_Up)
    assert ticket.check.lines()["price"] == "588^2 → 588^4"
    send(ticket, bench)
    new = corn_order(price=Decimal("588.5"))
    assert sends(bench) == [ReplaceOrder(cl_ord_id=OURS, terms=new, gesture="Send button of the ticket")]
    bench.say(replace(WORKING, terms=new))
    assert not ticket.view.heading.isVisible()


def test_an_order_that_fills_while_it_is_amended_cannot_be_sent(
    qtbot: QtBot, ticket: OrderTicket, bench: Bench
) -> None:
    bench.say(WORKING)
    ticket.load_terms(WORKING.terms, OURS)
    ticket.form.price.choose(Decimal(590))
    ticket.review()
    bench.say(replace(WORKING, ord_status=OrdStatus.FILLED, cum_qty=Decimal(5)))
    qtbot.waitUntil(lambda: ticket.dealing.proposal is None)
    assert ticket.verdicts.texts()[0].startswith("The order is filled: there is nothing left to amend.")
    assert ticket.dealing.stage is Stage.EDITING


def test_escape_twice_leaves_an_amendment(ticket: OrderTicket, bench: Bench) -> None:
    bench.say(WORKING)
    ticket.load_terms(WORKING.terms, OURS)
    ticket.back()
    ticket.back()
    assert not ticket.view.heading.isVisible()
    assert ticket.form.symbol.isEnabled()


def test_an_off_tick_price_offers_its_neighbours_and_is_not_sent(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket, price="588.3")
    ticket.review()
    assert ticket.dealing.stage is Stage.EDITING
    assert bench.desk.asked == []
    ticket.form.price_neighbours.buttons()[1].click()
    assert ticket.form.price.text() == "588^4"
    assert ticket.dealing.proposal is not None


def test_a_narrow_ticket_has_one_column(ticket: OrderTicket, bench: Bench) -> None:
    ticket.resize(ONE_COLUMN_BELOW - 20, 700)
    grid = ticket.form
    assert grid._columns == 1
    ticket.resize(ONE_COLUMN_BELOW + 40, 700)
    assert grid._columns == 2


def test_an_account_can_be_chosen_from_outside_unless_it_is_locked(ticket: OrderTicket, bench: Bench) -> None:
    ticket.choose_account(HEDGE)
    assert ticket.form.account.key() == HEDGE
    bench.say(WORKING)
    ticket.load_terms(WORKING.terms, OURS)
    ticket.choose_account(HEDGE)
    assert ticket.form.account.key() == MAIN


def test_ages_are_kept_fresh_only_in_sight(ticket: OrderTicket) -> None:
    assert ticket._ages.isActive()
    ticket.hide()
    assert not ticket._ages.isActive()
