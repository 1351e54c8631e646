"""Writes behind the traffic what nobody waits for, on a thread of its own, one batch at a time.

The engine goes on meanwhile, however long the disk takes. While a batch is being written the connection is this
thread's; whoever needs it first calls :meth:`WriterBehind.settle`, which waits. So there is still one writer at a time,
and the order of the rows is that in which they were given.
"""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from workstation.storage.journal_rows import Encoded, StoredRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a batch: `rows` as they are stored, or the `error` for which none of them is."""

    records: Sequence[Encoded]
    rows: Sequence[StoredRow] = ()
    error: sqlite3.Error | None = None


class WriterBehind:
    """At most one batch under way; built and asked on one thread."""

    def __init__(self, write: Callable[[Sequence[Encoded]], list[StoredRow]]) -> None:
        self._write = write
        self._thread: ThreadPoolExecutor | None = None
        self._under_way: Future[Written] | None = None

    @property
    def busy(self) -> bool:
        """Whether a batch is under way, or written and not settled yet."""
        return self._under_way is not None

    def start(self, records: Sequence[Encoded], then: Callable[[], None]) -> None:
        """Begin to write `records`; `then` is called on the other thread when that is over."""
        assert self._under_way is None
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._under_way = self._thread.submit(self._written, records)
        self._under_way.add_done_callback(lambda _: then())

    def settle(self) -> Written | None:
        """Wait for the batch under way and return what became of it, once; None when there is none."""
        under_way, self._under_way = self._under_way, None
        return None if under_way is None else under_way.result()

    def close(self) -> None:
        """End the thread; everything was settled before."""
        if self._thread is not None:
            self._thread.shutdown()

    def _written(self, records: Sequence[Encoded]) -> Written:
        try:
            return Written(records=records, rows=self._write(records))
        except sqlite3.Error as error:
            return Written(records=records, error=error)
