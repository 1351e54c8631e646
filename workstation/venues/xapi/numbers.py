"""Which number is whose: our keys by order number, and what is over. No I/O.

R names a request. A market order is known by R: its position has another number P, and R as ``order2``. A pending
order has one number N, equal to the R of its placement. A triggered one becomes a position with a new P and N as
``order2``. So an order of ours is always found under ``order2`` of the position it made. Numbers are never compared by
size, and a closed record's own ``order`` and ``order2`` name nothing that we know.
"""

import re
from collections.abc import Iterable

from workstation.domain.identity import ClOrdID

_OUR_KEY = re.compile(r"W\d{1,15}")
"""How this program's own keys look: what else stands in a comment was entered by someone else."""
MOST = 20_000


class Numbers:
    """Remembers a bounded count of each."""

    def __init__(self) -> None:
        self._keys: dict[int, ClOrdID] = {}
        self._sent: dict[str, int | None] = {}
        self._over: dict[tuple[str, int], None] = {}

    def sent(self, key: str, number: int | None = None) -> None:
        """Take note that a request with our key left, and of its number once it is known."""
        self._sent[key] = number
        _trim(self._sent)
        if number is not None:
            self.name(number, ClOrdID(key))

    def name(self, number: int, key: ClOrdID) -> None:
        """Take note whose order has this number."""
        self._keys[number] = key
        _trim(self._keys)

    def key(self, number: int | None, comment: str | None) -> ClOrdID | None:
        """Return our key of an order: by its number, or by the comment that the record carries."""
        if number is not None and number in self._keys:
            return self._keys[number]
        if comment and (comment in self._sent or _OUR_KEY.fullmatch(comment)):
            return ClOrdID(comment)
        return None

    def number(self, key: str) -> int | None:
        """Return the number of the request that carried `key`, None when it was never told."""
        return self._sent.get(key)

    def end(self, kind: str, number: int) -> None:
        """Take note that a position ("P") or pending order ("N") is over: older news of it changes nothing."""
        self._over[kind, number] = None
        _trim(self._over)

    def is_over(self, kind: str, number: int) -> bool:
        """Say whether it is over."""
        return (kind, number) in self._over

    def revive(self, kind: str, numbers: Iterable[int]) -> None:
        """Take note that complete books still hold these."""
        for number in numbers:
            self._over.pop((kind, number), None)


def _trim(
    held: dict[object, object] | dict[int, ClOrdID] | dict[str, int | None] | dict[tuple[str, int], None],
) -> None:
    if len(held) > MOST:
        held.pop(next(iter(held)))  # type: ignore[call-overload]
