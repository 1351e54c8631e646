"""The Qt face of a table of rows: what Qt asks, and the three ways in which rows come, go and change places.

The view's rows are a sorted order of slots (read backwards when it descends) and behind it the tail: rows on their way
in or out. Insertions and removals that are scattered over the table pass through the tail, so that each is one
contiguous announcement to Qt and one change of layout, however many rows it concerns.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from workstation.item_models.columns import PLAIN, Align, Column, Dress, RowLook
from workstation.item_models.number_text import MINUS, UNKNOWN
from workstation.item_models.row_order import RowOrder
from workstation.item_models.row_store import RowStore

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_LAYOUT_CHANGE = "QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"
_ROWS_ONLY = QAbstractItemModel.LayoutChangeHint.VerticalSortHint  # the header of the columns need not be painted anew
_FEW = 8
_LOOKS_KEPT = 512
_ALIGNMENT = {
    Align.TEXT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.NUMBER: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.MARK: Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
RECORD_ROLE = int(_Role.UserRole)
"""The row's record itself."""
SORT_ROLE = RECORD_ROLE + 1
"""The typed key by which the cell's column sorts."""


class RowTable(QAbstractTableModel, Generic[K, R]):
    """Rows over records of type R known by keys of type K. Subclasses say what a record looks like."""

    look_changed = Signal(int, object, object)
    """A row on screen looks different: row, RowLook before, RowLook after."""

    pins = False
    """Whether any row may be pinned."""

    def __init__(self, columns: Sequence[Column[R]], *, groups: int, parent: QObject | None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.store: RowStore[K, R] = RowStore(self.key_of, self.group_of, self.haystack_of, groups)
        self._all = self._order = RowOrder([], None)
        self._descending = False
        self._tail: list[int] = []
        self._looks: dict[int, RowLook] = {}
        self._watched: tuple[int, int] | None = None
        self._on_screen: dict[int, int] | None = None

    # What a subclass says about its records.

    def key_of(self, record: R) -> K:
        """Return what the record is known by."""
        raise NotImplementedError

    def group_of(self, record: R) -> int:
        """Return the number of the record's group, below the number of groups."""
        return 0

    def haystack_of(self, record: R) -> str:
        """Return the words by which the row is found, in small letters."""
        return "\n".join(column.text(record) for column in self.columns).casefold()

    def dress(self, record: R) -> Dress:
        """Return the row's colours."""
        return PLAIN

    def is_pinned(self, record: R) -> bool:
        """Say whether the row stays on top, however the table is sorted; asked only if :attr:`pins`."""
        return False

    # Questions of the view.

    def record_at(self, row: int) -> R:
        """Return the record in a row of the view."""
        return self.store.record(self._slot_at(row))

    def row_of(self, key: K) -> int | None:
        """Return the row in which a record is shown, None if it is not."""
        slot = self.store.slot_of.get(key)
        if slot is None or not self._is_on_view(slot):
            return None
        try:
            return self._row(slot)
        except (KeyError, ValueError):  # asked from within a change: it is about to come
            return None

    def get(self, key: K) -> R | None:
        """Return a record by its key, shown or not."""
        slot = self.store.slot_of.get(key)
        return None if slot is None else self.store.record(slot)

    def look(self, row: int) -> RowLook:
        """Return what to paint in a row; made once and kept until the row changes."""
        slot = self._slot_at(row)
        return self._looks.get(slot) or self._make_look(slot)

    def watch(self, first: int, last: int) -> None:
        """Say which rows are on screen: only these are announced. Without it all are."""
        if self._watched != (first, last):
            self._watched = (first, last)
            self._on_screen = None

    def unwatch(self) -> None:
        """Announce every row again."""
        self._watched = self._on_screen = None

    # Qt's own questions.

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._order.slots) + len(self._tail)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of columns, hidden ones included."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        editable = self.columns[index.column()].editable
        if editable is not None and editable(self.record_at(index.row())):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, alignment, exact value, spoken text, record or sort key."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            text = self.look(index.row()).texts[index.column()]
            return text if role == _Role.DisplayRole else spoken(text)
        if role == _Role.TextAlignmentRole:
            return _ALIGNMENT[column.align]
        if role == _Role.ToolTipRole:
            return self._tooltip(column, index)
        if role == RECORD_ROLE:
            return self.record_at(index.row())
        if role == SORT_ROLE:
            return column.sort_key(self.record_at(index.row()))
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title, explanation and alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return column.title
        if role in (_Role.ToolTipRole, _Role.AccessibleDescriptionRole):
            return column.tooltip
        return _ALIGNMENT[column.align] if role == _Role.TextAlignmentRole else None

    # Rows, slots and places.

    def _slot_at(self, row: int) -> int:
        slots = self._order.slots
        if row >= len(slots):
            return self._tail[row - len(slots)]
        return slots[len(slots) - 1 - row] if self._descending else slots[row]

    def _row(self, slot: int) -> int:
        if self._tail and not self._order.contains(slot):
            return len(self._order.slots) + self._tail.index(slot)
        place = self._order.position(slot)
        return len(self._order.slots) - 1 - place if self._descending else place

    def _is_on_view(self, slot: int) -> bool:
        return self.store.shown is None or bool(self.store.shown[slot])

    def _insert(self, newcomers: list[int]) -> None:
        """Show slots that are not on view, each where it belongs."""
        order = self._order
        arranged = order.arranged(newcomers)
        if order.is_behind(arranged[0]) and not self._tail:
            first = 0 if self._descending else len(order.slots)
            self.beginInsertRows(_ROOT, first, first + len(arranged) - 1)
            order.add(arranged)
            self._on_screen = None
            self.endInsertRows()
        elif len(arranged) <= _FEW:
            for slot in arranged:
                place = order.place_for(slot)
                row = len(order.slots) - place if self._descending else place
                self.beginInsertRows(_ROOT, row, row)
                order.add([slot])
                self._on_screen = None
                self.endInsertRows()
        else:
            self._append_tail(arranged)
            self._reorder(self._take_in_tail)

    def _append_tail(self, newcomers: list[int]) -> None:
        """Show slots below the last row."""
        count = self.rowCount()
        self.beginInsertRows(_ROOT, count, count + len(newcomers) - 1)
        self._tail = self._tail + newcomers
        self._on_screen = None
        self.endInsertRows()

    def _take_in_tail(self) -> None:
        self._order.add(self._tail)
        self._tail = []

    def _retire(self, leavers: list[int]) -> None:
        """Take slots off the view; the order of the rest stays."""
        if len(leavers) > _FEW:
            self._retire_through_tail(leavers)
            return
        for slot in leavers:
            row = self._row(slot)
            self.beginRemoveRows(_ROOT, row, row)
            if slot in self._tail:
                self._tail = [other for other in self._tail if other != slot]
            else:
                del self._order.slots[self._order.position(slot)]
            self._on_screen = None
            self.endRemoveRows()

    def _retire_through_tail(self, leavers: list[int]) -> None:
        gone, waiting = set(leavers), set(self._tail)

        def move_behind() -> None:
            self._order.drop([slot for slot in leavers if slot not in waiting])
            self._tail = [slot for slot in self._tail if slot not in gone] + leavers

        self._reorder(move_behind)
        self._remove_last(len(leavers))

    def _remove_last(self, count: int) -> None:
        """Take the last `count` rows, all of them in the tail, off the view."""
        rows = self.rowCount()
        self.beginRemoveRows(_ROOT, rows - count, rows - 1)
        del self._tail[len(self._tail) - count :]
        self._on_screen = None
        self.endRemoveRows()

    def _reorder(self, change: Callable[[], None]) -> None:
        """Let `change` move rows to other places, and tell the view where each went."""
        self.layoutAboutToBeChanged[_LAYOUT_CHANGE].emit([], _ROWS_ONLY)  # type: ignore[index]
        kept = self.persistentIndexList()
        slots = [self._slot_at(index.row()) for index in kept]
        change()
        self._on_screen = None
        if kept:
            row_of = {slot: self._row(slot) for slot in set(slots)}
            moved = [self.index(row_of[slot], index.column()) for slot, index in zip(slots, kept, strict=True)]
            self.changePersistentIndexList(kept, moved)
        self.layoutChanged[_LAYOUT_CHANGE].emit([], _ROWS_ONLY)  # type: ignore[index]

    # Looks.

    def _make_look(self, slot: int) -> RowLook:
        if len(self._looks) > _LOOKS_KEPT:
            self._looks.clear()
        record = self.store.record(slot)
        look = RowLook(tuple([column.text(record) for column in self.columns]), self.dress(record))
        self._looks[slot] = look
        return look

    def _slots_on_screen(self) -> dict[int, int]:
        if self._on_screen is None:
            first, last = self._watched or (0, self.rowCount() - 1)
            last = min(last, self.rowCount() - 1)
            self._on_screen = {self._slot_at(row): row for row in range(first, last + 1)}
        return self._on_screen

    def _announce(self, slots: Sequence[int]) -> None:
        """Tell the view which cells of these slots look different now; rows off screen only lose their look."""
        if self._watched is None:
            rows = {slot: self._row(slot) for slot in slots if self._is_on_view(slot)}
        else:
            rows = self._slots_on_screen()
        looks = self._looks
        for slot in slots:
            before = looks.pop(slot, None)
            row = rows.get(slot)
            if row is not None:
                self._announce_row(row, before, self._make_look(slot))

    def _announce_row(self, row: int, before: RowLook | None, after: RowLook) -> None:
        first, last = 0, len(self.columns) - 1
        if before is not None and before.dress == after.dress:
            if before.texts == after.texts:
                return
            while before.texts[first] == after.texts[first]:
                first += 1
            while before.texts[last] == after.texts[last]:
                last -= 1
        if before is not None:
            self.look_changed.emit(row, before, after)
        self.dataChanged.emit(self.index(row, first), self.index(row, last))

    def _tooltip(self, column: Column[R], index: Index) -> str | None:
        exact = column.exact(self.record_at(index.row())) if column.exact else ""
        return exact or self.look(index.row()).texts[index.column()] or None


def spoken(text: str) -> str:
    """Return a cell's text as a screen reader should say it."""
    return "unknown" if text == UNKNOWN else text.replace(MINUS, "minus ")
