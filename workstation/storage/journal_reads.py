"""Questions to the journal, the ones that a start and an order's history ask.

Each sees what was committed; those about orders see what was indexed.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from workstation.storage.journal_rows import RawRow, Row, read_row
from workstation.storage.records import RecordKind

_COLUMNS = "seq, time_ns, kind, cl_ord_id, connection_id, body, hash"
_UNANSWERED = f"""SELECT {_COLUMNS} FROM (
        SELECT journal.*, order_heads.unanswered,
               row_number() OVER (PARTITION BY journal.cl_ord_id ORDER BY journal.seq DESC) AS newest
        FROM order_heads
            JOIN order_rows ON order_rows.cl_ord_id = order_heads.cl_ord_id
            JOIN journal ON journal.seq = order_rows.seq
        WHERE order_heads.unanswered > 0 AND journal.kind = '{RecordKind.INTENT.value}'
    ) WHERE newest <= unanswered ORDER BY seq"""


def rows_from(connection: sqlite3.Connection, seq: int, limit: int | None = None) -> Iterator[RawRow]:
    """Yield stored rows from number `seq` on, oldest first, at most `limit`."""
    cursor = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?", (seq, -1 if limit is None else limit)
    )
    return map(RawRow._make, cursor)


def rows_numbered(connection: sqlite3.Connection, numbers: list[int]) -> list[Row]:
    """Return the rows of these numbers, oldest first."""
    cursor = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq", (str(numbers),)
    )
    return [read_row(RawRow._make(raw)) for raw in cursor]


def last_orders(connection: sqlite3.Connection) -> list[Row]:
    """Return the last ORDER row of every order, oldest first."""
    cursor = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE seq IN (SELECT order_seq FROM order_heads) ORDER BY seq"
    )
    return [read_row(RawRow._make(raw)) for raw in cursor]


def open_intents(connection: sqlite3.Connection) -> list[Row]:
    """Return the INTENT rows that no ANSWER closed, oldest first."""
    return [read_row(RawRow._make(raw)) for raw in connection.execute(_UNANSWERED)]


def last_number(connection: sqlite3.Connection, prefix: str) -> int:
    """Return the largest number in the order keys of the form `prefix` and digits; 0 when there is none."""
    digits = "substr(cl_ord_id, length(?1) + 1)"
    found = connection.execute(
        f"""SELECT max(CAST({digits} AS INTEGER)) FROM order_heads
        WHERE substr(cl_ord_id, 1, length(?1)) = ?1 AND {digits} GLOB '[0-9]*' AND NOT {digits} GLOB '*[^0-9]*'""",
        (prefix,),
    ).fetchone()[0]
    return int(found or 0)


def last_part(connection: sqlite3.Connection, prefix: str) -> str:
    """Return the four hexadecimal digits of the order key `prefix`7f3a-N with the largest N; empty for none."""
    digits = "substr(cl_ord_id, length(?1) + 6)"
    found = connection.execute(
        f"""SELECT substr(cl_ord_id, length(?1) + 1, 4) FROM order_heads
        WHERE substr(cl_ord_id, 1, length(?1)) = ?1
            AND substr(cl_ord_id, length(?1) + 1, 5) GLOB '[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-'
            AND {digits} GLOB '[0-9]*' AND NOT {digits} GLOB '*[^0-9]*'
        ORDER BY CAST({digits} AS INTEGER) DESC LIMIT 1""",
        (prefix,),
    ).fetchone()
    return "" if found is None else str(found[0])


def held_items(connection: sqlite3.Connection, connection_id: str, items: Sequence[str]) -> frozenset[str]:
    """Return which of `items` of this venue connection's lists stand in the rows."""
    found = connection.execute(
        "SELECT item FROM held WHERE connection_id = ? AND item IN (SELECT value FROM json_each(?))",
        (connection_id, json.dumps(list(items))),
    )
    return frozenset(item for (item,) in found)


def last_kind(connection: sqlite3.Connection) -> RecordKind | None:
    """Return what the last row says, None for an empty journal."""
    found = connection.execute("SELECT kind FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return None if found is None else RecordKind(found[0])
