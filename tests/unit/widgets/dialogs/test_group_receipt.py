from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.clipping import clipped
from tests.support.dock_screen import HEDGE, IRA, corn_terms, make_order
from tests.support.shell_bench import ShellBench
from workstation.desk.group_commands import GroupPolicy, GroupReceipt, LegReceipt, LegState
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.widgets.dialogs.group_receipt import GroupReceiptDialog

LEFT = Qt.MouseButton.LeftButton
ONE = corn_terms(qty=5)
TWO, THREE = replace(ONE, account=HEDGE), replace(ONE, account=IRA)
RECEIPT = GroupReceipt(
    group_id="G7",
    policy=GroupPolicy.STOP_AT_FIRST_REJECT,
    legs=(
        LegReceipt(terms=ONE, state=LegState.ACCEPTED, text="working", cl_ord_id=ClOrdID("W1")),
        LegReceipt(terms=TWO, state=LegState.REJECTED, text="No margin.", cl_ord_id=ClOrdID("W2")),
        LegReceipt(terms=THREE, state=LegState.NOT_SENT),
    ),
    spread_ns=12_000_000,
    text="Group G7.",
)


def shown(bench: ShellBench, parent: QWidget) -> GroupReceiptDialog:
    bench.screen.services.dispatch([make_order("W1", terms=ONE)])
    dialog = GroupReceiptDialog(RECEIPT, bench.screen, parent)
    with bench.qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_meant_and_achieved_stand_per_account_with_what_is_left(bench: ShellBench, parent: QWidget) -> None:
    dialog = shown(bench, parent)
    assert dialog.leg_text(0) == "0 of 5 traded · working"
    assert dialog.leg_text(1) == "0 of 5 traded · rejected: No margin."
    assert dialog.leg_text(2) == "0 of 5 traded · not sent"
    assert dialog.residual.text().startswith("0 of 15 traded, 15 not.")
    assert any("12 ms" in label.text() for label in dialog.findChildren(QLabel))
    assert clipped(dialog) == []
    assert not dialog.isModal(), "it stands beside the desk"
    dialog.close()


def test_it_follows_the_orders(bench: ShellBench, parent: QWidget) -> None:
    dialog = shown(bench, parent)
    bench.screen.services.dispatch([make_order("W9"), make_order("W1", OrdStatus.FILLED, terms=ONE, filled=5)])
    assert dialog.leg_text(0) == "5 of 5 traded · filled"
    assert dialog.residual.text().startswith("5 of 15 traded, 10 not.")
    assert (dialog.cancel.text(), dialog.cancel.isEnabled()) == ("Nothing works any more", False)
    dialog.close()


def test_a_leg_that_failed_can_be_loaded_and_the_rest_cancelled(
    bench: ShellBench, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = shown(bench, parent)
    retries = [each for each in dialog.findChildren(QPushButton) if each.objectName().startswith("retry-")]
    assert [each.objectName() for each in retries] == ["retry-1", "retry-2"]
    with qtbot.waitSignal(dialog.retry_requested) as loaded:
        qtbot.mouseClick(retries[0], LEFT)
    assert loaded.args == [TWO]
    assert dialog.cancel.text() == "Cancel 1 working"
    with qtbot.waitSignal(dialog.cancel_requested) as cancelled:
        qtbot.mouseClick(dialog.cancel, LEFT)
    assert cancelled.args == [("W1",)]
    assert loaded.args[0].order_qty == Decimal(5)
    dialog.close()
