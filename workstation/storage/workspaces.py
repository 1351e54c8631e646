"""Named layouts of the window. They are the trader's property: no update, lost screen or damaged file takes them away.

Each is kept with the one before it, so that a change can be taken back. A damaged layout reads as None, and the window
then uses its default; a damaged file is kept aside. What the toolkit gives as bytes is kept as base64, opaque; what
each dock keeps (columns, sort, filter) is JSON.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workstation.storage.atomic_file import keep_aside, write_atomically

VERSION: Final = 1


class WorkspacesUnwritable(Exception):
    """The layouts could not be written; they hold for this run. The text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One named arrangement; `state` and `geometry` are the toolkit's own bytes, `docks` each dock's JSON by name."""

    state: bytes
    geometry: bytes = b""
    locked: bool = False
    docks: Mapping[str, object] = field(default_factory=dict)


class WorkspaceStore:
    """The layouts of one profile, in the order in which they were made. Used on the screen's thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[str, object] = {}
        self._previous: dict[str, object] = {}
        self._fault = ""
        self._unsaved = False

    @classmethod
    def open(cls, path: Path) -> "WorkspaceStore":
        """Read the layouts at `path`; where there are none, or none that can be read, start with none."""
        store = cls(path)
        try:
            store._entries, store._previous = _read(path.read_bytes())
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError) as error:
            store._set_aside(error)
        return store

    @property
    def fault(self) -> str:
        """What was wrong with the file at the start, for the trader; empty when nothing was."""
        return self._fault

    def names(self) -> list[str]:
        """Return the names, oldest first."""
        return list(self._entries)

    def load(self, name: str) -> Workspace | None:
        """Return a layout, or None where there is none that can be read."""
        return _workspace_of(self._entries.get(name))

    def previous(self, name: str) -> Workspace | None:
        """Return what was kept under `name` before the last save, or None."""
        return _workspace_of(self._previous.get(name))

    def save(self, name: str, workspace: Workspace) -> None:
        """Keep `workspace` under `name`; the one before can be taken back.

        Raises:
            WorkspacesUnwritable: it is kept in memory only.
            TypeError, ValueError: `docks` holds something else than JSON values.
        """
        entry = _entry_of(workspace)
        if self._entries.get(name) == entry and not self._unsaved:
            return
        if name in self._entries and self._entries[name] != entry:
            self._previous[name] = self._entries[name]
        self._entries[name] = entry
        self._write()

    def undo(self, name: str) -> Workspace | None:
        """Put the layout before the last save back and return it, or None where there is none; undo again to redo.

        Raises:
            WorkspacesUnwritable: it is kept in memory only.
        """
        before = self.previous(name)
        if before is not None:
            self._entries[name], self._previous[name] = self._previous[name], self._entries[name]
            self._write()
        return before

    def remove(self, name: str) -> None:
        """Forget a layout; an unknown name does nothing.

        Raises:
            WorkspacesUnwritable: it is forgotten for this run only.
        """
        if self._entries.pop(name, None) is not None:
            self._previous.pop(name, None)
            self._write()

    def _set_aside(self, error: Exception) -> None:
        what = f"cannot be read ({error.strerror})" if isinstance(error, OSError) else "is damaged"
        try:
            aside = keep_aside(self._path, "damaged")
        except OSError:
            self._fault = f"The layouts in {self._path} cannot be used: the file {what}. The default is shown."
        else:
            self._fault = f"The layout file {what}. It was kept as {aside.name}; the default layout is shown."

    def _write(self) -> None:
        self._unsaved = True
        document = {"version": VERSION, "workspaces": self._entries, "previous": self._previous}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(document, indent=1).encode("ascii") + b"\n")
        except OSError as error:
            raise WorkspacesUnwritable(
                f"The layout could not be saved to {self._path}: {error.strerror}. It holds until the program is "
                "closed. Free the disk or make the folder writable."
            ) from error
        self._unsaved = False


def _read(data: bytes) -> tuple[dict[str, object], dict[str, object]]:
    document = json.loads(data)
    if isinstance(document, dict) and document.get("version") == VERSION:
        entries, previous = document.get("workspaces"), document.get("previous", {})
        if isinstance(entries, dict) and isinstance(previous, dict):
            return entries, previous
    raise ValueError("not a layout file of this version")


def _entry_of(workspace: Workspace) -> dict[str, object]:
    docks: object = json.loads(json.dumps(dict(workspace.docks), allow_nan=False))
    return {
        "state": base64.b64encode(workspace.state).decode("ascii"),
        "geometry": base64.b64encode(workspace.geometry).decode("ascii"),
        "locked": workspace.locked,
        "docks": docks,
    }


def _workspace_of(entry: object) -> Workspace | None:
    if not isinstance(entry, dict):
        return None
    state, geometry, docks = entry.get("state"), entry.get("geometry"), entry.get("docks")
    if not isinstance(state, str) or not isinstance(geometry, str) or not isinstance(docks, dict):
        return None
    try:
        return Workspace(
            state=base64.b64decode(state, validate=True),
            geometry=base64.b64decode(geometry, validate=True),
            locked=entry.get("locked") is True,
            docks=docks,
        )
    except (binascii.Error, ValueError):
        return None
