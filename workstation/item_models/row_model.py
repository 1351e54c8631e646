"""The model under every table: it owns its rows' order and filter, and tells the view exactly what changed.

Rules, each paid for by a measurement or by a law of the screen:

- No QSortFilterProxyModel: it asks Python twice per comparison, a hundred times slower than a list's own sort.
- No reset after the start: selection, scroll and an open editor survive every change.
- Changes come in batches and reach the view once per frame (:mod:`workstation.item_models.frame_clock`); only rows on
  screen whose text or colour changed are announced (:meth:`RowTable.watch`).
- Sorting and filtering a large table goes in slices between which the screen answers; the old order stays until the
  new one is complete.
- Rows do not move under the pointer: while the model is held (:meth:`RowModel.hold`) values change in place, newcomers
  wait below the last row, and everything takes its place when it is let go.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, Generic

from PySide6.QtCore import QObject, Qt, Signal

from workstation.item_models.columns import Column, first_key, unknown_key
from workstation.item_models.frame_clock import MOST_ITEMS, FrameClock
from workstation.item_models.row_order import Keys, RowOrder, sorted_in_steps
from workstation.item_models.row_store import STEP, K, R, RowFilter
from workstation.item_models.row_table import RowTable
from workstation.item_models.sliced_work import SlicedWork

_FEW_MOVES = 64
_COMPACT_FROM = 1_024


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


class RowModel(RowTable[K, R]):
    """A live table: batches in, one sorted and filtered view out."""

    counts_changed = Signal()
    """The number of records in some group changed (:attr:`counts`)."""
    shown_changed = Signal(int)
    """So many rows pass the filter now."""
    held_changed = Signal(int)
    """So many rows wait for the pointer to leave before they take their place."""
    arranged = Signal()
    """The sort or filter that was asked for is complete."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        groups: int = 1,
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, groups=groups, parent=parent)
        self.frame_clock = FrameClock(self._frame, monotonic_s, self)
        self._work = SlicedWork(monotonic_s, self)
        self._pending: deque[R] = deque()
        self._busy = False
        self._sorted_by = -1
        self._wanted_sort = (-1, False)
        self._wanted_filter: RowFilter[R] = RowFilter()
        self._job: _Job[R] | None = None
        self._held = False
        self._displaced: set[int] = set()
        self._leavers: set[int] = set()
        self._rows_told = 0

    # Changes from outside.

    def put_many(self, items: Iterable[R]) -> None:
        """Show new and changed records, in the order given; of one key the last counts."""
        self._pending.extend(items)
        if self._pending:
            self.frame_clock.request()

    def flush(self) -> None:
        """Show everything that waits, now."""
        while self._frame() and not self._busy:
            pass

    @property
    def has_waiting(self) -> bool:
        """Whether changes wait for the next frame."""
        return bool(self._pending)

    def remove(self, keys: Iterable[K]) -> None:
        """Take rows out, at once."""
        self.flush()
        keys = [key for key in dict.fromkeys(keys) if key in self.store.slot_of]
        if not keys:
            return
        slots = [self.store.slot_of[key] for key in keys]
        if self._all is not self._order:
            self._all.drop(slots)
        self._retire([slot for slot in slots if self._is_on_view(slot)])
        self.store.remove(keys)
        self._displaced.difference_update(slots)
        self._leavers.difference_update(slots)
        for slot in slots:
            self._looks.pop(slot, None)
        self.counts_changed.emit()
        self._tell_rows()
        if self._job is not None:
            self._arrange()
        elif self.store.dead > max(len(self.store) // 2, _COMPACT_FROM):
            self._compact()

    def refresh_texts(self) -> None:
        """Write all rows anew: what texts depend on besides the record (aliases, instruments, zone) changed."""
        self._looks.clear()
        self.store.haystacks = None
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))
        if self._sorted_by >= 0 or not self._wanted_filter.is_open:
            self._arrange(afresh=True)

    def refresh_ages(self) -> None:
        """Write the cells on screen anew whose text changes with time alone."""
        if any(column.live for column in self.columns) and not self._busy:
            self._announce(list(self._slots_on_screen()))

    # Order and filter.

    @property
    def counts(self) -> Sequence[int]:
        """How many records each group has, shown or not."""
        return self.store.counts

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

    def hold(self, held: bool) -> None:
        """Keep rows where they are (the pointer is over them), or let them take their places again."""
        self._held = held
        if not held and not self._busy:
            self._settle()

    # One frame.

    def _frame(self) -> bool:
        """Show what waits, a limited number; return whether more waits."""
        if self._busy or not self._pending:
            return bool(self._pending)
        pending = self._pending
        items = [pending.popleft() for _ in range(min(len(pending), MOST_ITEMS))]
        counts = list(self.store.counts)
        self._busy = True
        try:
            self._take(items)
        finally:
            self._busy = False
        if counts != self.store.counts:
            self.counts_changed.emit()
        self._tell_rows()
        return bool(pending)

    def _take(self, items: list[R]) -> None:
        fresh, changed = self.store.put(items)
        if self._job is not None:
            self._job.touched.update(fresh, changed)
        if fresh:
            self._arrive(fresh)
        if changed:
            self._change(changed)

    def _arrive(self, fresh: list[int]) -> None:
        if self._all.keys is not None:
            self._all.keys.extend(map(self._key, fresh))
        shown = self.store.shown
        visible = fresh if shown is None else [slot for slot in fresh if shown[slot]]
        if self._all is not self._order:
            self._all.add(fresh)
        self._show(visible)

    def _show(self, slots: list[int]) -> None:
        if slots and self._held:
            self._append_tail(slots)
            self._tell_held()
        elif slots:
            self._insert(slots)

    def _change(self, changed: list[int]) -> None:
        arriving, leaving = self._judge_again(changed) if self.store.shown is not None else ([], [])
        if leaving:
            self._retire(leaving)
        keys = self._all.keys
        if keys is not None:
            moved = [(slot, key) for slot in changed if (key := self._key(slot)) != keys[slot]]
            if moved:
                self._move(moved, set(arriving))
        self._show(arriving)
        self._announce(changed)

    def _judge_again(self, changed: list[int]) -> tuple[list[int], list[int]]:
        """Return which of the changed slots come on view and which leave it now; while held none leaves."""
        shown, passes = self.store.shown, self.store.passes
        assert shown is not None
        arriving, leaving = [], []
        for slot in changed:
            if passes(slot):
                self._leavers.discard(slot)
                if not shown[slot]:
                    shown[slot] = 1
                    arriving.append(slot)
            elif shown[slot] and self._held:
                self._leavers.add(slot)
            elif shown[slot]:
                shown[slot] = 0
                leaving.append(slot)
        return arriving, leaving

    def _key(self, slot: int) -> Any:
        column, record = self.columns[self._sorted_by], self.store.record(slot)
        if self.pins and self.is_pinned(record):
            return first_key(column.sorts, descending=self._descending)
        key = column.sort_key(record)
        return unknown_key(column.sorts, descending=self._descending) if key is None else key

    def _move(self, moved: list[tuple[int, Any]], arriving: set[int]) -> None:
        """Put slots whose key changed in their new place; those on view wait while the model is held."""
        view = [pair for pair in moved if self._is_on_view(pair[0]) and pair[0] not in arriving]
        if len(view) < len(moved):
            seen = {slot for slot, _ in view}
            self._place_anew([pair for pair in moved if pair[0] not in seen], [self._all])
        if self._held:
            self._displaced.update(slot for slot, _ in view)
            self._tell_held()
            return
        if len(view) <= _FEW_MOVES:
            view = [(slot, key) for slot, key in view if not self._stays(slot, key)]
        if view:
            orders = [self._all] if self._all is self._order else [self._all, self._order]
            self._reorder(lambda: self._place_anew(view, orders))

    def _stays(self, slot: int, key: Any) -> bool:
        """Give `slot` its new key if that leaves it where it is."""
        slots, keys = self._all.slots, self._all.keys
        assert keys is not None
        place = self._all.position(slot)
        if place and (keys[slots[place - 1]], slots[place - 1]) > (key, slot):
            return False
        if place + 1 < len(slots) and (keys[slots[place + 1]], slots[place + 1]) < (key, slot):
            return False
        keys[slot] = key
        return True

    def _place_anew(self, moved: Sequence[tuple[int, Any]], orders: Sequence[RowOrder]) -> None:
        slots = [slot for slot, _ in moved]
        keys = self._all.keys
        assert keys is not None
        for order in orders:
            order.drop(slots)
        for slot, key in moved:
            keys[slot] = key
        for order in orders:
            order.add(slots)

    def _settle(self) -> None:
        """Let everything that waited for the pointer take its place."""
        leavers, self._leavers = sorted(self._leavers), set()
        shown = self.store.shown
        if leavers and shown is not None:
            for slot in leavers:
                shown[slot] = 0
            self._retire(leavers)
        displaced, self._displaced = self._displaced, set()
        away = [slot for slot in displaced if not self._is_on_view(slot)]
        if away:
            self._place_anew([(slot, self._key(slot)) for slot in away], [self._all])
        displaced.difference_update(away)
        if displaced or self._tail:
            self._reorder(lambda: self._settle_places(displaced))
        self._tell_held()
        self._tell_rows()

    def _settle_places(self, displaced: set[int]) -> None:
        tail, self._tail = self._tail, []
        stayed = displaced.difference(tail)
        self._order.drop(stayed)
        if self._all is not self._order:
            self._all.drop(displaced)
        keys = self._all.keys
        if keys is not None:
            for slot in displaced:
                keys[slot] = self._key(slot)
        self._order.add([*stayed, *tail])
        if self._all is not self._order:
            self._all.add(displaced)

    # Sorting and filtering, in slices.

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
            keys += self._keys_of(job, range(len(keys), min(len(keys) + STEP, len(records))))
            yield
        for found in sorted_in_steps(slots, keys):
            job.ordered = found
            yield
        job.keys = keys

    def _keys_of(self, job: _Job[R], slots: Iterable[int]) -> Keys:
        column, records = self.columns[job.column], self.store.records
        unknown, sort_key = unknown_key(column.sorts, descending=job.descending), column.sort_key
        keys = [
            unknown if (record := records[slot]) is None or (key := sort_key(record)) is None else key for slot in slots
        ]
        if self.pins:
            first = first_key(column.sorts, descending=job.descending)
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
            for slot, key in zip(touched, self._keys_of(job, touched), strict=True):
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

    def _compact(self) -> None:
        keys = self._all.keys
        if keys is not None:
            keys = [keys[slot] for slot in self.store.alive()]
        moved = self.store.compact()
        for order in {id(self._all): self._all, id(self._order): self._order}.values():
            order.renumber(moved, keys)
        self._tail = [moved[slot] for slot in self._tail]
        self._displaced = {moved[slot] for slot in self._displaced}
        self._leavers = {moved[slot] for slot in self._leavers}
        self._looks.clear()
        self._on_screen = None

    def _tell_rows(self) -> None:
        if self._rows_told != (rows := self.rowCount()):
            self._rows_told = rows
            self.shown_changed.emit(rows)

    def _tell_held(self) -> None:
        self.held_changed.emit(len(self._tail) + len(self._displaced) + len(self._leavers))


def _parted(slots: list[int], verdicts: bytearray) -> tuple[list[int], list[int]]:
    """Return the slots that got a 1 and those that got a 0, both in their order."""
    flags = bytes(map(verdicts.__getitem__, slots))
    return list(compress(slots, flags)), list(compress(slots, flags.translate(_FLIP)))


_FLIP = bytes((1, *([0] * 255)))
