import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.shell_bench import ShellBench
from workstation.desk.commands import Done, Finding, Hardness, Refused, ReleaseKill
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.dialog import is_gone
from workstation.widgets.dialogs.release_kill import ReleaseKillDialog

LEFT = Qt.MouseButton.LeftButton
REFUSED = Refused(findings=(Finding(gate="kill", hardness=Hardness.HARD, text="Not now.", cure="Wait."),))


@pytest.fixture
def dialog(bench: ShellBench, parent: QWidget) -> ReleaseKillDialog:
    made = ReleaseKillDialog(bench.screen, parent)
    with bench.qtbot.waitExposed(made):
        made.open()
    return made


@pytest.mark.parametrize("typed", ["", "release", "RELEAS", "RELEASE!", "R E L E A S E"])
def test_anything_but_the_word_releases_nothing(
    dialog: ReleaseKillDialog, bench: ShellBench, qtbot: QtBot, typed: str
) -> None:
    qtbot.keyClicks(dialog.typed, typed)
    assert not dialog.release.isEnabled()
    qtbot.mouseClick(dialog.release, LEFT)
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert bench.desk.asked == []


def test_enter_after_the_word_is_not_enough(dialog: ReleaseKillDialog, bench: ShellBench, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.typed, "RELEASE")
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert bench.desk.asked == []


def test_the_word_and_the_button_release(dialog: ReleaseKillDialog, bench: ShellBench, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.typed, " RELEASE ")
    qtbot.mouseClick(dialog.release, LEFT)
    qtbot.mouseClick(dialog.release, LEFT)
    assert bench.desk.asked == [ReleaseKill(typed="RELEASE")]
    with qtbot.waitSignal(dialog.accepted):
        bench.desk.answer(Done())


def test_a_refusal_is_shown_and_it_can_be_tried_again(
    dialog: ReleaseKillDialog, bench: ShellBench, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.typed, "RELEASE")
    qtbot.mouseClick(dialog.release, LEFT)
    bench.desk.answer(REFUSED)
    assert dialog.isVisible()
    assert dialog.fault.text() == "Not now. Wait."
    assert dialog.release.isEnabled()


def test_an_engine_that_ended_is_told(dialog: ReleaseKillDialog, bench: ShellBench, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.typed, "RELEASE")
    qtbot.mouseClick(dialog.release, LEFT)
    bench.desk.fail(EngineGone("The engine stopped."))
    assert dialog.fault.text() == "The engine stopped."


def test_escape_keeps_the_kill(dialog: ReleaseKillDialog, bench: ShellBench, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.typed, "RELEASE")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert bench.desk.asked == []


@pytest.mark.parametrize("answer", [Done(), REFUSED])
def test_an_answer_after_the_dialog_was_closed_is_no_fault(
    dialog: ReleaseKillDialog, bench: ShellBench, qtbot: QtBot, answer: Done | Refused
) -> None:
    qtbot.keyClicks(dialog.typed, "RELEASE")
    qtbot.mouseClick(dialog.release, LEFT)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    assert is_gone(dialog)
    bench.desk.answer(answer)
