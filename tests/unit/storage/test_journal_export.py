import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.storage.journal_rig import opened, record, run, tampered
from workstation.storage.journal_export import export_csv, export_json_lines, harmless
from workstation.storage.journal_faults import JournalUnusable
from workstation.storage.records import RecordKind


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite"

    async def work() -> None:
        with opened(path) as journal:
            await journal.commit([record(RecordKind.INTENT, "=W1", text='a "quoted", line\nand more', price="1.10")])

    run(work())
    return path


def test_json_lines_hold_every_row_and_its_hash(journal: Path) -> None:
    out = io.StringIO()
    assert export_json_lines(journal, out) == 3
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["seq"] for row in rows] == [1, 2, 3]
    assert [row["kind"] for row in rows] == ["OPENED", "INTENT", "CLOSED"]
    assert rows[1]["body"]["price"] == "1.10"
    assert rows[1]["time"] == "2026-09-21T14:13:20.000000000Z"
    assert all(len(row["hash"]) == 64 for row in rows)


def test_csv_is_read_back_and_runs_no_formula(journal: Path) -> None:
    out = io.StringIO()
    assert export_csv(journal, out, from_seq=2) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert rows[0]["cl_ord_id"] == "'=W1"
    assert json.loads(rows[0]["body"])["text"] == 'a "quoted", line\nand more'


@given(st.text())
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    safe = harmless(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe.removeprefix("'") == cell.removeprefix("'") or safe == cell


def test_a_damaged_row_can_still_be_exported(journal: Path) -> None:
    tampered(journal, "UPDATE journal SET time_ns = 9223372036854775807 WHERE seq = 2")
    out = io.StringIO()
    assert export_json_lines(journal, out) == 3


def test_where_there_is_no_journal_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable, match="no journal"):
        export_csv(tmp_path / "none", io.StringIO())
