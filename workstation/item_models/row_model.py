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
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from workstation.item_models.arranged_rows import ArrangedRows
from workstation.item_models.columns import Column
from workstation.item_models.frame_clock import MOST_ITEMS, FrameClock
from workstation.item_models.row_order import RowOrder
from workstation.item_models.row_store import K, R

_FEW_MOVES = 64
_COMPACT_FROM = 1_024


class RowModel(ArrangedRows[K, R]):
    """A live table: batches in, one sorted and filtered view out."""

    counts_changed = Signal()
    """The number of records in some group changed (:attr:`counts`)."""
    held_changed = Signal(int)
    """So many rows wait for the pointer to leave before they take their place."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        groups: int = 1,
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, groups=groups, monotonic_s=monotonic_s, parent=parent)
        self.frame_clock = FrameClock(self._frame, monotonic_s, self)
        self._pending: deque[R] = deque()
        self._held = False
        self._displaced: set[int] = set()
        self._leavers: set[int] = set()

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

    @property
    def counts(self) -> Sequence[int]:
        """How many records each group has, shown or not."""
        return self.store.counts

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
        if not self._held and (self._tail or self._displaced or self._leavers):
            self._settle()  # let go from within a change
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
            self._all.keys.extend(self._keys_of(fresh, self._sorted_by, self._descending))
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
            now = self._keys_of(changed, self._sorted_by, self._descending)
            moved = [(slot, key) for slot, key in zip(changed, now, strict=True) if key != keys[slot]]
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

    def _tell_held(self) -> None:
        self.held_changed.emit(len(self._tail) + len(self._displaced) + len(self._leavers))
