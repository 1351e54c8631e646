"""Takes secrets out of text before it is written anywhere.

Two nets, because each alone has holes: the values that are known (every secret that is loaded or saved is learnt), and
the names that announce one (``password=...``, ``"accessToken": "..."``).
"""

import json
import re
from collections.abc import Iterable
from typing import Final

MASK: Final = "***"

_SHORTEST = 4
"""Shorter values are not learnt: masking every "1" would leave no log to read, and hide nothing."""

_NAMES = (
    r"[\w-]*(?:pass(?:word|wd|phrase|code)\w*|secret\w*|access_?token|api_?key|app_?key|private_?key|authori[sz]ation)"
)
_QUOTED = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_BARE = r"(?:(?:bearer|basic)\s+)?[^\s,;&(){}\[\]\"']+"
_ANNOUNCED = re.compile(
    rf"""(?P<name>["']?\b{_NAMES}["']?\s*[:=]\s*)(?P<value>{_QUOTED}|{_BARE})""",
    re.IGNORECASE,
)


class Redactor:
    """Knows secrets and masks them. May be used from any thread."""

    def __init__(self) -> None:
        self._known: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Redactor({len(self._known)} values)"

    def learn(self, values: Iterable[str]) -> None:
        """Mask `values` from now on, plain and as JSON or Python would quote them."""
        forms = {form for value in values if len(value) >= _SHORTEST for form in _forms(value)}
        # Longest first, so that a secret which holds another is masked whole. One assignment: readers need no lock.
        self._known = tuple(sorted({*self._known, *forms}, key=len, reverse=True))

    def clean(self, text: str) -> str:
        """Return `text` without secrets."""
        for value in self._known:
            text = text.replace(value, MASK)
        return _ANNOUNCED.sub(_masked, text)


def _masked(found: "re.Match[str]") -> str:
    quote = found["value"][0] if found["value"][0] in "\"'" else ""
    return f"{found['name']}{quote}{MASK}{quote}"


def _forms(value: str) -> tuple[str, ...]:
    return value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], repr(value)[1:-1]
