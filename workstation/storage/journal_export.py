"""The journal as text: JSON lines, which keep the chain checkable, or CSV for a spreadsheet.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end as a formula, and a venue
chooses much of this text. Such cells get an apostrophe in front, in CSV only (OWASP, CSV injection).
"""

import csv
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from workstation.storage.journal_faults import JournalFailed, cause_of
from workstation.storage.journal_reads import rows_from
from workstation.storage.journal_rows import RawRow
from workstation.storage.journal_schema import open_for_reading

_COLUMNS = ("seq", "time", "time_ns", "kind", "cl_ord_id", "connection_id", "body", "hash")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_json_lines(path: Path, out: TextIO, from_seq: int = 1) -> int:
    """Write one JSON object per row to `out` and return their number.

    Raises:
        JournalUnusable: there is no journal, or it cannot be opened.
        JournalFailed: it cannot be read to its end.
        OSError: `out` cannot be written.
    """
    count = 0
    for row in _rows(path, from_seq):
        keys = {"seq": row.seq, "time": _time_text(row.time_ns), "time_ns": row.time_ns, "kind": row.kind}
        text = json.dumps({**keys, "cl_ord_id": row.cl_ord_id, "connection_id": row.connection_id})
        out.write(f'{text[:-1]}, "body": {row.body}, "hash": "{row.hash.hex()}"}}\n')
        count += 1
    return count


def export_csv(path: Path, out: TextIO, from_seq: int = 1) -> int:
    """Write one line per row to `out`, under a line of column names, and return the number of rows.

    Raises:
        JournalUnusable: there is no journal, or it cannot be opened.
        JournalFailed: it cannot be read to its end.
        OSError: `out` cannot be written.
    """
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(_COLUMNS)
    count = 0
    for row in _rows(path, from_seq):
        texts = (row.kind, row.cl_ord_id or "", row.connection_id or "", row.body)
        kind, cl_ord_id, connection_id, body = map(harmless, texts)
        time_text = _time_text(row.time_ns)
        lines.writerow((row.seq, time_text, row.time_ns, kind, cl_ord_id, connection_id, body, row.hash.hex()))
        count += 1
    return count


def harmless(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _rows(path: Path, from_seq: int) -> Iterator[RawRow]:
    connection = open_for_reading(path)
    try:
        yield from rows_from(connection, from_seq)
    except sqlite3.Error as error:
        raise JournalFailed(f"The journal {path} cannot be read to its end: {cause_of(error)[0]}.") from error
    finally:
        connection.close()


def _time_text(time_ns: int) -> str:
    seconds, rest = divmod(time_ns, 1_000_000_000)
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"
    except (ValueError, OverflowError, OSError):  # a damaged row must still be exportable
        return ""
