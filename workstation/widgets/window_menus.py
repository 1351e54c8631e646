"""The menus of the main window. Every action that has a key is here too, for those who do not know the key.

No menu uses the mnemonics Alt+A, Alt+B or Alt+S: the ticket has them.
"""

from collections.abc import Callable
from enum import Enum
from typing import Protocol, TypeVar

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from workstation.widgets import key_actions as keys_of
from workstation.widgets.key_actions import ACTIONS
from workstation.widgets.screen import Screen
from workstation.widgets.theme import ThemeMode
from workstation.widgets.theme_colours import SideScheme
from workstation.widgets.workspace import Workspace
from workstation.widgets.workspace_book import COUNT, WorkspaceBook

_MODES = {ThemeMode.SYSTEM: "&System", ThemeMode.DARK: "&Dark", ThemeMode.LIGHT: "&Light"}
_SIDES = {
    SideScheme.BLUE_ORANGE: "Buy &blue, sell orange",
    SideScheme.GREEN_RED: "Buy &green, sell red",
    SideScheme.RED_GREEN: "Buy &red, sell green",
}
_ORDER_ACTIONS = (
    keys_of.REPEAT_ORDER,
    keys_of.AMEND_SELECTED,
    keys_of.ORDER_DETAIL,
    keys_of.CANCEL_SELECTED,
    keys_of.CANCEL_ACCOUNT,
    keys_of.CANCEL_ALL,
)

_MARKET_ACTIONS = (
    keys_of.FOCUS_QUOTES,
    keys_of.FOCUS_LADDER,
    keys_of.FOCUS_SYMBOL,
    keys_of.RECENTRE,
    keys_of.TAKE_WISH,
)


class Commands(Protocol):
    """What the menus can ask of the window."""

    def open_palette(self) -> object:
        """Find or do."""

    def open_connections(self) -> object:
        """Show the connections."""

    def open_alerts(self) -> object:
        """Show the alerts."""

    def open_key_sheet(self) -> object:
        """Show the keys."""

    def open_about(self) -> object:
        """Show name, version and folders."""

    def toggle_full_screen(self) -> object:
        """Fill the screen, or stop it."""

    def toggle_lock(self) -> object:
        """Lock or unlock sending."""

    def close(self) -> object:
        """Ask to close."""


