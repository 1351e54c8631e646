"""What the trader chose, in one JSON file per profile; never secrets, never money.

The file is replaced as a whole after every change, so a crash leaves the old settings or the new. A file that cannot be
understood is kept aside and said so: the program starts with defaults rather than not at all. What cannot be written
is kept in memory for this run, because losing it at once as well would help nobody.
"""

import copy
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from workstation.storage.atomic_file import keep_aside, write_atomically

VERSION: Final = 1


class SettingsUnwritable(Exception):
    """The settings could not be written; they hold for this run. The text says what to do."""


class _Unreadable(ValueError):
    """The file is not a settings file of this version; the text completes "The settings file ..."."""


class SettingsStore:
    """Named sections of JSON values. May be used from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._sections: dict[str, dict[str, object]] = {}
        self._fault = ""
        self._must_not_replace = ""
        self._unsaved = False

    @classmethod
    def open(cls, path: Path) -> "SettingsStore":
        """Read the settings at `path`; where there are none, or none that can be read, start with defaults."""
        store = cls(path)
        store._load()
        return store

    @property
    def fault(self) -> str:
        """What was wrong with the file at the start, for the trader; empty when nothing was."""
        return self._fault

    def get(self, section: str) -> dict[str, object]:
        """Return a copy of a section; an unknown one is empty."""
        with self._guard:
            return copy.deepcopy(self._sections.get(section, {}))

    def put(self, section: str, value: Mapping[str, object]) -> None:
        """Replace a section, on the disk when this returns.

        Raises:
            SettingsUnwritable: it is kept in memory only.
            TypeError, ValueError: `value` holds something else than JSON values.
        """
        kept = json.loads(json.dumps(dict(value), allow_nan=False))
        with self._guard:
            if self._sections.get(section) == kept and not self._unsaved:
                return
            self._sections[section] = kept
            self._write()

    def _load(self) -> None:
        try:
            self._sections = _sections_of(self._path.read_bytes())
        except FileNotFoundError:
            return
        except _Unreadable as error:
            self._set_aside(str(error))
        except OSError as error:
            self._set_aside(f"cannot be read ({error.strerror})")

    def _set_aside(self, what: str) -> None:
        try:
            aside = keep_aside(self._path, "damaged")
        except OSError as error:
            self._fault = f"The settings file {self._path} {what}. Defaults are used; the file was left as it is."
            self._must_not_replace = f"the file {what} and cannot be moved away ({error.strerror})"
            return
        self._fault = f"The settings file {self._path} {what}. Defaults are used; the file was kept as {aside.name}."

    def _write(self) -> None:
        self._unsaved = True
        if self._must_not_replace:
            raise SettingsUnwritable(self._unwritable(self._must_not_replace))
        document = {"version": VERSION, "sections": self._sections}
        data = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=True).encode("ascii")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, data + b"\n")
        except OSError as error:
            raise SettingsUnwritable(self._unwritable(error.strerror or "unknown error")) from error
        self._unsaved = False

    def _unwritable(self, cause: str) -> str:
        return (
            f"Settings could not be saved to {self._path}: {cause}. They hold until the program is closed; orders are "
            "not affected. Free the disk or make the folder writable, then change the setting again."
        )


def _sections_of(data: bytes) -> dict[str, dict[str, object]]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _Unreadable("is damaged") from error
    version = document.get("version") if isinstance(document, dict) else None
    if type(version) is int and version > VERSION:
        raise _Unreadable(f"was written by a newer version of this program (format {version})")
    sections = document.get("sections") if version == VERSION else None
    if not isinstance(sections, dict) or not all(isinstance(section, dict) for section in sections.values()):
        raise _Unreadable("is not a settings file")
    return sections
