"""Lists in messages, such as a book of orders or a history: what in them is new, and the message without the rest.

A venue tells its books whole, at every login and whenever they are asked for. The journal keeps each member of such a
list once; what it holds already is left out of the message that is written down, and counted.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

_value_at = json.JSONDecoder().raw_decode
_BLANK = " \t\r\n"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A message and the lists in it. `keys` are those of all members, in their order; equal members have one key."""

    text: str
    lists: tuple[tuple[Span, ...], ...]
    keys: tuple[str, ...]

    def without(self, held: Collection[str]) -> str:
        """Return the message without the members whose keys are in `held`; everything else is as it was."""
        kept, done, keys = [], 0, iter(self.keys)
        for spans in self.lists:
            members = [self.text[start:end] for start, end in spans if next(keys) not in held]
            kept += [self.text[done : spans[0][0]], ", ".join(members)]
            done = spans[-1][1]
        return "".join(kept) + self.text[done:]


def listing_of(text: str, kind: str) -> Listing | None:
    """Return the lists that stand in a JSON object, or None when there are none; `kind` becomes part of the keys."""
    try:
        lists = tuple(_lists(text))
    except (ValueError, IndexError, RecursionError):  # no JSON: it is written as it came
        return None
    keys = tuple(f"{kind}/{_digest(text[start:end])}" for each in lists for start, end in each)
    return Listing(text=text, lists=lists, keys=keys) if lists else None


def _digest(member: str) -> str:
    return sha256(member.encode(errors="surrogatepass")).hexdigest()[:20]


def _lists(text: str) -> Iterator[tuple[Span, ...]]:
    """Yield where the members of each list stand that is itself a member of the object `text`; empty lists not."""
    at = _after(text, 0, "{")
    while text[at] != "}":
        if text[at] != '"':
            raise ValueError(f"no name at {at}")
        at = _after(text, _value_at(text, at)[1], ":")
        if text[at] == "[":
            spans, at = _members(text, at)
            if spans:
                yield spans
        else:
            at = _value_at(text, at)[1]
        at = _next(text, at)


def _members(text: str, at: int) -> tuple[tuple[Span, ...], int]:
    spans = []
    at = _after(text, at, "[")
    while text[at] != "]":
        end = _value_at(text, at)[1]
        spans.append((at, end))
        at = _next(text, end)
    return tuple(spans), at + 1


def _after(text: str, at: int, mark: str) -> int:
    """Return where something stands after `mark`."""
    at = _skip(text, at)
    if text[at] != mark:
        raise ValueError(f"no {mark} at {at}")
    return _skip(text, at + 1)


def _next(text: str, at: int) -> int:
    """Return where the next member or the end stands."""
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANK:
        at += 1
    return at
