"""One field to find an instrument by symbol, name or group, with what was found in a list below it.

The list is a part of the window and no window of its own: a popup grabs the keyboard, and not every desktop lets it.
The focus stays in the field.
"""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QSizePolicy, QWidget
from shiboken6 import isValid

from workstation.domain.identity import ConnectionID
from workstation.item_models.instrument_index import Indexed, InstrumentIndex
from workstation.widgets.palette_delegate import HINT_ROLE, PaletteDelegate
from workstation.widgets.screen import Screen

_ROWS = 10
_WIDEST, _NARROWEST = 460, 240
_ROOT = QModelIndex()


class InstrumentSearch(QLineEdit):
    """Type, go up and down in what was found, take it with Enter; Esc leaves."""

    picked = Signal(object)
    """InstrumentKey that the trader took."""
    left = Signal()
    """The trader is done here: Esc or Down in the empty field."""

    def __init__(self, screen: Screen, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.index = InstrumentIndex(self)
        self._asked_for = False
        self.setPlaceholderText(hint)
        self.setAccessibleName(f"{hint.capitalize()}: symbol, name or group")
        self.setClearButtonEnabled(True)
        self.setMaxLength(64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.found = FoundInstruments(screen, self)
        self.list = QListView(self)
        self.list.setModel(self.found)
        self.list.setItemDelegate(PaletteDelegate(screen.theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Instruments found")
        self.list.hide()
        self.list.clicked.connect(self._take)
        self.textEdited.connect(self._search)
        self.textChanged.connect(lambda typed: None if typed else self.close_list())
        self.index.rebuilt.connect(self._search_again)
        screen.services.connections.instruments_changed.connect(self._instruments_changed)
        screen.services.connections.connections_changed.connect(lambda: self._instruments_changed(None))
        self.destroyed.connect(_Remover(self.list))

    def close_list(self) -> None:
        """Hide what was found."""
        self.list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move in the list, take from it, or leave."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._take(self.list.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif step and self.list.isVisible():
            row = min(max(self.list.currentIndex().row() + step, 0), self.found.rowCount() - 1)
            self.list.setCurrentIndex(self.found.index(row, 0))
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Index what can be found, the first time somebody looks."""
        super().focusInEvent(event)
        if not self._asked_for:
            self._build()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list with the focus."""
        super().focusOutEvent(event)
        self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list with the field."""
        super().hideEvent(event)
        self.close_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the window's size while the list is open."""
        if event.type() == QEvent.Type.Resize:
            self.close_list()
        return False

    def _build(self) -> None:
        self._asked_for = True
        self.index.build(self._screen.services.connections.instruments)

    def _instruments_changed(self, _connection: ConnectionID | None) -> None:
        if self._asked_for:
            self._build()

    def _search_again(self) -> None:
        if self.hasFocus() and self.text():
            self._search(self.text())

    def _search(self, typed: str) -> None:
        if not self._asked_for:
            self._build()
        self.found.show(self.index.find(typed))
        if not self.found.rowCount():
            self.close_list()
            return
        self.list.setCurrentIndex(self.found.index(0, 0))
        self._open_list()

    def _open_list(self) -> None:
        window, theme = self.window(), self._screen.theme
        if self.list.parentWidget() is not window:
            self.list.setParent(window)
            window.installEventFilter(self)
        corner = self.mapTo(window, QPoint(0, self.height()))
        rows = min(self.found.rowCount(), _ROWS)
        width = min(max(self.width(), theme.px(_NARROWEST)), theme.px(_WIDEST), window.width())
        height = rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth() + 2
        place = QRect(corner.x(), corner.y(), width, min(height, max(1, window.height() - corner.y())))
        place.moveLeft(max(0, min(place.left(), window.width() - width)))
        self.list.setGeometry(place)
        self.list.show()
        self.list.raise_()

    def _take(self, index: QModelIndex) -> None:
        entry = self.found.entry(index.row()) if self.list.isVisible() and index.isValid() else None
        if entry is None:
            return
        self.clear()
        self.close_list()
        self.picked.emit(entry.key)

    def _leave(self) -> None:
        self.close_list()
        if self.text():
            self.clear()
        else:
            self.left.emit()


class FoundInstruments(QAbstractListModel):
    """What was found, best first."""

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._found: list[Indexed] = []

    def show(self, found: list[Indexed]) -> None:
        """Show other instruments."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def entry(self, row: int) -> Indexed | None:
        """Return what stands in a row."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def symbols(self) -> list[str]:
        """Return the symbols, best first."""
        return [entry.key.symbol for entry in self._found]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return how many were found."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the symbol, or its name and venue."""
        if not index.isValid():
            return None
        entry = self._found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.key.symbol
        if role == HINT_ROLE:
            return self._hint(entry)
        return f"{entry.key.symbol}, {self._hint(entry)}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _hint(self, entry: Indexed) -> str:
        known = self._screen.services.connections.capabilities.get(entry.key.connection_id)
        venue = known.glyph if known is not None else entry.key.connection_id
        return "  ".join(filter(None, (entry.instrument.description, venue)))


class _Remover:
    """Takes the list away with the field: it is a child of the window by then."""

    def __init__(self, view: QListView) -> None:
        self._view = view

    def __call__(self) -> None:
        if isValid(self._view):
            self._view.deleteLater()


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
