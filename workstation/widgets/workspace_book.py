"""Nine named workspaces: each is an arrangement of the docks, kept by itself.

A layout is the trader's property: it is saved before it is left, a damaged one is replaced only on screen, and
"default layout" keeps the one before until the next change.
"""

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from workstation.widgets.layout_port import Layout, Layouts
from workstation.widgets.settings_port import Settings, integer
from workstation.widgets.workspace import Workspace, pull_on_screen

SECTION = "workspace"
COUNT = 9
_AUTOSAVE_MS = 20_000

_log = logging.getLogger(__name__)


class WorkspaceBook(QObject):
    """Which workspace is shown, and the saving of all."""

    switched = Signal(int)
    """Number of the workspace that is shown now."""
    fell_back = Signal(str)
    """A layout could not be used; the sentence says what is shown instead."""

    def __init__(self, window: QMainWindow, workspace: Workspace, layouts: Layouts, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._layouts = layouts
        self._settings = settings
        self._saved: Layout | None = None
        self.number = min(max(integer(settings.get(SECTION), "number", 1), 1), COUNT)
        self._timer = QTimer(self, interval=_AUTOSAVE_MS)
        self._timer.timeout.connect(self.save)

    def open_first(self) -> None:
        """Show the workspace of last time."""
        self._show(self.number, with_geometry=True)
        self._timer.start()

    def switch(self, number: int) -> None:
        """Save this workspace and show another."""
        if number == self.number:
            return
        self.save()
        self.number = number
        self._settings.put(SECTION, {"number": number})
        self._show(number, with_geometry=False)

    def save(self) -> None:
        """Keep the present arrangement, if it changed."""
        geometry = bytes(self._window.saveGeometry().data())
        layout = Layout(state=self._workspace.save(), geometry=geometry, locked=self._workspace.locked)
        if layout != self._saved:
            self._layouts.save(_name(self.number), layout)
            self._saved = layout

    def reset(self) -> None:
        """Go back to the default layout."""
        self._arrange_default()
        self.switched.emit(self.number)

    def name(self, number: int) -> str:
        """Return what the trader reads."""
        return "Main" if number == 1 else f"Workspace {number}"

    def _arrange_default(self) -> None:
        self._workspace.arrange_default(self._window.width(), self._window.height())

    def _show(self, number: int, *, with_geometry: bool) -> None:
        layout = self._layouts.load(_name(number))
        if layout is not None and with_geometry and layout.geometry:
            self._window.restoreGeometry(layout.geometry)
            pull_on_screen(self._window)
        restored = layout is not None and self._workspace.restore(layout.state)
        if not restored:
            self._arrange_default()
        if layout is not None and not restored:
            _log.warning("workspace %s could not be read", number)
            self.fell_back.emit(f"The layout “{self.name(number)}” could not be read; the default layout is shown.")
        self._workspace.set_locked(restored and layout is not None and layout.locked)
        self._saved = layout if restored else None
        self.switched.emit(number)


def _name(number: int) -> str:
    return f"workspace-{number}"
