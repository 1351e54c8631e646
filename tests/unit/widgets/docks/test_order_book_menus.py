from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_screen
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_book_commands import OrderBookCommands
from workstation.widgets.docks.order_book_menus import context_menu, policy_menu
from workstation.widgets.docks.order_book_scope import CancelPolicy


def test_the_question_to_the_venue_comes_first_for_an_order_in_doubt(qtbot: QtBot) -> None:
    dock = OrderBookDock(make_screen()[0])
    qtbot.addWidget(dock)

    def first(*, in_doubt: bool) -> str:
        menu = context_menu(dock, dock.actions_by_id, dock.table.copy_action, in_doubt=in_doubt)
        return menu.actions()[0].text()

    assert first(in_doubt=True) == "Query now"
    assert first(in_doubt=False) == "Order detail"


def test_the_policy_is_chosen_and_shown_in_one_place(qtbot: QtBot) -> None:
    screen, _ = make_screen()
    owner = QWidget()
    qtbot.addWidget(owner)
    commands = OrderBookCommands(screen, owner)
    menu = policy_menu(owner, commands)
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["for more than one order"]
    menu.actions()[0].trigger()
    assert commands.policy is CancelPolicy.ALWAYS
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
