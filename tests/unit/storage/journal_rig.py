"""What the journal's tests share: a clock that is told the time, and records that are quickly made."""

import asyncio
import sqlite3
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.storage.journal import Journal
from workstation.storage.records import Record, RecordKind

T = TypeVar("T")


class ToldClock:
    """Shows the time that the test sets."""

    def __init__(self, now_ns: int = 1_790_000_000_000_000_000) -> None:
        self.time_ns = now_ns

    def now_ns(self) -> int:
        return self.time_ns

    def monotonic_s(self) -> float:
        return self.time_ns / 1e9


def record(kind: RecordKind, key: str | None = None, **body: object) -> Record:
    owner = None if key is None else ClOrdID(key)
    return Record(kind=kind, time_ns=1_790_000_000_000_000_000, body=body, cl_ord_id=owner)


def note(text: str) -> Record:
    return Record(kind=RecordKind.NOTE, time_ns=7, body={"text": text}, connection_id=ConnectionID("qst-demo"))


@contextmanager
def opened(path: Path) -> Iterator[Journal]:
    journal = Journal.open(path, ToldClock())
    try:
        yield journal
    finally:
        journal.close()


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def tampered(path: Path, *statements: str) -> None:
    """Change a closed journal behind the program's back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
