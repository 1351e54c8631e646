"""How the window keeps its named layouts, without knowing where."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One named arrangement; `state` and `geometry` are the toolkit's own bytes."""

    state: bytes
    geometry: bytes = b""
    locked: bool = False


class Layouts(Protocol):
    """Named layouts; a damaged one reads as None."""

    def names(self) -> list[str]:
        """Return the names, in the order of their numbers."""
        ...

    def load(self, name: str) -> Layout | None:
        """Return a layout, or None where there is none that can be read."""
        ...

    def save(self, name: str, layout: Layout) -> None:
        """Keep a layout under `name`, in place of the one before."""
        ...

    def remove(self, name: str) -> None:
        """Forget a layout; an unknown name does nothing."""
        ...


class MemoryLayouts:
    """Layouts that end with the program: for throw-away profiles and tests."""

    def __init__(self) -> None:
        self._kept: dict[str, Layout] = {}

    def names(self) -> list[str]:
        """Return the names, oldest first."""
        return list(self._kept)

    def load(self, name: str) -> Layout | None:
        """Return a layout, or None."""
        return self._kept.get(name)

    def save(self, name: str, layout: Layout) -> None:
        """Keep a layout."""
        self._kept[name] = layout

    def remove(self, name: str) -> None:
        """Forget a layout."""
        self._kept.pop(name, None)
