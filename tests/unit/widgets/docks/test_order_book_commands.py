from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_order, make_screen
from workstation.desk.commands import CancelOrders, CancelsSent, Done, Finding, Hardness, QueryOrder, Refused
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Severity
from workstation.widgets.dialogs.cancel_orders import CancelOrdersDialog
from workstation.widgets.docks.order_book_commands import OrderBookCommands
from workstation.widgets.docks.order_book_scope import CancelPolicy, CancelScope, selected_scope

W1, W2 = ClOrdID("W1"), ClOrdID("W2")
BOTH = selected_scope([make_order("W1"), make_order("W2")])
ONE = selected_scope([make_order("W1")])


class Desk:
    """Commands on an owner of their own, with everything they said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.screen, self.client = make_screen()
        self.owner = QWidget()
        qtbot.addWidget(self.owner)
        self.owner.show()
        self.screen.services.dispatch([make_order("W1"), make_order("W2")])
        self.commands = OrderBookCommands(self.screen, self.owner)
        self.said: list[tuple[Severity, str, CancelScope | None]] = []
        self.commands.said.connect(lambda *said: self.said.append(said))

    def dialog(self) -> CancelOrdersDialog | None:
        return self.owner.findChild(CancelOrdersDialog)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    for dialog in made.owner.findChildren(CancelOrdersDialog):
        dialog.reject()


def test_one_order_goes_without_a_question(desk: Desk) -> None:
    desk.commands.cancel(ONE, "Del")
    assert desk.client.of(CancelOrders) == [CancelOrders(cl_ord_ids=(W1,), gesture="Del")]
    assert desk.dialog() is None


def test_several_orders_go_after_the_question_only(desk: Desk, qtbot: QtBot) -> None:
    desk.commands.cancel(BOTH, "Del")
    assert desk.client.asked == []
    dialog = desk.dialog()
    assert dialog is not None
    qtbot.waitUntil(dialog.send_button().isEnabled)
    qtbot.mouseClick(dialog.send_button(), Qt.MouseButton.LeftButton)
    assert desk.client.of(CancelOrders) == [CancelOrders(cl_ord_ids=(W1, W2), gesture="Del, confirmed")]


def test_a_second_press_does_not_ask_a_second_time(desk: Desk) -> None:
    desk.commands.cancel(BOTH, "Del")
    desk.commands.cancel(BOTH, "Del")
    assert len(desk.owner.findChildren(CancelOrdersDialog)) == 1


def test_saying_no_sends_nothing_and_frees_the_way(desk: Desk, qtbot: QtBot) -> None:
    desk.commands.cancel(BOTH, "Del")
    dialog = desk.dialog()
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.client.asked == []
    desk.commands.cancel(ONE, "Del")
    assert len(desk.client.asked) == 1


def test_orders_that_ended_during_the_question_are_left_out(desk: Desk, qtbot: QtBot) -> None:
    desk.commands.cancel(BOTH, "Del")
    desk.screen.services.dispatch([make_order("W1", OrdStatus.FILLED, filled=5)])
    dialog = desk.dialog()
    assert dialog is not None
    qtbot.waitUntil(dialog.send_button().isEnabled)
    dialog.send_button().click()
    assert desk.client.of(CancelOrders)[0].cl_ord_ids == (W2,)


def test_the_policy_is_kept_and_obeyed(desk: Desk) -> None:
    desk.commands.set_policy(CancelPolicy.NEVER)
    desk.commands.cancel(BOTH, "Del")
    assert len(desk.client.asked) == 1
    assert OrderBookCommands(desk.screen, desk.owner).policy is CancelPolicy.NEVER
    desk.screen.settings.put("orders", {"confirm_cancel": "nonsense"})
    assert desk.commands.policy is CancelPolicy.SEVERAL


def test_nothing_to_cancel_is_said(desk: Desk) -> None:
    desk.commands.cancel(selected_scope([]), "Del")
    assert desk.client.asked == []
    assert desk.said[0][0] is Severity.INFO


def test_what_was_not_sent_is_listed_and_can_be_tried_again(desk: Desk) -> None:
    desk.commands.set_policy(CancelPolicy.NEVER)
    desk.commands.cancel(BOTH, "Del")
    desk.client.answer(CancelsSent(sent=(W2,), failed=((W1, "QST demo is not connected."),)))
    severity, text, again = desk.said[0]
    assert severity is Severity.ERROR
    assert "1 of 2 cancels were not sent" in text
    assert "Order 111 (BUY 5 ZCZ26, Main): QST demo is not connected." in text
    assert again is not None
    assert [order.cl_ord_id for order in again.orders] == [W1]


def test_many_failures_are_counted_not_poured_out(desk: Desk) -> None:
    desk.commands.cancel(ONE, "Del")
    failed = tuple((ClOrdID(f"X{number}"), "no link") for number in range(50))
    desk.client.answer(CancelsSent(sent=(), failed=failed))
    assert desk.said[0][1].count("\n") == 6
    assert desk.said[0][1].endswith("and 45 more")


def test_cancels_that_were_all_sent_need_no_words(desk: Desk) -> None:
    desk.commands.cancel(ONE, "Del")
    desk.client.answer(CancelsSent(sent=(W1,)))
    assert desk.said == []


def test_a_stopped_engine_leaves_no_false_hope(desk: Desk) -> None:
    desk.commands.cancel(ONE, "Del")
    desk.client.fail(EngineGone("The engine has stopped."))
    assert "not known which cancels were sent" in desk.said[0][1]


def test_a_query_says_what_came_of_it(desk: Desk) -> None:
    desk.commands.query(make_order("W1"))
    assert desk.client.of(QueryOrder) == [QueryOrder(cl_ord_id=W1)]
    desk.client.answer(Done())
    desk.commands.query(make_order("W1"))
    desk.client.answer(Refused(findings=(Finding(gate="link", hardness=Hardness.HARD, text="Not connected."),)))
    desk.commands.query(make_order("W1"))
    desk.client.fail(EngineGone("Stopped."))
    assert [severity for severity, _, _ in desk.said] == [Severity.INFO, Severity.WARNING, Severity.ERROR]
