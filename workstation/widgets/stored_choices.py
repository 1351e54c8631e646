"""What the trader chose, kept on disk; a disk that refuses never stops a click.

The stores hold every value for this run even when they cannot write it. The fault is told once per wording, and what
was chosen goes on working.
"""

from collections.abc import Callable, Mapping

from workstation.storage.settings import SettingsStore, SettingsUnwritable
from workstation.storage.workspaces import Workspace, WorkspacesUnwritable, WorkspaceStore
from workstation.widgets.layout_port import Layout

FaultSink = Callable[[str], None]
"""Called with a sentence for the trader."""


class _Faults:
    def __init__(self, tell: FaultSink) -> None:
        self._tell = tell
        self._told = ""

    def say(self, error: Exception) -> None:
        if str(error) != self._told:
            self._told = str(error)
            self._tell(self._told)


class StoredSettings:
    """The settings of a profile, as the widgets use them."""

    def __init__(self, store: SettingsStore, tell: FaultSink) -> None:
        self._store = store
        self._faults = _Faults(tell)

    def get(self, section: str) -> dict[str, object]:
        """Return a section; an unknown one is empty."""
        return self._store.get(section)

    def put(self, section: str, value: Mapping[str, object]) -> None:
        """Replace a section; where the disk refuses it holds for this run, and the trader is told."""
        try:
            self._store.put(section, value)
        except SettingsUnwritable as error:
            self._faults.say(error)


class StoredLayouts:
    """The layouts of a profile, as the window uses them."""

    def __init__(self, store: WorkspaceStore, tell: FaultSink) -> None:
        self._store = store
        self._faults = _Faults(tell)

    def names(self) -> list[str]:
        """Return the names, oldest first."""
        return self._store.names()

    def load(self, name: str) -> Layout | None:
        """Return a layout, or None where there is none that can be read."""
        kept = self._store.load(name)
        return Layout(state=kept.state, geometry=kept.geometry, locked=kept.locked) if kept else None

    def save(self, name: str, layout: Layout) -> None:
        """Keep a layout; where the disk refuses it holds for this run, and the trader is told."""
        try:
            self._store.save(name, Workspace(state=layout.state, geometry=layout.geometry, locked=layout.locked))
        except WorkspacesUnwritable as error:
            self._faults.say(error)

    def remove(self, name: str) -> None:
        """Forget a layout."""
        try:
            self._store.remove(name)
        except WorkspacesUnwritable as error:
            self._faults.say(error)