class WindowMenus:
    """Builds the menus and keeps the marks in them true."""

    def __init__(
        self, screen: Screen, workspace: Workspace, book: WorkspaceBook, window: QWidget, do: Commands
    ) -> None:
        self._screen = screen
        self._workspace = workspace
        self._book = book
        self._window = window
        self._do = do

    def build(self, bar: QMenuBar) -> None:
        """Fill the menu bar."""
        self._file(bar.addMenu("&File"))
        self._view(bar.addMenu("&View"))
        self._trade(bar.addMenu("&Trade"))
        self._accounts(bar.addMenu("A&ccounts"))
        self._workspaces(bar.addMenu("&Workspace"))
        self._help(bar.addMenu("&Help"))

    def _action(self, menu: QMenu, action_id: str, slot: Callable[[], object], text: str = "") -> QAction:
        action = self._screen.keys.make(action_id, self._window, slot)
        action.setText(text or ACTIONS[action_id].title)
        menu.addAction(action)
        return action

    def _file(self, menu: QMenu) -> None:
        self._action(menu, keys_of.CONNECTIONS, self._do.open_connections, "&Connections…")
        menu.addSeparator()
        self._action(menu, keys_of.QUIT, self._do.close, "&Quit").setMenuRole(QAction.MenuRole.QuitRole)

    def _view(self, menu: QMenu) -> None:
        theme = self._screen.theme
        for action in self._workspace.view_actions():
            menu.addAction(action)
        menu.addSeparator()
        _choices(menu.addMenu("&Theme"), _MODES, theme.mode, theme.set_mode)
        _choices(menu.addMenu("Side &colours"), _SIDES, theme.sides, theme.set_sides)
        self._action(menu, keys_of.ZOOM_IN, theme.zoom_in, "&Larger")
        self._action(menu, keys_of.ZOOM_OUT, theme.zoom_out, "S&maller")
        self._action(menu, keys_of.ZOOM_RESET, lambda: theme.set_zoom(100), "&Normal size")
        motion = menu.addAction("&Reduce motion")
        motion.setCheckable(True)
        motion.setChecked(theme.reduce_motion)
        motion.toggled.connect(theme.set_reduce_motion)
        menu.addSeparator()
        self._action(menu, keys_of.FULL_SCREEN, self._do.toggle_full_screen, "&Full screen")

    def _trade(self, menu: QMenu) -> None:
        armed = QMenu("One-key trading, while armed", menu)
        for action_id in (keys_of.FLATTEN, keys_of.BUY_AT_BID, keys_of.BUY_AT_ASK):
            armed.addActions(self._screen.keys.attached(action_id)[:1])
        menu.addAction(self._screen.keys.attached(keys_of.FOCUS_TICKET)[0])
        menu.addAction(self._screen.keys.attached(keys_of.FOCUS_ORDERS)[0])
        menu.addActions(self._screen.keys.attached(keys_of.SEND_TO_SEVERAL)[:1])
        menu.addActions(self._screen.keys.attached(keys_of.SAVE_DRAFT)[:1])
        menu.addSeparator()
        for action_id in _MARKET_ACTIONS:
            menu.addActions(self._screen.keys.attached(action_id)[:1])
        menu.addSeparator()
        for action_id in _ORDER_ACTIONS:
            menu.addActions(self._screen.keys.attached(action_id)[:1])
        menu.addSeparator()
        menu.addMenu(armed)
        self._action(menu, keys_of.LOCK, self._do.toggle_lock, "&Lock or unlock sending")

    def _accounts(self, menu: QMenu) -> None:
        menu.addActions(self._screen.keys.attached(keys_of.FOCUS_ACCOUNTS)[:1])
        menu.addActions(self._screen.keys.attached(keys_of.FOCUS_POSITIONS)[:1])
        menu.addSeparator()
        self._action(menu, keys_of.ALERTS, self._do.open_alerts, "&Alerts…")

    def _workspaces(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        marks = {}
        for number in range(1, COUNT + 1):
            action = self._action(
                menu,
                keys_of.workspace(number),
                lambda number=number: self._book.switch(number),  # type: ignore[misc]  # a default binds the number
                f"&{number}  {self._book.name(number)}",
            )
            action.setCheckable(True)
            group.addAction(action)
            marks[number] = action
        self._book.switched.connect(lambda number: marks[number].setChecked(True))
        menu.addSeparator()
        locked = self._action(menu, keys_of.LAYOUT_LOCK, lambda: None, "&Lock the layout")
        locked.setCheckable(True)
        locked.toggled.connect(self._workspace.set_locked)
        self._book.switched.connect(lambda _number: locked.setChecked(self._workspace.locked))
        menu.addAction("&Default layout").triggered.connect(self._book.reset)

    def _help(self, menu: QMenu) -> None:
        self._action(menu, keys_of.FIND, self._do.open_palette, "&Find or do…")
        self._action(menu, keys_of.KEY_SHEET, self._do.open_key_sheet, "&Keys…")
        menu.addSeparator()
        about = menu.addAction("&About the Workstation")
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about.triggered.connect(self._do.open_about)


Choice = TypeVar("Choice", bound=Enum)


def _choices(menu: QMenu, labels: dict[Choice, str], chosen: Choice, choose: Callable[[Choice], None]) -> None:
    group = QActionGroup(menu)
    for value, label in labels.items():
        action = menu.addAction(label)
        action.setCheckable(True)
        action.setChecked(value == chosen)
        group.addAction(action)
        action.triggered.connect(lambda _checked, value=value: choose(value))
