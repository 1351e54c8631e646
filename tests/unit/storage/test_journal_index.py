import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.storage.journal_rig import note, record
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.storage.journal_index import OrderIndex
from workstation.storage.journal_rows import encoded
from workstation.storage.journal_schema import open_for_writing
from workstation.storage.journal_writer import JournalWriter
from workstation.storage.records import Record, RecordKind

K = RecordKind
Step = tuple[RecordKind, str]
steps = st.lists(st.tuples(st.sampled_from([K.INTENT, K.ANSWER, K.ORDER, K.FRAME_IN]), st.sampled_from("ABC")))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_for_writing(tmp_path / "j")
    yield opened
    opened.close()


def written(connection: sqlite3.Connection, index: OrderIndex, *records: Record) -> None:
    index.note(JournalWriter(connection).write([encoded(one) for one in records]))


def heads(connection: sqlite3.Connection) -> dict[str, tuple[int | None, int]]:
    found = connection.execute("SELECT cl_ord_id, order_seq, unanswered FROM order_heads")
    return {key: (order_seq, unanswered) for key, order_seq, unanswered in found}


def expected_heads(taken: list[Step]) -> dict[str, tuple[int | None, int]]:
    """The same by the rule in words, one row after the other."""
    found: dict[str, tuple[int | None, int]] = {}
    for seq, (kind, key) in enumerate(taken, 1):
        order_seq, unanswered = found.get(key, (None, 0))
        if kind is K.ORDER:
            found[key] = seq, unanswered
        elif kind is K.INTENT:
            found[key] = order_seq, unanswered + 1
        elif kind is K.ANSWER:
            found[key] = order_seq, max(0, unanswered - 1)
    return found


@given(taken=steps, batch=st.integers(1, 7))
def test_indexing_many_at_a_time_comes_to_the_same_as_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, taken: list[Step], batch: int
) -> None:
    connection = open_for_writing(tmp_path_factory.mktemp("index") / "j")
    index = OrderIndex(connection)
    for kind, key in taken:
        written(connection, index, record(kind, key))
    while index.pending:
        index.catch_up(batch)
    assert heads(connection) == expected_heads(taken)
    for key in "ABC":
        assert index.rows_of(ClOrdID(key)) == [seq for seq, (_, its) in enumerate(taken, 1) if its == key]
    connection.close()


def test_rows_are_found_before_they_are_indexed(connection: sqlite3.Connection) -> None:
    index = OrderIndex(connection)
    written(connection, index, record(K.INTENT, "A"), note("of no order"), record(K.ORDER, "B"))
    index.catch_up()
    written(connection, index, record(K.ANSWER, "A"))
    assert index.pending == 1
    assert index.rows_of(ClOrdID("A")) == [1, 4]
    assert index.rows_of(ClOrdID("nobody")) == []


def test_what_a_crash_left_unindexed_is_indexed_at_the_next_start(connection: sqlite3.Connection) -> None:
    index = OrderIndex(connection)
    written(connection, index, record(K.INTENT, "A"))
    index.catch_up()
    written(connection, index, record(K.ANSWER, "A"), record(K.INTENT, "A"), record(K.ORDER, "A"))
    again = OrderIndex(connection)
    assert again.pending == 0
    assert heads(connection) == {"A": (4, 1)}
    assert again.rows_of(ClOrdID("A")) == [1, 2, 3, 4]


def test_a_failed_step_leaves_the_rows_waiting(connection: sqlite3.Connection) -> None:
    index = OrderIndex(connection)
    written(connection, index, *(record(K.INTENT, f"{number:0200d}") for number in range(200)))
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError):
        index.catch_up()
    assert not connection.in_transaction
    assert index.pending == 200
    assert heads(connection) == {}
    connection.execute("PRAGMA max_page_count = 100000")
    index.catch_up()
    assert len(heads(connection)) == 200


def held(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return list(connection.execute("SELECT connection_id, item FROM held ORDER BY connection_id, item"))


def listed(connection_id: str | None, *items: object) -> Record:
    place = None if connection_id is None else ConnectionID(connection_id)
    return Record(kind=K.NOTE, time_ns=1, body={"items": list(items)}, connection_id=place)


def test_what_rows_hold_of_venues_lists_is_indexed_with_rows_of_no_order_too(connection: sqlite3.Connection) -> None:
    index = OrderIndex(connection)
    quoted = Record(kind=K.NOTE, time_ns=1, body={"message": '{"items":["no"]}'}, connection_id=ConnectionID("qst"))
    written(connection, index, listed("qst", "a", "b"), listed(None, "c"), listed("qst", "b", 7, {"d": 1}), quoted)
    index.catch_up()
    assert held(connection) == [("qst", "a"), ("qst", "b")]
    written(connection, index, record(K.INTENT, "A"), listed("xapi", "a"), record(K.INTENT, "B"), listed("xapi", "e"))
    index.catch_up(1)
    assert held(connection) == [("qst", "a"), ("qst", "b")]
    index.catch_up(1)
    assert held(connection) == [("qst", "a"), ("qst", "b"), ("xapi", "a"), ("xapi", "e")]


def test_what_a_crash_left_unindexed_of_lists_is_indexed_at_the_next_start(connection: sqlite3.Connection) -> None:
    written(connection, OrderIndex(connection), listed("qst", "a"))
    assert held(connection) == []
    OrderIndex(connection)
    assert held(connection) == [("qst", "a")]
