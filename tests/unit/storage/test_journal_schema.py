import sqlite3
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import note, opened, run
from workstation.storage.journal_faults import JournalUnusable
from workstation.storage.journal_schema import (
    LOG_SIZE,
    extend_log,
    lock,
    open_for_reading,
    open_for_writing,
)


def test_a_new_journal_is_its_owners_only(tmp_path: Path) -> None:
    open_for_writing(tmp_path / "j").close()
    assert (tmp_path / "j").stat().st_mode & 0o077 == 0


def test_a_reader_can_change_nothing(tmp_path: Path) -> None:
    open_for_writing(tmp_path / "j").close()
    reader = open_for_reading(tmp_path / "j")
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM head")
    reader.close()


def test_the_log_gets_its_working_size_and_the_rows_stay(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([note("one")])
            extend_log(tmp_path / "j")
            assert (tmp_path / "j-wal").stat().st_size >= LOG_SIZE
            await journal.commit([note("two")])
            reader = open_for_reading(tmp_path / "j")
            assert reader.execute("SELECT count(*) FROM journal").fetchone() == (3,)
            reader.close()

    run(work())


def test_a_lock_is_held_once_and_given_back(tmp_path: Path) -> None:
    held = lock(tmp_path / "j")
    with pytest.raises(JournalUnusable, match="in use by another"):
        lock(tmp_path / "j")
    held.close()
    lock(tmp_path / "j").close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("PRAGMA application_id = 1", "not a journal of this program"),
        ("PRAGMA user_version = 99", "another version"),
        ("UPDATE head SET seq = seq + 1", "last rows are missing"),
    ],
)
def test_what_is_not_ours_is_refused(tmp_path: Path, statement: str, words: str) -> None:
    open_for_writing(tmp_path / "j").close()
    connection = sqlite3.connect(tmp_path / "j", isolation_level=None)
    connection.execute(statement)
    connection.close()
    with pytest.raises(JournalUnusable, match=words):
        open_for_writing(tmp_path / "j")
