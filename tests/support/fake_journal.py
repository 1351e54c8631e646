"""A journal in memory that keeps every promise of the real one but durability, and can be told to fail."""

import asyncio
import json
import re
from collections.abc import Callable, Sequence

from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.journal_rows import Row
from workstation.storage.records import Record, RecordKind


class FakeJournal:
    """`failing` makes every write fail; `rows` is what was written, the first `durable` of them would outlive a crash.

    A commit takes a turn of the loop, as the real one does; `during_commit` is called, once, in that turn.
    """

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows: list[Row] = list(rows)
        self.durable = len(self.rows)
        self.failing = False
        self.during_commit: Callable[[], None] | None = None
        self._fault = ""
        self._waiting: list[Record] = []

    @property
    def fault(self) -> str:
        return self._fault

    async def commit(self, records: Sequence[Record]) -> None:
        await asyncio.sleep(0)
        meanwhile, self.during_commit = self.during_commit, None
        if meanwhile is not None:
            meanwhile()
        if self.failing:
            self._fault = "The disk is full."
        if self._fault:
            raise JournalFailed(self._fault)
        for record in records:
            self._write(record)
        self.durable = len(self.rows)

    def append(self, record: Record) -> None:
        if self.failing or self._fault:
            self._waiting.append(record)
        else:
            self._write(record)

    def retry(self) -> bool:
        if not self.failing:
            self._fault = ""
            waiting, self._waiting = self._waiting, []
            for record in waiting:
                self._write(record)
        return not self._fault

    def read_order(self, cl_ord_id: ClOrdID) -> list[Row]:
        return [row for row in self.rows if row.cl_ord_id == cl_ord_id]

    def last_orders(self) -> list[Row]:
        last = {row.cl_ord_id: row for row in self.rows if row.kind is RecordKind.ORDER}
        return sorted(last.values(), key=lambda row: row.seq)

    def open_intents(self) -> list[Row]:
        found: dict[ClOrdID | None, list[Row]] = {}
        for row in self.rows:
            if row.kind is RecordKind.INTENT:
                found.setdefault(row.cl_ord_id, []).append(row)
            elif row.kind is RecordKind.ANSWER and found.get(row.cl_ord_id):
                found[row.cl_ord_id].pop(0)
        return sorted((row for rows in found.values() for row in rows), key=lambda row: row.seq)

    def holds(self, connection_id: ConnectionID, items: Sequence[str]) -> frozenset[str]:
        if self._fault:
            raise JournalFailed(self._fault)
        found: set[str] = set()
        for row in self.rows:
            listed = row.body.get("items")
            if row.connection_id == connection_id and isinstance(listed, list):
                found.update(listed)
        return frozenset(items) & found

    def last_number(self, prefix: str) -> int:
        numbers = [
            int(row.cl_ord_id.removeprefix(prefix))
            for row in self.rows
            if row.cl_ord_id is not None and row.cl_ord_id.startswith(prefix) and row.cl_ord_id[len(prefix) :].isdigit()
        ]
        return max(numbers, default=0)

    def last_part(self, prefix: str) -> str:
        keys = [row.cl_ord_id for row in self.rows if row.cl_ord_id is not None]
        found = [match for key in keys if (match := re.fullmatch(rf"{prefix}([0-9a-f]{{4}})-(\d+)", key))]
        return max(found, key=lambda match: int(match[2]))[1] if found else ""

    def kinds(self, cl_ord_id: ClOrdID) -> list[RecordKind]:
        return [row.kind for row in self.read_order(cl_ord_id)]

    def _write(self, record: Record) -> None:
        body = json.loads(json.dumps(record.body))
        self.rows.append(
            Row(
                seq=len(self.rows) + 1,
                time_ns=record.time_ns,
                kind=record.kind,
                body=body,
                cl_ord_id=record.cl_ord_id,
                connection_id=record.connection_id,
            )
        )
