"""The check block: whose money it is by word and frame, and every fact in one place."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import make_bench
from workstation.domain.connection import Environment
from workstation.domain.order_terms import Side
from workstation.widgets.ticket.check_block import CheckBlock
from workstation.widgets.ticket.check_view import CheckLine, Tone


@pytest.fixture
def block(qtbot: QtBot) -> CheckBlock:
    made = CheckBlock(make_bench().screen.theme)
    qtbot.addWidget(made)
    made.resize(280, 200)
    made.show()
    return made


def test_lines_come_and_go(block: CheckBlock) -> None:
    block.show_lines([CheckLine("account", "Main"), CheckLine("value", "1 USD", hint="our own arithmetic")])
    assert block.lines() == {"account": "Main", "value": "1 USD"}
    block.show_lines([CheckLine("value", "2 USD")])
    shown = [label.text() for label in block.findChildren(QLabel) if label.isVisible()]
    assert "2 USD" in shown
    assert "Main" not in shown
    assert "1 USD" not in shown


def test_a_line_can_be_heard_as_a_whole_and_says_its_source(block: CheckBlock) -> None:
    block.show_lines([CheckLine("value", "1 USD", Tone.MUTED, "our own arithmetic")])
    label = next(label for label in block.findChildren(QLabel) if label.text() == "1 USD")
    assert label.accessibleName() == "value: 1 USD"
    assert label.toolTip() == "our own arithmetic"
    assert label.property("tone") == "muted"


def test_the_environments_look_different_without_colour(block: CheckBlock) -> None:
    frames = set()
    for environment in Environment:
        block.show_environment(environment)
        picture = block.grab().toImage()
        row = [picture.pixelColor(x, 1) == picture.pixelColor(0, 0) for x in range(picture.width())]
        column = [picture.pixelColor(x, picture.height() // 2) == picture.pixelColor(0, 0) for x in range(6)]
        frames.add((tuple(row), tuple(column)))
    assert len(frames) == len(Environment)


def test_the_word_is_always_there(block: CheckBlock) -> None:
    words = []
    for environment in (None, *Environment):
        block.show_environment(environment)
        words.append(block.environment_word())
    assert words == ["", "LIVE", "DEMO", "SIM"]


def test_the_title_takes_the_side_only_in_review(block: CheckBlock) -> None:
    title = block.findChild(QLabel, "checkTitle")
    assert title is not None
    block.show_title("REVIEW", Side.SELL)
    assert (block.title(), title.property("side")) == ("REVIEW", "SELL")
    block.show_title("CHECK", None)
    assert (block.title(), title.property("side")) == ("CHECK", "")
