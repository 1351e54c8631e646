"""The symbol, typed with the venue's instruments to help; any other symbol may be typed too.

Enter takes the first instrument that begins with what was typed, so that two letters are often enough. What it took
stands in the field, with its name below, before anything can be sent.
"""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from workstation.domain.instrument import Instrument
from workstation.widgets.ticket.check_lines import month_text

_SYMBOL = Qt.ItemDataRole.UserRole
_HAYSTACK = Qt.ItemDataRole.UserRole + 1
_LONGEST = 64
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Completer(QCompleter):
    """Finds by symbol, name, exchange or month; gives the symbol."""

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
        self._instruments: dict[str, Instrument] = {}
        self._listed = QStandardItemModel(self)
        self.setAccessibleName("Symbol")
        self.setPlaceholderText("symbol or name")
        self.setMaxLength(_LONGEST)
        completer = _Completer(self._listed, self)
        completer.setCompletionRole(_HAYSTACK)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(self._picked)
        self.setCompleter(completer)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def symbol(self) -> str:
        """Return the symbol in the venue's own spelling where it is known."""
        typed = self.text().strip()
        known = self._instruments.get(typed) or self._spelled_otherwise(typed)
        return known.symbol if known else typed

    def set_symbol(self, symbol: str) -> None:
        """Show `symbol`; nothing is announced."""
        self.setText(symbol)

    def set_instruments(self, instruments: Mapping[str, Instrument]) -> None:
        """Offer the instruments of another venue, or more of the same; what is typed stays."""
        if dict(instruments) == self._instruments:
            return
        self._instruments = dict(instruments)
        self._listed.clear()
        for instrument in sorted(self._instruments.values(), key=_order):
            self._listed.appendRow(_entry(instrument))

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
            self.completer().setCompletionPrefix(self.text() if not self.hasSelectedText() else "")
            self.completer().complete()
            event.accept()
            return
        super().keyPressEvent(event)

    def _picked(self, _text: str) -> None:
        self.changed.emit()
        self.entered.emit()

    def _spelled_otherwise(self, typed: str) -> Instrument | None:
        folded = typed.casefold()
        return next((known for name, known in self._instruments.items() if name.casefold() == folded), None)


def _order(instrument: Instrument) -> tuple[str, str, str]:
    maturity = instrument.maturity.isoformat() if instrument.maturity else ""
    return instrument.description, maturity, instrument.symbol


def _entry(instrument: Instrument) -> QStandardItem:
    month = f" · {month_text(instrument.maturity)}" if instrument.maturity else ""
    words = f"{instrument.symbol}  {instrument.description} · {instrument.exchange}{month}"
    item = QStandardItem(words)
    item.setData(instrument.symbol, _SYMBOL)
    item.setData(words, _HAYSTACK)
    return item
