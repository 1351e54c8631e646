"""Cuts what clients send into JSON values, one after another, with or without white space between them.

Clients were seen to send nothing after a value, a newline, or a value indented over many lines; a read may end inside
a value or inside a character. So braces are counted on bytes, and only whole values are decoded. Anything that is not
a JSON object of at most the allowed size ends the connection, without a word, as the protocol threatens.
"""

import json
from decimal import Decimal
from typing import Any

LARGEST_REQUEST = 1024
"""Bytes of one command ("not more than 1kB of data")."""

_SPACE = b" \t\r\n"
_OPENING, _CLOSING = b"{[", b"}]"


class RuleBroken(Exception):
    """What came is no request that may be answered: the connection is to be dropped."""


class RequestReader:
    """The reading side of one connection."""

    def __init__(self, largest: int = LARGEST_REQUEST) -> None:
        """Refuse values of more than `largest` bytes."""
        self._largest = largest
        self._value = bytearray()
        self._depth = 0
        self._in_string = False
        self._escaped = False

    @property
    def is_inside(self) -> bool:
        """Whether a value has begun and not ended."""
        return bool(self._value)

    def feed(self, chunk: bytes) -> list[dict[str, Any]]:
        """Return the requests that are whole now.

        Raises:
            RuleBroken: too long, or no JSON object.
        """
        found = []
        for byte in chunk:
            if not self._value and byte in _SPACE:
                continue
            if not self._value and byte != _OPENING[0]:
                raise RuleBroken("not a JSON object")
            self._value.append(byte)
            if len(self._value) > self._largest:
                raise RuleBroken("a command of more than 1 kB")
            if self._ends(byte):
                found.append(_decoded(bytes(self._value)))
                self._value.clear()
        return found

    def _ends(self, byte: int) -> bool:
        """Take one byte of a value into account and say whether it is the last."""
        if self._in_string:
            if self._escaped:
                self._escaped = False
            elif byte == ord("\\"):
                self._escaped = True
            elif byte == ord('"'):
                self._in_string = False
        elif byte == ord('"'):
            self._in_string = True
        elif byte in _OPENING:
            self._depth += 1
        elif byte in _CLOSING:
            self._depth -= 1
            return self._depth == 0
        return False


def _decoded(value: bytes) -> dict[str, Any]:
    try:
        document = json.loads(value, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise RuleBroken("not JSON") from error
    if not isinstance(document, dict):
        raise RuleBroken("not a JSON object")
    return document


def _no_constant(name: str) -> Decimal:
    raise ValueError(f"{name} is not JSON")
