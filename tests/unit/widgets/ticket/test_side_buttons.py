"""Sides: none until chosen, and exactly one from then on."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from workstation.domain.order_terms import Side
from workstation.widgets.ticket.side_buttons import SideButtons


@pytest.fixture
def buttons(qtbot: QtBot) -> SideButtons:
    made = SideButtons()
    qtbot.addWidget(made)
    return made


def test_no_side_is_chosen_at_first(buttons: SideButtons) -> None:
    assert buttons.side() is None
    assert not any(buttons.button(side).isChecked() for side in Side)


def test_a_press_chooses_and_a_second_one_changes_nothing(qtbot: QtBot, buttons: SideButtons) -> None:
    heard: list[Side | None] = []
    buttons.chosen.connect(lambda: heard.append(buttons.side()))
    for side in (Side.SELL, Side.SELL, Side.BUY):
        qtbot.mouseClick(buttons.button(side), Qt.MouseButton.LeftButton)
    assert heard == [Side.SELL, Side.SELL, Side.BUY]
    assert buttons.button(Side.BUY).isChecked()
    assert not buttons.button(Side.SELL).isChecked()


def test_the_words_have_no_mnemonic_that_would_shadow_the_key(buttons: SideButtons) -> None:
    assert [buttons.button(side).text() for side in Side] == ["BUY", "SELL"]
    assert all(buttons.button(side).accessibleName() for side in Side)


def test_setting_it_is_not_announced(buttons: SideButtons) -> None:
    heard: list[int] = []
    buttons.chosen.connect(lambda: heard.append(1))
    buttons.set_side(Side.BUY)
    buttons.set_side(None)
    assert heard == []
    assert buttons.side() is None
