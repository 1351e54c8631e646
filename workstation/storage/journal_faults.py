"""What can go wrong with the journal, in words for the trader.

JournalUnusable    it cannot be opened                     nothing starts; the text says what to do
JournalFailed      it could not be written or read just now   nothing is sent until a retry succeeds
"""

import sqlite3
from pathlib import Path


class JournalUnusable(Exception):
    """The journal cannot be opened; the text says why, what it means and what to do."""


class JournalFailed(Exception):
    """The journal could not be written or read; what was to be written is not on disk."""


_CAUSES = (
    ("SQLITE_FULL", "the disk is full", "Free some space on it"),
    ("SQLITE_READONLY", "the file or its disk is read-only", "Make it writable"),
    ("SQLITE_PERM", "this user may not write it", "Give this user the right to write it"),
    ("SQLITE_CANTOPEN", "it cannot be opened or created", "Check that the folder exists and is writable"),
    ("SQLITE_BUSY", "another program holds it", "Close the other program"),
    ("SQLITE_LOCKED", "another program holds it", "Close the other program"),
    ("SQLITE_CORRUPT", "the file is damaged", "Move the file away to keep it and start again, or restore a copy"),
    ("SQLITE_NOTADB", "it is not a journal", "Move the file away and start again"),
    ("SQLITE_IOERR", "the disk reports an error", "Check the disk"),
)


def cause_of(error: sqlite3.Error) -> tuple[str, str]:
    """Return what is wrong and what to do about it, both without a full stop."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, cause, cure in _CAUSES:
        if name.startswith(prefix):
            return cause, cure
    return f"the database says {str(error) or type(error).__name__!r}", "Restart the program"


def unusable(path: Path, error: sqlite3.Error) -> JournalUnusable:
    """Return the error for a journal that `error` keeps from being opened."""
    cause, cure = cause_of(error)
    return JournalUnusable(
        f"The journal {path} cannot be used: {cause}. Without it no order can be sent. {cure}, or choose another "
        "profile with --profile."
    )


def write_fault(path: Path, error: sqlite3.Error) -> str:
    """Return the sentence that is shown while the journal cannot be written."""
    cause, cure = cause_of(error)
    return (
        f"The journal {path} cannot be written: {cause}. No new order is sent until it can; cancels still pass. "
        f"{cure}, then try again."
    )
