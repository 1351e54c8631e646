"""What the window keeps, in the files of its profile; a file that cannot be written never stops the window.

The value holds for this run, and the trader is told once, in the log's words, what will be lost at the end.
"""

import logging
from collections.abc import Callable, Mapping

from workstation.storage.settings import SettingsStore, SettingsUnwritable
from workstation.storage.workspaces import Workspace, WorkspaceStore, WorkspacesUnwritable
from workstation.widgets.layout_port import Layout

Complaint = Callable[[str], None]

_logger = logging.getLogger(__name__)


class ScreenSettings:
    """Settings for the widgets; implements :class:`workstation.widgets.settings_port.Settings`."""

    def __init__(self, store: SettingsStore, complain: Complaint) -> None:
        self._store = store
        self._complain = complain
        self._complained = False

    def get(self, section: str) -> dict[str, object]:
        """Return a section; an unknown one is empty."""
        return self._store.get(section)

    def put(self, section: str, value: Mapping[str, object]) -> None:
        """Replace a section, on disk if the disk takes it."""
        try:
            self._store.put(section, value)
            self._complained = False
        except SettingsUnwritable as error:
            _logger.warning("%s", error)
            if not self._complained:
                self._complained = True
                self._complain(str(error))


class ScreenLayouts:
    """Layouts for the widgets; implements :class:`workstation.widgets.layout_port.Layouts`."""

    def __init__(self, store: WorkspaceStore, complain: Complaint) -> None:
        self._store = store
        self._complain = complain

    def names(self) -> list[str]:
        """Return the names, oldest first."""
        return self._store.names()

    def load(self, name: str) -> Layout | None:
        """Return a layout, or None where there is none that can be read."""
        kept = self._store.load(name)
        return None if kept is None else Layout(state=kept.state, geometry=kept.geometry, locked=kept.locked)

    def save(self, name: str, layout: Layout) -> None:
        """Keep a layout, on disk if the disk takes it."""
        kept = Workspace(state=layout.state, geometry=layout.geometry, locked=layout.locked)
        self._guarded(lambda: self._store.save(name, kept))

    def remove(self, name: str) -> None:
        """Forget a layout; an unknown name does nothing."""
        self._guarded(lambda: self._store.remove(name))

    def _guarded(self, change: Callable[[], None]) -> None:
        try:
            change()
        except WorkspacesUnwritable as error:
            _logger.warning("%s", error)
            self._complain(str(error))
