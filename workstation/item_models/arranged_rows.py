"""Sorting and filtering of a table in slices.

The old order stays on screen until the new one is complete; what changed meanwhile is looked at again at the end. One
arrangement runs at a time, and a newer wish replaces it where it stands.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, Generic

from PySide6.QtCore import QObject, Qt, Signal

from workstation.item_models.columns import Column, first_key, unknown_key
from workstation.item_models.row_order import Keys, RowOrder, sorted_in_steps
from workstation.item_models.row_store import STEP, K, R, RowFilter
from workstation.item_models.row_table import RowTable
from workstation.item_models.sliced_work import SlicedWork


@dataclass(slots=True)
class _Job(Generic[R]):
    """A sort, a filter or both on their way; `touched` are the slots that changed meanwhile."""

    column: int
    descending: bool
    wanted: RowFilter[R]
    ordered: list[int] | None = None
    keys: Keys | None = None
    verdicts: bytearray | None = None
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

    def _arrange(self, *, afresh: bool = False) -> None:
        self._job = _Job(*self._wanted_sort, self._wanted_filter)
        self._work.start(self._arranging(self._job, afresh), at_once=not self._busy)

    def _arranging(self, job: _Job[R], afresh: bool) -> Iterator[None]:
        self._settle()
        if afresh or (job.column, job.descending) != (self._sorted_by, self._descending):
            yield from self._sorting(job)
        if not job.wanted.is_open:
            yield from self._filtering(job, afresh)
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
        unknown, sort_key = unknown_key(column.sorts, descending=descending), column.sort_key
        keys = [
            unknown if (record := records[slot]) is None or (key := sort_key(record)) is None else key for slot in slots
        ]
        if self.pins:
            first = first_key(column.sorts, descending=descending)
            for place, slot in enumerate(slots):
                if (record := records[slot]) is not None and self.is_pinned(record):
                    keys[place] = first
        return keys

    def _filtering(self, job: _Job[R], afresh: bool) -> Iterator[None]:
        store = self.store
        if job.wanted == store.filter and not afresh:
            job.verdicts = store.shown
            return
        if job.wanted.words and store.haystacks is None:
            yield from store.build_haystacks()
            for slot in job.touched:
                store.refresh_haystack(slot)
        narrowing = not afresh and store.shown is not None and job.wanted.narrows(store.filter)
        job.verdicts = bytearray()
        yield from store.verdicts(job.wanted, store.shown if narrowing else None, job.verdicts)

    def _finish(self, job: _Job[R]) -> None:
        """Bring the complete arrangement to the view, with what changed while it was made."""
        store, before = self.store, self.store.shown
        self._job = None
        touched = sorted(slot for slot in job.touched if store.records[slot] is not None)
        everything = self._everything(job, touched)
        store.filter = job.wanted
        store.shown = job.verdicts
        if not job.wanted.words:
            store.haystacks = None
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
        order = RowOrder(job.ordered, job.keys)
        order.add(touched)
        return order

    def _bring_to_view(self, job: _Job[R], everything: RowOrder, before: bytearray | None) -> None:
        shown, old = self.store.shown, self._order.slots
        order, leaving, arriving = everything, list[int](), list[int]()
        if shown is not None:
            kept, others = _parted(everything.slots, shown)
            order = RowOrder(kept, everything.keys)
            leaving = others if everything.slots is old else _parted(old, shown)[1]
        if before is not None:
            arriving = _parted(order.slots, before)[1]
        resorted = job.ordered is not None

        def take(order: RowOrder, tail: list[int]) -> None:
            self._all, self._order, self._tail = everything, order, tail
            self._sorted_by, self._descending = job.column, job.descending

        if leaving:
            staying = (
                RowOrder(_parted(order.slots, before)[0], order.keys) if arriving and before is not None else order
            )
            self._reorder(lambda: take(staying, leaving))
            self._remove_last(len(leaving))
        if arriving:
            self._append_tail(arriving)
            self._reorder(lambda: take(order, []))
        elif resorted and not leaving:
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


def _parted(slots: list[int], verdicts: bytearray) -> tuple[list[int], list[int]]:
    """Return the slots that got a 1 and those that got a 0, both in their order."""
    flags = bytes(map(verdicts.__getitem__, slots))
    return list(compress(slots, flags)), list(compress(slots, flags.translate(_FLIP)))


_FLIP = bytes((1, *([0] * 255)))
