"""Rows in sorted order, without Qt.

A row is known by its slot, the number under which it first came; an order is a list of slots, ascending by
(key, slot), so that rows with equal keys keep the order in which they came. `keys` is the list of sort keys by slot
that the rows are placed by: it may only be changed for rows that are not in any order at that moment. Without keys
the order is by slot alone.

The work is done by C code of Python itself (`list.sort`, `bisect`, slices), because a hundred thousand rows leave a
Python loop no time. Sorting a large table goes in steps of a few milliseconds (:func:`sorted_in_steps`), so that the
screen moves on between them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Any

Keys = list[Any]
"""Sort keys by slot, all comparable with one another."""

RUN = 16_384
"""Rows sorted or merged in one step: about three milliseconds."""


class RowOrder:
    """A sorted list of slots."""

    __slots__ = ("_highest", "keys", "slots")

    def __init__(self, slots: list[int], keys: Keys | None) -> None:
        self.slots = slots
        self.keys = keys
        self._highest = max(slots, default=-1)

    def __len__(self) -> int:
        return len(self.slots)

    def position(self, slot: int) -> int:
        """Return the place of `slot`.

        Raises:
            KeyError: it is not in this order.
        """
        found = self._place(slot, 0)
        if found == len(self.slots) or self.slots[found] != slot:
            raise KeyError(slot)
        return found

    def contains(self, slot: int) -> bool:
        """Say whether `slot` is in this order."""
        found = self._place(slot, 0)
        return found < len(self.slots) and self.slots[found] == slot

    def place_for(self, slot: int) -> int:
        """Return where `slot`, not yet in this order, belongs."""
        return self._place(slot, 0)

    def arranged(self, newcomers: Collection[int]) -> list[int]:
        """Return `newcomers` as they would follow one another here."""
        ordered = sorted(newcomers)
        if self.keys is not None:
            ordered.sort(key=self.keys.__getitem__)
        return ordered

    def is_behind(self, slot: int) -> bool:
        """Say whether `slot`, not yet in this order, belongs behind everything in it."""
        if not self.slots:
            return True
        last = self.slots[-1]
        if self.keys is None or self.keys[last] == self.keys[slot]:
            return last < slot
        return bool(self.keys[last] < self.keys[slot])

    def add(self, newcomers: Collection[int]) -> None:
        """Put slots that are not here yet where they belong."""
        ordered = self.arranged(newcomers)
        if not ordered:
            return
        fresh = min(newcomers) > self._highest
        if self.is_behind(ordered[0]):
            self.slots.extend(ordered)
        elif fresh and len(ordered) * 8 > len(self.slots):
            self.slots.extend(ordered)
            self.slots.sort(key=self.keys.__getitem__ if self.keys is not None else None)
        else:
            self._weave(ordered, fresh=fresh)
        self._highest = max(self._highest, *ordered)

    def drop(self, leavers: Collection[int]) -> None:
        """Take out slots; every one of them must be here, under the key it was placed by."""
        if len(leavers) * 16 > len(self.slots):
            gone = set(leavers)
            self.slots[:] = [slot for slot in self.slots if slot not in gone]
            return
        kept: list[int] = []
        start = 0
        for found in sorted(map(self.position, leavers)):
            kept += self.slots[start:found]
            start = found + 1
        self.slots[:] = kept + self.slots[start:]

    def renumber(self, moved: Sequence[int], keys: Keys | None) -> None:
        """Give every slot its new number, `moved[slot]`; numbers must keep their order."""
        self.slots[:] = [moved[slot] for slot in self.slots]
        self.keys = keys
        self._highest = max(self.slots, default=-1)

    def _weave(self, ordered: Sequence[int], *, fresh: bool) -> None:
        """Put sorted newcomers between the others; `fresh` ones come behind all their equals."""
        key_of = self.keys.__getitem__ if fresh and self.keys is not None else None
        woven: list[int] = []
        start = 0
        for slot in ordered:
            if key_of is None:
                found = self._place(slot, start)
            else:
                found = bisect_right(self.slots, key_of(slot), start, key=key_of)
            woven += self.slots[start:found]
            woven.append(slot)
            start = found
        self.slots[:] = woven + self.slots[start:]

    def _place(self, slot: int, start: int) -> int:
        if self.keys is None:
            return bisect_left(self.slots, slot, start)
        key_of = self.keys.__getitem__
        key = key_of(slot)
        low = bisect_left(self.slots, key, start, key=key_of)
        if low == len(self.slots) or self.slots[low] == slot or key < key_of(self.slots[low]):
            return low
        high = bisect_right(self.slots, key, low, key=key_of)
        return bisect_left(self.slots, slot, low, high)


def sorted_in_steps(slots: Sequence[int], keys: Keys) -> Iterator[list[int] | None]:
    """Sort `slots`, given ascending: yields None after each step of work and at last the sorted list."""
    key_of = keys.__getitem__
    runs: list[list[int]] = []
    for start in range(0, len(slots), RUN):
        runs.append(sorted(slots[start : start + RUN], key=key_of))
        yield None
    while len(runs) > 1:
        merged: list[list[int]] = []
        for first, second in zip(runs[::2], runs[1::2], strict=False):
            into: list[int] = []
            for _ in _merge(first, second, keys, into):
                yield None
            merged.append(into)
        runs = merged + runs[len(merged) * 2 :]
    yield runs[0] if runs else []


def _merge(first: list[int], second: list[int], keys: Keys, into: list[int]) -> Iterator[None]:
    """Merge two sorted lists in blocks that cannot overlap what follows; equal keys keep first before second."""
    key_of = keys.__getitem__
    i = j = 0
    while i < len(first) and j < len(second):
        block, other = first[i : i + RUN], second[j : j + RUN]
        if key_of(block[-1]) <= key_of(other[-1]):
            other = other[: bisect_left(other, key_of(block[-1]), key=key_of)]
        else:
            block = block[: bisect_right(block, key_of(other[-1]), key=key_of)]
        i += len(block)
        j += len(other)
        block += other
        block.sort(key=key_of)
        into += block
        yield
    into += first[i:]
    into += second[j:]
