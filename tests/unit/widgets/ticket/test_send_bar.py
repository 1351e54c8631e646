"""The button: one click, one press; no double click, no Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import corn_order, make_bench
from workstation.desk.messages import SendStage
from workstation.domain.identity import ClOrdID
from workstation.domain.order_terms import Side
from workstation.widgets.ticket.send_bar import SendBar, progress_words
from workstation.widgets.ticket.sending import SentOrder

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot) -> SendBar:
    made = SendBar(make_bench().screen.theme)
    qtbot.addWidget(made)
    made.resize(300, 80)
    made.show_action("Send BUY 5 ZCZ26 to Main (17014)", Side.BUY, enabled=True, back=True)
    made.show()
    return made


def sent(stage: SendStage | None) -> SentOrder:
    return SentOrder(cl_ord_id=ClOrdID("W1"), terms=corn_order(), is_replace=False, stage=stage)


def test_a_click_presses_once_and_the_second_of_a_double_click_not_at_all(bar: SendBar) -> None:
    pressed: list[int] = []
    bar.action_pressed.connect(lambda: pressed.append(1))
    QTest.mouseClick(bar.action, LEFT)
    assert len(pressed) == 1
    QTest.mouseDClick(bar.action, LEFT)  # what a system sends for the second press, and its release
    assert len(pressed) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_never_presses(bar: SendBar, key: Qt.Key) -> None:
    pressed: list[int] = []
    bar.action_pressed.connect(lambda: pressed.append(1))
    bar.action.setFocus()
    QTest.keyClick(bar.action, key)
    assert pressed == []
    QTest.keyClick(bar.action, Qt.Key.Key_Space)
    assert pressed == [1]


def test_the_words_wrap_instead_of_being_cut(bar: SendBar) -> None:
    low = bar.action.minimumHeight()
    bar.show_action("Send BUY 5 ZCZ26 to " + "a very long alias " * 8, Side.BUY, enabled=True, back=True)
    assert bar.action.minimumHeight() > 2 * low
    assert bar.action.accessibleName() == bar.action.words()


def test_progress_takes_the_place_of_the_button(bar: SendBar) -> None:
    bar.show_progress("BUY 5 <ZCZ26>", sent(SendStage.ON_THE_WIRE))
    assert not bar.action.isVisible()
    assert bar.progress.isVisible()
    text = bar.progress.text()
    assert "&lt;ZCZ26&gt;" in text
    assert text.count("✓") == 2
    assert "accepted" in text
    bar.show_action("Review", None, enabled=False, back=False)
    assert bar.action.isVisible()
    assert not bar.progress.isVisible()


def test_before_the_desk_answers_there_is_no_way_back(bar: SendBar) -> None:
    bar.show_progress("BUY 5 ZCZ26", None)
    assert not bar.back.isVisible()
    assert not bar.clear.isVisible()
    bar.show_progress("BUY 5 ZCZ26", sent(None))
    assert bar.back.isVisible()
    assert bar.clear.isVisible()


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (None, "at the desk"),
        (sent(None), "handed over"),
        (sent(SendStage.RECEIVED), "received"),
        (sent(SendStage.IN_DOUBT), "IN DOUBT"),
    ],
)
def test_received_is_never_called_accepted(order: SentOrder | None, words: str) -> None:
    assert progress_words(order) == words


def test_doubt_is_a_word_of_its_own(bar: SendBar) -> None:
    bar.show_progress("Order W1: no answer.", sent(SendStage.IN_DOUBT))
    assert "IN DOUBT" in bar.progress.text()
    assert "✓" not in bar.progress.text()
