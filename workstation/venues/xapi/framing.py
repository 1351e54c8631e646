"""Cutting a byte stream into JSON objects, wherever the network has cut it.

The stream is consecutive JSON objects with any white space between them: two newlines after a server's message, often
nothing after a client's. Only brackets outside of strings are counted; whether what lies between them is JSON is the
codec's to say. Each byte is looked at once, chunk by chunk, so a reply of 30 MB costs the same per byte as a small one.
"""

import re

from workstation.venues.base import MalformedFrame

MAX_FRAME_BYTES = 64 * 1024 * 1024
"""Largest message taken from a server; all instruments of a large venue are about 5 MB."""
MAX_DEPTH = 64
_FAST_TRIES = 4
"""How often in one chunk a run of plain values is looked for: each look goes over the rest of the chunk."""
_BLANK = b" \t\r\n"

_BETWEEN = re.compile(rb"[ \t\r\n]*+")
_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
"""Everything up to the next bracket outside of strings, or up to a string that this chunk does not end."""
_IN_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)


class Splitter:
    """Takes chunks, gives whole values. `most` bytes is the largest value taken."""

    def __init__(self, most: int = MAX_FRAME_BYTES) -> None:
        self._most = most
        self._parts: list[bytes] = []
        self._held = 0
        self._depth = 0
        self._in_string = False
        self._escaped = False

    @property
    def inside(self) -> bool:
        """Whether a value has begun and not ended."""
        return self._depth > 0

    def feed(self, chunk: bytes) -> list[bytes]:
        """Return the values that `chunk` completes, in order.

        Raises:
            MalformedFrame: something other than an object or array stands between values, or one is too large or too
                deep. The splitter is of no use afterwards.
        """
        values: list[bytes] = []
        begin = at = 0
        tries = _FAST_TRIES
        while at < len(chunk):
            if self._depth == 0:
                if tries:
                    tries -= 1
                    at += _plain_run(chunk[at:], values)
                begin = at = _end(_BETWEEN, chunk, at)
                if at == len(chunk):
                    break
                if chunk[at : at + 1] not in (b"{", b"["):
                    raise MalformedFrame(f"no JSON object: {bytes(chunk[at : at + 40])!r}")
            at = self._scan(chunk, at)
            if self._depth == 0:
                values.append(b"".join((*self._parts, chunk[begin:at])))
                self._parts, self._held = [], 0
        if self._depth:
            self._keep(chunk[begin:])
        return values

    def _keep(self, part: bytes) -> None:
        self._parts.append(part)
        self._held += len(part)
        if self._held > self._most:
            raise MalformedFrame(f"a message of more than {self._most} bytes")

    def _scan(self, chunk: bytes, at: int) -> int:
        """Return where the value ends in `chunk`, or its length."""
        end = len(chunk)
        while at < end:
            if self._escaped:
                self._escaped, at = False, at + 1
                continue
            at = _end(_IN_STRING if self._in_string else _TO_BRACKET, chunk, at)
            if at == end:
                break
            byte = chunk[at]
            at += 1
            if byte == 0x22:  # "
                self._in_string = not self._in_string
            elif byte == 0x5C:  # a backslash can only be the last byte here
                self._escaped = True
            elif byte in b"{[":
                self._depth += 1
                if self._depth > MAX_DEPTH:
                    raise MalformedFrame(f"JSON nested more than {MAX_DEPTH} deep")
            else:
                self._depth -= 1
                if self._depth == 0:
                    break
        return at


def _plain_run(rest: bytes, values: list[bytes]) -> int:
    """Take the values at the start of `rest` that are plainly one object holding one object; return how far they reach.

    That is every tick. Two brackets of each kind, the closing ones last, and no empty line between: whatever strings
    hold, no other reading of it is JSON, so the brackets need not be looked at one by one.
    """
    at = 0
    pieces = rest.split(b"\n\n")
    pieces.pop()  # the last is not ended yet
    for piece in pieces:
        if not piece.endswith(b"}}") or not piece.startswith(b"{") or piece.count(b"{") != 2 or piece.count(b"}") != 2:
            break
        values.append(piece)
        at += len(piece) + 2
    return at


def _end(pattern: re.Pattern[bytes], chunk: bytes, at: int) -> int:
    found = pattern.match(chunk, at)
    return found.end() if found is not None else at
