from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import HEDGE, IRA, corn_terms, make_order
from tests.support.shell_bench import ShellBench
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side
from workstation.domain.orders import Order
from workstation.widgets.dialogs.exit_guard import ExitGuard

LEFT = Qt.MouseButton.LeftButton
ORDERS = (
    make_order("W1", filled=2),
    make_order("W2", OrdStatus.IN_DOUBT, terms=corn_terms(side=Side.SELL, qty=3), account=HEDGE),
    make_order("W3", terms=corn_terms(price=None), account=IRA),
)


@dataclass
class Guarded:
    """A guard and what came of it."""

    dialog: ExitGuard
    said: list[object]

    @property
    def words(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel))


def guard(bench: ShellBench, parent: QWidget, orders: Sequence[Order] = ORDERS) -> Guarded:
    dialog = ExitGuard(bench.screen, orders, parent)
    guarded = Guarded(dialog, [])
    dialog.leave.connect(lambda: guarded.said.append("leave"))
    dialog.cancel_all.connect(guarded.said.append)
    with bench.qtbot.waitExposed(dialog):
        dialog.open()
    return guarded


def test_it_says_what_keeps_working_in_doubt_first(bench: ShellBench, parent: QWidget) -> None:
    guarded = guard(bench, parent)
    assert "3 orders keep working without you" in guarded.words
    assert "1 of them in doubt" in guarded.words
    doubtful, limit, market = guarded.dialog.lines.stringList()
    assert doubtful == "Hedge: SELL 3 ZCZ26 at 588^2, limit, day, IN DOUBT"
    assert limit == "Main: BUY 3 ZCZ26 at 588^2, limit, day, working"  # 2 of 5 are filled
    assert market == "QST 17016: BUY 5 ZCZ26, market, day, working"


def test_one_order_is_one(bench: ShellBench, parent: QWidget) -> None:
    guarded = guard(bench, parent, ORDERS[:1])
    assert "1 order keeps working without you" in guarded.words
    assert "in doubt" not in guarded.words
    assert guarded.dialog.cancel_button.text() == "Cancel all 1 and stay"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_enter_stay(bench: ShellBench, parent: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    guarded = guard(bench, parent)
    with qtbot.waitSignal(guarded.dialog.rejected):
        qtbot.keyClick(guarded.dialog, key)
    assert guarded.said == []


def test_leaving_is_a_choice_of_its_own(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> None:
    guarded = guard(bench, parent)
    with qtbot.waitSignal(guarded.dialog.accepted):
        qtbot.mouseClick(guarded.dialog.leave_button, LEFT)
    assert guarded.said == ["leave"]


def test_cancelling_all_names_every_order_and_stays(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> None:
    guarded = guard(bench, parent)
    assert guarded.dialog.cancel_button.text() == "Cancel all 3 and stay"
    with qtbot.waitSignal(guarded.dialog.rejected):
        qtbot.mouseClick(guarded.dialog.cancel_button, LEFT)
    assert guarded.said == [("W1", "W2", "W3")]


def test_a_long_list_is_cut_but_counted(bench: ShellBench, parent: QWidget) -> None:
    guarded = guard(bench, parent, [make_order(f"W{number}") for number in range(230)])
    lines = guarded.dialog.lines.stringList()
    assert len(lines) == 201
    assert lines[-1] == "and 30 more"
    assert guarded.dialog.cancel_button.text() == "Cancel all 230 and stay"
