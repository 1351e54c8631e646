"""Writes batches of rows: one transaction each, so one flush of the disk each.

A batch is written whole or not at all. Where a commit fails in its last step, the disk's flush, SQLite takes it back
here, but its bytes may still be found after a crash: then an intent shows up that was never sent. That is the safe
side: it is in doubt until the venue's books settle it.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain as joined

from workstation.storage.journal_rows import Encoded, StoredRow, chain

_ROW = "(?, ?, ?, ?, ?, ?, ?)"
_INSERTS = [(rows, "INSERT INTO journal VALUES " + ", ".join([_ROW] * rows)) for rows in (256, 64, 16, 4, 1)]
"""Many rows by one statement: each gives the interpreter away, and beside a busy screen it comes back late."""
_SEAL = "UPDATE head SET seq = ?, hash = ?"


class JournalWriter:
    """The end of the chain, and the statements that lengthen it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seq, self._hash = connection.execute("SELECT seq, hash FROM head").fetchone()

    @property
    def seq(self) -> int:
        """Number of the last row on disk; 0 when there is none."""
        return int(self._seq)

    def write(self, records: Sequence[Encoded]) -> list[StoredRow]:
        """Put `records` at the end of the chain, on the disk when this returns, and return them as rows.

        Raises:
            sqlite3.Error: none of them was written.
        """
        rows = chain(records, self._seq, self._hash)
        seq, last_hash = rows[-1][0], rows[-1][-1]
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            self._insert(rows)
            execute(_SEAL, (seq, last_hash))
            execute("COMMIT")
            self._seq, self._hash = seq, last_hash
        finally:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    execute("ROLLBACK")
        return rows

    def _insert(self, rows: list[StoredRow]) -> None:
        first = 0
        for size, statement in _INSERTS:
            while len(rows) - first >= size:
                self._connection.execute(statement, tuple(joined.from_iterable(rows[first : first + size])))
                first += size
