"""The journal's file: its tables, how it is opened, and the lock that keeps a second writer out.

SQLite in WAL mode with ``synchronous=FULL``: a committed transaction is on the disk, and readers never wait for the
writer. The tables:

    journal       the rows, append-only
    head          number and hash of the last row, written in the same transaction, so that a cut tail is noticed
                  although a crash never leaves the two apart; and up to which row the following three reach
    order_rows    which rows belong to which order
    order_heads   per order the row of its last state and how many of its requests are unanswered, so that a start
                  need not read the whole history
    held          which members of venues' lists stand in the rows, so that what is told at every login is written once

The lock is an SQLite file of its own, held exclusively: the system lets it go with the process, however that ends, and
it works alike on every system.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from workstation.storage.journal_faults import JournalUnusable, unusable

APPLICATION_ID = 0x574A4E4C  # "WJNL", in the header of the file
SCHEMA_VERSION = 1

LOG_SIZE = 4 << 20
"""Bytes of the log; it is moved into the file and begun anew before it is full."""

_BUSY_S = 0.25
"""How long a write may wait for someone else's lock; readers never hold one."""

_WAL_LIMIT_PAGES = 16_000
"""The writer checkpoints by itself only beyond this, should the checkpointer's thread have failed."""

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    time_ns INTEGER NOT NULL,
    kind TEXT NOT NULL,
    cl_ord_id TEXT,
    connection_id TEXT,
    body TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    indexed_to INTEGER NOT NULL
) STRICT;
CREATE TABLE order_rows (cl_ord_id TEXT, seq INTEGER, PRIMARY KEY (cl_ord_id, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE order_heads (
    cl_ord_id TEXT PRIMARY KEY,
    order_seq INTEGER,
    unanswered INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO head VALUES (1, 0, zeroblob(32), 0);
"""


_HELD = """CREATE TABLE IF NOT EXISTS held (connection_id TEXT, item TEXT, PRIMARY KEY (connection_id, item))
    STRICT, WITHOUT ROWID"""
"""Made at every start: journals of the first days have none, and nothing else reads it."""


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the journal at `path`, making it when there is none.

    Raises:
        JournalUnusable: it cannot be opened, is no journal, is newer than this program, or lost its last rows.
    """
    try:
        connection = _connect(path)
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    try:
        _prepare(path, connection)
    except sqlite3.Error as error:
        connection.close()
        raise unusable(path, error) from error
    except JournalUnusable:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the journal at `path` beside its writer, if any; nothing can be changed through it.

    Raises:
        JournalUnusable: there is no journal, or it cannot be read.
    """
    if not path.is_file():
        raise JournalUnusable(f"There is no journal at {path}.")
    try:
        try:
            return _connect_reading(path, "mode=ro")
        except sqlite3.OperationalError:
            # A journal on read-only media has no place for SQLite's shared index; without a log it needs none.
            if _log_of(path).exists():
                raise
            return _connect_reading(path, "mode=ro&immutable=1")
    except sqlite3.Error as error:
        raise unusable(path, error) from error


def lock(path: Path) -> sqlite3.Connection:
    """Take the right to write the journal at `path`; closing the connection gives it back.

    Raises:
        JournalUnusable: another process has it, or the folder cannot be written.
    """
    held = None
    try:
        held = sqlite3.connect(
            path.with_name(f"{path.name}.lock"), timeout=0, isolation_level=None, check_same_thread=False
        )
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if held is not None:
            held.close()
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise JournalUnusable(
                f"The journal {path} is in use by another running copy of this program. Nothing was changed. "
                "Use that window, or choose another profile with --profile."
            ) from error
        raise unusable(path, error) from error
    return held


def extend_log(path: Path) -> None:
    """Give the journal's log its working size now, by zeros at its end; only its writer may call this, after a commit.

    A flush of a file that grew writes the file system's own records too: without this a commit takes half as long
    again. SQLite reads a log up to the first frame whose checksum is wrong, and zeros are such a frame.
    """
    with suppress(OSError), _log_of(path).open("r+b") as log:
        size = log.seek(0, os.SEEK_END)
        try:
            log.write(bytes(max(0, LOG_SIZE - size)))
            log.flush()
            os.fsync(log.fileno())
        except OSError:  # a full disk: give back what we took, the rows need it
            log.truncate(size)


def _connect(path: Path) -> sqlite3.Connection:
    # Opened where the program is put together, used on the engine's thread: one thread at a time, never two.
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    connection.row_factory = None
    return connection


def _connect_reading(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True, timeout=5, isolation_level=None)
    try:
        if _is_empty(connection):  # made, but ended before the first row
            raise JournalUnusable(f"The journal {path} is empty: nothing was ever written to it.")
        _require_journal(path, connection)
    except (sqlite3.Error, JournalUnusable):
        connection.close()
        raise
    return connection


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    if _is_empty(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
        with suppress(OSError):  # a file system without owners
            path.chmod(0o600)
    _require_journal(path, connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(_HELD)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS: through the drive's own cache; nothing elsewhere
    connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_LIMIT_PAGES}")
    _require_whole_tail(path, connection)


def _is_empty(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_schema").fetchone()[0])


def _require_journal(path: Path, connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise JournalUnusable(f"{path} is not a journal of this program. Move it away, or choose another profile.")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise JournalUnusable(
            f"The journal {path} was written by another version of this program (format {version}, this one reads "
            f"{SCHEMA_VERSION}). Nothing was changed. Use that version, or choose another profile with --profile."
        )


def _require_whole_tail(path: Path, connection: sqlite3.Connection) -> None:
    # Writing on after lost rows would hide the loss, and their order numbers would be given out again.
    sealed = connection.execute("SELECT seq, hash FROM head").fetchone()
    last = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    if sealed is None or (last or (0, bytes(32))) != sealed:
        raise JournalUnusable(
            f"The journal {path} is damaged: its last rows are missing or changed. Nothing was changed now. "
            "Check your orders at the broker, keep the file, and start with another profile or an older copy of it."
        )


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
