"""The symbol, typed with the venue's instruments to help; any other symbol may be typed too.

Enter takes the first instrument that begins with what was typed, so that two letters are often enough. What it took
stands in the field, with its name below, before anything can be sent.
"""

from collections.abc import Mapping
from itertools import islice

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from workstation.domain.identity import ConnectionID
from workstation.domain.instrument import Instrument
from workstation.item_models.instrument_index import MOST_FOUND, InstrumentIndex
from workstation.widgets.ticket.check_lines import month_text

_SYMBOL = Qt.ItemDataRole.UserRole
_LONGEST = 64
_REST_MS = 200
_ANY = ConnectionID("")
"""The index is of one venue only, so it need not know which."""
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Completer(QCompleter):
    """Shows what was found; gives the symbol."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        """Return the symbol of a row."""
        return str(index.data(_SYMBOL))


class SymbolField(QLineEdit):
    """One symbol at the chosen account's venue."""

    changed = Signal()
    """Another symbol was typed or taken."""
    entered = Signal()
    """Enter: the trader is done with this field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._instruments: Mapping[str, Instrument] = {}
        self._count = 0
        self._folded: dict[str, Instrument] | None = None
        self._index = InstrumentIndex(self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._build_index)
        self._is_indexed = True
        self._listed = QStandardItemModel(self)
        self.setAccessibleName("Symbol")
        self.setPlaceholderText("symbol or name")
        self.setMaxLength(_LONGEST)
        self.textEdited.connect(self._list_found)
        self.textEdited.connect(lambda _text: self.changed.emit())
        completer = _Completer(self._listed, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(self._picked)
        self.setCompleter(completer)

    def symbol(self) -> str:
        """Return the symbol in the venue's own spelling where it is known."""
        typed = self.text().strip()
        known = self._instruments.get(typed) or self._spelled_otherwise(typed)
        return known.symbol if known else typed

    def set_symbol(self, symbol: str) -> None:
        """Show `symbol`; nothing is announced."""
        self.setText(symbol)

    def set_instruments(self, instruments: Mapping[str, Instrument]) -> None:
        """Offer the instruments of another venue, or more of the same; what is typed stays.

        A venue lists thousands in slices, and each slice comes here: the index waits until they have come to rest.
        """
        if instruments is self._instruments and len(instruments) == self._count:
            return
        self._instruments, self._count, self._folded = instruments, len(instruments), None
        self._is_indexed = False
        self._rest.start()

    def take_best(self) -> None:
        """Take the first instrument whose symbol begins with what is typed, unless a symbol is already complete."""
        typed = self.text().strip().casefold()
        symbol = self.symbol()
        if typed and symbol not in self._instruments:
            found = [known for known in self._instruments.values() if known.symbol.casefold().startswith(typed)]
            symbol = min(found, key=_order).symbol if found else symbol
        if symbol != self.text():
            self.setText(symbol)
            self.changed.emit()
        popup = self.completer().popup()
        if popup is not None:
            popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the list on Down; take the best match on Enter.

        Enter is handled here because the open list hands it straight to the field, past any event filter.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _COMMANDS:
            if not event.isAutoRepeat() and not self.isReadOnly():
                self.take_best()
                self.entered.emit()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self._list_found(self.text() if not self.hasSelectedText() else "")
            self.completer().complete()
            event.accept()
            return
        super().keyPressEvent(event)

    def _picked(self, _text: str) -> None:
        self.changed.emit()
        self.entered.emit()

    def _spelled_otherwise(self, typed: str) -> Instrument | None:
        if self._folded is None:
            self._folded = {name.casefold(): known for name, known in self._instruments.items()}
        return self._folded.get(typed.casefold())

    def _build_index(self) -> None:
        self._is_indexed = True
        self._index.build({_ANY: self._instruments})

    def _list_found(self, typed: str) -> None:
        """List the instruments that hold every word of what is typed; the first ones where nothing is."""
        if not self._is_indexed:
            self._rest.stop()
            self._build_index()
        self._index.finish()
        found = [entry.instrument for entry in self._index.find(typed)] if typed.strip() else self._first()
        self._listed.clear()
        for instrument in found:
            self._listed.appendRow(_entry(instrument))

    def _first(self) -> list[Instrument]:
        return sorted(islice(self._instruments.values(), MOST_FOUND), key=_order)


def _order(instrument: Instrument) -> tuple[str, str, str]:
    maturity = instrument.maturity.isoformat() if instrument.maturity else ""
    return instrument.description, maturity, instrument.symbol


def _entry(instrument: Instrument) -> QStandardItem:
    month = f" · {month_text(instrument.maturity)}" if instrument.maturity else ""
    item = QStandardItem(f"{instrument.symbol}  {instrument.description} · {instrument.exchange}{month}")
    item.setData(instrument.symbol, _SYMBOL)
    return item
