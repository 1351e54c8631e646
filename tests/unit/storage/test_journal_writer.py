import sqlite3
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import note, record
from workstation.storage.journal_rows import encoded
from workstation.storage.journal_schema import open_for_writing
from workstation.storage.journal_verify import verify
from workstation.storage.journal_writer import JournalWriter
from workstation.storage.records import RecordKind as K


def test_a_batch_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "j")
    writer = JournalWriter(connection)
    writer.write([encoded(note("one"))])
    connection.execute(
        "CREATE TRIGGER no BEFORE INSERT ON journal WHEN NEW.seq = 3 BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        writer.write([encoded(note("two")), encoded(note("three"))])
    assert writer.seq == 1
    connection.execute("DROP TRIGGER no")
    writer.write([encoded(note("two")), encoded(note("three"))])
    assert writer.seq == 3
    connection.close()
    assert verify(tmp_path / "j").fault == ""


def test_a_writer_goes_on_where_the_last_one_stopped(tmp_path: Path) -> None:
    for expected in (1, 2):
        connection = open_for_writing(tmp_path / "j")
        writer = JournalWriter(connection)
        writer.write([encoded(note("one"))])
        assert writer.seq == expected
        connection.close()
    assert verify(tmp_path / "j").rows == 2


def test_a_commit_touches_no_page_per_order(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "j")
    rows = JournalWriter(connection).write([encoded(record(K.INTENT, f"W{number}")) for number in range(3)])
    assert [row[0] for row in rows] == [1, 2, 3]
    for table in ("order_rows", "order_heads"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize("count", [1, 5, 64, 333, 600])
def test_a_batch_of_any_size_is_written_completely_and_in_order(tmp_path: Path, count: int) -> None:
    connection = open_for_writing(tmp_path / "j")
    rows = JournalWriter(connection).write([encoded(note(f"number {number}")) for number in range(count)])
    assert list(connection.execute("SELECT * FROM journal ORDER BY seq")) == rows
    assert len(rows) == count
    connection.close()
    assert verify(tmp_path / "j").rows == count
