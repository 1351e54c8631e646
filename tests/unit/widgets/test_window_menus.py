"""Everything that has a key is in a menu too, and no menu takes a key of the ticket."""

import re

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.support.shell_bench import ShellBench
from workstation.widgets import key_actions
from workstation.widgets.main_window import MainWindow
from workstation.widgets.theme import ThemeMode
from workstation.widgets.theme_colours import SideScheme


def actions_of(window: MainWindow) -> list[QAction]:
    return [action for menu in window.tools.menus.findChildren(QMenu) for action in menu.actions()]


def action(window: MainWindow, text: str) -> QAction:
    found = [each for each in actions_of(window) if each.text().replace("&", "") == text]
    assert len(found) == 1, text
    return found[0]


def test_no_menu_takes_the_keys_of_the_ticket(bench: ShellBench) -> None:
    titles = [each.text() for each in bench.window().tools.menus.actions()]
    letters = [match[1].upper() for title in titles if (match := re.search(r"&(\w)", title))]
    assert [title.replace("&", "") for title in titles] == ["File", "View", "Trade", "Accounts", "Workspace", "Help"]
    assert len(set(letters)) == len(titles)
    assert set(letters).isdisjoint("ABS")


def test_every_key_of_the_window_has_a_menu_twin(bench: ShellBench) -> None:
    window = bench.window()
    shown = set(actions_of(window))
    ours = [name for name in key_actions.ACTIONS if name.startswith(("window.", "workspace.", "desk.lock"))]
    missing = [name for name in ours if not shown & set(bench.screen.keys.attached(name))]
    assert missing == []


def test_docks_can_be_closed_and_opened_again(bench: ShellBench) -> None:
    window = bench.window()
    toggle = action(window, "Positions")
    toggle.trigger()
    assert not window.workspace.is_open("positions")
    toggle.trigger()
    assert window.workspace.is_open("positions")


def test_the_look_can_be_chosen(bench: ShellBench) -> None:
    window, theme = bench.window(), bench.screen.theme
    action(window, "Light").trigger()
    action(window, "Buy red, sell green").trigger()
    action(window, "Larger").trigger()
    action(window, "Reduce motion").trigger()
    assert (theme.mode, theme.sides, theme.zoom_percent) == (ThemeMode.LIGHT, SideScheme.RED_GREEN, 110)
    assert theme.reduce_motion
    action(window, "Normal size").trigger()
    assert theme.zoom_percent == 100


def test_the_layout_can_be_locked_and_the_mark_is_true(bench: ShellBench) -> None:
    window = bench.window()
    lock = action(window, "Lock the layout")
    lock.trigger()
    assert window.workspace.locked
    action(window, "2  Workspace 2").trigger()
    assert not window.workspace.locked
    assert not lock.isChecked()
    action(window, "1  Main").trigger()
    assert window.workspace.locked
    assert lock.isChecked()
