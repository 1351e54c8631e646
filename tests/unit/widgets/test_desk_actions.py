"""What the window asks of the desk, and that no answer is swallowed."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.support.shell_bench import ShellBench
from workstation.desk.commands import (
    CancelOrders,
    CancelsSent,
    Connect,
    Disconnect,
    Done,
    Finding,
    Hardness,
    Kill,
    Refused,
    SetLock,
)
from workstation.desk.messages import DeskState
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.services.desk_client import EngineGone
from workstation.widgets.alerts import Alerts
from workstation.widgets.desk_actions import DeskActions
from workstation.widgets.toasts import Toast


class Actions:
    def __init__(self, bench: ShellBench) -> None:
        self.alerts = Alerts(bench.screen.services, bench.screen.settings, bench.screen.clock)
        self.window = QWidget()
        bench.qtbot.addWidget(self.window)
        self.toast = Toast(bench.screen.theme, self.window)
        self.do = DeskActions(bench.screen, self.alerts, self.toast, self.window)


@pytest.fixture
def actions(bench: ShellBench) -> Actions:
    return Actions(bench)


def test_lock_asks_for_the_other_state(bench: ShellBench, actions: Actions) -> None:
    actions.do.toggle_lock()
    bench.screen.services.dispatch([DeskState(locked=True)])
    actions.do.toggle_lock()
    assert bench.desk.asked == [SetLock(locked=True), SetLock(locked=False)]


def test_commands_reach_the_desk(bench: ShellBench, actions: Actions) -> None:
    qst, order = ConnectionID("qst-demo"), ClOrdID("W1")
    actions.do.kill("KILL button held")
    actions.do.cancel([order], "closing")
    actions.do.connect_to(qst)
    actions.do.disconnect_from(qst)
    assert bench.desk.asked == [
        Kill(gesture="KILL button held"),
        CancelOrders(cl_ord_ids=(order,), gesture="closing"),
        Connect(connection_id=qst),
        Disconnect(connection_id=qst),
    ]


def test_a_failed_cancel_becomes_an_alert_with_its_order(bench: ShellBench, actions: Actions) -> None:
    actions.do.kill("held")
    bench.desk.answer(CancelsSent(sent=(ClOrdID("W1"), ClOrdID("W2")), failed=((ClOrdID("W3"), "The link is down."),)))
    assert actions.toast.text == "2 cancels sent; not yet confirmed by the broker."
    assert [alert.text for alert in actions.alerts.pending] == [
        "Order W3 may still work: its cancel failed. The link is down."
    ]


def test_a_refusal_is_shown_with_its_cure(bench: ShellBench, actions: Actions) -> None:
    actions.do.connect_to(ConnectionID("qst-demo"))
    finding = Finding(gate="x", hardness=Hardness.HARD, text="No password is stored.", cure="Edit the connection.")
    bench.desk.answer(Refused(findings=(finding,)))
    assert actions.alerts.pending[0].text == "No password is stored. Edit the connection."


def test_a_dead_engine_is_said(bench: ShellBench, actions: Actions) -> None:
    actions.do.kill("held")
    bench.desk.fail(EngineGone("The engine stopped."))
    assert "Kill was not answered. The engine stopped." in actions.alerts.pending[0].text


def test_a_plain_answer_needs_no_words(bench: ShellBench, actions: Actions) -> None:
    actions.do.toggle_lock()
    bench.desk.answer(Done())
    assert actions.alerts.pending == []
