from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_screen
from workstation.desk.commands import Finding, Hardness
from workstation.domain.order_terms import Side
from workstation.widgets.docks.order_book_amend_bar import AmendBar

SOFT = Finding(gate="size", hardness=Hardness.SOFT, text="7 is more than usual.", cure="Check the quantity.")
HARD = Finding(gate="tick", hardness=Hardness.HARD, text="588.3 is off the tick.", cure="Take 588^2 or 588^4.")


def make_bar(qtbot: QtBot) -> AmendBar:
    bar = AmendBar(make_screen()[0].theme)
    qtbot.addWidget(bar)
    return bar


def test_a_clean_review_can_be_sent(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    bar.show_review("Amend 111", "Send REPLACE 7 ZCZ26", (), Side.BUY)
    assert bar.can_send()
    with qtbot.waitSignal(bar.send_clicked):
        qtbot.mouseClick(bar.send_button(), Qt.MouseButton.LeftButton)


def test_hard_findings_stop_the_button_and_say_the_cure(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    bar.show_review("Amend 111", "Send REPLACE", (SOFT, HARD), Side.BUY)
    assert not bar.can_send()
    assert "588.3 is off the tick. Take 588^2 or 588^4." in bar.said()
    assert bar.findChildren(QCheckBox) == []


def test_every_soft_finding_wants_its_own_tick(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    other = Finding(gate="reference", hardness=Hardness.SOFT, text="No reference price.")
    bar.show_review("Amend 111", "Send REPLACE", (SOFT, other), Side.BUY)
    assert not bar.can_send()
    first, second = bar.findChildren(QCheckBox)
    first.setChecked(True)
    assert not bar.can_send()
    second.setChecked(True)
    assert bar.can_send()
    assert bar.accepted() == ("size", "reference")


def test_a_new_review_starts_without_ticks(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    bar.show_review("Amend 111", "Send REPLACE", (SOFT,), Side.BUY)
    bar.findChild(QCheckBox).setChecked(True)
    bar.show_editing("Amend 111", (), ready=True)
    bar.show_review("Amend 111", "Send REPLACE", (SOFT,), Side.BUY)
    assert bar.accepted() == ()
    assert not bar.can_send()


def test_many_hard_findings_stay_short(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    bar.show_review("Amend 111", "Send REPLACE", (HARD,) * 8, Side.BUY)
    assert bar.said().endswith("and 3 more")


def test_while_waiting_and_in_trouble_nothing_can_be_sent(qtbot: QtBot) -> None:
    bar = make_bar(qtbot)
    bar.show_review("Amend 111", "Send REPLACE", (), Side.BUY)
    bar.show_waiting("Writing…")
    assert not bar.can_send()
    bar.show_trouble("Nothing was sent.")
    assert not bar.can_send()
    assert bar.said() == "Nothing was sent."
