"""How widgets keep what the trader chose, without knowing where it is kept.

A settings file can be old or damaged, so every value is read through a function that falls back when its type is
wrong.
"""

from collections.abc import Collection, Mapping
from typing import Protocol


class Settings(Protocol):
    """Named sections of JSON values."""

    def get(self, section: str) -> dict[str, object]:
        """Return a section; an unknown one is empty."""
        ...

    def put(self, section: str, value: Mapping[str, object]) -> None:
        """Replace a section."""
        ...


class MemorySettings:
    """Settings that end with the program: for throw-away profiles and tests."""

    def __init__(self) -> None:
        self.sections: dict[str, dict[str, object]] = {}

    def get(self, section: str) -> dict[str, object]:
        """Return a section; an unknown one is empty."""
        return dict(self.sections.get(section, {}))

    def put(self, section: str, value: Mapping[str, object]) -> None:
        """Replace a section."""
        self.sections[section] = dict(value)


def text(section: Mapping[str, object], name: str, default: str, allowed: Collection[str] | None = None) -> str:
    """Return a text of `section`, or `default` where there is none that is allowed."""
    value = section.get(name)
    return value if isinstance(value, str) and (allowed is None or value in allowed) else default


def integer(section: Mapping[str, object], name: str, default: int) -> int:
    """Return a whole number of `section`, or `default`."""
    value = section.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def flag(section: Mapping[str, object], name: str, default: bool) -> bool:
    """Return a yes or no of `section`, or `default`."""
    value = section.get(name)
    return value if isinstance(value, bool) else default
