"""Finds an instrument while it is typed, among all that all connections know.

Every word typed must occur in the symbol, the description, the group or the category. Best first: the symbol itself,
symbols that begin with it, names with a word that begins with it, the rest. The index is built in slices; until a new
one is complete the old one answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.item_models.sliced_work import SlicedWork

MOST_FOUND = 50
_STEP = 512


@dataclass(frozen=True, slots=True)
class Indexed:
    """One instrument with the words by which it is found, in small letters."""

    key: InstrumentKey
    instrument: Instrument
    symbol: str
    words: str


class InstrumentIndex(QObject):
    """The instruments of all connections, ready to be searched."""

    rebuilt = Signal()
    """The index holds what was last given to it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Indexed] = []
        self._work = SlicedWork(parent=self)

    def __len__(self) -> int:
        return len(self._entries)

    def build(self, instruments: Mapping[ConnectionID, Mapping[str, Instrument]]) -> None:
        """Begin to index `instruments` anew, in slices."""
        listed = [(connection_id, list(known.values())) for connection_id, known in instruments.items()]
        self._work.start(self._building(listed), at_once=False)

    def finish(self) -> None:
        """Complete the index now, at the price of a longer step."""
        self._work.finish()

    def find(self, typed: str, most: int = MOST_FOUND) -> list[Indexed]:
        """Return the best matches of what was typed; nothing for nothing."""
        words = typed.casefold().split()
        if not words:
            return []
        held = self._entries
        for word in words:
            held = [entry for entry in held if word in entry.words]
        whole, start = " ".join(words), f" {words[0]}"
        found: dict[InstrumentKey, Indexed] = {}
        # Entries stand shortest symbol first, so that a pass can end as soon as there is enough.
        for better in (
            lambda entry: entry.symbol.startswith(whole),
            lambda entry: start in entry.words,
            lambda entry: True,
        ):
            for entry in held:
                if better(entry):
                    found.setdefault(entry.key, entry)
                    if len(found) >= most:
                        return list(found.values())
        return list(found.values())

    def _building(self, listed: list[tuple[ConnectionID, list[Instrument]]]) -> Iterator[None]:
        made: list[Indexed] = []
        for connection_id, instruments in listed:
            for start in range(0, len(instruments), _STEP):
                made += [_indexed(connection_id, each) for each in instruments[start : start + _STEP]]
                yield
        made.sort(key=lambda entry: (len(entry.symbol), entry.symbol))
        self._entries = made
        self.rebuilt.emit()


def _indexed(connection_id: ConnectionID, instrument: Instrument) -> Indexed:
    texts = (instrument.symbol, instrument.description, instrument.group, instrument.category, instrument.exchange)
    words = f" {' '.join(filter(None, texts))}".casefold()
    return Indexed(InstrumentKey(connection_id, instrument.symbol), instrument, instrument.symbol.casefold(), words)
