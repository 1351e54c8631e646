"""The record of everything that was meant, sent and seen: append-only, on the disk before anything is on the wire.

Commits of one turn of the loop are gathered and written in one transaction, directly on the engine's loop: one flush of
the disk for all of them, and no hop to another thread between the click and the wire. What is only seen (frames in,
changes of state) is appended: in order with everything else, on the disk with the next commit or within 50 ms. The
latter is done behind the traffic by another thread, so that a slow disk does not stall the engine.

After a failed write nothing more is written until :meth:`Journal.retry` succeeds, because a journal with holes would be
believed. Records that were appended are kept in memory meanwhile, up to a limit; a commit that failed is gone, since
its request was not sent.

Everything here belongs to one thread, the engine's; only opening and closing may happen elsewhere, before and after,
and the file is another thread's while that writes (:mod:`workstation.storage.journal_behind`).
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self, TypeVar

import workstation
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.runtime.clock import Clock
from workstation.storage import journal_reads
from workstation.storage.journal_behind import WriterBehind
from workstation.storage.journal_checkpoint import Checkpointer
from workstation.storage.journal_faults import JournalFailed, JournalUnusable, cause_of, unusable, write_fault
from workstation.storage.journal_index import IndexingBehind, OrderIndex
from workstation.storage.journal_rows import Encoded, Row, StoredRow, UnreadableRow, encoded, read_row
from workstation.storage.journal_schema import LOG_SIZE, extend_log, lock, open_for_writing
from workstation.storage.journal_writer import JournalWriter
from workstation.storage.records import Record, RecordKind

APPEND_DELAY_S: Final = 0.05
"""How long an appended record may stay in memory."""

_APPEND_LIMIT_BYTES = 1 << 20
"""Appended records beyond this are written in the next turn, whatever the time."""

_FAULT_LIMIT_BYTES = 64 << 20
"""How much is kept in memory while the journal cannot be written."""

_LOG_BYTES_PER_COMMIT = 16_384
"""What a commit adds to the log at least: the pages it touches."""

_BEGIN_AFTER_S = APPEND_DELAY_S / 2
"""When the writing of appended records begins, so that a healthy disk has them in time."""

_T = TypeVar("_T")


@dataclass(slots=True)
class _Waiting:
    """Records that wait for the next transaction; `done` is None when nobody awaits them."""

    records: list[Encoded]
    done: asyncio.Future[None] | None = None


class Journal:
    """One profile's journal, open for writing by this process alone."""

    def __init__(self, path: Path, clock: Clock, connection: sqlite3.Connection, held: sqlite3.Connection) -> None:
        self._path = path
        self._clock = clock
        self._connection = connection
        self._lock = held
        self._writer = JournalWriter(connection)
        self._behind = WriterBehind(self._writer.write)
        self._index = OrderIndex(connection)
        self._indexing = IndexingBehind(self._index, lambda: self._behind.busy)
        self._waiting: list[_Waiting] = []
        self._waiting_bytes = 0
        self._flush_handle: asyncio.Handle | None = None
        self._append_handle: asyncio.TimerHandle | None = None
        self._fault = ""
        self._lost = 0
        self._closed = False
        self._ended_cleanly = journal_reads.last_kind(connection) in (None, RecordKind.CLOSED)
        self._checkpointer = Checkpointer(path)
        self._log_bytes = 0

    @classmethod
    def open(cls, path: Path, clock: Clock) -> Self:
        """Open the journal at `path`, making it when there is none, and write that it was opened.

        Raises:
            JournalUnusable: it is in use, cannot be written, is damaged or is no journal.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JournalUnusable(
                f"The folder {path.parent} of the journal cannot be made: {error.strerror}. Without a journal no "
                "order can be sent. Choose another profile with --profile."
            ) from error
        held = lock(path)
        try:
            journal = cls(path, clock, open_for_writing(path), held)
        except (sqlite3.Error, UnreadableRow, ValueError) as error:
            held.close()
            raise unusable(path, error if isinstance(error, sqlite3.Error) else sqlite3.DatabaseError(error)) from error
        except JournalUnusable:
            held.close()
            raise
        journal._write_opened()
        return journal

    @property
    def path(self) -> Path:
        """The journal's file."""
        return self._path

    @property
    def fault(self) -> str:
        """Why nothing can be written, for the trader; empty while the journal is sound."""
        return self._fault

    @property
    def ended_cleanly(self) -> bool:
        """Whether the run before this one closed the journal (or there was none)."""
        return self._ended_cleanly

    @property
    def last_seq(self) -> int:
        """Number of the last row on the disk, when what is being written now is there."""
        self._settle()
        return self._writer.seq

    async def commit(self, records: Sequence[Record]) -> None:
        """Write `records`, in order, as one whole; they are on the disk when this returns.

        Raises:
            JournalFailed: none of them is in the journal; what they announce must not be done.
            TypeError, ValueError: a body holds something else than JSON values.
        """
        self._require_sound()
        waiting = [encoded(record) for record in records]
        if not waiting:
            return
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self._waiting.append(_Waiting(waiting, done))
        if self._flush_handle is None:
            self._flush_handle = loop.call_soon(self._flush)
        await done

    def append(self, record: Record) -> None:
        """Write `record` after everything before it, on the disk with the next commit or within 50 ms.

        Never fails for the disk's sake: while the journal cannot be written the record is kept, up to a limit.

        Raises:
            TypeError, ValueError: the body holds something else than JSON values.
        """
        one = encoded(record)
        size = _size(one)
        if self._closed or (self._fault and self._waiting_bytes + size > _FAULT_LIMIT_BYTES):
            self._lost += 1
            return
        if self._waiting and self._waiting[-1].done is None:
            self._waiting[-1].records.append(one)
        else:
            self._waiting.append(_Waiting([one]))
        self._waiting_bytes += size
        if not self._fault:
            self._schedule_appended()

    def flush_now(self) -> None:
        """Write everything that waits, now.

        Raises:
            JournalFailed: it could not be written; appended records are kept.
        """
        self._require_sound()
        self._flush()
        self._require_sound()

    def retry(self) -> bool:
        """Try to write again after a fault; say whether the journal is sound now."""
        if not self._fault or self._closed:
            return not self._closed
        self._fault = ""
        if self._lost:
            self._note_loss()
        self._write([self._probe()] if not self._waiting else [])
        return not self._fault

    def close(self) -> None:
        """Write what waits and that the journal was closed, and give the file back; the second call does nothing.

        A disk that fails now is not reported: what could be written is written, and the next start sees an unclean end.
        """
        if self._closed:
            return
        self._settle()
        if self._fault:
            self.retry()
        if not self._fault:
            self._write([self._own(RecordKind.CLOSED, {"process": os.getpid()})])
        self._closed = True
        self._cancel_handles()
        self._indexing.cancel()
        with suppress(sqlite3.Error):
            self._index.catch_up()
        self._release(JournalFailed("The journal was closed before this was written; nothing was sent."))
        self._behind.close()
        self._checkpointer.close()
        self._connection.close()
        self._lock.close()

    def read_order(self, cl_ord_id: ClOrdID) -> list[Row]:
        """Return all rows of one order, oldest first, also those that still wait; raises JournalFailed."""
        return self._read(lambda: journal_reads.rows_numbered(self._connection, self._index.rows_of(cl_ord_id)))

    def read_from(self, seq: int, limit: int | None = None) -> list[Row]:
        """Return the rows from number `seq` on, oldest first, at most `limit`; raises JournalFailed."""
        return self._read(lambda: [read_row(raw) for raw in journal_reads.rows_from(self._connection, seq, limit)])

    def last_orders(self) -> list[Row]:
        """Return the last ORDER row of every order, oldest first; raises JournalFailed."""
        return self._read(lambda: journal_reads.last_orders(self._connection), of_orders=True)

    def open_intents(self) -> list[Row]:
        """Return the INTENT rows without an ANSWER, oldest first; answers close their order's oldest intent first.

        Raises:
            JournalFailed: the journal cannot be read.
        """
        return self._read(lambda: journal_reads.open_intents(self._connection), of_orders=True)

    def holds(self, connection_id: ConnectionID, items: Sequence[str]) -> frozenset[str]:
        """Return which of `items`, of lists of this connection's venue, rows hold already; raises JournalFailed."""
        return self._read(lambda: journal_reads.held_items(self._connection, connection_id, items), of_orders=True)

    def last_number(self, prefix: str) -> int:
        """Return the largest number N of the order keys `prefix`N ever written, 0 for none; raises JournalFailed."""
        return self._read(lambda: journal_reads.last_number(self._connection, prefix), of_orders=True)

    def last_part(self, prefix: str) -> str:
        """Return PART of the order key `prefix`PART-N with the largest N, empty for none; raises JournalFailed."""
        return self._read(lambda: journal_reads.last_part(self._connection, prefix), of_orders=True)

    def _read(self, question: Callable[[], _T], of_orders: bool = False) -> _T:
        if not self._fault and not self._closed:
            self._flush()
        try:
            if of_orders:
                self._index.catch_up()
            return question()
        except sqlite3.Error as error:
            cause, cure = cause_of(error)
            raise JournalFailed(f"The journal {self._path} cannot be read: {cause}. {cure}.") from error
        except UnreadableRow as error:
            raise JournalFailed(
                f"The journal {self._path} is damaged: {error}. Run 'workstation journal verify'."
            ) from error

    def _require_sound(self) -> None:
        if self._closed:
            raise JournalFailed("The journal is closed; nothing was sent.")
        if self._fault:
            raise JournalFailed(self._fault)

    def _write_opened(self) -> None:
        self._write([self._own(RecordKind.OPENED, {"version": workstation.__version__, "process": os.getpid()})])
        if self._fault:
            fault, self._closed = self._fault, True
            self._checkpointer.close()
            self._connection.close()
            self._lock.close()
            raise JournalUnusable(fault)
        extend_log(self._path)

    def _schedule_appended(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # before the loop runs or after: nothing would write it later
            self._flush()
            return
        if self._waiting_bytes > _APPEND_LIMIT_BYTES and self._flush_handle is None:
            self._flush_handle = loop.call_soon(self._flush)
        elif self._append_handle is None and self._flush_handle is None and not self._behind.busy:
            self._append_handle = loop.call_later(_BEGIN_AFTER_S, self._flush_behind)

    def _flush(self) -> None:
        self._cancel_handles()
        self._settle()
        if self._waiting and not self._fault:
            self._write([])

    def _flush_behind(self) -> None:
        """Write what was appended, without making the engine wait; a commit of this turn takes it along instead."""
        self._append_handle = None
        if self._flush_handle is None and self._waiting:
            records = [record for one in self._waiting for record in one.records]
            self._waiting, self._waiting_bytes = [], 0
            loop = asyncio.get_running_loop()
            self._behind.start(records, partial(_call_soon, loop, self._settle))

    def _settle(self) -> None:
        """Take note of what was written behind; wait for it, if it is still under way."""
        written = self._behind.settle()
        if written is None:
            return
        if written.error is not None:
            again = [_Waiting(list(written.records)), *self._not_cancelled()]
            self._waiting_bytes += sum(map(_size, written.records))
            self._fail(again, write_fault(self._path, written.error))
            return
        self._wrote(written.rows, written.records)
        if self._waiting and self._flush_handle is None:
            self._schedule_appended()

    def _not_cancelled(self) -> list[_Waiting]:
        """Return what waits; a request whose task was cancelled is not sent, so its intent is not written either."""
        return [one for one in self._waiting if one.done is None or not one.done.cancelled()]

    def _wrote(self, rows: Sequence[StoredRow], records: Sequence[Encoded]) -> None:
        self._index.note(rows)
        self._count_log(records)
        self._indexing.soon()

    def _write(self, last: list[Encoded]) -> None:
        """Write all that waits and `last` in one transaction, and answer those who await it."""
        waiting = self._not_cancelled()
        records = [record for one in waiting for record in one.records] + last
        rows: list[StoredRow] = []
        if records:
            try:
                rows = self._writer.write(records)
            except sqlite3.Error as error:
                self._fail(waiting, write_fault(self._path, error))
                return
        self._waiting = []
        self._waiting_bytes = 0
        for one in waiting:
            if one.done is not None:
                one.done.set_result(None)
        if records:
            self._wrote(rows, records)

    def _count_log(self, records: Sequence[Encoded]) -> None:
        self._log_bytes += _LOG_BYTES_PER_COMMIT + sum(len(body) for _, body in records)
        if self._log_bytes > LOG_SIZE // 2:
            self._log_bytes = 0
            self._checkpointer.nudge()

    def _fail(self, waiting: list[_Waiting], fault: str) -> None:
        self._fault = fault
        self._waiting = [one for one in waiting if one.done is None]
        for one in waiting:
            if one.done is not None:
                one.done.set_exception(JournalFailed(fault))

    def _release(self, error: JournalFailed) -> None:
        for one in self._waiting:
            if one.done is not None and not one.done.done():
                one.done.set_exception(error)
        self._waiting = []

    def _cancel_handles(self) -> None:
        for handle in (self._flush_handle, self._append_handle):
            if handle is not None:
                handle.cancel()
        self._flush_handle = self._append_handle = None

    def _probe(self) -> Encoded:
        return self._own(RecordKind.NOTE, {"text": "The journal can be written again."})

    def _note_loss(self) -> None:
        text = f"{self._lost} records were lost while the journal could not be written."
        self._waiting.append(_Waiting([self._own(RecordKind.NOTE, {"text": text, "lost": self._lost})]))
        self._lost = 0

    def _own(self, kind: RecordKind, body: dict[str, object]) -> Encoded:
        return encoded(Record(kind=kind, time_ns=self._clock.now_ns(), body=body))


def _size(one: Encoded) -> int:
    return len(one[1]) + 200


def _call_soon(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended: whoever closes the journal settles it
        loop.call_soon_threadsafe(callback)
