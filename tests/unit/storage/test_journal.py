import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import ToldClock, note, opened, record, run, tampered
from workstation.domain.identity import ClOrdID
from workstation.storage import journal as journal_module
from workstation.storage import journal_index
from workstation.storage.journal import Journal
from workstation.storage.journal_faults import JournalFailed, JournalUnusable
from workstation.storage.journal_verify import verify
from workstation.storage.records import Record, RecordKind

K = RecordKind


def kinds(journal: Journal) -> list[RecordKind]:
    return [row.kind for row in journal.read_from(1)]


def texts(journal: Journal) -> list[object]:
    return [row.body.get("text") for row in journal.read_from(1) if row.kind is K.NOTE]


def fill_disk(journal: Journal) -> None:
    """No page more: SQLite then answers as on a full disk."""
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")


def free_disk(journal: Journal) -> None:
    journal._connection.execute("PRAGMA max_page_count = 1000000")


def big_note(text: str = "x") -> Record:
    return record(K.NOTE, None, text=text, padding="x" * 20_000)


def test_what_is_committed_is_read_back_in_order(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([record(K.INTENT, "W1", price="1.10"), record(K.ORDER, "W1", state="PENDING_NEW")])
            assert kinds(journal) == [K.OPENED, K.INTENT, K.ORDER]
            assert [row.seq for row in journal.read_from(2)] == [2, 3]
            assert [row.body for row in journal.read_order(ClOrdID("W1"))] == [
                {"price": "1.10"},
                {"state": "PENDING_NEW"},
            ]

    run(work())


def test_a_commit_is_visible_to_another_reader_when_it_returns(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([record(K.INTENT, "W1")])
            other = sqlite3.connect(tmp_path / "j")
            assert other.execute("SELECT count(*) FROM journal WHERE cl_ord_id = 'W1'").fetchone() == (1,)
            other.close()

    run(work())


def test_commits_of_one_turn_share_one_transaction(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            statements: list[str] = []
            journal._connection.set_trace_callback(statements.append)
            await asyncio.gather(*(journal.commit([note(str(n))]) for n in range(64)))
            assert statements.count("COMMIT") == 1
            assert texts(journal) == [str(n) for n in range(64)]

    run(work())


def test_every_commit_is_flushed_to_the_disk(tmp_path: Path) -> None:
    with opened(tmp_path / "j") as journal:
        assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert journal._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_appended_records_keep_their_place_before_a_commit(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            journal.append(note("seen"))
            committed = asyncio.gather(journal.commit([note("sent")]))
            await asyncio.sleep(0)  # the commit waits for the end of this turn
            journal.append(note("seen later"))
            await committed
            assert texts(journal) == ["seen", "sent", "seen later"]

    run(work())


def test_appended_records_reach_the_disk_by_themselves(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            before = journal.last_seq
            journal.append(note("seen"))
            assert journal.last_seq == before
            written = asyncio.Event()
            asyncio.get_running_loop().call_later(journal_module.APPEND_DELAY_S, written.set)
            await written.wait()
            assert journal.last_seq == before + 1

    run(work())


def test_a_flood_of_appended_records_does_not_wait_for_the_timer(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            for _ in range(70):
                journal.append(big_note())
            await asyncio.sleep(0)
            assert journal.last_seq == 71

    run(work())


def test_flush_now_and_records_without_a_loop_are_written_at_once(tmp_path: Path) -> None:
    with opened(tmp_path / "j") as journal:
        journal.append(note("no loop runs"))
        assert journal.last_seq == 2

    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            journal.append(note("loop runs"))
            journal.flush_now()
            assert journal.last_seq == 5

    run(work())


def test_a_request_whose_task_was_cancelled_leaves_no_intent(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            async with asyncio.TaskGroup() as tasks:
                cancelled = tasks.create_task(journal.commit([record(K.INTENT, "W1")]))
                kept = tasks.create_task(journal.commit([record(K.INTENT, "W2")]))
                await asyncio.sleep(0)
                cancelled.cancel()
            assert kept.done()
            assert [row.cl_ord_id for row in journal.open_intents()] == ["W2"]

    run(work())


def test_a_full_disk_fails_commits_keeps_appended_records_and_heals(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            journal.append(note("before"))
            fill_disk(journal)
            with pytest.raises(JournalFailed, match="disk is full"):
                await journal.commit([record(K.INTENT, "W1"), big_note()])
            assert "No new order is sent" in journal.fault
            with pytest.raises(JournalFailed, match="disk is full"):
                await journal.commit([note("small")])
            journal.append(note("during"))
            free_disk(journal)
            with pytest.raises(JournalFailed):
                await journal.commit([note("still refused until retried")])
            assert journal.retry()
            assert journal.fault == ""
            await journal.commit([note("after")])
            assert texts(journal) == ["before", "during", "after"]
            assert journal.open_intents() == []
        assert verify(tmp_path / "j").fault == ""

    run(work())


def test_a_retry_on_a_disk_that_is_still_full_says_so(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            journal.append(big_note("kept"))
            fill_disk(journal)
            with pytest.raises(JournalFailed):
                journal.flush_now()
            assert not journal.retry()
            assert "disk is full" in journal.fault
            free_disk(journal)
            assert journal.retry()
            assert texts(journal) == ["kept"]

    run(work())


def test_memory_is_bounded_while_the_disk_is_full_and_the_gap_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "_FAULT_LIMIT_BYTES", 50_000)

    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            fill_disk(journal)
            with pytest.raises(JournalFailed):
                await journal.commit([big_note()])
            for number in range(5):
                journal.append(big_note(str(number)))
            free_disk(journal)
            assert journal.retry()
            assert texts(journal) == ["0", "1", "3 records were lost while the journal could not be written."]

    run(work())


def test_a_failing_disk_is_a_fault_too(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")

    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
            try:
                with pytest.raises(JournalFailed, match="disk reports an error"):
                    await journal.commit([record(K.INTENT, "W1")])
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert journal.retry()
            await journal.commit([record(K.INTENT, "W2")])
            assert [row.cl_ord_id for row in journal.open_intents()] == ["W2"]
        assert verify(tmp_path / "j").fault == ""

    run(work())


def test_a_second_writer_is_kept_out_until_the_first_closes(tmp_path: Path) -> None:
    with opened(tmp_path / "j"):
        with pytest.raises(JournalUnusable, match="in use by another running copy"):
            Journal.open(tmp_path / "j", ToldClock())
        code = (
            "import sys, pathlib\n"
            "from workstation.storage.journal_schema import lock\n"
            "from workstation.storage.journal_faults import JournalUnusable\n"
            "try: lock(pathlib.Path(sys.argv[1]))\n"
            "except JournalUnusable: sys.exit(7)\n"
        )
        other = subprocess.run([sys.executable, "-c", code, tmp_path / "j"], check=False)
        assert other.returncode == 7
    with opened(tmp_path / "j") as journal:
        assert journal.last_seq == 3


def test_closing_is_written_and_the_next_start_knows(tmp_path: Path) -> None:
    with opened(tmp_path / "j") as journal:
        assert journal.ended_cleanly
    with opened(tmp_path / "j") as journal:
        assert journal.ended_cleanly
        assert kinds(journal) == [K.OPENED, K.CLOSED, K.OPENED]
        assert journal.read_from(1, 1)[0].body["process"] == os.getpid()
    tampered(
        tmp_path / "j",
        "DELETE FROM journal WHERE seq = 4",
        "UPDATE head SET (seq, hash) = (SELECT seq, hash FROM journal WHERE seq = 3)",
    )
    with opened(tmp_path / "j") as journal:
        assert not journal.ended_cleanly


def test_nothing_is_taken_after_closing(tmp_path: Path) -> None:
    async def work() -> None:
        journal = Journal.open(tmp_path / "j", ToldClock())
        journal.append(note("waits"))
        journal.close()
        journal.close()
        journal.append(note("too late"))
        with pytest.raises(JournalFailed, match="closed"):
            await journal.commit([note("too late")])
        assert not journal.retry()
        with opened(tmp_path / "j") as again:
            assert texts(again) == ["waits"]

    run(work())


@pytest.mark.parametrize("value", [object(), {1, 2}, float("nan")])
def test_a_body_that_is_no_json_is_refused_and_harms_nothing(tmp_path: Path, value: object) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            bad = Record(kind=K.NOTE, time_ns=1, body={"value": value})
            with pytest.raises((TypeError, ValueError)):
                await journal.commit([bad])
            with pytest.raises((TypeError, ValueError)):
                journal.append(bad)
            await journal.commit([note("fine")])
            assert texts(journal) == ["fine"]

    run(work())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalUnusable, match="cannot be made"):
        Journal.open(tmp_path / "file" / "j", ToldClock())


def test_orders_are_indexed_behind_the_traffic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_index, "DELAY_S", 0.0)

    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([record(K.INTENT, f"W{number}") for number in range(300)])
            assert journal._index.pending == 300
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert journal._index.pending == 0

    run(work())


def test_a_flood_is_indexed_as_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_index, "LIMIT_ROWS", 100)

    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            for _ in range(5):
                await journal.commit([record(K.FRAME_IN, f"W{number}") for number in range(90)])
            assert journal._index.pending <= 100

    run(work())


def test_an_order_s_history_can_be_read_while_the_disk_is_full(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([record(K.INTENT, "W1")])
            fill_disk(journal)
            with pytest.raises(JournalFailed):
                await journal.commit([big_note()])
            assert [row.kind for row in journal.read_order(ClOrdID("W1"))] == [K.INTENT]
            free_disk(journal)

    run(work())


def test_a_damaged_row_fails_the_question_not_the_journal(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([record(K.ORDER, "W1", state="NEW"), note("last")])
        tampered(tmp_path / "j", "UPDATE journal SET body = 'no json' WHERE seq = 2")
        with opened(tmp_path / "j") as journal:
            with pytest.raises(JournalFailed, match="row 2"):
                journal.last_orders()
            await journal.commit([note("goes on")])

    run(work())
