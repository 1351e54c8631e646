from tests.support.fake_clock import FakeClock
from tests.support.fake_journal import FakeJournal
from workstation.desk.activity import ActivityLog
from workstation.desk.locks import Locks
from workstation.desk.messages import ActivityLine, DeskState, EngineMessage
from workstation.desk.recorder import Recorder


class Rig:
    def __init__(self) -> None:
        self.published: list[EngineMessage] = []
        clock = FakeClock()
        activity = ActivityLog(Recorder(FakeJournal(), clock), self.published.append, clock)
        self.locks = Locks(self.published.append, activity, clock)

    def states(self) -> list[DeskState]:
        return [one for one in self.published if isinstance(one, DeskState)]

    def lines(self) -> list[str]:
        return [one.text for one in self.published if isinstance(one, ActivityLine)]


def test_a_lock_is_told_once_however_often_it_is_asked_for() -> None:
    rig = Rig()
    for locked in (False, True, True, False):
        rig.locks.lock(locked=locked)
    assert [state.locked for state in rig.states()] == [True, False]
    assert rig.lines() == ["Trading is locked. Cancels still pass.", "Trading is unlocked."]


def test_a_kill_keeps_the_time_of_its_first_click() -> None:
    rig = Rig()
    rig.locks.kill()
    since_ns = rig.locks.state.killed_since_ns
    rig.locks.kill()
    assert since_ns > 0
    assert rig.locks.state.killed_since_ns == since_ns
    assert len(rig.states()) == 1


def test_only_the_typed_word_releases_a_kill() -> None:
    rig = Rig()
    rig.locks.kill()
    for typed in ("", "release", "RELEASE "):
        assert not rig.locks.release(typed)
        assert rig.locks.state.killed_since_ns
    assert rig.locks.release("RELEASE")
    assert not rig.locks.state.killed_since_ns
    assert rig.lines()[-1] == "The kill was released."


def test_lock_and_kill_do_not_end_one_another() -> None:
    rig = Rig()
    rig.locks.lock(locked=True)
    rig.locks.kill()
    rig.locks.release("RELEASE")
    assert rig.locks.state.locked


def test_the_journals_fault_is_told_when_it_comes_and_when_it_goes() -> None:
    rig = Rig()
    for fault in ("", "The disk is full.", "The disk is full.", ""):
        rig.locks.journal_fault(fault)
    assert [state.journal_fault for state in rig.states()] == ["The disk is full.", ""]
    assert rig.lines() == ["The disk is full.", "The journal can be written again."]


def test_what_holds_is_announced_at_the_start() -> None:
    rig = Rig()
    rig.locks.announce()
    assert rig.states() == [DeskState()]
