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

RUN = 8_192
"""Rows sorted or merged in one step: about two milliseconds."""
_SAMPLES = 8


class RowOrder:
    """A sorted list of slots."""

    __slots__ = ("_highest", "keys", "slots")

    def __init__(self, slots: list[int], keys: Keys | None, highest: int | None = None) -> None:
        """Take over sorted `slots`; no slot is above `highest`, which is looked for unless given."""
        self.slots = slots
        self.keys = keys
        self._highest = max(slots, default=-1) if highest is None else highest

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
    if len(runs) < 2:
        yield runs[0] if runs else []
        return
    ordered: list[int] = []
    for stretch in _stretches(runs, keys):
        stretch.sort(key=key_of)  # sorted pieces, one after the other: the sort finds and merges them
        ordered += stretch
        yield None
    yield ordered


def _stretches(runs: Sequence[list[int]], keys: Keys) -> Iterator[list[int]]:
    """Cut sorted runs at the same keys: each stretch has what all runs hold between two cuts, equal keys together."""
    key_of = keys.__getitem__
    sample = sorted(key_of(run[place]) for run in runs for place in range(0, len(run), max(1, len(run) // _SAMPLES)))
    starts = [0] * len(runs)
    for cut in sample[_SAMPLES::_SAMPLES]:
        stretch: list[int] = []
        for number, run in enumerate(runs):
            end = bisect_left(run, cut, starts[number], key=key_of)
            stretch += run[starts[number] : end]
            starts[number] = end
        yield stretch
    yield [slot for run, start in zip(runs, starts, strict=True) for slot in run[start:]]
