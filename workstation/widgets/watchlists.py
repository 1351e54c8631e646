"""The trader's named lists of instruments, and which one is shown.

A first list fills itself with the first instruments of each connection that has quotes, until the trader changes it;
from then on only the trader changes a list, also when a connection is removed.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.widgets.settings_port import Settings, text

SECTION = "watchlists"
FIRST_NAME = "Main"
MOST_KEYS = 500
MOST_LISTS = 50
LONGEST_NAME = 40
FIRST_KEYS = 12
"""How many instruments of each connection the first list begins with."""


class Watchlists(QObject):
    """All lists; every change is kept at once."""

    names_changed = Signal()
    """A list was added, renamed or removed, or another one is shown."""
    keys_changed = Signal()
    """The list that is shown holds other instruments, or in another order."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        kept = settings.get(SECTION)
        self._lists = _read_lists(kept.get("lists"))
        self.is_untouched = not self._lists
        """Whether the trader has not changed anything yet, so that the list fills itself."""
        if not self._lists:
            self._lists = {FIRST_NAME: ()}
        self._shown = text(kept, "shown", next(iter(self._lists)), self._lists)

    @property
    def names(self) -> list[str]:
        """The names, oldest first."""
        return list(self._lists)

    @property
    def shown(self) -> str:
        """The name of the list that is shown."""
        return self._shown

    @property
    def keys(self) -> tuple[InstrumentKey, ...]:
        """The instruments of the list that is shown, in its order."""
        return self._lists[self._shown]

    def choose(self, name: str) -> None:
        """Show another list; an unknown name changes nothing."""
        if name in self._lists and name != self._shown:
            self._shown = name
            self._keep(touched=not self.is_untouched)
            self.names_changed.emit()
            self.keys_changed.emit()

    def add_list(self, name: str) -> str:
        """Begin an empty list and show it. Return why not, or nothing."""
        name = name.strip()
        why = self._why_not(name)
        if not why:
            self._lists[name] = ()
            self.is_untouched = False
            self.choose(name)
        return why

    def rename(self, name: str) -> str:
        """Give the shown list another name. Return why not, or nothing."""
        name = name.strip()
        if name == self._shown:
            return ""
        why = self._why_not(name)
        if not why:
            self._lists = {name if old == self._shown else old: keys for old, keys in self._lists.items()}
            self._shown = name
            self._keep()
            self.names_changed.emit()
        return why

    def remove_list(self) -> tuple[str, tuple[InstrumentKey, ...]]:
        """Forget the shown list and show the one before it; the last one is emptied instead. Return what is gone."""
        names = self.names
        place = names.index(self._shown)
        gone = (self._shown, self._lists.pop(self._shown))
        if not self._lists:
            self._lists[FIRST_NAME] = ()
        left = self.names
        self._shown = left[max(0, min(place - 1, len(left) - 1))]
        self._keep()
        self.names_changed.emit()
        self.keys_changed.emit()
        return gone

    def put_back(self, name: str, keys: tuple[InstrumentKey, ...]) -> None:
        """Bring a removed list back and show it; the trader changed his mind."""
        self._lists[name] = tuple(dict.fromkeys((*keys, *self._lists.get(name, ()))))[:MOST_KEYS]
        self._shown = name
        self._keep()
        self.names_changed.emit()
        self.keys_changed.emit()

    def add(self, keys: Iterable[InstrumentKey]) -> None:
        """Put instruments at the end of the shown list, those that are not in it yet."""
        self._put((*self.keys, *keys))

    def discard(self, keys: Iterable[InstrumentKey]) -> None:
        """Take instruments out of the shown list."""
        gone = set(keys)
        self._put([key for key in self.keys if key not in gone])

    def move(self, keys: Sequence[InstrumentKey], before: int) -> None:
        """Put instruments, in it already or not, before the place `before` (from 1; 0: behind the last)."""
        moved = list(dict.fromkeys(keys))
        held = list(self.keys)
        cut = before - 1 if 0 < before <= len(held) else len(held)
        head = [key for key in held[:cut] if key not in moved]
        self._put([*head, *moved, *(key for key in held[cut:] if key not in moved)])

    def fill_first(self, instruments: Mapping[ConnectionID, Iterable[str]]) -> None:
        """Let an untouched list begin with the first symbols of each connection."""
        if self.is_untouched:
            keys = [
                InstrumentKey(connection_id, symbol)
                for connection_id, symbols in instruments.items()
                for symbol in list(symbols)[:FIRST_KEYS]
            ]
            self._put(keys, touched=False)

    def _put(self, keys: Sequence[InstrumentKey], *, touched: bool = True) -> None:
        wanted = tuple(dict.fromkeys(keys))[:MOST_KEYS]
        if wanted != self.keys:
            self._lists[self._shown] = wanted
            self._keep(touched=touched)
            self.keys_changed.emit()

    def _why_not(self, name: str) -> str:
        if not name:
            return "Type a name for the list."
        if name in self._lists:
            return f"There is a list “{name}” already: choose another name."
        if len(name) > LONGEST_NAME:
            return f"A name has at most {LONGEST_NAME} letters."
        return f"There are {MOST_LISTS} lists already: remove one first." if len(self._lists) >= MOST_LISTS else ""

    def _keep(self, *, touched: bool = True) -> None:
        if not touched:
            return
        self.is_untouched = False
        lists = [
            {"name": name, "keys": [[key.connection_id, key.symbol] for key in keys]}
            for name, keys in self._lists.items()
        ]
        self._settings.put(SECTION, {"lists": lists, "shown": self._shown})


def _read_lists(kept: object) -> dict[str, tuple[InstrumentKey, ...]]:
    found: dict[str, tuple[InstrumentKey, ...]] = {}
    for each in kept[:MOST_LISTS] if isinstance(kept, list) else []:
        match each:
            case {"name": str(name), "keys": list(pairs)} if name:
                found[name] = tuple(dict.fromkeys(_read_keys(pairs)))[:MOST_KEYS]
    return found


def _read_keys(pairs: list[object]) -> Iterable[InstrumentKey]:
    for pair in pairs:
        match pair:
            case [str(connection_id), str(symbol)] if symbol:
                yield InstrumentKey(ConnectionID(connection_id), symbol)
