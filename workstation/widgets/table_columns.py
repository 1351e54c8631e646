"""The columns of a live table as the trader arranged them: shown or hidden, place, width, sorting.

Widths are saved in average characters, so that a layout fits at every zoom. What was saved survives new versions:
unknown columns are left out, new ones keep their default.
"""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from workstation.item_models.row_model import RowModel
from workstation.widgets.cell_painter import PlacedColumn

_VERSION = 1
_NARROWEST, _WIDEST = 2.0, 400.0


class TableColumns(QObject):
    """Keeps a table's header in the trader's order. `character_width` gives the present unit of widths in pixels."""

    changed = Signal()
    """A column was moved, resized, shown, hidden or sorted by."""

    def __init__(self, table: QTableView, character_width: Callable[[], float]) -> None:
        super().__init__(table)
        self._table = table
        self._character_width = character_width
        self._model: RowModel[Any, Any] | None = None
        self._quiet = False
        self._wished: dict[int, float] = {}
        self._placed: list[PlacedColumn] | None = None
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_menu)
        for told in (header.sectionResized, header.sectionMoved, header.sectionCountChanged):
            told.connect(self._forget_places)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._changed)
        header.sortIndicatorChanged.connect(self._sort)

    @property
    def _header(self) -> QHeaderView:
        return self._table.horizontalHeader()

    def attach(self, model: RowModel[Any, Any]) -> None:
        """Take over a model: its own widths and hidden columns, and the order it is sorted by."""
        self._model = model
        self._placed = None
        self._quiet = True
        self._wished = {}
        for number, column in enumerate(model.columns):
            self._set_width(number, column.width)
            self._header.setSectionHidden(number, not column.shown)
        number, descending = model.sorting
        self._header.setSortIndicator(number, _order(descending))
        self._quiet = False

    def shown(self) -> list[int]:
        """Return the model's numbers of the columns shown, left to right."""
        numbers = map(self._header.logicalIndex, range(self._header.count()))
        return [number for number in numbers if not self._header.isSectionHidden(number)]

    def placed(self) -> list[PlacedColumn]:
        """Return the columns shown as they stand, left to right."""
        if self._placed is None:
            columns, self._placed, left = self._model.columns if self._model is not None else (), [], 0
            for number in self.shown() if columns else ():
                width = self._header.sectionSize(number)
                self._placed.append(PlacedColumn(number, left, width, columns[number].align))
                left += width
        return self._placed

    def set_shown(self, number: int, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if shown or len(self.shown()) > 1:
            self._header.setSectionHidden(number, not shown)
            self._changed()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by the column saved as `key`; an unknown one changes nothing."""
        number = self._numbers().get(key)
        if number is not None:
            self._header.setSortIndicator(number, _order(descending))

    def rescale(self, before: float, after: float) -> None:
        """Keep widths in characters when a character became wider or narrower."""
        if self._model is None or before == after:
            return
        self._quiet = True
        for number, characters in self._wished.items():
            self._set_width(number, characters)
        self._quiet = False

    def save(self) -> str:
        """Return places, widths and sorting as JSON."""
        if self._model is None:
            return ""
        header, columns = self._header, self._model.columns
        order = [header.logicalIndex(place) for place in range(header.count())]
        number, descending = self._model.sorting
        return json.dumps(
            {
                "version": _VERSION,
                "columns": [
                    {
                        "key": columns[each].key,
                        "width": round(self._wished[each], 1),
                        "shown": not header.isSectionHidden(each),
                    }
                    for each in order
                ],
                "sort": {"key": columns[number].key if number >= 0 else "", "descending": descending},
            }
        )

    def restore(self, saved: str) -> bool:
        """Take what :meth:`save` returned; False, and no change, if it is damaged."""
        try:
            document = json.loads(saved)
            wanted = [
                (str(each["key"]), min(max(float(each["width"]), 0.0), _WIDEST), bool(each["shown"]))
                for each in document["columns"]
            ]
            sort_key, descending = str(document["sort"]["key"]), bool(document["sort"]["descending"])
        except (ValueError, TypeError, LookupError, RecursionError):
            return False
        self._arrange(wanted)
        if sort_key:
            self.sort_by(sort_key, descending=descending)
        else:
            self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        return True

    def _arrange(self, wanted: list[tuple[str, float, bool]]) -> None:
        numbers = self._numbers()
        known = [(numbers[key], width, shown) for key, width, shown in wanted if key in numbers]
        self._quiet = True
        for place, (number, width, shown) in enumerate(known):
            self._header.moveSection(self._header.visualIndex(number), place)
            if width >= _NARROWEST:  # a hidden column has none
                self._set_width(number, width)
            self._header.setSectionHidden(number, not shown)
        if not self.shown():
            self._header.setSectionHidden(0, False)
        self._quiet = False

    def _numbers(self) -> dict[str, int]:
        columns = self._model.columns if self._model is not None else ()
        return {column.key: number for number, column in enumerate(columns)}

    def _resized(self, number: int, _before: int, after: int) -> None:
        """Remember a width that was chosen, not one that the last column got by filling the table."""
        if self._model is not None and not self._quiet and after > 0 and number != self.shown()[-1]:
            self._wished[number] = after / self._character_width()
            self._changed()

    def _set_width(self, number: int, characters: float) -> None:
        self._wished[number] = characters
        self._header.resizeSection(number, max(1, round(characters * self._character_width())))

    def _sort(self, number: int, order: Qt.SortOrder) -> None:
        if self._model is not None and not self._quiet:
            self._model.sort(number, order)
            self._changed()

    def _forget_places(self, *_: int) -> None:
        self._placed = None

    def _changed(self, *_: int) -> None:
        if self._model is not None and not self._quiet:
            self.changed.emit()

    def _open_menu(self, at: QPoint) -> None:
        if self._model is None:
            return
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._model.columns):
            action = QAction(column.title, menu, checkable=True, checked=not self._header.isSectionHidden(number))
            action.setToolTip(column.tooltip)
            action.toggled.connect(lambda shown, number=number: self.set_shown(number, shown))
            menu.addAction(action)
        menu.popup(self._header.viewport().mapToGlobal(at))


def _order(descending: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
