"""Which rows belong to which order, its last state, its unanswered requests; and what of venues' lists is held.

All of it follows from the rows, so it need not be in the commit that a send waits for: it would touch a page per order
there. The newest rows wait in memory and are indexed many at a time, later; how far the index reaches is written with
it, and after a crash the next start indexes the rest from the rows themselves.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice

from workstation.domain.identity import ClOrdID
from workstation.storage.journal_rows import StoredRow
from workstation.storage.records import RecordKind

WORTH_ROWS, STEP_ROWS, LIMIT_ROWS = 256, 2_048, 20_000
"""So many waiting rows are worth a step, so many are done in one, and so many never wait."""
DELAY_S = 0.2

_log = logging.getLogger(__name__)

_Pending = tuple[int, str, str]
"""(seq, kind, cl_ord_id)"""

_ORDER, _INTENT, _ANSWER = RecordKind.ORDER.value, RecordKind.INTENT.value, RecordKind.ANSWER.value
_ROWS = """INSERT INTO order_rows SELECT cl_ord_id, seq FROM journal
    WHERE seq BETWEEN ? AND ? AND cl_ord_id IS NOT NULL ORDER BY cl_ord_id, seq"""
_STATES = f"""INSERT INTO order_heads (cl_ord_id, order_seq) SELECT cl_ord_id, max(seq) FROM journal
    WHERE seq BETWEEN ? AND ? AND cl_ord_id IS NOT NULL AND kind = '{_ORDER}' GROUP BY cl_ord_id
    ON CONFLICT DO UPDATE SET order_seq = excluded.order_seq"""
_HELD = """INSERT OR IGNORE INTO held SELECT journal.connection_id, item.value
    FROM journal, json_each(journal.body, '$.items') AS item
    WHERE seq BETWEEN ? AND ? AND journal.connection_id IS NOT NULL AND item.type = 'text'
        AND instr(journal.body, '"items":[')"""
_REQUESTS = """INSERT INTO order_heads (cl_ord_id, unanswered) VALUES (?1, max(?2, ?3))
    ON CONFLICT DO UPDATE SET unanswered = max(unanswered + ?2, ?3)"""


class OrderIndex:
    """The index of one open journal; :meth:`note` is all that a commit costs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Index what the run before left unindexed.

        Raises:
            sqlite3.Error: the journal cannot be read or written.
        """
        self._connection = connection
        self._reach, self._noted = connection.execute("SELECT indexed_to, seq FROM head").fetchone()
        self._pending: list[_Pending] = list(
            connection.execute(
                "SELECT seq, kind, cl_ord_id FROM journal WHERE seq > ? AND cl_ord_id IS NOT NULL ORDER BY seq",
                (self._reach,),
            )
        )
        self.catch_up()

    @property
    def pending(self) -> int:
        """How many rows of orders wait to be indexed."""
        return len(self._pending)

    def note(self, rows: Sequence[StoredRow]) -> None:
        """Remember rows that were written."""
        self._pending += [(row[0], row[2], row[3]) for row in rows if row[3] is not None]
        self._noted = rows[-1][0]

    def rows_of(self, cl_ord_id: ClOrdID) -> list[int]:
        """Return the numbers of all rows of an order, oldest first; writes nothing.

        Raises:
            sqlite3.Error: the journal cannot be read.
        """
        found = self._connection.execute("SELECT seq FROM order_rows WHERE cl_ord_id = ? ORDER BY seq", (cl_ord_id,))
        return [seq for (seq,) in found] + [seq for seq, _, key in self._pending if key == cl_ord_id]

    def catch_up(self, at_most: int | None = None) -> None:
        """Index the rows that wait, the oldest first.

        Raises:
            sqlite3.Error: nothing was indexed; they go on waiting.
        """
        part = list(islice(self._pending, at_most))
        to = self._noted if len(part) == len(self._pending) else part[-1][0]
        if to == self._reach:
            return
        reach = (self._reach + 1, to)
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            execute(_ROWS, reach)
            execute(_STATES, reach)
            self._connection.executemany(_REQUESTS, _folded(part))
            execute(_HELD, reach)
            execute("UPDATE head SET indexed_to = ?", (to,))
            execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    execute("ROLLBACK")
        self._reach = to
        del self._pending[: len(part)]


class IndexingBehind:
    """Indexes some rows at a time, behind the traffic. While `busy` says so, the connection is another's."""

    def __init__(self, index: OrderIndex, busy: Callable[[], bool]) -> None:
        self._index = index
        self._busy = busy
        self._handle: asyncio.TimerHandle | None = None

    def soon(self) -> None:
        """Index what was written, later; only a flood that outruns that pays for it in its own writes."""
        if self._index.pending > LIMIT_ROWS:
            self._some()
        elif self._index.pending >= WORTH_ROWS and self._handle is None:
            with suppress(RuntimeError):  # no loop runs: closing or the next start does it
                self._handle = asyncio.get_running_loop().call_later(DELAY_S, self._some)

    def cancel(self) -> None:
        """Index nothing more by itself."""
        if self._handle is not None:
            self._handle.cancel()

    def _some(self) -> None:
        self._handle = None
        if self._busy():  # the next write comes back here
            return
        try:
            self._index.catch_up(STEP_ROWS)
        except sqlite3.Error as error:
            # Nothing is lost: the next start would index these rows from the journal itself.
            _log.warning("the journal's orders could not be indexed: %s", error)


def _folded(part: list[_Pending]) -> list[tuple[str, int, int]]:
    """Fold each order's intents and answers, in their order, into one step: unanswered becomes max(unanswered + a, b).

    An intent adds one, an answer takes one away but never goes below zero: an answer too many must not hide the next
    request. Such steps, one after the other, are again one of this form.
    """
    steps: dict[str, tuple[int, int]] = {}
    for _, kind, key in part:
        if kind in (_INTENT, _ANSWER):
            add, least = steps.get(key, (0, 0))
            one = 1 if kind == _INTENT else -1
            steps[key] = add + one, max(0, least + one)
    return [(key, add, least) for key, (add, least) in sorted(steps.items())]
