import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import note, opened, run, tampered
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


def test_a_journal_whose_maker_died_before_the_first_row_is_empty_not_foreign(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "j", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with pytest.raises(JournalUnusable, match="is empty"):
        open_for_reading(tmp_path / "j")
    open_for_writing(tmp_path / "j").close()
    open_for_reading(tmp_path / "j").close()


def test_a_log_extended_by_zeros_is_read_to_its_last_frame_after_a_crash(tmp_path: Path) -> None:
    with opened(tmp_path / "j") as journal:
        journal.append(note("last before the crash"))
        for name in ("", "-wal"):
            (tmp_path / f"copy{name}").write_bytes((tmp_path / f"j{name}").read_bytes())
        rows = journal.last_seq
    with opened(tmp_path / "copy") as copy:
        assert copy.read_from(rows, 1)[0].body["text"] == "last before the crash"
        assert copy.last_seq == rows + 1


def test_a_log_that_cannot_grow_gives_the_room_back(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    log = tmp_path / "j-wal"
    log.write_bytes(b"rows")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LOG_SIZE // 2, hard))
    try:
        extend_log(tmp_path / "j")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert log.read_bytes() == b"rows"


def test_a_lock_in_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable, match="cannot be opened or created"):
        lock(tmp_path / "missing" / "j")


def not_a_database(path: Path) -> None:
    path.write_bytes(b"this is no database, it is a letter to the trader" * 100)


def another_database(path: Path) -> None:
    tampered(path, "CREATE TABLE other (x)")


def newer_journal(path: Path) -> None:
    with opened(path):
        pass
    tampered(path, "PRAGMA user_version = 99")


def cut_journal(path: Path) -> None:
    with opened(path):
        pass
    tampered(path, "DELETE FROM journal WHERE seq = 2")


def changed_tail(path: Path) -> None:
    with opened(path):
        pass
    tampered(path, "UPDATE journal SET hash = zeroblob(32) WHERE seq = 2")


def headless_journal(path: Path) -> None:
    with opened(path):
        pass
    tampered(path, "DELETE FROM head")


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (not_a_database, "not a journal"),
        (another_database, "not a journal"),
        (newer_journal, "another version"),
        (cut_journal, "last rows are missing or changed"),
        (changed_tail, "last rows are missing or changed"),
        (headless_journal, "damaged|missing or changed"),
        (a_folder, "cannot be opened"),
    ],
)
def test_what_is_no_sound_journal_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "j"
    make(path)
    before = None if path.is_dir() else path.read_bytes()
    with pytest.raises(JournalUnusable, match=words):
        open_for_writing(path)
    assert path.is_dir() or path.read_bytes() == before
