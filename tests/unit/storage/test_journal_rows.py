import hashlib
import json
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.storage.journal_rows import FIRST_HASH, RawRow, UnreadableRow, chain, encoded, read_row
from workstation.storage.records import Record, RecordKind

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
keys = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
records = st.builds(
    lambda kind, time_ns, body, order, connection: Record(
        kind=kind,
        time_ns=time_ns,
        body=body,
        cl_ord_id=None if order is None else ClOrdID(order),
        connection_id=None if connection is None else ConnectionID(connection),
    ),
    st.sampled_from(RecordKind),
    st.integers(0, (1 << 63) - 1),
    st.dictionaries(st.text(), json_values, max_size=5),
    keys,
    keys,
)


@given(written=st.lists(records, min_size=1, max_size=5))
def test_what_is_chained_can_be_read_back(written: list[Record]) -> None:
    rows = [read_row(RawRow(*stored)) for stored in chain(map(encoded, written), 41, FIRST_HASH)]
    assert [row.seq for row in rows] == list(range(42, 42 + len(written)))
    for row, record in zip(rows, written, strict=True):
        assert (row.kind, row.time_ns, row.cl_ord_id, row.connection_id) == (
            record.kind,
            record.time_ns,
            record.cl_ord_id,
            record.connection_id,
        )
        assert row.body == record.body


@given(written=st.lists(records, min_size=1, max_size=5))
def test_the_chain_can_be_checked_by_its_two_sentences_alone(written: list[Record]) -> None:
    previous = bytes(32)
    for seq, time_ns, kind, cl_ord_id, connection_id, body, stored in chain(map(encoded, written), 0, FIRST_HASH):
        document = [seq, time_ns, kind, cl_ord_id, connection_id, json.loads(body)]
        text = json.dumps(document, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(previous + text.encode("ascii")).digest()
        assert previous == stored


def test_the_text_of_a_body_does_not_depend_on_the_order_of_its_members() -> None:
    one = Record(kind=RecordKind.NOTE, time_ns=0, body={"a": 1, "b": 2})
    other = Record(kind=RecordKind.NOTE, time_ns=0, body=MappingProxyType({"b": 2, "a": 1}))
    assert encoded(one)[1] == encoded(other)[1] == '{"a":1,"b":2}'


def test_a_lone_surrogate_from_a_venue_is_kept() -> None:
    record = Record(kind=RecordKind.FRAME_IN, time_ns=0, body={"text": "bad \ud800 text\x00"})
    (stored,) = chain([encoded(record)], 0, FIRST_HASH)
    stored[5].encode("ascii")
    assert read_row(RawRow(*stored)).body == {"text": "bad \ud800 text\x00"}


def endless() -> dict[str, object]:
    body: dict[str, object] = {}
    body["self"] = body
    return body


@pytest.mark.parametrize(
    "record",
    [
        Record(kind=RecordKind.NOTE, time_ns=-1),
        Record(kind=RecordKind.NOTE, time_ns=1 << 63),
        Record(kind=RecordKind.NOTE, time_ns=0, cl_ord_id=ClOrdID("\ud800")),
        Record(kind=RecordKind.NOTE, time_ns=0, body={"price": Decimal("1.5")}),
        Record(kind=RecordKind.NOTE, time_ns=0, body={"price": float("inf")}),
        Record(kind=RecordKind.NOTE, time_ns=0, body=endless()),
    ],
)
def test_what_cannot_be_stored_is_refused_before_it_is_queued(record: Record) -> None:
    with pytest.raises((TypeError, ValueError)):
        encoded(record)


@pytest.mark.parametrize(
    ("kind", "body"), [("TELEGRAM", "{}"), ("NOTE", "no json"), ("NOTE", "[1]"), ("NOTE", "[" * 100_000)]
)
def test_a_row_that_we_never_wrote_is_named(kind: str, body: str) -> None:
    with pytest.raises(UnreadableRow, match="row 7"):
        read_row(RawRow(7, 0, kind, None, None, body, FIRST_HASH))


@pytest.mark.parametrize(
    "body",
    [
        {"b": "plain", "a": {"d": 1, "c": None}, "flag": True},
        {"delete": "\x7f", "control": '\x01\n\t"\\/', "é": "ü", "\U0001f600": "\u2028"},
        {"big": 1 << 64, "small": -(1 << 70)},
        {"half": Decimal("0.5").is_normal(), "list": [1, {"z": 1, "a": (2, 3)}]},
        {"number": 1e16, "small": 5e-324},
        {1: "one", 2: "two"},
        {"word": StrEnum("Word", "A").A},  # type: ignore[attr-defined]
    ],
)
def test_the_quick_way_writes_what_the_standard_library_writes(body: dict[str, object]) -> None:
    text = encoded(Record(kind=RecordKind.NOTE, time_ns=0, body=body))[1]
    assert text == json.dumps(body, sort_keys=True, separators=(",", ":"))
