"""The live table: a QTableView that paints all its visible cells in one go.

Qt's own painting asks the model seven times per cell, every time from C++ into Python; over half a frame goes by for
one screenful. This view paints from the model's ready-made looks instead, in a third of the time of Qt's fastest table,
and leaves the rest to Qt: selection, keys, header, scrolling, editing, and `data()` for tests and screen readers.

While the pointer is over the rows, or a cell is being edited, the model is held: rows do not move under the hand.
"""

import time
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionRange,
    QModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from workstation.item_models.columns import RowLook
from workstation.item_models.export import tsv_text
from workstation.item_models.row_model import RowModel
from workstation.widgets.cell_flashes import CellFlashes
from workstation.widgets.cell_painter import CellPainter
from workstation.widgets.table_colours import TableColours
from workstation.widgets.table_columns import TableColumns
from workstation.widgets.theme import Theme

_AGES_MS = 1_000
_POINTER, _EDITING = "pointer", "editing"
_RESTYLED = frozenset(
    {QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange}
)


class FastTable(QTableView):
    """A table over a :class:`RowModel`."""

    columns_changed = Signal()
    """A column was moved, resized, shown, hidden or sorted by: worth saving (:meth:`save_columns`)."""
    selection_changed = Signal()
    """Other rows are selected, or another row is current."""

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: RowModel[Any, Any] | None = None
        self._painter = CellPainter(self.font(), self._colours())
        self._hovered = -1
        self._held_for: set[str] = set()
        self.flashes = CellFlashes(self)
        self.flashes.ended.connect(self._update_cells)
        self._ages = QTimer(self, interval=_AGES_MS)
        self._ages.timeout.connect(self._refresh_ages)
        self.alternating = False
        self.columns = TableColumns(self, lambda: self._painter.character_width)
        self.columns.changed.connect(self.columns_changed)
        self._set_up()
        if theme is not None:
            theme.changed.connect(self._restyle)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._restyle()

    # The model.

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802
        """Show a :class:`RowModel`.

        Raises:
            TypeError: it is another kind of model.
        """
        if model is not None and not isinstance(model, RowModel):
            raise TypeError(f"FastTable shows RowModels, not {type(model).__name__}")
        if self._rows is not None:
            self._rows.unwatch()
            self.flashes.detach()
            self._rows.rowsInserted.disconnect(self._keep_place)
        self._rows = model
        super().setModel(model)
        if model is None:
            return
        self.flashes.attach(model)
        model.rowsInserted.connect(self._keep_place)
        self.columns.attach(model)
        if any(column.live for column in model.columns) and self.isVisible():
            self._ages.start()

    def rows(self) -> RowModel[Any, Any]:
        """Return the model.

        Raises:
            RuntimeError: there is none yet.
        """
        if self._rows is None:
            raise RuntimeError("the table has no model yet")
        return self._rows

    # Selection.

    def selected_rows(self) -> list[int]:
        """Return the selected rows, top to bottom."""
        model = self.selectionModel()
        return (
            sorted({row for span in _spans(model.selection()) for row in range(span.top(), span.bottom() + 1)})
            if model
            else []
        )

    def selected_records(self) -> list[Any]:
        """Return the records of the selected rows, top to bottom."""
        return [self.rows().record_at(row) for row in self.selected_rows()]

    def current_record(self) -> Any | None:
        """Return the record of the row with the focus, if there is one."""
        index = self.currentIndex()
        return self.rows().record_at(index.row()) if index.isValid() else None

    def select_key(self, key: Any) -> bool:
        """Select the row of a record and bring it on screen; False if it is not shown."""
        row = self.rows().row_of(key)
        if row is None:
            return False
        self.selectRow(row)
        self.scrollTo(self.rows().index(row, self._first_column()))
        return True

    def focus_first(self) -> None:
        """Take the focus; with no current row the first becomes current."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and self.rows().rowCount():
            self.setCurrentIndex(self.rows().index(0, self._first_column()))

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard, as tab-separated text of the columns shown."""
        rows = self.selected_rows()
        if rows:
            QGuiApplication.clipboard().setText(tsv_text(self.rows(), rows, self.columns.shown()))

    def save_columns(self) -> str:
        """Return places, widths and sorting of the columns as JSON."""
        return self.columns.save()

    def restore_columns(self, saved: str) -> bool:
        """Take what :meth:`save_columns` returned; False, and no change, if it is damaged."""
        return self.columns.restore(saved)

    def _first_column(self) -> int:
        shown = self.columns.shown()
        return shown[0] if shown else 0

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint every visible cell that `event` asks for."""
        if self._rows is None:
            super().paintEvent(event)
            return
        began_s = time.perf_counter()
        self._painter.place(self.columns.placed())
        first, last = self._visible_rows()
        self._rows.watch(first, last)
        painter = QPainter(self.viewport())
        self._paint_rows(painter, event, first, last)
        self._paint_focus(painter)
        painter.end()
        self._rows.frame_clock.add_cost(time.perf_counter() - began_s)

    def _paint_rows(self, painter: QPainter, event: QPaintEvent, first: int, last: int) -> None:
        colours, height = self._painter.colours, self._painter.row_height
        wanted = self._rows_in(event, first, last)
        looks = [(row, self.rows().look(row)) for row in wanted]
        self._painter.settle_points([look for _, look in looks])
        selected = self._selected_among(first, last)
        top_px, left_px = self.verticalHeader().offset(), self.horizontalHeader().offset()
        painter.fillRect(event.rect(), colours.ground)
        painter.translate(-left_px, first * height - top_px)
        at, flashing = first, self.flashes.any
        for row, look in looks:
            painter.translate(0, (row - at) * height)
            at = row
            if selected or flashing or row == self._hovered or self.alternating or look.dress.bars:
                self._paint_ground(painter, row, look, row in selected)
            self._painter.draw(painter, self._painter.lay_out(look), selected=row in selected)
        painter.resetTransform()
        self._painter.draw_edges(painter, looks, top_px, self.viewport().width())

    def _paint_ground(self, painter: QPainter, row: int, look: RowLook, selected: bool) -> None:
        """Paint what lies under a row's texts."""
        colours, height = self._painter.colours, self._painter.row_height
        width = self.horizontalHeader().offset() + self.viewport().width()
        if selected:
            painter.fillRect(0, 0, width, height, colours.selection)
        elif row == self._hovered:
            painter.fillRect(0, 0, width, height, colours.hover)
        elif self.alternating and row % 2:
            painter.fillRect(0, 0, width, height, colours.alternate)
        if look.dress.bars:
            self._painter.draw_bars(painter, look.dress)
        for number in self.flashes.in_row(row):
            painter.fillRect(self._painter.cell(number), colours.flash)

    def _paint_focus(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            painter.setPen(QPen(self._painter.colours.focus, 1))
            painter.drawRect(self.visualRect(index).adjusted(0, 0, -1, -2))

    def _visible_rows(self) -> tuple[int, int]:
        """Return the first and the last row of which something can be seen; last before first for none."""
        height, top_px = self._painter.row_height, self.verticalHeader().offset()
        last = (top_px + self.viewport().height() - 1) // height
        return top_px // height, min(last, self.rows().rowCount() - 1)

    def _rows_in(self, event: QPaintEvent, first: int, last: int) -> list[int]:
        """Return the rows that an event asks to paint."""
        height, top_px = self._painter.row_height, self.verticalHeader().offset()
        wanted: set[int] = set()
        for rect in event.region():  # type: ignore[attr-defined]
            wanted.update(range((rect.top() + top_px) // height, (rect.bottom() + top_px) // height + 1))
        return [row for row in sorted(wanted) if first <= row <= last]

    def _selected_among(self, first: int, last: int) -> set[int]:
        model = self.selectionModel()
        if not model.hasSelection():
            return set()
        return {
            row
            for span in _spans(model.selection())
            for row in range(max(span.top(), first), min(span.bottom(), last) + 1)
        }

    # Changes on screen.

    def _update_cells(self, row: int, numbers: frozenset[int]) -> None:
        for number in numbers:
            self.update(self.rows().index(row, number))

    def _refresh_ages(self) -> None:
        if self._rows is not None:
            self._rows.refresh_ages()

    def _keep_place(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Leave the rows on screen where they are when others come above them; a view at the top stays at the top."""
        bar = self.verticalScrollBar()
        if bar.value() > 0 and first <= bar.value():
            self.updateGeometries()
            bar.setValue(bar.value() + last - first + 1)

    # Holding still.

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Hold the rows while the pointer is over them."""
        if event.type() == QEvent.Type.Enter:
            self.hold(_POINTER, True)
        elif event.type() == QEvent.Type.Leave:
            self.hold(_POINTER, False)
            self._hover(-1)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Mark the row under the pointer."""
        self._hover(self.rowAt(round(event.position().y())))
        super().mouseMoveEvent(event)

    def edit(self, *args: Any) -> Any:
        """Open an editor, and hold the rows while it is open."""
        answer = super().edit(*args)
        if self.state() == QAbstractItemView.State.EditingState:
            self.hold(_EDITING, True)
        return answer

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Let the rows go with the editor."""
        super().closeEditor(editor, hint)
        self.hold(_EDITING, False)

    def hold(self, reason: str, held: bool) -> None:
        """Keep the rows where they are as long as any reason holds."""
        (self._held_for.add if held else self._held_for.discard)(reason)
        if self._rows is not None:
            self._rows.hold(bool(self._held_for))

    def _hover(self, row: int) -> None:
        if row == self._hovered:
            return
        for changed in (row, self._hovered):
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), self._painter.row_height)
        self._hovered = row

    # Keys, size and look.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy on the copy key; the rest is Qt's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
            event.accept()
            return
        super().keyPressEvent(event)

    def selectionChanged(self, selected: Any, deselected: Any) -> None:  # noqa: N802
        """Announce it in one word."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def currentChanged(self, current: Any, previous: Any) -> None:  # noqa: N802
        """Repaint both rows: Qt repaints only cells."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.selection_changed.emit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for room for ten rows."""
        height = self._painter.row_height * 10 + self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), height)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Follow changes again."""
        super().showEvent(event)
        if self._rows is not None and any(column.live for column in self._rows.columns):
            self._rows.refresh_ages()
            self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Let the model stop announcing what nobody sees."""
        super().hideEvent(event)
        self._ages.stop()
        if self._rows is not None:
            self._rows.watch(0, -1)
        self.hold(_POINTER, False)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take a new font or new colours."""
        super().changeEvent(event)
        if event.type() in _RESTYLED and hasattr(self, "columns"):
            self._restyle()

    def _restyle(self) -> None:
        if self._theme is not None:
            self.flashes.enabled = not self._theme.reduce_motion
        before = self._painter.character_width
        self._painter = CellPainter(self.font(), self._colours())
        self.verticalHeader().setDefaultSectionSize(self._painter.row_height)
        self.columns.rescale(before, self._painter.character_width)
        self.viewport().update()

    def _colours(self) -> TableColours:
        return (
            TableColours.of_theme(self._theme) if self._theme is not None else TableColours.of_palette(self.palette())
        )


def _spans(selection: QItemSelection) -> list[QItemSelectionRange]:
    return [selection.at(place) for place in range(selection.count())]
