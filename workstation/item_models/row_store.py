"""The records behind a table and the filter on them, without Qt.

A record gets a slot, the number under which it first came, and keeps it until the store is compacted. Per row there is
one entry in each of a few flat lists and nothing else, because a hundred thousand orders should cost tens of bytes
each. Haystacks (the row's words in one lower-case text) exist only while a text is searched for.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from workstation.item_models.haystacks import BLOCK, Haystacks, both

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

STEP = BLOCK
"""Rows looked at in one step of filtering."""
_STEP_OF_WORDS = 1_024
"""Rows whose words are made in one step."""


@dataclass(frozen=True, slots=True)
class RowFilter(Generic[R]):
    """Which rows are shown: all `words` occur, the group is one of `groups`, and `accepts` agrees."""

    words: tuple[str, ...] = ()
    groups: frozenset[int] | None = None
    accepts: Callable[[R], bool] | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything passes."""
        return not self.words and self.groups is None and self.accepts is None

    def narrows(self, other: "RowFilter[R]") -> bool:
        """Say whether what passes here surely passed `other`."""
        if other.accepts is not None and self.accepts is not other.accepts:
            return False
        if other.groups is not None and (self.groups is None or not self.groups <= other.groups):
            return False
        return all(any(old in new for new in self.words) for old in other.words)


class RowStore(Generic[K, R]):
    """Records by key and by slot, with their groups counted and the filter's verdict on each."""

    def __init__(
        self, key_of: Callable[[R], K], group_of: Callable[[R], int], haystack_of: Callable[[R], str], groups: int
    ) -> None:
        self._key_of = key_of
        self._group_of = group_of
        self._haystack_of = haystack_of
        self.records: list[R | None] = []
        self.slot_of: dict[K, int] = {}
        self.group = bytearray()
        self.counts = [0] * groups
        self.filter: RowFilter[R] = RowFilter()
        self.shown: bytearray | None = None
        self.haystacks: Haystacks | None = None

    def __len__(self) -> int:
        return len(self.slot_of)

    @property
    def dead(self) -> int:
        """Slots whose record was removed."""
        return len(self.records) - len(self.slot_of)

    def record(self, slot: int) -> R:
        """Return the record of a living slot."""
        found = self.records[slot]
        assert found is not None
        return found

    def alive(self) -> list[int]:
        """Return all living slots, ascending."""
        if not self.dead:
            return list(range(len(self.records)))
        return [slot for slot, record in enumerate(self.records) if record is not None]

    def put(self, items: Iterable[R]) -> tuple[list[int], list[int]]:
        """Take new and changed records; return the slots that are new and those that changed.

        Of several records with one key the last counts.
        """
        key_of, slot_of, records = self._key_of, self.slot_of, self.records
        known: list[int] = []
        fresh: dict[K, R] = {}
        for item in items:
            key = key_of(item)
            slot = slot_of.get(key)
            if slot is None:
                fresh[key] = item
            elif records[slot] is not item:
                records[slot] = item
                known.append(slot)
        changed = list(dict.fromkeys(known))
        for slot in changed:
            self._regroup(slot)
        return self._append(fresh), changed

    def remove(self, keys: Iterable[K]) -> list[int]:
        """Forget records; return their slots. Unknown keys are nothing."""
        gone = [self.slot_of.pop(key) for key in keys if key in self.slot_of]
        for slot in gone:
            self.counts[self.group[slot]] -= 1
            self.records[slot] = None
            if self.haystacks is not None:
                self.haystacks[slot] = ""
            if self.shown is not None:
                self.shown[slot] = 0
        return gone

    def passes(self, slot: int) -> bool:
        """Say whether the record in `slot` passes the filter as it is now."""
        wanted = self.filter
        if wanted.groups is not None and self.group[slot] not in wanted.groups:
            return False
        if wanted.words:
            haystack = self._haystack_of(self.record(slot)) if self.haystacks is None else self.haystacks[slot]
            if not all(word in haystack for word in wanted.words):
                return False
        return wanted.accepts is None or wanted.accepts(self.record(slot))

    def build_haystacks(self) -> Iterator[None]:
        """Make every row's haystack, in steps. Records that change meanwhile must be looked at again by the caller."""
        made = Haystacks([])
        while len(made) < len(self.records):
            part = self.records[len(made) : len(made) + _STEP_OF_WORDS]
            made.extend([self._haystack_of(record) if record is not None else "" for record in part])
            yield
        for slot in range(0, len(made), BLOCK):
            made.join(slot)
            yield
        self.haystacks = made

    def refresh_haystack(self, slot: int) -> None:
        """Make the haystack of one row again."""
        if self.haystacks is not None and self.records[slot] is not None:
            self.haystacks[slot] = self._haystack_of(self.record(slot))

    def verdicts(self, wanted: RowFilter[R], within: bytearray | None, into: bytearray) -> Iterator[None]:
        """Append to `into` a 1 for every slot that passes `wanted` and a 0 for the others, in steps.

        `within` are the verdicts of a filter that `wanted` narrows: what failed there is not looked at.
        """
        while len(into) < len(self.records):
            start = len(into)
            stop = min(start - start % STEP + STEP, len(self.records))
            into += self._judge(wanted, slice(start, stop), within)
            yield

    def _judge(self, wanted: RowFilter[R], part: slice, within: bytearray | None) -> bytes:
        verdict = b"\1" * (part.stop - part.start) if within is None else bytes(within[part])
        if self.dead:
            verdict = both(verdict, bytes([record is not None for record in self.records[part]]))
        if wanted.groups is not None:
            chosen = bytes(code in wanted.groups for code in range(256))
            verdict = both(verdict, self.group[part].translate(chosen))
        if self.haystacks is not None:
            for word in wanted.words:
                verdict = self.haystacks.having(word, part.start, part.stop, verdict)
        if wanted.accepts is not None and 1 in verdict:
            accepts, judged = wanted.accepts, zip(verdict, self.records[part], strict=True)
            verdict = bytes([v and record is not None and accepts(record) for v, record in judged])
        return verdict

    def compact(self) -> list[int]:
        """Close the gaps that removed records left; return the new slot of every old one (-1 for the removed)."""
        moved = [-1] * len(self.records)
        living = self.alive()
        for new, old in enumerate(living):
            moved[old] = new
        self.records = [self.records[old] for old in living]
        self.group = bytearray(self.group[old] for old in living)
        self.slot_of = {key: moved[old] for key, old in self.slot_of.items()}
        if self.shown is not None:
            self.shown = bytearray(self.shown[old] for old in living)
        if self.haystacks is not None:
            self.haystacks.renumber(living)
        return moved

    def _append(self, fresh: dict[K, R]) -> list[int]:
        slots = list(range(len(self.records), len(self.records) + len(fresh)))
        self.slot_of.update(zip(fresh, slots, strict=True))
        self.records.extend(fresh.values())
        codes = bytes(map(self._group_of, fresh.values()))
        self.group += codes
        for code in set(codes):
            self.counts[code] += codes.count(code)
        if self.haystacks is not None:
            self.haystacks.extend(map(self._haystack_of, fresh.values()))
        if self.shown is not None:
            self.shown += bytes(len(slots))
            for slot in slots:
                self.shown[slot] = self.passes(slot)
        return slots

    def _regroup(self, slot: int) -> None:
        code = self._group_of(self.record(slot))
        if code != self.group[slot]:
            self.counts[self.group[slot]] -= 1
            self.counts[code] += 1
            self.group[slot] = code
        self.refresh_haystack(slot)
