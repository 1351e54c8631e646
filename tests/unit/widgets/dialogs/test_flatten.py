from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.clipping import clipped
from tests.support.dock_screen import MAIN, corn_terms, make_order
from tests.support.shell_bench import ShellBench
from workstation.desk.findings import Finding, Hardness
from workstation.desk.flatten_commands import FlattenPlan, PlanFlatten
from workstation.domain.identity import ClOrdID
from workstation.domain.order_terms import Side
from workstation.widgets.dialogs.flatten import FlattenDialog

LEFT = Qt.MouseButton.LeftButton
ASKED = PlanFlatten(account=MAIN, symbol="ZCZ26")
SOFT = Finding(
    gate="reference_price",
    hardness=Hardness.SOFT,
    text="No reference price.",
    cure="Confirm that it may fill anywhere.",
)
HARD = Finding(gate="market", hardness=Hardness.HARD, text="QST takes no market order.", cure="Use a limit.")
CLOSING = corn_terms(side=Side.SELL, qty=5, price=None)


class Case:
    def __init__(self, bench: ShellBench, parent: QWidget, **plan: Any) -> None:
        bench.screen.services.dispatch([make_order("W1")])
        values = {"cancels": (ClOrdID("W1"),), "net_qty": Decimal(5), "closing": (CLOSING,), "findings": (SOFT,)}
        self.dialog = FlattenDialog(ASKED, FlattenPlan(**{**values, **plan}), bench.screen, parent)
        self.qtbot = bench.qtbot
        self.confirmed: list[tuple[str, ...]] = []
        self.dialog.confirmed.connect(self.confirmed.append)
        with self.qtbot.waitExposed(self.dialog):
            self.dialog.open()

    def ready(self) -> None:
        self.qtbot.waitUntil(self.dialog.keep.isDefault)

    def words(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel))


@pytest.mark.parametrize("zoom", [100, 200])
def test_it_shows_what_it_cancels_and_sends_and_what_stands_against_it(
    bench: ShellBench, parent: QWidget, zoom: int
) -> None:
    bench.screen.theme.set_zoom(zoom)
    case = Case(bench, parent)
    words = case.words()
    assert "SIM: flatten ZCZ26 in Main (17014)?" in words
    assert "Position now: 5 long." in words
    assert "First cancel BUY 5 ZCZ26 limit 588^2" in words
    assert "Then send SELL 5 ZCZ26 market" in words
    assert "▲ No reference price." in words
    assert case.dialog.send.text() == "Cancel 1 working, send SELL 5 ZCZ26 market"
    assert clipped(case.dialog) == []


def test_every_soft_finding_wants_its_own_tick_and_nothing_goes_at_first(
    bench: ShellBench, parent: QWidget, qtbot: QtBot
) -> None:
    case = Case(bench, parent)
    case.dialog.ticks["reference_price"].setChecked(True)
    assert not case.dialog.send.isEnabled(), "for its first 300 ms"
    case.ready()
    assert case.dialog.send.isEnabled()
    case.dialog.ticks["reference_price"].setChecked(False)
    assert not case.dialog.send.isEnabled()
    case.dialog.ticks["reference_price"].setChecked(True)
    qtbot.mouseClick(case.dialog.send, LEFT)
    assert case.confirmed == [("reference_price",)]


def test_enter_and_escape_send_nothing(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> None:
    case = Case(bench, parent, findings=())
    case.ready()
    with qtbot.waitSignal(case.dialog.rejected):
        qtbot.keyClick(case.dialog.keep, Qt.Key.Key_Return)
    assert case.confirmed == []


def test_what_nobody_can_confirm_away_leaves_only_the_cancels(bench: ShellBench, parent: QWidget) -> None:
    case = Case(bench, parent, findings=(HARD,), closing=())
    case.ready()
    assert case.dialog.send.text() == "Cancel 1 working, send nothing"
    assert case.dialog.send.isEnabled()
    assert "✕ QST takes no market order. Use a limit." in case.words()


def test_without_cancels_a_hard_finding_leaves_nothing(bench: ShellBench, parent: QWidget) -> None:
    case = Case(bench, parent, findings=(HARD,), cancels=(), net_qty=Decimal(-2))
    case.ready()
    assert (case.dialog.send.text(), case.dialog.send.isEnabled()) == ("Nothing can be sent", False)
    assert "Position now: −2 short." in case.words()


def test_several_positions_are_counted(bench: ShellBench, parent: QWidget) -> None:
    case = Case(bench, parent, closing=(CLOSING, CLOSING), cancels=(), net_qty=Decimal(0))
    assert case.dialog.send.text() == "Send 2 closing orders"
    assert "Position now: flat." in case.words()
