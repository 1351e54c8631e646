"""Sorting and filtering of a table in slices.

The old order stays on screen until the new one is complete; what changed meanwhile is looked at again at the end. One
arrangement runs at a time, and a newer wish replaces it where it stands.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, Generic, cast

from PySide6.QtCore import QObject, Qt, Signal

from workstation.item_models.columns import Column, first_key, unknown_key
from workstation.item_models.row_order import Keys, RowOrder, sorted_in_steps
from workstation.item_models.row_store import STEP, K, R, RowFilter
from workstation.item_models.row_table import RowTable
from workstation.item_models.sliced_work import SlicedWork

_AT_ONCE = 512
"""Rows up to which a sort or filter is complete when the call returns."""


@dataclass(slots=True)
class _Job(Generic[R]):
    """A sort, a filter or both on their way; `touched` are the slots that changed meanwhile."""

    column: int
    descending: bool
    wanted: RowFilter[R]
    ordered: list[int] | None = None
    keys: Keys | None = None
    verdicts: bytearray | None = None
    moves: bytes | None = None
    touched: set[int] = field(default_factory=set)


class ArrangedRows(RowTable[K, R]):
    """Rows that can be sorted by a column and filtered."""

    shown_changed = Signal(int)
    """So many rows pass the filter now."""
    arranged = Signal()
    """The sort or filter that was asked for is complete."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        groups: int,
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None,
    ) -> None:
        super().__init__(columns, groups=groups, parent=parent)
        self._work = SlicedWork(monotonic_s, self)
        self._busy = False
        self._sorted_by = -1
        self._wanted_sort = (-1, False)
        self._wanted_filter: RowFilter[R] = RowFilter()
        self._job: _Job[R] | None = None
        self._rows_told = 0
        self._search_expected = False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's typed keys; -1 is the order in which the rows came. Large tables are sorted in slices."""
        self._wanted_sort = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()

    @property
    def sorting(self) -> tuple[int, bool]:
        """The column asked for (-1: as they came) and whether it descends."""
        return self._wanted_sort

    def set_filter(
        self,
        *,
        text: str = "",
        groups: frozenset[int] | None = None,
        accepts: Callable[[R], bool] | None = None,
    ) -> None:
        """Show only the rows of `groups` that hold every word of `text` and that `accepts`; large tables in slices."""
        self._wanted_filter = RowFilter(tuple(text.casefold().split()), groups, accepts)
        self._arrange()

    def finish_arranging(self) -> None:
        """Complete a sort or filter now, at the price of a longer step."""
        self._work.finish()

    @property
    def is_arranging(self) -> bool:
        """Whether a sort or filter is under way."""
        return self._job is not None

    def _settle(self) -> None:
        """Bring every row of the view to its place before an arrangement begins or ends."""
        raise NotImplementedError

    def prepare_search(self, expected: bool) -> None:
        """Make the words of all rows while nothing else is to do, because somebody is about to search; or drop them."""
        self._search_expected = expected
        if not expected:
            if not (self._wanted_filter.words or self.store.filter.words):
                self.store.haystacks = None
        elif self.store.haystacks is None and self._job is None:
            self._arrange()

    def _drop_haystacks(self) -> None:
        if not self._search_expected:
            self.store.haystacks = None

    def _arrange(self, *, afresh: bool = False) -> None:
        self._job = _Job(*self._wanted_sort, self._wanted_filter)
        self._work.start(self._arranging(self._job, afresh), at_once=not self._busy)
        if not self._busy and len(self.store.records) <= _AT_ONCE:
            self._work.finish()  # few rows need no slices, however slow the machine is at the moment

    def _arranging(self, job: _Job[R], afresh: bool) -> Iterator[None]:
        self._settle()
        if afresh or (job.column, job.descending) != (self._sorted_by, self._descending):
            yield from self._sorting(job)
        if (job.wanted.words or self._search_expected) and self.store.haystacks is None:
            yield from self._wording(job)
        if not job.wanted.is_open:
            yield from self._filtering(job, afresh)
        yield from self._comparing(job)
        self._settle()
        self._busy = True
        try:
            self._finish(job)
        finally:
            self._busy = False
        self._tell_rows()
        self.arranged.emit()

    def _sorting(self, job: _Job[R]) -> Iterator[None]:
        records, slots = self.store.records, self.store.alive()
        if job.column < 0:
            job.ordered = slots
            return
        keys: Keys = []
        while len(keys) < len(records):
            keys += self._keys_of(range(len(keys), min(len(keys) + STEP, len(records))), job.column, job.descending)
            yield
        for found in sorted_in_steps(slots, keys):
            job.ordered = found
            yield
        job.keys = keys

    def _keys_of(self, slots: Iterable[int], column_number: int, descending: bool) -> Keys:
        column, records = self.columns[column_number], self.store.records
        unknown = unknown_key(column.sorts, descending=descending)
        found = [records[slot] for slot in slots]
        keys: Keys
        if self.store.dead:
            keys = [unknown if record is None else column.sort_key(record) for record in found]
        else:
            keys = column.keys_of(cast("list[R]", found))
        if None in keys:
            keys = [unknown if key is None else key for key in keys]
        if self.pins:
            first = first_key(column.sorts, descending=descending)
            for place, slot in enumerate(slots):
                if (record := records[slot]) is not None and self.is_pinned(record):
                    keys[place] = first
        return keys

    def _wording(self, job: _Job[R]) -> Iterator[None]:
        """Make the words of all rows."""
        yield from self.store.build_haystacks()
        for slot in job.touched:
            self.store.refresh_haystack(slot)

    def _filtering(self, job: _Job[R], afresh: bool) -> Iterator[None]:
        store = self.store
        if job.wanted == store.filter and not afresh:
            job.verdicts = store.shown
            return
        narrowing = not afresh and store.shown is not None and job.wanted.narrows(store.filter)
        job.verdicts = bytearray()
        yield from store.verdicts(job.wanted, store.shown if narrowing else None, job.verdicts)

    def _comparing(self, job: _Job[R]) -> Iterator[None]:
        """Note for every row, in the new order, whether it stays, leaves or arrives; void if a record changes."""
        before, shown = self.store.shown, job.verdicts
        if job.wanted.is_open and before is None:
            return
        moves = _moves(before, shown, len(self.store.records))
        slots = self._all.slots if job.ordered is None else job.ordered
        if (self._all.keys if job.ordered is None else job.keys) is None and len(slots) == len(moves):
            job.moves = moves  # as they came: the order of the slots
            return
        along = bytearray()
        while len(along) < len(slots) and not job.touched:
            along += bytes([moves[slot] for slot in slots[len(along) : len(along) + STEP]])
            yield
        job.moves = bytes(along)

    def _finish(self, job: _Job[R]) -> None:
        """Bring the complete arrangement to the view, with what changed while it was made."""
        store, before = self.store, self.store.shown
        self._job = None
        touched = sorted(slot for slot in job.touched if store.records[slot] is not None)
        everything = self._everything(job, touched)
        store.filter = job.wanted
        store.shown = job.verdicts
        if not job.wanted.words:
            self._drop_haystacks()
        if store.shown is not None:
            store.shown += bytes(len(store.records) - len(store.shown))
            for slot in touched:
                store.shown[slot] = store.passes(slot)
        self._bring_to_view(job, everything, before)

    def _everything(self, job: _Job[R], touched: list[int]) -> RowOrder:
        if job.ordered is None:
            return self._all
        if job.keys is not None:
            job.keys += [None] * (len(self.store.records) - len(job.keys))
            for slot, key in zip(touched, self._keys_of(touched, job.column, job.descending), strict=True):
                job.keys[slot] = key
        if touched:
            moved = set(touched)
            job.ordered = [slot for slot in job.ordered if slot not in moved]
        order = RowOrder(job.ordered, job.keys, len(self.store.records))
        order.add(touched)
        return order

    def _bring_to_view(self, job: _Job[R], everything: RowOrder, before: bytearray | None) -> None:
        shown, slots = self.store.shown, everything.slots
        order, staying, leaving, arriving = everything, everything, list[int](), list[int]()
        if shown is not None or before is not None:
            moves = job.moves
            if moves is None or job.touched:
                changes = _moves(before, shown, len(self.store.records))
                moves = bytes([changes[slot] for slot in slots])
            leaving, arriving = _picked(slots, moves, _LEAVES), _picked(slots, moves, _ARRIVES)
            if shown is not None:
                order = staying = RowOrder(_picked(slots, moves, _SHOWN), everything.keys, len(shown))
            if arriving and leaving:
                staying = RowOrder(_picked(slots, moves, _STAYS), everything.keys, len(moves))

        def take(order: RowOrder, tail: list[int]) -> None:
            self._all, self._order, self._tail = everything, order, tail
            self._sorted_by, self._descending = job.column, job.descending

        if leaving:
            self._reorder(lambda: take(staying, leaving))
            self._remove_last(len(leaving))
        if arriving:
            self._append_tail(arriving)
            self._reorder(lambda: take(order, []))
        elif job.ordered is not None and not leaving:
            self._reorder(lambda: take(order, []))
        else:
            take(order, [])

    def _key(self, slot: int) -> Any:
        column, record = self.columns[self._sorted_by], self.store.record(slot)
        if self.pins and self.is_pinned(record):
            return first_key(column.sorts, descending=self._descending)
        key = column.sort_key(record)
        return unknown_key(column.sorts, descending=self._descending) if key is None else key

    def _tell_rows(self) -> None:
        if self._rows_told != (rows := self.rowCount()):
            self._rows_told = rows
            self.shown_changed.emit(rows)


def _moves(before: bytes | bytearray | None, after: bytes | bytearray | None, slots: int) -> bytes:
    """Return by slot 2 if it was on view, plus 1 if it is now; without verdicts every row is on view.

    The sum of two verdicts is made for all rows at once, as that of two very long numbers.
    """
    every = b"\1" * slots
    was, now = (int.from_bytes(every if flags is None else flags, "big") for flags in (before, after))
    return (was * 2 + now).to_bytes(slots, "big")


def _picked(slots: list[int], moves: bytes, wanted: bytes) -> list[int]:
    """Return the slots whose move is one of `wanted`, in their order."""
    return list(compress(slots, moves.translate(wanted)))


_SHOWN, _LEAVES, _ARRIVES, _STAYS = (
    bytes(code in codes for code in range(256)) for codes in ((1, 3), (2,), (1,), (3,))
)
