from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.clipping import clipped
from tests.support.dock_screen import make_order
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import (
    BrokersWord,
    Done,
    Doubt,
    Finding,
    Hardness,
    QueryOrder,
    ReadDoubt,
    Refused,
    SettleByHand,
)
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.dialog import is_gone
from workstation.widgets.dialogs.settle_by_hand import GESTURE, SettleByHandDialog

LEFT = Qt.MouseButton.LeftButton
W1 = ClOrdID("W1")
ORDER = make_order("W1", OrdStatus.IN_DOUBT, text="No answer for 10 s.")
REFUSED = Refused(findings=(Finding(gate="settle_by_hand", hardness=Hardness.HARD, text="Not now.", cure="Wait."),))


def doubt(**changes: Any) -> Doubt:
    known = Doubt(
        cl_ord_id=W1,
        asked=3,
        books=2,
        book_ns=1,
        missing="Its books do not settle it.",
        obstacle="",
        words=tuple(BrokersWord),
    )
    return replace(known, **changes)


class Case:
    """An open dialog about one order in doubt."""

    def __init__(self, bench: ShellBench, parent: QWidget, qtbot: QtBot, order: Order = ORDER) -> None:
        self.desk, self.screen, self.qtbot = bench.desk, bench.screen, qtbot
        self.screen.services.dispatch([order])
        self.dialog = SettleByHandDialog(order, bench.screen, parent)
        with qtbot.waitExposed(self.dialog):
            self.dialog.open()

    def know(self, **changes: Any) -> None:
        self.desk.answer(doubt(**changes))

    def choose(self, said: BrokersWord) -> None:
        self.dialog.choice(said).setChecked(True)

    def press(self) -> None:
        self.qtbot.mouseClick(self.dialog.settle, LEFT)

    def settled(self) -> list[SettleByHand]:
        return self.desk.of(SettleByHand)


