"""Appended records are written by another thread: the engine goes on, and the order of the rows stays."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unit.storage.journal_rig import ToldClock, note, opened, record, run
from workstation.storage.journal import Journal
from workstation.storage.journal_behind import WriterBehind
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.journal_rows import Encoded, StoredRow, encoded
from workstation.storage.journal_verify import verify
from workstation.storage.records import RecordKind as K


class SlowDisk:
    """Stands before the real writer: a batch waits until the test lets it, and may fail then."""

    def __init__(self, journal: Journal) -> None:
        self.began, self.may_end, self.fails = threading.Event(), threading.Event(), False
        self.thread = ""
        self._write = journal._writer.write
        journal._behind._write = self.write

    def write(self, records: Sequence[Encoded]) -> list[StoredRow]:
        self.thread = threading.current_thread().name
        self.began.set()
        assert self.may_end.wait(30)
        if self.fails:
            raise sqlite3.OperationalError("disk I/O error")
        return self._write(records)

    async def begun(self) -> None:
        """Wait until a batch is under way; the loop goes on meanwhile, or this never ends well."""
        assert await asyncio.get_running_loop().run_in_executor(None, self.began.wait, 30)


@contextmanager
def slow(path: Path) -> Iterator[tuple[Journal, SlowDisk]]:
    with opened(path) as journal:
        disk = SlowDisk(journal)
        try:
            yield journal, disk
        finally:
            disk.may_end.set()


def texts(journal: Journal) -> list[object]:
    return [row.body.get("text") for row in journal.read_from(2) if row.kind is not K.CLOSED]


def test_the_engine_goes_on_while_appended_records_are_written(tmp_path: Path) -> None:
    async def work() -> None:
        with slow(tmp_path / "j") as (journal, disk):
            journal.append(note("one"))
            await disk.begun()
            journal.append(note("two"))
            assert disk.thread.startswith("journal")
            disk.may_end.set()
            assert texts(journal) == ["one", "two"]
        assert verify(tmp_path / "j").fault == ""

    run(work())


def test_a_commit_waits_for_what_is_being_written_and_comes_after_it(tmp_path: Path) -> None:
    async def work() -> None:
        with slow(tmp_path / "j") as (journal, disk):
            journal.append(note("one"))
            await disk.begun()
            journal.append(note("two"))
            asyncio.get_running_loop().call_soon(disk.may_end.set)
            await journal.commit([record(K.INTENT, "W1", text="three")])
            assert texts(journal) == ["one", "two", "three"]

    run(work())


def test_what_came_while_a_batch_was_written_follows_by_itself(tmp_path: Path) -> None:
    async def work() -> None:
        with slow(tmp_path / "j") as (journal, disk):
            journal.append(note("one"))
            await disk.begun()
            journal.append(note("two"))
            disk.began.clear()
            disk.may_end.set()
            await disk.begun()
            assert journal.last_seq == 3

    run(work())


def test_a_batch_that_failed_is_kept_in_its_place_and_commits_fail(tmp_path: Path) -> None:
    async def work() -> None:
        with slow(tmp_path / "j") as (journal, disk):
            journal.append(note("one"))
            await disk.begun()
            disk.fails = True
            journal.append(note("two"))
            asyncio.get_running_loop().call_soon(disk.may_end.set)
            with pytest.raises(JournalFailed):
                await journal.commit([record(K.INTENT, "W1", text="never")])
            assert journal.fault
            journal.append(note("three"))
            assert journal.retry()
            assert texts(journal) == ["one", "two", "three"]
        assert verify(tmp_path / "j").fault == ""

    run(work())


def test_a_request_cancelled_before_a_failed_batch_is_settled_harms_nothing(tmp_path: Path) -> None:
    async def work() -> None:
        with slow(tmp_path / "j") as (journal, disk):
            journal.append(note("one"))
            await disk.begun()
            disk.fails = True
            asking = asyncio.ensure_future(journal.commit([record(K.INTENT, "W1", text="never")]))
            await asyncio.sleep(0)
            asking.cancel()
            disk.may_end.set()
            with pytest.raises(asyncio.CancelledError):
                await asking
            journal.append(note("two"))
            assert journal.last_seq == 1
            assert journal.retry()
            assert texts(journal) == ["one", "two"]

    run(work())


def test_closing_waits_for_what_is_being_written(tmp_path: Path) -> None:
    async def work() -> None:
        with slow(tmp_path / "j") as (journal, disk):
            journal.append(note("one"))
            await disk.begun()
            journal.append(note("two"))
            disk.may_end.set()
        with opened(tmp_path / "j") as again:
            assert again.ended_cleanly
            assert [row.kind for row in again.read_from(1)] == [K.OPENED, K.NOTE, K.NOTE, K.CLOSED, K.OPENED]

    run(work())


def test_a_loop_that_ends_meanwhile_loses_nothing(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "j", ToldClock())
    disk = SlowDisk(journal)

    async def work() -> None:
        journal.append(note("one"))
        await disk.begun()

    run(work())
    disk.may_end.set()
    assert texts(journal) == ["one"]
    journal.close()


def test_a_batch_is_settled_once() -> None:
    over = threading.Event()
    behind = WriterBehind(lambda records: [])
    assert behind.settle() is None
    behind.start([encoded(note("one"))], over.set)
    written = behind.settle()
    assert written is not None
    assert [one.body["text"] for one, _ in written.records] == ["one"]
    assert behind.settle() is None
    behind.close()
    assert over.is_set()
