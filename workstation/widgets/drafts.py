"""Drafts: orders that the trader wrote and put aside. They survive a restart and never send themselves.

They are kept in the profile's settings as the journal writes terms, decimals as text, so that what is opened again is
exactly what was typed. One that cannot be read is left where it is, and said.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from workstation.domain.orders import OrderTerms
from workstation.runtime.clock import Clock
from workstation.storage.order_records import UnreadableOrder, terms_body, terms_of_body
from workstation.widgets.settings_port import Settings, integer

SECTION = "drafts"
KEY_PREFIX = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """One draft; `saved_ns` is when it was saved last, epoch nanoseconds."""

    key: str
    terms: OrderTerms
    saved_ns: int


class Drafts(QObject):
    """All drafts, oldest first."""

    saved = Signal(object)
    """KeptDraft: new or changed"""
    removed = Signal(str)

    def __init__(self, settings: Settings, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._kept: dict[str, KeptDraft] = {}
        self._unread: list[object] = []
        section = settings.get(SECTION)
        self._next = max(1, integer(section, "next", 1))
        self._restore(section.get("drafts"))

    @property
    def unreadable(self) -> int:
        """How many of last time's drafts cannot be read."""
        return len(self._unread)

    def all(self) -> tuple[KeptDraft, ...]:
        """Return the drafts, oldest first."""
        return tuple(self._kept.values())

    def get(self, key: str) -> KeptDraft | None:
        """Return one draft."""
        return self._kept.get(key)

    def save(self, terms: OrderTerms, key: str = "") -> KeptDraft:
        """Keep `terms` as a new draft, or in place of what the draft `key` held."""
        if key not in self._kept:
            key = f"{KEY_PREFIX}{self._next}"
            self._next += 1
        draft = KeptDraft(key=key, terms=terms, saved_ns=self._clock.now_ns())
        self.put_back(draft)
        return draft

    def put_back(self, draft: KeptDraft) -> None:
        """Keep `draft` as it is, for example one that was just deleted."""
        self._kept[draft.key] = draft
        self._keep()
        self.saved.emit(draft)

    def remove(self, key: str) -> KeptDraft | None:
        """Forget a draft and return it; None where there is none."""
        draft = self._kept.pop(key, None)
        if draft is not None:
            self._keep()
            self.removed.emit(key)
        return draft

    def _keep(self) -> None:
        written: list[object] = [
            {"key": draft.key, "saved_ns": draft.saved_ns, "terms": terms_body(draft.terms)}
            for draft in self._kept.values()
        ]
        self._settings.put(SECTION, {"next": self._next, "drafts": [*self._unread, *written]})

    def _restore(self, kept: object) -> None:
        for entry in kept if isinstance(kept, list) else []:
            draft = _draft(entry)
            if draft is None or draft.key in self._kept:
                self._unread.append(entry)
            else:
                self._kept[draft.key] = draft


def _draft(entry: object) -> KeptDraft | None:
    if not isinstance(entry, Mapping) or not isinstance(key := entry.get("key"), str):
        return None
    try:
        terms = terms_of_body(entry.get("terms"))
    except UnreadableOrder:
        return None
    return KeptDraft(key=key, terms=terms, saved_ns=integer(entry, "saved_ns", 0))
