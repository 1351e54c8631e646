"""Armed for five minutes at most, for one account, and never longer than somebody is there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.support.dock_screen import HEDGE, MAIN, QST
from tests.support.shell_bench import ShellBench
from workstation.desk.messages import DeskState
from workstation.widgets.arming import ARMED_S, IDLE_S, Arming, left_text


class Case:
    def __init__(self, bench: ShellBench) -> None:
        self.bench = bench
        self.window = QWidget()
        bench.show(self.window)
        self.arming = Arming(bench.screen.services, bench.clock, self.window)
        self.why: list[str] = []
        self.arming.disarmed.connect(self.why.append)

    def touch(self) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_Shift)


@pytest.fixture
def case(bench: ShellBench) -> Case:
    return Case(bench)


def test_it_is_off_at_every_start_and_kept_nowhere(case: Case) -> None:
    assert not case.arming.is_armed
    before = dict(case.bench.screen.settings.sections)  # type: ignore[attr-defined]
    case.arming.arm(MAIN)
    assert case.arming.is_armed
    assert case.bench.screen.settings.sections == before  # type: ignore[attr-defined]
    assert not Arming(case.bench.screen.services, case.bench.clock, case.window).is_armed


def test_five_minutes_end_it_however_busy(case: Case) -> None:
    case.arming.arm(MAIN)
    for _ in range(ARMED_S // 30 - 1):
        case.bench.clock.advance(30)
        case.touch()
        case.arming.look()
    assert (case.arming.is_armed, case.arming.remaining_s()) == (True, 30)
    case.bench.clock.advance(30)
    assert not case.arming.is_armed, "asked at the key, before any timer"
    assert case.why == ["its 5 minutes are over"]
    assert case.arming.remaining_s() == 0


def test_nobody_there_ends_it(case: Case) -> None:
    case.arming.arm(MAIN)
    case.bench.clock.advance(IDLE_S - 1)
    case.touch()
    case.bench.clock.advance(IDLE_S - 1)
    assert case.arming.is_armed
    case.bench.clock.advance(1)
    case.arming.look()
    assert case.why == ["nothing was pressed for 2 minutes"]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (DeskState(locked=True), "sending is locked"),
        (DeskState(killed_since_ns=1), "KILL is active"),
        (DeskState(journal_fault="disk full"), "the journal cannot be written"),
    ],
)
def test_a_stop_ends_it_and_keeps_it_off(case: Case, state: DeskState, why: str) -> None:
    case.arming.arm(MAIN)
    case.bench.screen.services.dispatch([state])
    assert case.why == [why]
    assert case.arming.why_not().startswith("Not armed")
    case.arming.arm(MAIN)
    assert not case.arming.is_armed
    case.bench.screen.services.dispatch([DeskState()])
    assert not case.arming.is_armed, "the release does not arm again"


def test_another_account_ends_it(case: Case) -> None:
    case.arming.arm(MAIN)
    case.arming.account_chosen(MAIN)
    assert case.arming.is_armed
    case.arming.account_chosen(HEDGE)
    case.arming.account_chosen(None)
    assert case.why == ["the ticket turned to another account"]


def test_an_account_that_goes_takes_it_along(case: Case) -> None:
    case.arming.arm(MAIN)
    case.bench.screen.services.accounts.forget(QST)
    assert case.why == ["its account is gone"]


def test_arming_again_gives_the_whole_time_and_disarming_twice_is_told_once(case: Case) -> None:
    case.arming.arm(MAIN)
    case.bench.clock.advance(100)
    case.arming.arm(MAIN)
    assert case.arming.remaining_s() == ARMED_S
    case.arming.disarm("so")
    case.arming.disarm("so")
    assert case.why == ["so"]


def test_the_seconds_are_told_while_armed(case: Case) -> None:
    case.arming.arm(MAIN)
    with case.bench.qtbot.waitSignal(case.arming.changed, timeout=3000):
        pass
    assert left_text(245) == "4:05"
