"""Which number is whose: our keys by order number, and what is over. No I/O.

R names a request. A market order is known by R: its position has another number P, and R as ``order2``. A pending
order has one number N, equal to the R of its placement. A triggered one becomes a position with a new P and N as
``order2``. So an order of ours is always found under ``order2`` of the position it made. Numbers are never compared by
size, and a closed record's own ``order`` and ``order2`` name nothing that we know.

A comment alone is weak evidence: another installation of this program on the same account counts its keys from the
same start. So a key that this run has sent belongs only to the number that the venue gave it, or, while that is not
known, to a record of the same symbol that is not older than the request; a key of an earlier run, only to a record of
the last days.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from workstation.domain.identity import ClOrdID

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_OUR_KEY = re.compile(r"W(?:[0-9A-Za-z]{1,8}-)?\d{1,15}")
"""How this program's own keys look: what else stands in a comment was entered by someone else."""
MOST = 20_000
CLOCKS_APART_NS = 300 * 1_000_000_000
EARLIER_RUN_NS = 7 * 24 * 3600 * 1_000_000_000
"""How old a record may be whose comment is a key of an earlier run: orders in doubt are settled sooner than that."""


@dataclass(slots=True)
class _Sent:
    symbol: str
    sent_ns: int
    number: int | None = None


class Numbers:
    """Remembers a bounded count of each."""

    def __init__(self) -> None:
        self._keys: dict[int, ClOrdID] = {}
        self._sent: dict[str, _Sent] = {}
        self._over: dict[tuple[str, int], None] = {}

    def sent(self, key: str, symbol: str, sent_ns: int) -> None:
        """Take note that a request with our key left."""
        self._sent[key] = _Sent(symbol, sent_ns)
        _trim(self._sent)

    def numbered(self, key: str, number: int) -> None:
        """Take note of the number that the venue gave to the request with our key."""
        sent = self._sent.get(key)
        if sent is not None:
            sent.number = number
        self.name(number, ClOrdID(key))

    def name(self, number: int, key: ClOrdID) -> None:
        """Take note whose order has this number."""
        self._keys[number] = key
        _trim(self._keys)

    def key(self, number: int | None, comment: str | None, symbol: str, opened_ns: int, now_ns: int) -> ClOrdID | None:
        """Return our key of the order behind a record, None when it was entered elsewhere.

        `number` is None where the record names none that we could know (a closed trade).
        """
        if number is not None and number in self._keys:
            return self._keys[number]
        if not comment:
            return None
        sent = self._sent.get(comment)
        if sent is not None:
            numbered = number is not None and sent.number is not None
            fits = sent.symbol == symbol and opened_ns >= sent.sent_ns - CLOCKS_APART_NS
            return ClOrdID(comment) if (number == sent.number if numbered else fits) else None
        recent = opened_ns >= now_ns - EARLIER_RUN_NS
        return ClOrdID(comment) if recent and _OUR_KEY.fullmatch(comment) else None

    def known_key(self, number: int) -> ClOrdID | None:
        """Return our key of the order with this number."""
        return self._keys.get(number)

    def number(self, key: str) -> int | None:
        """Return the number of the request that carried `key`, None when it was never told."""
        sent = self._sent.get(key)
        return None if sent is None else sent.number

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


def _trim(held: dict[_Key, _Value]) -> None:
    if len(held) > MOST:
        del held[next(iter(held))]
