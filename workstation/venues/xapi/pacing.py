"""When a request may go: the venue takes one every 200 ms and drops who breaks that six times in a row.

One queue per connection. Cancels go first, then closes, then other trading, then questions about our requests, then
reads; within a rank the order of arrival is kept. The gap is measured on the monotonic clock from one send to the
next, with a margin for the way.
"""

import heapq
import itertools
import math
from collections.abc import Callable
from enum import IntEnum
from typing import Generic, TypeVar

GAP_S = 0.22
"""The venue's 200 ms and a tenth for what the network shortens."""


class Rank(IntEnum):
    """Who goes first."""

    CANCEL = 0
    CLOSE = 1
    TRADE = 2
    FATE = 3
    """Asking what became of a trade request."""
    READ = 4


_Item = TypeVar("_Item")


class PacedQueue(Generic[_Item]):
    """Items that wait for their turn. Times are monotonic seconds."""

    def __init__(self, gap_s: float = GAP_S) -> None:
        self._gap_s = gap_s
        self._heap: list[tuple[Rank, int, _Item]] = []
        self._count = itertools.count()
        self._last_s = -math.inf

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, item: _Item, rank: Rank) -> None:
        """Let `item` wait for its turn."""
        heapq.heappush(self._heap, (rank, next(self._count), item))

    def take(self, now_s: float) -> _Item | None:
        """Return what may be sent now, which then counts as sent now; None when nothing may."""
        if not self._heap or now_s < self.free_s:
            return None
        self._last_s = now_s
        return heapq.heappop(self._heap)[2]

    def passed(self, now_s: float) -> None:
        """Take note of something that was sent without waiting here."""
        self._last_s = now_s

    @property
    def free_s(self) -> float:
        """When the next send is allowed."""
        return self._last_s + self._gap_s

    def wait_s(self, now_s: float) -> float:
        """Return the seconds until :meth:`take` gives something; infinite when nothing waits."""
        return max(0.0, self.free_s - now_s) if self._heap else math.inf

    def backlog_s(self, now_s: float, worst: Rank = Rank.READ) -> float:
        """Return the seconds until the last of those that wait now, down to `worst`, has its turn."""
        count = sum(rank <= worst for rank, _, _ in self._heap)
        return max(0.0, self.free_s - now_s) + (count - 1) * self._gap_s if count else 0.0

    def withdraw(self, gone: Callable[[Rank, _Item], bool]) -> list[_Item]:
        """Take back the items for which `gone` holds; return them in the order of their turns."""
        ordered = sorted(self._heap, key=lambda entry: entry[:2])
        self._heap = [entry for entry in ordered if not gone(entry[0], entry[2])]
        return [item for rank, _, item in ordered if gone(rank, item)]
