"""A live table with its chips and its quick filter: what orders, accounts, positions and the log have in common.

The chips say how many rows each would show, the filter narrows within the chosen chip, and an empty table says why
it is empty. Chip, sorting and columns are kept in the settings; the typed filter is not, because a forgotten word
hides orders after a restart.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from workstation.item_models.row_model import RowModel
from workstation.widgets.empty_note import EmptyNote
from workstation.widgets.fast_table import FastTable
from workstation.widgets.filter_chips import FilterChips
from workstation.widgets.find_field import FindField
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import text as text_of

SAVE_MS = 400
COUNTS_MS = 50


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of what is shown: its key in the settings and its word; `everything` marks what hides nothing.

    A `fleeting` one is there only while it has rows, or is chosen.
    """

    key: str
    word: str
    everything: bool = False
    urgent: bool = False
    fleeting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTexts:
    """What a table is called, and how it looks before the trader changes it.

    `subject` is a plural ("orders"); `columns` are the columns shown, by key and width in characters, from left to
    right, and `sort` the column that sorts, downwards unless `descending` is off; those that are not named stay hidden
    behind them.
    """

    section: str
    subject: str
    nothing_yet: str
    columns: tuple[tuple[str, float], ...] = ()
    sort: str = ""
    descending: bool = True
    first_chip: str = ""


