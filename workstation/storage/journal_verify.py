"""Checks a journal from its first row to its last, and names the first that is not as it was written.

It catches a row that was changed, dropped, swapped, added or cut off at the end, by whatever hand, as long as that
hand did not write every later hash and the sealed head anew as well. A crash never looks like one: a row and the head
are written in one transaction.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from workstation.storage.journal_faults import cause_of
from workstation.storage.journal_reads import rows_from
from workstation.storage.journal_rows import FIRST_HASH, chained, row_text
from workstation.storage.journal_schema import open_for_reading


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: `rows` that are sound from the start, and what is wrong after them; empty if nothing."""

    rows: int
    fault: str = ""


def verify(path: Path) -> Verdict:
    """Check the journal at `path`, beside its writer if there is one.

    Raises:
        JournalUnusable: there is no journal, or it cannot be opened.
    """
    connection = open_for_reading(path)
    sound = 0
    try:
        connection.execute("BEGIN")  # one view of rows and head, whatever is written meanwhile
        last_hash = FIRST_HASH
        for seq, time_ns, kind, cl_ord_id, connection_id, body, stored in rows_from(connection, -(1 << 63)):
            if seq != sound + 1:
                return Verdict(sound, _out_of_sequence(seq, sound))
            last_hash = chained(last_hash, row_text((seq, time_ns), kind, cl_ord_id, connection_id, body))
            if last_hash != stored:
                return Verdict(sound, f"row {seq} was changed, swapped, or put in the place of a dropped one")
            sound = seq
        return Verdict(sound, _tail_fault(connection, sound, last_hash))
    except (UnicodeError, TypeError):
        return Verdict(sound, f"row {sound + 1} holds what this program never writes")
    except sqlite3.Error as error:
        return Verdict(sound, f"row {sound + 1} cannot be read: {cause_of(error)[0]}")
    finally:
        connection.close()


def _out_of_sequence(seq: int, sound: int) -> str:
    if seq <= sound:
        return f"row {seq} was added before the first"
    return f"row {sound + 1} is missing" if seq == sound + 2 else f"rows {sound + 1} to {seq - 1} are missing"


def _tail_fault(connection: sqlite3.Connection, sound: int, last_hash: bytes) -> str:
    head = connection.execute("SELECT seq, hash FROM head").fetchone()
    if head is None:
        return "the sealed head is missing, so rows at the end may be missing too"
    sealed, sealed_hash = head
    if sealed == sound + 1:
        return f"row {sealed}, the last, is missing"
    if sealed > sound:
        return f"rows {sound + 1} to {sealed}, the last, are missing"
    if sealed < sound:
        return f"row {sealed + 1} was added after the journal was sealed"
    return "" if sealed_hash == last_hash else f"row {sound}, the last, is not the one that was sealed"
