"""The row with the menus: find or do, the clock, LOCK and KILL."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QPushButton, QSizePolicy, QWidget

from workstation.desk.messages import DeskState
from workstation.widgets.hold_button import HoldButton
from workstation.widgets.icons import icon
from workstation.widgets.key_actions import ACTIONS, FIND, KILL, LOCK
from workstation.widgets.screen import Screen
from workstation.widgets.theme_colours import Role
from workstation.widgets.wall_clock import WallClock


class ToolRow(QWidget):
    """Menus left, stopping right: LOCK at a click, KILL only when held."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolRow")
        self._screen = screen
        self.menus = QMenuBar(self)
        self.menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.finder = QPushButton(self)
        self.finder.setObjectName("findField")
        self.finder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clock = WallClock(screen.clock, screen.theme, self)
        self.lock = QPushButton(self)
        self.lock.setCheckable(True)
        self.kill = HoldButton("KILL hold", screen.theme, ACTIONS[KILL].hold_ms, self)
        self._lay_out()
        screen.theme.changed.connect(self._dress)
        screen.keys.changed.connect(lambda _action: self._dress())
        screen.services.connections.desk_state_changed.connect(self._show_state)
        self._dress()
        self._show_state(screen.services.connections.desk_state)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 6, 2)
        layout.setSpacing(8)
        layout.addWidget(self.menus)
        layout.addStretch(1)
        layout.addWidget(self.finder, 2)
        layout.addStretch(1)
        layout.addWidget(self.clock)
        layout.addWidget(self.lock)
        layout.addWidget(self.kill)
        for button in (self.finder, self.lock):
            button.setAutoDefault(False)

    def _dress(self) -> None:
        keys, theme = self._screen.keys, self._screen.theme
        side = theme.px(14)
        for button in (self.finder, self.lock):
            button.setIconSize(QSize(side, side))
        self.finder.setIcon(icon("search", theme.colour(Role.TEXT_MUTED)))
        self.finder.setText(f" Find or do   {keys.label(FIND)}")
        self.finder.setMaximumWidth(max(theme.px(230), self.finder.sizeHint().width()))
        self.finder.setAccessibleName("Find an action, a symbol or an account")
        self.kill.setText("KILL hold")
        self.kill.setToolTip(f"Hold one second, or {keys.label(KILL)}: blocks every send, cancels all working.")
        self.kill.setAccessibleName("Kill: hold for one second to block every send and cancel everything working")
        self._show_state(self._screen.services.connections.desk_state)

    def _show_state(self, state: DeskState) -> None:
        theme, key = self._screen.theme, self._screen.keys.label(LOCK)
        self.lock.setChecked(state.locked)
        self.lock.setIcon(icon("lock" if state.locked else "unlock", theme.colour(Role.TEXT)))
        self.lock.setText(f"{'LOCKED' if state.locked else 'LOCK'} {key}".strip())
        said = "Sending is locked: press to unlock." if state.locked else "Lock sending; cancels still pass."
        self.lock.setToolTip(said)
        self.lock.setAccessibleName(said)
        self.kill.setEnabled(not state.killed_since_ns)
