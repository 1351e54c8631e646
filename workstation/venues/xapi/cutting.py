"""Reading a large reply a little at a time, so that the loop it is read on serves others in between.

A reply of 5,000 instruments is 5 MB, and decoding it in one call would hold everything up for a twentieth of a second
or more. So the brackets are walked in steps, the one large array of the reply (its returnData, or the array in it) is
cut between its elements, and each slice is decoded by itself. What remains is a reply with an empty array.
"""

import itertools
import re
from collections.abc import Iterator

LARGE_BYTES = 64 * 1024
BRACKETS_PER_STEP = 200
ELEMENTS_PER_SLICE = 100

_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)


class Cutter:
    """Walks one complete frame. Call :meth:`step` until it returns False, then ask for the parts."""

    def __init__(self, frame: bytes) -> None:
        self._frame = frame
        self._at = 0
        self._depth = 0
        self._array_depth = 0
        self._elements = 0
        self._cuts: list[int] = []
        self._end = 0

    def step(self) -> bool:
        """Walk some brackets; return whether there is more to walk."""
        for _ in range(BRACKETS_PER_STEP):
            found = _TO_BRACKET.match(self._frame, self._at)
            self._at = found.end() if found is not None else len(self._frame)
            if self._at >= len(self._frame):
                return False
            byte = self._frame[self._at]
            self._at += 1
            if byte in b"{[":
                self._open(byte)
            else:
                self._close(byte)
        return True

    def _open(self, byte: int) -> None:
        self._depth += 1
        if not self._cuts and byte == 0x5B and self._depth in (2, 3):
            self._array_depth = self._depth
            self._cuts.append(self._at)

    def _close(self, byte: int) -> None:
        if self._cuts and not self._end:
            if self._depth == self._array_depth and byte == 0x5D:
                self._end = self._at - 1
            elif self._depth == self._array_depth + 1:
                self._elements += 1
                if self._elements % ELEMENTS_PER_SLICE == 0:
                    self._cuts.append(self._at)
        self._depth -= 1

    @property
    def skeleton(self) -> bytes:
        """The frame with the large array empty; the frame itself when it has none."""
        return self._frame[: self._cuts[0]] + self._frame[self._end :] if self._end else self._frame

    def slices(self) -> Iterator[bytes]:
        """Give the large array as several small ones, all elements in order."""
        if not self._end:
            return
        edges = [*self._cuts, self._end]
        for begin, end in itertools.pairwise(edges):
            part = self._frame[begin:end].strip().removeprefix(b",")
            if part:
                yield b"[" + part + b"]"
