from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.apart_screen import apart_screen, euro
from tests.support.apart_venue import APART
from tests.support.dock_screen import MAIN, make_position, make_screen, profile
from workstation.desk.messages import ConnectionListed
from workstation.domain.account import Position
from workstation.widgets.dialogs.close_position import ClosePositionDialog
from workstation.widgets.dialogs.dialog import Dialog
from workstation.widgets.dialogs.edit_stops import EditStopsDialog
from workstation.widgets.dialogs.order_sequence import OrderSequenceDialog
from workstation.widgets.docks.positions_actions import PositionActions, held_apart
from workstation.widgets.screen import Screen


def actions_on(qtbot: QtBot, screen: Screen, position: Position | None) -> tuple[PositionActions, QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return PositionActions(screen, lambda: position, window), window


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("close", ClosePositionDialog, "Close position 7"),
        ("stops", EditStopsDialog, "Stops of position 7"),
        ("reverse", OrderSequenceDialog, "Reverse position 7"),
        ("close_all", OrderSequenceDialog, "Close all EURUSD of Main"),
    ],
)
def test_each_opens_a_dialog_and_sends_nothing(qtbot: QtBot, name: str, kind: type[Dialog], title: str) -> None:
    screen, desk = apart_screen()
    actions, window = actions_on(qtbot, screen, euro())
    getattr(actions, name).trigger()
    dialog = window.findChild(kind)
    assert dialog.windowTitle() == title
    assert not [one for one in desk.asked if "Check" not in type(one).__name__]
    dialog.reject()


def test_closing_all_names_every_position_of_the_instrument(qtbot: QtBot) -> None:
    screen, _ = apart_screen()
    screen.services.dispatch([euro("8", "-0.4")])
    actions, window = actions_on(qtbot, screen, euro())
    assert actions.close_all.text() == "Close all EURUSD…"
    actions.close_all.trigger()
    dialog = window.findChild(OrderSequenceDialog)
    assert [line.split(":")[0][-1] for line in dialog.lines()] == ["7", "8"]
    dialog.reject()


@pytest.mark.parametrize("position", [None, euro("7", "0"), euro("")])
def test_without_an_open_position_of_its_own_there_is_nothing_to_do(qtbot: QtBot, position: Position | None) -> None:
    screen, _ = apart_screen()
    actions, window = actions_on(qtbot, screen, position)
    assert not any(action.isEnabled() for action in actions.actions())
    actions.close.trigger()
    assert window.findChild(Dialog) is None


def test_where_positions_are_netted_nothing_is_offered(qapp: object) -> None:
    screen, _ = make_screen()
    assert not held_apart(make_position(MAIN, "ZCZ26", 1), screen.services)


def test_stops_only_where_the_venue_changes_them(qtbot: QtBot) -> None:
    screen, _ = apart_screen()
    fixed = replace(APART, amends_positions=False)
    screen.services.dispatch([ConnectionListed(profile=profile(), capabilities=fixed)])
    actions, _ = actions_on(qtbot, screen, euro())
    assert not actions.stops.isEnabled()
    assert actions.close.isEnabled()
