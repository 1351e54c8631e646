import shutil
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import note, opened, record, tampered
from workstation.storage.journal_faults import JournalUnusable
from workstation.storage.journal_verify import verify
from workstation.storage.records import RecordKind

ROWS = 12
"""OPENED, ten notes, CLOSED."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "j"
    with opened(path) as journal:
        for number in range(9):
            journal.append(note(str(number)))
        journal.append(record(RecordKind.ORDER, "W1", state="NEW"))
    return path


def fault_after(sound: Path, tmp_path: Path, *statements: str) -> str:
    path = tmp_path / "j"
    shutil.copy(sound, path)
    tampered(path, *statements)
    return verify(path).fault


def test_a_sound_journal_is_intact(sound: Path) -> None:
    verdict = verify(sound)
    assert (verdict.rows, verdict.fault) == (ROWS, "")


@pytest.mark.parametrize(
    "change",
    [
        'body = \'{"text":"other"}\'',
        "body = body || ' '",
        "time_ns = time_ns + 1",
        "kind = 'FRAME_IN'",
        "cl_ord_id = 'W2'",
        "connection_id = NULL",
        "hash = zeroblob(32)",
        "body = CAST(x'ff' AS TEXT)",
        "body = 'ä'",
    ],
)
@pytest.mark.parametrize("seq", [2, 5, 10])
def test_a_changed_row_is_named(sound: Path, tmp_path: Path, change: str, seq: int) -> None:
    assert f"row {seq} " in fault_after(sound, tmp_path, f"UPDATE journal SET {change} WHERE seq = {seq}")


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_a_dropped_row_is_named(sound: Path, tmp_path: Path, seq: int) -> None:
    assert fault_after(sound, tmp_path, f"DELETE FROM journal WHERE seq = {seq}") == f"row {seq} is missing"


def test_several_dropped_rows_are_named(sound: Path, tmp_path: Path) -> None:
    dropped = fault_after(sound, tmp_path, "DELETE FROM journal WHERE seq BETWEEN 3 AND 6")
    assert dropped == "rows 3 to 6 are missing"


def test_a_dropped_row_whose_followers_move_up_is_named(sound: Path, tmp_path: Path) -> None:
    up = [f"UPDATE journal SET seq = {seq - 1} WHERE seq = {seq}" for seq in range(6, ROWS + 1)]
    assert "row 5 " in fault_after(sound, tmp_path, "DELETE FROM journal WHERE seq = 5", *up)


def test_a_swapped_pair_is_named_by_its_first_row(sound: Path, tmp_path: Path) -> None:
    swap = [
        "UPDATE journal SET seq = 100 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = 8",
        "UPDATE journal SET seq = 8 WHERE seq = 100",
    ]
    assert "row 4 " in fault_after(sound, tmp_path, *swap)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"DELETE FROM journal WHERE seq = {ROWS}", f"row {ROWS}, the last, is missing"),
        ("DELETE FROM journal WHERE seq > 9", "rows 10 to 12, the last, are missing"),
        ("DELETE FROM journal", "rows 1 to 12, the last, are missing"),
        ("DELETE FROM head", "sealed head is missing"),
        ("UPDATE head SET seq = 11", "row 12 was added"),
        ("UPDATE head SET hash = zeroblob(32)", "not the one that was sealed"),
        ("INSERT INTO journal SELECT 0, time_ns, kind, cl_ord_id, connection_id, body, hash FROM journal WHERE seq=1",
         "row 0 was added before the first"),
    ],
)  # fmt: skip
def test_a_cut_or_lengthened_journal_is_noticed(sound: Path, tmp_path: Path, statement: str, words: str) -> None:
    assert words in fault_after(sound, tmp_path, statement)


def test_the_writer_may_go_on_meanwhile(tmp_path: Path) -> None:
    with opened(tmp_path / "j") as journal:
        journal.append(note("one"))
        assert verify(tmp_path / "j").rows == 2
        journal.append(note("two"))
        assert verify(tmp_path / "j").rows == 3


def test_damaged_pages_are_told_as_what_they_are(sound: Path, tmp_path: Path) -> None:
    data = bytearray(sound.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 64] = b"\xa5" * 64
    (tmp_path / "j").write_bytes(data)
    verdict = verify(tmp_path / "j")
    assert verdict.rows == 0
    assert "row 1 cannot be read" in verdict.fault


def test_there_must_be_a_journal(tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable):
        verify(tmp_path / "none")
