"""Our own keys of orders and of changes of positions, such as W7f3a-1001.

A venue that echoes keys keeps its history for days, and another installation of this program may trade on the same
account: so a profile's keys carry a part of its own, drawn once, by chance. It is kept in the keys themselves: a
journal that holds such a key tells it at the next start, and the first key that is written makes it last. A journal
from before that, with keys such as W1001, goes on counting where it stood. No key is longer than 20 characters, the
most that any of the venues lets pass.
"""

import secrets
from collections.abc import Callable

from workstation.desk.recorder import OrderJournal
from workstation.domain.identity import ClOrdID

OF_ORDERS = "W"
OF_POSITION_CHANGES = "P"
FIRST_NUMBER = 1001
_PART_BYTES = 2


def draw_part() -> str:
    """Return four hexadecimal digits, by chance."""
    return secrets.token_hex(_PART_BYTES)


class OrderKeys:
    """Gives out the keys of one profile; no key is given twice, in this run or a later one."""

    def __init__(self, journal: OrderJournal, draw: Callable[[], str] = draw_part) -> None:
        """Go on where `journal` ends; `draw` makes the part of a profile that has none yet.

        Raises:
            JournalFailed: the journal cannot be read.
        """
        kept = journal.last_part(OF_ORDERS) or journal.last_part(OF_POSITION_CHANGES)
        self._part = kept or draw()
        self._next = {kind: self._first(journal, kind) for kind in (OF_ORDERS, OF_POSITION_CHANGES)}

    def new(self, kind: str) -> ClOrdID:
        """Return the next key of OF_ORDERS or OF_POSITION_CHANGES."""
        number = self._next[kind]
        self._next[kind] = number + 1
        return ClOrdID(f"{kind}{self._part}-{number}")

    def _first(self, journal: OrderJournal, kind: str) -> int:
        last = max(journal.last_number(kind), journal.last_number(f"{kind}{self._part}-"))
        return max(FIRST_NUMBER, last + 1)