class FilteredTable(QWidget):
    """One FastTable over one model, with a row of filters above it.

    A subclass says what a chip shows (:meth:`narrow`) and how many rows stand behind each (:meth:`chip_counts`).
    """

    chip_chosen = Signal(str)

    def __init__(
        self,
        screen: Screen,
        model: RowModel[Any, Any],
        texts: TableTexts,
        chips: Sequence[Chip] = (),
        *,
        extras: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._rows = model
        self._texts = texts
        self._nothing_yet = texts.nothing_yet
        self._everything = {chip.key for chip in chips if chip.everything}
        self.view = FastTable(self, theme=screen.theme)
        self.view.setModel(model)
        # A heading asks for every cell of its neighbours whether it is selected: six seconds after "select all" on
        # 100,000 rows. Headings show no selection here, so theirs is one that stays empty.
        self.view.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.view.setAccessibleName(texts.subject.capitalize())
        self.find_field = FindField(f"Find {texts.subject}", f"find {texts.subject}", self)
        self.chips = self._make_chips(chips)
        self.bar = FlowRow(self)
        self.copy_action = QAction("Copy", self)
        self.copy_action.setToolTip("Copy the selected rows as tab-separated text (Ctrl+C)")
        self.copy_action.triggered.connect(self.view.copy_selected)
        self._empty = EmptyNote(self.view, texts.nothing_yet)
        self._saving = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._counting = QTimer(self, singleShot=True, interval=COUNTS_MS)
        self._lay_out(extras)
        self._restore()
        self._connect()
        self.apply_filter()
        self._show_counts()

    def narrow(self, choice: str, text: str) -> None:
        """Show the rows behind the chip `choice` that hold every word of `text`."""
        self._rows.set_filter(text=text)

    def chip_counts(self) -> dict[str, int]:
        """Return how many rows stand behind each chip."""
        return {}

    def is_narrowed(self) -> bool:
        """Say whether a filter hides anything, so that an empty table can offer to take it away."""
        return bool(self.find_field.text().strip()) or bool(self.chips and self.choice() not in self._everything)

    def choice(self) -> str:
        """Return the key of the chosen chip, empty without chips."""
        return self.chips.choice() if self.chips else ""

    def choose(self, key: str) -> None:
        """Choose a chip."""
        if self.chips:
            self.chips.choose(key)

    def show_everything(self) -> None:
        """Take every filter away."""
        self.find_field.clear()
        if self.chips:
            self.chips.choose(next(iter(self._everything)))

    def empty_text(self) -> str:
        """Return what the empty table says."""
        return self._empty.text()

    def focus_first(self) -> None:
        """Give the focus to the table, its current or first row selected: the keys then have something to act on."""
        self.view.focus_first()
        index = self.view.currentIndex()
        if index.isValid() and not self.view.selectionModel().hasSelection():
            self._select(index.row())

    def show_key(self, key: object) -> bool:
        """Select a row and scroll to it, taking the filter away if it hides it; False when there is no such row."""
        self._rows.flush()
        if self._rows.get(key) is None:
            return False
        if self._rows.row_of(key) is None:
            self.show_everything()
            self._rows.finish_arranging()
        row = self._rows.row_of(key)
        if row is None:
            return False
        self._select(row)
        return True

    def cell(self, row: int | None, column_key: str) -> QModelIndex:
        """Return the cell of a column by its key; invalid for no row."""
        if row is None:
            return QModelIndex()
        keys = [column.key for column in self._rows.columns]
        return self._rows.index(row, keys.index(column_key))

    def _select(self, row: int) -> None:
        """Select one row alone and scroll to it; Qt's own selectRow would toggle it while a Ctrl key is down."""
        index = self._rows.index(row, self.view.columns.shown()[0])
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)

    def _make_chips(self, chips: Sequence[Chip]) -> FilterChips | None:
        if not chips:
            return None
        made = FilterChips(
            [(chip.key, chip.word) for chip in chips], f"Which {self._texts.subject}", self._screen.theme, self
        )
        for chip in chips:
            if chip.urgent:
                made.mark_urgent(chip.key)
            if chip.fleeting:
                made.mark_fleeting(chip.key)
        return made

    def apply_filter(self) -> None:
        """Filter anew; for subclasses whose own choices changed."""
        self.narrow(self.choice(), self.find_field.text())
        if self.is_narrowed():
            self._empty.say(f"None of the {self._texts.subject} match this filter.", filtered=True)
        else:
            self._empty.say(self._nothing_yet)

    def say_nothing_yet(self, text: str) -> None:
        """Say another sentence while there are no rows at all."""
        self._nothing_yet = text
        self.apply_filter()

    def _chip_chosen(self, key: str) -> None:
        self.apply_filter()
        self._save_soon()
        self.chip_chosen.emit(key)

    def _show_counts(self) -> None:
        if self.chips:
            self.chips.set_counts(self.chip_counts())

    def _count_soon(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    def _save_soon(self) -> None:
        self._saving.start()

    def _save(self) -> None:
        kept = self._screen.settings.get(self._texts.section)
        columns = self.view.save_columns()
        self._screen.settings.put(self._texts.section, {**kept, "columns": columns, "chip": self.choice()})

    def _restore(self) -> None:
        kept = self._screen.settings.get(self._texts.section)
        columns = text_of(kept, "columns", "")
        if not (columns and self.view.restore_columns(columns)):
            self.view.restore_columns(self._first_columns())
        self.choose(text_of(kept, "chip", self._texts.first_chip))

    def _first_columns(self) -> str:
        """Return the arrangement before the trader's own, in the form in which one is kept."""
        shown = dict(self._texts.columns) or {column.key: float(column.width) for column in self._rows.columns}
        hidden = [column for column in self._rows.columns if column.key not in shown]
        columns = [{"key": key, "width": width, "shown": True} for key, width in shown.items()]
        columns += [{"key": column.key, "width": float(column.width), "shown": False} for column in hidden]
        return json.dumps({"columns": columns, "sort": self._first_sort()})

    def _first_sort(self) -> dict[str, object]:
        return {"key": self._texts.sort, "descending": self._texts.descending}

    def _open_columns(self) -> None:
        """Open the heading's own menu of columns, for those who do not think of the right button."""
        header = self.view.horizontalHeader()
        header.customContextMenuRequested.emit(QPoint(header.width() - 1, header.height()))

    def _connect(self) -> None:
        if self.chips:
            self.chips.chosen.connect(self._chip_chosen)
        self.find_field.textChanged.connect(self.apply_filter)
        self.find_field.left.connect(self.focus_first)
        self.find_field.expected.connect(self._rows.prepare_search)
        self._empty.clear_requested.connect(self.show_everything)
        self._rows.counts_changed.connect(self._count_soon)
        self.view.columns_changed.connect(self._save_soon)
        self._saving.timeout.connect(self._save)
        self._counting.timeout.connect(self._show_counts)

    def _lay_out(self, extras: Sequence[QWidget]) -> None:
        if self.chips:
            self.bar.add(self.chips)
        self.bar.add(*extras)
        columns = QToolButton(self.bar)
        columns.setText("columns")
        columns.setToolTip("Show or hide columns. Drag a heading to move it, its edge to size it.")
        columns.setProperty("kind", "quiet")
        columns.clicked.connect(self._open_columns)
        self.bar.add(self.find_field, columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self.bar)
        layout.addWidget(self.view, 1)
