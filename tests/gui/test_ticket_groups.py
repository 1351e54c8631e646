"""From the ticket to several accounts and back: composed, sent once, a receipt with its follow-ups."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.support.dock_screen import HEDGE, MAIN, corn_terms, make_order
from tests.support.shell_bench import ShellBench
from tests.support.ticket_bench import fill
from workstation.desk.commands import Answer, CancelOrders, Checked, CheckOrder, Command
from workstation.desk.group_commands import (
    CheckGroup,
    GroupChecked,
    GroupPolicy,
    GroupReceipt,
    LegReceipt,
    LegState,
    PlaceGroup,
)
from workstation.domain.identity import ClOrdID
from workstation.widgets.dialogs.group_order import GroupOrderDialog
from workstation.widgets.dialogs.group_receipt import GroupReceiptDialog
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.main_window import MainWindow
from workstation.widgets.standard_docks import TICKET, standard_window

CTRL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def nothing_against(command: Command) -> Answer | None:
    if isinstance(command, CheckOrder):
        return Checked(findings=())
    return GroupChecked(findings=((),) * len(command.legs)) if isinstance(command, CheckGroup) else None


@pytest.fixture
def window(bench: ShellBench) -> Iterator[MainWindow]:
    bench.desk.answers = nothing_against
    made = standard_window(bench.screen)
    bench.qtbot.addWidget(made)
    with bench.qtbot.waitActive(made):
        made.open_first()
        made.activateWindow()
    yield made
    for dialog in (*made.findChildren(GroupOrderDialog), *made.findChildren(GroupReceiptDialog)):
        dialog.close()
    bench.screen.services.orders.orders.clear()


@pytest.fixture
def ticket(window: MainWindow) -> OrderTicket:
    held = window.workspace.content(TICKET)
    assert isinstance(held, OrderTicket)
    held.choose_account(MAIN)
    return held


def composed(window: MainWindow, ticket: OrderTicket) -> GroupOrderDialog:
    fill(ticket)
    QTest.keyClick(ticket.form.price, Qt.Key.Key_G, CTRL)
    (dialog,) = window.findChildren(GroupOrderDialog)
    return dialog


def receipt(command: PlaceGroup) -> GroupReceipt:
    first, second = command.legs
    return GroupReceipt(
        group_id="G1",
        policy=command.policy,
        legs=(
            LegReceipt(terms=first, state=LegState.ACCEPTED, cl_ord_id=ClOrdID("W1")),
            LegReceipt(terms=second, state=LegState.REJECTED, text="No margin.", cl_ord_id=ClOrdID("W2")),
        ),
        spread_ns=1_000_000,
        text="Group G1.",
    )


def test_a_group_goes_out_once_and_its_receipt_leads_on(
    bench: ShellBench, window: MainWindow, ticket: OrderTicket
) -> None:
    dialog = composed(window, ticket)
    dialog.rows[1].takes_part.setChecked(True)
    bench.qtbot.waitUntil(dialog.send.isEnabled)
    QTest.mouseClick(dialog.send, LEFT)
    (command,) = bench.desk.of(PlaceGroup)
    assert [(leg.account, leg.order_qty) for leg in command.legs] == [(MAIN, 3), (HEDGE, 2)]
    assert command.policy is GroupPolicy.CHECK_ALL_FIRST
    bench.screen.services.dispatch([make_order("W1", terms=command.legs[0])])
    bench.desk.answer(receipt(command))
    (shown,) = window.findChildren(GroupReceiptDialog)
    assert ticket.form.is_empty()
    QTest.mouseClick(shown.cancel, LEFT)
    (cancel,) = bench.desk.of(CancelOrders)
    assert (cancel.cl_ord_ids, cancel.gesture) == (("W1",), "Cancel the rest of G1")
    retry = shown.findChild(QPushButton, "retry-1")
    assert isinstance(retry, QPushButton)
    QTest.mouseClick(retry, LEFT)
    draft = ticket.form.draft()
    assert (draft.offer.account is not None and draft.offer.account.key, draft.order_qty.value) == (HEDGE, 2)
    assert len(bench.desk.of(PlaceGroup)) == 1


def test_an_incomplete_ticket_or_a_change_of_an_order_makes_no_group(window: MainWindow, ticket: OrderTicket) -> None:
    fill(ticket, qty="")
    ticket.form.order_qty.clear()
    ticket.to_several()
    assert ticket.notice.text().startswith("Not yet an order. No quantity.")
    ticket.load_terms(corn_terms(), make_order("W1").cl_ord_id)
    ticket.to_several()
    assert ticket.notice.text().startswith("Only a new order")
    assert window.findChildren(GroupOrderDialog) == []


def test_a_group_of_which_nothing_left_keeps_the_ticket(
    bench: ShellBench, window: MainWindow, ticket: OrderTicket
) -> None:
    dialog = composed(window, ticket)
    bench.qtbot.waitUntil(dialog.send.isEnabled)
    QTest.mouseClick(dialog.send, LEFT)
    (command,) = bench.desk.of(PlaceGroup)
    nothing = LegReceipt(terms=replace(command.legs[0]), state=LegState.NOT_SENT, text="Locked.")
    bench.desk.answer(
        GroupReceipt(group_id="G1", policy=command.policy, legs=(nothing,), spread_ns=0, text="Group G1.")
    )
    assert ticket.form.order_qty.text() == "5"
