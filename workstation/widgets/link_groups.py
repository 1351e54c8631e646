"""Link groups: docks of one colour show the same instrument, and choosing one in any of them moves the others.

A group is a letter, A to F; an empty text is "not linked". Which dock is in which group, and what each group shows,
outlives the run. A dock takes part through its own :class:`DockLink`; whether it can be moved just now is the dock's
own business (a ticket that holds typed input only shows that the link wants to go elsewhere).
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.widgets.settings_port import MemorySettings, Settings, text

SECTION = "links"
GROUPS = ("A", "B", "C", "D", "E", "F")
UNLINKED = ""
FIRST_GROUP = "A"
"""Where a dock stands that the trader has never moved: a new desk follows one symbol."""


class LinkGroups(QObject):
    """Which instrument each group shows, and which dock is in which group."""

    chosen = Signal(str, object, str)
    """Group, InstrumentKey, and the id of the dock in which it was chosen."""
    joined = Signal(str)
    """Dock id: it is in another group now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings: Settings = MemorySettings()
        self._group_of: dict[str, str] = {}
        self._key_of: dict[str, InstrumentKey] = {}

    def keep_in(self, settings: Settings) -> None:
        """Take over what `settings` hold, and keep every change there."""
        self._settings = settings
        kept = settings.get(SECTION)
        self._group_of = _groups_of_docks(kept.get("docks"))
        self._key_of = _keys_of_groups(kept.get("shown"))

    def group_of(self, dock_id: str) -> str:
        """Return the group of a dock."""
        return self._group_of.get(dock_id, FIRST_GROUP)

    def key_of(self, group: str) -> InstrumentKey | None:
        """Return what a group shows; None before anything was chosen in it, and for no group."""
        return self._key_of.get(group)

    def join(self, dock_id: str, group: str) -> None:
        """Put a dock into another group, or with :data:`UNLINKED` into none."""
        if group in (*GROUPS, UNLINKED) and group != self.group_of(dock_id):
            self._group_of[dock_id] = group
            self._keep()
            self.joined.emit(dock_id)

    def choose(self, group: str, key: InstrumentKey, source: str) -> None:
        """Show `key` in every dock of `group`; `source` is the dock that shows it already."""
        if group not in GROUPS or self._key_of.get(group) == key:
            return
        self._key_of[group] = key
        self._keep()
        self.chosen.emit(group, key, source)

    def _keep(self) -> None:
        shown = {group: [key.connection_id, key.symbol] for group, key in self._key_of.items()}
        self._settings.put(SECTION, {"docks": dict(self._group_of), "shown": shown})


class DockLink(QObject):
    """One dock's place among the links."""

    moved = Signal(object)
    """InstrumentKey that this dock shall show: chosen in another dock of its group, or shown by a group just joined."""
    group_changed = Signal()

    def __init__(self, links: LinkGroups, dock_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dock_id = dock_id
        self._links = links
        links.chosen.connect(self._take)
        links.joined.connect(self._joined)

    @property
    def group(self) -> str:
        """The dock's group."""
        return self._links.group_of(self.dock_id)

    @property
    def key(self) -> InstrumentKey | None:
        """What the dock's group shows."""
        return self._links.key_of(self.group)

    def join(self, group: str) -> None:
        """Put the dock into another group."""
        self._links.join(self.dock_id, group)

    def choose(self, key: InstrumentKey) -> None:
        """Move the other docks of the group to what the trader chose here."""
        self._links.choose(self.group, key, self.dock_id)

    def _take(self, group: str, key: InstrumentKey, source: str) -> None:
        if group == self.group and source != self.dock_id:
            self.moved.emit(key)

    def _joined(self, dock_id: str) -> None:
        if dock_id != self.dock_id:
            return
        self.group_changed.emit()
        if self.key is not None:
            self.moved.emit(self.key)


def _groups_of_docks(kept: object) -> dict[str, str]:
    named = kept if isinstance(kept, Mapping) else {}
    return {str(dock_id): text(named, dock_id, FIRST_GROUP, (*GROUPS, UNLINKED)) for dock_id in named}


def _keys_of_groups(kept: object) -> dict[str, InstrumentKey]:
    shown = kept if isinstance(kept, Mapping) else {}
    found = {}
    for group in GROUPS:
        match shown.get(group):
            case [str(connection_id), str(symbol)] if symbol:
                found[group] = InstrumentKey(ConnectionID(connection_id), symbol)
    return found
