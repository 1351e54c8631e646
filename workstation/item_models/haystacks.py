"""The words of all rows, searched: each row's in one small-letter text, and those of a block of rows joined.

A word that few rows hold is found by going through the joined text in one sweep of C code; one that most rows hold is
looked for row by row. Haystacks cost more memory than the rows themselves, so they exist only while somebody searches.
"""

from collections.abc import Iterable, Sequence
from itertools import compress

BLOCK = 4_096
"""Rows whose words are joined."""
_SEPARATOR = "\x1e"  # white space to Python: no word that was typed holds it
_SWEEP_MOST = 8


class Haystacks:
    """Texts by slot."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._joined: dict[int, str | None] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, slot: int) -> str:
        return self._texts[slot]

    def __setitem__(self, slot: int, text: str) -> None:
        self._texts[slot] = text
        self._joined.pop(slot // BLOCK, None)

    def extend(self, texts: Iterable[str]) -> None:
        """Add the next slots."""
        self._joined.pop(len(self._texts) // BLOCK, None)
        self._texts += texts

    def renumber(self, living: Iterable[int]) -> None:
        """Keep only the `living` slots, in this order."""
        self._texts = [self._texts[slot] for slot in living]
        self._joined.clear()

    def join(self, slot: int) -> None:
        """Make the joined text of the block that `slot` is in ready."""
        self._block(slot // BLOCK)

    def having(self, word: str, start: int, stop: int, within: bytes | None = None) -> bytes:
        """Return for each slot from `start` to `stop`, all of one block, a 1 if it holds `word`, else a 0.

        `within` has a 1 for the slots to look at; without it all are.
        """
        if within is not None and within.count(1) * _SWEEP_MOST < len(within):
            found = bytearray(len(within))
            for place in compress(range(len(within)), within):
                found[place] = word in self._texts[start + place]
            return bytes(found)
        number = start // BLOCK
        swept = _sweep(self._block(number), word, min(BLOCK, len(self._texts) - number * BLOCK))
        if swept is None:
            flags = bytes([word in text for text in self._texts[start:stop]])
        else:
            flags = swept[start - number * BLOCK : stop - number * BLOCK]
        return flags if within is None else both(flags, within)

    def _block(self, number: int) -> str | None:
        if number not in self._joined:
            self._joined[number] = _join(self._texts[number * BLOCK : (number + 1) * BLOCK])
        return self._joined[number]


def both(one: bytes, other: bytes | bytearray) -> bytes:
    """Return a 1 where both flags are 1: the flags of thousands of rows as two long numbers, in one operation."""
    return (int.from_bytes(one, "big") & int.from_bytes(other, "big")).to_bytes(len(one), "big")


def _join(rows: Sequence[str]) -> str | None:
    """Return the rows as one text; None where a row holds the separator itself."""
    joined = _SEPARATOR.join(rows)
    return joined if joined.count(_SEPARATOR) == len(rows) - 1 else None


def _sweep(block: str | None, word: str, count: int) -> bytes | None:
    """Return which of `count` rows hold `word`; None where so many do that another way is quicker."""
    if block is None:
        return None
    found, left = bytearray(count), count // _SWEEP_MOST
    row = position = 0
    while (at := block.find(word, position)) >= 0:
        if not left:
            return None
        left -= 1
        row += block.count(_SEPARATOR, position, at)
        found[row] = 1
        position = block.find(_SEPARATOR, at)
        if position < 0:
            break
    return bytes(found)
