"""The small button in a dock's header that says, and changes, with which docks it moves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from workstation.widgets.link_groups import GROUPS, UNLINKED, DockLink
from workstation.widgets.theme import Theme

_HUES = dict(zip(GROUPS, (270, 50, 160, 320, 200, 95), strict=True))
"""Degrees on the colour wheel; the letter stands beside the colour, so that nobody needs it."""


class LinkChip(QToolButton):
    """Shows the letter and the colour of a dock's group; a press offers the others."""

    def __init__(self, link: DockLink, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._theme = theme
        self._choices = QActionGroup(self)
        self._menu = QMenu(self)
        for group in (*GROUPS, UNLINKED):
            self._menu.addAction(self._choice(group))
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("kind", "quiet")
        link.group_changed.connect(self._dress)
        theme.changed.connect(self._dress)
        self._dress()

    def actions_by_group(self) -> dict[str, QAction]:
        """Return the choices of the menu."""
        return {str(action.data()): action for action in self._choices.actions()}

    def _choice(self, group: str) -> QAction:
        action = QAction(f"Link &{group}" if group else "&Not linked", self)
        action.setData(group)
        action.setCheckable(True)
        action.triggered.connect(lambda: self._link.join(group))
        self._choices.addAction(action)
        return action

    def _dress(self) -> None:
        group = self._link.group
        for name, action in self.actions_by_group().items():
            action.setIcon(self._dot(name))
            action.setChecked(name == group)
        self.setIcon(self._dot(group))
        self.setText(group or "–")
        where = f"Linked as {group}: docks of the same letter show the same symbol." if group else "Not linked."
        self.setToolTip(f"{where} Press to choose another letter.")
        self.setAccessibleName(f"Link group {group}" if group else "Link group: not linked")

    def _dot(self, group: str) -> QIcon:
        side = self._theme.px(10)
        picture = QPixmap(side, side)
        picture.fill(QColor(0, 0, 0, 0))
        if group:
            painter = QPainter(picture)
            painter.fillRect(1, 1, side - 2, side - 2, link_colour(group, dark=self._theme.is_dark))
            painter.end()
        return QIcon(picture)


def link_colour(group: str, *, dark: bool) -> QColor:
    """Return the colour of a group, light enough on dark and dark enough on light."""
    return QColor.fromHsl(_HUES[group], 160, 150 if dark else 95)
