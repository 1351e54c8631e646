import sqlite3
from pathlib import Path

import pytest

from workstation.storage.journal_faults import cause_of, unusable, write_fault


class NamedError(sqlite3.OperationalError):
    def __init__(self, name: str) -> None:
        super().__init__("raw words of the library")
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_READONLY_DBMOVED", "read-only"),
        ("SQLITE_IOERR_WRITE", "disk reports an error"),
        ("SQLITE_CORRUPT", "damaged"),
        ("SQLITE_BUSY", "another program"),
    ],
)
def test_a_known_cause_is_told_with_its_cure(name: str, words: str) -> None:
    error = NamedError(name)
    cause, cure = cause_of(error)
    assert words in cause
    assert cure
    assert "No new order is sent" in write_fault(Path("j"), error)
    assert "cancels still pass" in write_fault(Path("j"), error)
    assert "Without it no order can be sent" in str(unusable(Path("j"), error))


def test_an_unknown_cause_is_quoted() -> None:
    assert "raw words" in cause_of(NamedError("SQLITE_MISMATCH"))[0]