@pytest.fixture
def case(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> Case:
    return Case(bench, parent, qtbot)


def test_it_names_order_account_what_is_known_and_what_is_missing(case: Case) -> None:
    case.know()
    words = [label.text() for label in case.dialog.findChildren(type(case.dialog.known))]
    assert "SIM: what did the broker say of order W1?" in words
    assert any("BUY 5 ZCZ26" in text and "Main" in text for text in words)
    known = case.dialog.known.text()
    assert known.startswith(
        "In doubt: No answer for 10 s. The venue was asked 3 times since; 2 complete books came back."
    )
    assert known.endswith("Its books do not settle it.")
    assert clipped(case.dialog) == []


def test_until_the_desk_allows_it_the_reason_stands_there(case: Case) -> None:
    assert case.desk.open(ReadDoubt)
    case.know(obstacle="The venue was asked about it 1 of 2 times since.")
    case.choose(BrokersWord.CANCELED)
    case.qtbot.keyClicks(case.dialog.typed, "W1")
    assert case.dialog.fault.text() == "The venue was asked about it 1 of 2 times since."
    assert not case.dialog.settle.isEnabled()
    case.qtbot.mouseClick(case.dialog.query, LEFT)
    assert case.desk.of(QueryOrder) == [QueryOrder(cl_ord_id=W1)]
    case.desk.answer(Done(text="The books are asked for."))
    case.know()
    assert case.dialog.settle.isEnabled()


def test_a_trade_needs_quantity_price_and_the_typed_key(case: Case) -> None:
    case.know()
    case.choose(BrokersWord.TRADED)
    assert "how much" in case.dialog.fault.text()
    case.qtbot.keyClicks(case.dialog.qty, "5")
    case.qtbot.keyClicks(case.dialog.price, "588.31")
    assert case.dialog.fault.text() == "Type W1 to confirm."
    case.press()
    assert case.settled() == []
    case.qtbot.keyClicks(case.dialog.typed, "W1")
    case.press()
    assert case.settled() == [
        SettleByHand(
            cl_ord_id=W1,
            said=BrokersWord.TRADED,
            typed="W1",
            gesture=GESTURE,
            cum_qty=Decimal(5),
            avg_px=Decimal("588.31"),
        )
    ]
    with case.qtbot.waitSignal(case.dialog.accepted):
        case.desk.answer(Done())


def test_never_placed_carries_no_figures(case: Case) -> None:
    case.know()
    case.qtbot.keyClicks(case.dialog.qty, "5")
    case.choose(BrokersWord.NEVER_PLACED)
    assert not case.dialog.qty.isEnabled()
    case.qtbot.keyClicks(case.dialog.typed, "W1")
    case.press()
    (command,) = case.settled()
    assert (command.cum_qty, command.avg_px) == (None, None)


def test_what_cannot_be_true_cannot_be_chosen_and_the_likeliest_is_suggested(case: Case) -> None:
    case.know(words=(BrokersWord.TRADED, BrokersWord.CANCELED, BrokersWord.EXPIRED), suggested=BrokersWord.EXPIRED)
    assert not case.dialog.choice(BrokersWord.NEVER_PLACED).isEnabled()
    assert case.dialog.said() is BrokersWord.EXPIRED
    assert "probably expired" in case.dialog.known.text()
    assert not case.dialog.settle.isEnabled(), "a suggestion confirms nothing"


def test_enter_never_settles(case: Case) -> None:
    case.know()
    case.choose(BrokersWord.CANCELED)
    case.qtbot.keyClicks(case.dialog.typed, "W1")
    case.qtbot.keyClick(case.dialog.typed, Qt.Key.Key_Return)
    assert case.settled() == []


def test_the_venue_settles_it_while_the_dialog_stands_there(case: Case) -> None:
    case.know()
    case.choose(BrokersWord.CANCELED)
    case.qtbot.keyClicks(case.dialog.typed, "W1")
    case.screen.services.dispatch([make_order("W2"), make_order("W1", OrdStatus.FILLED, filled=5)])
    assert case.dialog.known.text() == "Settled meanwhile by the venue: filled."
    assert not case.dialog.settle.isEnabled()


def test_a_refusal_and_an_engine_that_ended_are_shown(case: Case) -> None:
    case.know()
    case.choose(BrokersWord.CANCELED)
    case.qtbot.keyClicks(case.dialog.typed, "W1")
    case.press()
    case.desk.answer(REFUSED)
    assert case.dialog.fault.text() == "Not now. Wait."
    case.press()
    case.desk.fail(EngineGone("The engine stopped."))
    assert case.dialog.fault.text() == "The engine stopped."
    case.qtbot.mouseClick(case.dialog.query, LEFT)
    case.desk.answer(REFUSED)
    assert case.dialog.fault.text() == "Not now. Wait."


def test_unreadable_figures_are_named(case: Case) -> None:
    case.know()
    case.choose(BrokersWord.TRADED)
    case.qtbot.keyClicks(case.dialog.qty, "5x")
    assert "5x" in case.dialog.fault.text()


@pytest.mark.parametrize("pressed", ["settle", "query"])
def test_an_answer_after_the_dialog_was_closed_is_no_fault(case: Case, pressed: str) -> None:
    case.know()
    case.choose(BrokersWord.CANCELED)
    case.qtbot.keyClicks(case.dialog.typed, "W1")
    case.qtbot.mouseClick(getattr(case.dialog, pressed), LEFT)
    with case.qtbot.waitSignal(case.dialog.destroyed):
        case.qtbot.keyClick(case.dialog, Qt.Key.Key_Escape)
    assert is_gone(case.dialog)
    case.desk.answer(Done())


def test_a_closed_dialog_takes_no_late_knowledge(bench: ShellBench, parent: QWidget, qtbot: QtBot) -> None:
    case = Case(bench, parent, qtbot)
    with qtbot.waitSignal(case.dialog.destroyed):
        case.dialog.reject()
    case.know()
    assert is_gone(case.dialog)
