"""A group is sent once, with the sizes that were shown and checked, and never past what stands against a leg."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.clipping import clipped, nameless
from tests.support.dock_screen import HEDGE, MAIN, corn_terms, make_order
from tests.support.shell_bench import ShellBench
from workstation.desk.allocation import AllocationMethod
from workstation.desk.commands import Refused
from workstation.desk.findings import Finding, Hardness
from workstation.desk.group_commands import (
    CheckGroup,
    GroupChecked,
    GroupPolicy,
    GroupReceipt,
    LegReceipt,
    LegState,
    PlaceGroup,
)
from workstation.desk.messages import AccountChanged, DeskState
from workstation.domain.account import Account
from workstation.domain.connection import Environment
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.dialog import is_gone
from workstation.widgets.dialogs.group_order import GESTURE, METHODS, POLICIES, POLICY_SENTENCES, GroupOrderDialog

LEFT = Qt.MouseButton.LeftButton
SOFT = Finding(gate="size", hardness=Hardness.SOFT, text="It is large.")
HARD = Finding(gate="account", hardness=Hardness.HARD, text="It is not offered.")
RECEIPT = GroupReceipt(
    group_id="G1",
    policy=GroupPolicy.CHECK_ALL_FIRST,
    legs=(LegReceipt(terms=corn_terms(), state=LegState.ACCEPTED),),
    spread_ns=0,
    text="Group G1.",
)


class Case:
    """An open dialog for 5 corn; the desk answers checks when the test says so."""

    def __init__(self, bench: ShellBench, parent: QWidget) -> None:
        self.desk, self.screen, self.qtbot = bench.desk, bench.screen, bench.qtbot
        self.dialog = GroupOrderDialog(corn_terms(qty=5), bench.screen, parent)
        self.receipts: list[GroupReceipt] = []
        self.dialog.sent.connect(self.receipts.append)
        with self.qtbot.waitExposed(self.dialog):
            self.dialog.open()

    def join(self, *names: str) -> None:
        for row in self.dialog.rows:
            if any(name in row.takes_part.text() for name in names):
                row.takes_part.setChecked(True)

    def checked(self, *findings: tuple[Finding, ...]) -> None:
        """Answer every open check: the last one as given, those of earlier sizes with nothing."""
        while self.desk.open(CheckGroup):
            (latest,) = self.desk.open(CheckGroup)
            assert isinstance(latest, CheckGroup)
            fits = len(findings) == len(latest.legs)
            self.desk.answer(GroupChecked(findings=findings if fits else ((),) * len(latest.legs)))

    def rested(self) -> None:
        self.qtbot.waitUntil(self.dialog.send.isEnabled)

    def sizes(self) -> dict[str, str]:
        return {row.account.alias or row.account.name: row.part.text() for row in self.dialog.rows}

    def split(self, method: AllocationMethod) -> None:
        self.dialog.method.setCurrentIndex(list(METHODS).index(method))
        self.dialog.method.activated.emit(self.dialog.method.currentIndex())

    def press(self) -> None:
        self.qtbot.mouseClick(self.dialog.send, LEFT)


@pytest.fixture
def case(bench: ShellBench, parent: QWidget) -> Case:
    return Case(bench, parent)


def test_it_opens_with_the_tickets_order_and_its_own_account(case: Case) -> None:
    words = [label.text() for label in case.dialog.findChildren(QLabel)]
    assert "SIM: BUY ZCZ26 limit 588^2, to several accounts" in words
    assert any("which is not atomic" in text for text in words)
    assert [row.account.key for row in case.dialog.chosen()] == [MAIN]
    assert case.dialog.send.text() == "Send BUY to 1 account, 5 total"


def test_every_account_gets_whole_lots_and_the_remainder_is_shown(case: Case) -> None:
    case.join("Hedge")
    assert case.sizes() == {"Main": "3", "Hedge": "2", "QST 17016": ""}
    case.split(AllocationMethod.RATIO)
    case.dialog.rows[0].figure.setText("1")
    case.dialog.rows[1].figure.setText("4")
    case.dialog.rows[1].figure.changed.emit()
    assert case.sizes()["Hedge"] == "4"
    case.split(AllocationMethod.CUSTOM)
    assert case.sizes() == {"Main": "1", "Hedge": "4", "QST 17016": ""}
    case.dialog.total.setText("7")
    case.dialog.total.changed.emit()
    assert case.dialog.remainder.text() == "Remainder: 2 of the total are given to nobody."
    case.dialog.total.setText("4")
    case.dialog.total.changed.emit()
    assert case.dialog.remainder.text() == "1 more than the total are given out."


def test_what_is_sent_is_what_was_checked_under_the_chosen_policy(case: Case) -> None:
    case.join("Hedge")
    assert case.dialog.policy_text.text() == POLICY_SENTENCES[GroupPolicy.CHECK_ALL_FIRST]
    case.dialog.policy.setCurrentIndex(list(POLICIES).index(GroupPolicy.CANCEL_REST_ON_REJECT))
    case.dialog.policy.activated.emit(case.dialog.policy.currentIndex())
    assert case.dialog.policy_text.text() == POLICY_SENTENCES[GroupPolicy.CANCEL_REST_ON_REJECT]
    case.checked((), ())
    case.rested()
    case.press()
    case.press()
    (command,) = case.desk.of(PlaceGroup)
    assert [(leg.account, leg.order_qty) for leg in command.legs] == [(MAIN, 3), (HEDGE, 2)]
    assert command.legs == case.desk.of(CheckGroup)[-1].legs
    assert (command.policy, command.gesture) == (GroupPolicy.CANCEL_REST_ON_REJECT, GESTURE)
    assert command.accepted == ((), ())
    assert not case.dialog.keep.isEnabled()
    with case.qtbot.waitSignal(case.dialog.accepted):
        case.desk.answer(RECEIPT)
    assert case.receipts == [RECEIPT]


def test_nothing_is_sent_before_it_is_checked_or_right_after_a_change(case: Case) -> None:
    assert case.dialog.fault.text() == "Checking…"
    case.press()
    case.checked(())
    assert not case.dialog.send.isEnabled(), "for 300 ms after a change"
    case.rested()
    case.join("Hedge")
    assert not case.dialog.send.isEnabled()
    assert case.desk.of(PlaceGroup) == []


def test_a_hard_finding_must_be_cured_or_the_account_taken_out(case: Case) -> None:
    case.join("Hedge")
    case.checked((), (HARD,))
    assert "Hedge (17015) cannot take its part" in case.dialog.fault.text()
    assert case.dialog.rows[1].verdicts.isVisible()
    case.dialog.rows[1].takes_part.setChecked(False)
    case.checked(())
    case.rested()
    assert case.dialog.send.text() == "Send BUY to 1 account, 5 total"


def test_each_soft_finding_wants_its_own_tick(case: Case) -> None:
    case.join("Hedge")
    case.checked((SOFT,), (SOFT,))
    case.dialog.rows[0].verdicts.boxes()[0].click()
    assert case.dialog.fault.text().startswith("Tick each warning")
    case.dialog.rows[1].verdicts.boxes()[0].click()
    case.rested()
    case.press()
    (command,) = case.desk.of(PlaceGroup)
    assert command.accepted == (("size",), ("size",))


def test_a_refusal_and_an_engine_that_ended_are_shown(case: Case) -> None:
    case.checked(())
    case.rested()
    case.press()
    case.desk.answer(Refused(findings=(HARD,)))
    assert case.dialog.fault.text() == "Nothing was sent. It is not offered."
    assert case.dialog.keep.isEnabled()
    case.press()
    case.desk.fail(EngineGone("The engine stopped."))
    assert "It is not known which orders were sent" in case.dialog.fault.text()
    assert not case.dialog.send.isEnabled()


def test_a_check_that_the_engine_cannot_answer_is_said(case: Case) -> None:
    case.desk.fail(EngineGone("The engine stopped."))
    assert case.dialog.fault.text() == "The engine stopped."


def test_a_lock_has_the_legs_checked_again(case: Case) -> None:
    case.checked(())
    before = len(case.desk.of(CheckGroup))
    case.screen.services.dispatch([DeskState(locked=True)])
    assert len(case.desk.of(CheckGroup)) == before + 1
    case.checked((HARD,))
    assert not case.dialog.send.isEnabled()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda dialog: dialog.total.setText("x"), "x"),
        (lambda dialog: dialog.total.setText("0"), "above zero"),
        (lambda dialog: dialog.rows[0].figure.setText("y"), "cannot be read"),
        (lambda dialog: dialog.rows[0].takes_part.setChecked(False), "at least one"),
    ],
)
def test_what_makes_no_group_is_said(case: Case, change: object, why: str) -> None:
    case.checked(())
    case.split(AllocationMethod.RATIO)
    change(case.dialog)  # type: ignore[operator]
    case.dialog.total.changed.emit()
    assert why in case.dialog.fault.text()
    assert not case.dialog.send.isEnabled()


def test_only_accounts_of_the_same_environment_are_offered(bench: ShellBench, parent: QWidget) -> None:
    live = AccountKey(ConnectionID("qst-firm"), "99")
    account = Account(key=live, venue="qst", environment=Environment.LIVE, name="Real", alias="")
    other = Account(
        key=AccountKey(ConnectionID("sim-2"), "7"), venue="x", environment=Environment.SIMULATED, name="Far", alias=""
    )
    bench.screen.services.dispatch([AccountChanged(account=account), AccountChanged(account=other)])
    case = Case(bench, parent)
    assert live not in [row.account.key for row in case.dialog.rows]
    far = next(row for row in case.dialog.rows if row.account.name == "Far")
    assert far.part.text() == "no ZCZ26 there"


def test_a_closed_dialog_takes_no_late_answer(case: Case) -> None:
    case.qtbot.keyClick(case.dialog, Qt.Key.Key_Escape)
    case.qtbot.waitUntil(lambda: is_gone(case.dialog))
    case.desk.answer(GroupChecked(findings=((),)))
    assert is_gone(case.dialog)
    assert case.desk.of(PlaceGroup) == []


@pytest.mark.parametrize("zoom", [100, 200])
def test_no_words_are_cut_and_every_control_has_a_name(bench: ShellBench, parent: QWidget, zoom: int) -> None:
    bench.screen.theme.set_zoom(zoom)
    bench.screen.services.dispatch([make_order("W1")])
    case = Case(bench, parent)
    case.join("Hedge")
    case.checked((SOFT,), (HARD,))
    case.qtbot.waitUntil(lambda: clipped(case.dialog) == [])
    assert nameless(case.dialog) == []
    assert case.dialog.total.reading().value == Decimal(5)
