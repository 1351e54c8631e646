"""The table of a watchlist: its rows can be dragged, and keys act on them."""

import json

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from workstation.domain.identity import InstrumentKey
from workstation.item_models.quotes_model import QuotesModel
from workstation.widgets.filtered_table import FilteredTable, TableTexts
from workstation.widgets.screen import Screen

TEXTS = TableTexts(
    section="quotes",
    subject="quotes",
    nothing_yet="This list is empty. Type the first letters of a symbol or a name above, and take it with Enter.",
    columns=(
        ("symbol", 9),
        ("bid", 10.5),
        ("ask", 10.5),
        ("age", 10),
        ("spread", 10),
        ("change", 12),
        ("change_pct", 9),
        ("high", 10),
        ("low", 10),
        ("venue", 6),
        ("place", 4),
    ),
)


class QuoteTable(FilteredTable):
    """One row per instrument of the list that is shown."""

    chosen = Signal(object)
    """InstrumentKey of the row that the trader went to."""
    opened = Signal(object)
    """InstrumentKey: Enter was pressed on it."""
    removed = Signal(list)
    """list[InstrumentKey] that the trader wants out of the list."""
    shifted = Signal(int)
    """The selected rows shall go so many places down (up when negative)."""
    typed = Signal(str)
    """A letter was typed on the table: the beginning of a symbol."""

    def __init__(
        self, screen: Screen, model: QuotesModel, extras: list[QWidget], parent: QWidget | None = None
    ) -> None:
        self.model = model
        super().__init__(screen, model, TEXTS, extras=extras, parent=parent)
        model.setParent(self)
        self._quiet = False
        self.find_field.hide()  # the field that adds an instrument finds it as well
        view = self.view
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        view.setDefaultDropAction(Qt.DropAction.CopyAction)
        view.selection_changed.connect(self._tell_choice)
        view.installEventFilter(self)

    def show_keys(self, keys: tuple[InstrumentKey, ...]) -> None:
        """Show other instruments, or another order; the trader asked, so rows may move under the pointer."""
        self._quiet = True
        self.model.hold(False)
        self.model.set_keys(keys, self._screen.services.market.quotes)
        self.model.flush()
        self.model.finish_arranging()
        self.model.hold(self.view.viewport().underMouse())
        self._quiet = False

    def select_quietly(self, key: InstrumentKey) -> None:
        """Go to a row because another dock went there; nothing is announced."""
        self._quiet = True
        self.view.select_key(key)
        self._quiet = False

    def current_key(self) -> InstrumentKey | None:
        """Return the instrument of the current row."""
        record = self.view.current_record()
        return record.key if record is not None else None

    def selected_keys(self) -> list[InstrumentKey]:
        """Return the selected instruments, top to bottom."""
        return [record.key for record in self.view.selected_records()]

    def focus_first(self) -> None:
        """Give the focus to the table; that alone chooses nothing."""
        self._quiet = True
        super().focus_first()
        self._quiet = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Act on the table's own keys."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            return self._act(event)
        return super().eventFilter(watched, event)

    def _act(self, event: QKeyEvent) -> bool:
        key, current = Qt.Key(event.key()), self.current_key()
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(1 if key == Qt.Key.Key_Down else -1)
        elif event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.selected_keys())
        elif event.text().isalnum():
            self.typed.emit(event.text())
        else:
            return False
        return True

    def _tell_choice(self) -> None:
        key = self.current_key()
        if key is not None and not self._quiet:
            self.chosen.emit(key)

    def _first_columns(self) -> str:
        """Return the columns in the list's own order, upwards."""
        return json.dumps({**json.loads(super()._first_columns()), "sort": {"key": "place", "descending": False}})
