"""The view: the reasons stand in one place, and the focus never leaves the ticket by itself."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import Bench, corn_order, fill, make_bench, open_ticket
from workstation.desk.commands import Checked, CheckOrder, Finding, Hardness, Sent
from workstation.desk.messages import SendProgress, SendStage
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.theme import ThemeMode
from workstation.widgets.ticket.draft import Field

OURS = ClOrdID("W1")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups off screen


@pytest.fixture
def bench(qapp: object) -> Bench:
    return make_bench()


@pytest.fixture
def ticket(qtbot: QtBot, bench: Bench) -> OrderTicket:
    return open_ticket(qtbot, bench)


def send(ticket: OrderTicket, bench: Bench) -> None:
    ticket.review()
    bench.clock.advance(1)
    assert ticket.dealing.send("key")


def cut_labels(ticket: OrderTicket) -> list[str]:
    """Return the texts that do not fit into their labels."""
    cut = []
    for label in ticket.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            if label.height() < needed or label.width() < label.minimumSizeHint().width():
                cut.append(label.text())
    return cut


def test_what_is_still_needed_is_one_line(ticket: OrderTicket) -> None:
    assert ticket.verdicts.texts() == ["Still needed: symbol, side, quantity, price."]
    fill(ticket, side=None)
    assert ticket.verdicts.texts() == ["Still needed: side."]


def test_nothing_against_it_is_said_too(ticket: OrderTicket) -> None:
    fill(ticket)
    assert ticket.verdicts.texts() == ["0 hard, 0 soft: nothing stands against it."]


def test_an_unanswered_check_is_not_taken_for_a_good_one(ticket: OrderTicket, bench: Bench) -> None:
    bench.desk.answers = lambda command: None
    fill(ticket)
    assert ticket.verdicts.texts() == ["Checking…"]


def test_the_review_says_so_and_send_names_everything(ticket: OrderTicket) -> None:
    fill(ticket)
    assert ticket.check.title() == "CHECK"
    assert ticket.bar.action.words() == "Review  Ctrl+Enter"
    ticket.review()
    assert ticket.check.title() == "REVIEW: this will be sent"
    assert ticket.bar.action.words() == "Send BUY 5 ZCZ26 to Main (17014)"
    assert ticket.bar.back.isVisible()


def test_the_focus_waits_on_the_progress_and_comes_back(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    ticket.form.focus(Field.PRICE)
    send(ticket, bench)
    assert ticket.bar.progress.hasFocus()
    bench.desk.answer(Sent(cl_ord_id=OURS))
    assert ticket.bar.progress.hasFocus()
    bench.say(SendProgress(cl_ord_id=OURS, stage=SendStage.REFUSED, text="no"))
    assert ticket.form.price.hasFocus()


def test_a_focus_elsewhere_is_left_there(qtbot: QtBot, ticket: OrderTicket, bench: Bench) -> None:
    other = QPushButton("another dock")
    qtbot.addWidget(other)
    fill(ticket)
    ticket.review()
    bench.clock.advance(1)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    other.setFocus()
    ticket.dealing.send("key")
    bench.desk.answer(Sent(cl_ord_id=OURS))
    bench.say(SendProgress(cl_ord_id=OURS, stage=SendStage.ACCEPTED))
    assert other.hasFocus()


def test_a_notice_that_was_dismissed_stays_away(ticket: OrderTicket, bench: Bench) -> None:
    fill(ticket)
    ticket.dealing.notice = "Something happened."
    ticket.dealing.changed.emit()
    assert ticket.notice.text() == "Something happened."
    ticket.notice.hide()
    ticket.dealing.changed.emit()
    assert ticket.notice.text() == ""
    ticket.dealing.notice = "Something else."
    ticket.dealing.changed.emit()
    ticket.dealing.notice = ""
    ticket.dealing.changed.emit()
    assert ticket.notice.text() == ""


def test_an_amendment_says_so_and_what_to_do(ticket: OrderTicket, bench: Bench) -> None:
    bench.say(Order(cl_ord_id=OURS, order_id=OrderID("115332"), terms=corn_order(), ord_status=OrdStatus.NEW))
    ticket.load_terms(corn_order(), OURS)
    assert ticket.view.heading.text() == "AMEND order 115332"
    assert ticket.view.heading.isVisible()
    assert ticket.verdicts.texts() == ["Change the quantity or the price, then review."]
    ticket.form.price.choose(Decimal(590))
    ticket.review()
    assert ticket.bar.action.words() == "Send REPLACE BUY 5 ZCZ26 limit 590^0 to Main (17014)"


def test_hard_findings_stand_above_the_button_not_in_the_page(ticket: OrderTicket, bench: Bench) -> None:
    hard = Finding(gate="lock", hardness=Hardness.HARD, text="Sending is locked.", cure="Press F12.")
    bench.desk.answers = lambda c: Checked(findings=(hard,)) if isinstance(c, CheckOrder) else None
    fill(ticket)
    assert ticket.verdicts.texts() == ["Sending is locked. Press F12."]
    assert ticket.verdicts.mapTo(ticket, ticket.verdicts.rect().bottomLeft()).y() < ticket.height()


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
@pytest.mark.parametrize(("zoom", "width"), [(100, 300), (200, 600)])
def test_no_label_is_cut(qtbot: QtBot, bench: Bench, mode: ThemeMode, zoom: int, width: int) -> None:
    ticket = open_ticket(qtbot, bench)
    bench.screen.theme.set_mode(mode)
    bench.screen.theme.set_zoom(zoom)
    soft = Finding(
        gate="x", hardness=Hardness.SOFT, text="The same order was sent 12 s ago, and it works.", cure="Look."
    )
    bench.desk.answers = lambda c: Checked(findings=(soft,)) if isinstance(c, CheckOrder) else None
    ticket.resize(width, 700)
    fill(ticket)
    ticket.review()
    qtbot.waitUntil(lambda: cut_labels(ticket) == [])
    bench.screen.theme.set_zoom(100)


def test_tab_goes_through_the_ticket_from_top_to_bottom(ticket: OrderTicket) -> None:
    fill(ticket)
    ticket.form.focus(Field.SYMBOL)
    seen = []
    for _ in range(9):
        QTest.keyClick(ticket.focusWidget(), Qt.Key.Key_Tab)
        seen.append(ticket.focusWidget().accessibleName())
    assert seen == [
        "Side: buy",
        "Side: sell",
        "Type",
        "Time in force",
        "Quantity",
        "Limit price",
        "Position effect",
        "Review  Ctrl+Enter",
        "Account",
    ]
