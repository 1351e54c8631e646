import json

import pytest

from workstation.desk.history import history_of
from workstation.domain.identity import ClOrdID
from workstation.storage.journal_rows import Row
from workstation.storage.records import RecordKind

KEY = ClOrdID("W1001")


def row(kind: RecordKind, body: dict[str, object], time_ns: int = 1_000, seq: int = 1) -> Row:
    return Row(seq=seq, time_ns=time_ns, kind=kind, body=body, cl_ord_id=KEY, connection_id=None)


@pytest.mark.parametrize(
    ("kind", "body", "title"),
    [
        (RecordKind.CLICK, {"action": "CANCEL_BY_SYMBOL", "gesture": "F9"}, "You asked: cancel by symbol (F9)"),
        (RecordKind.CLICK, {"action": "PLACE"}, "You asked: place (no gesture)"),
        (RecordKind.VERDICT, {"passed": True, "findings": []}, "The gates let it pass"),
        (RecordKind.VERDICT, {"passed": True, "findings": [{}]}, "The gates let it pass, 1 findings confirmed"),
        (RecordKind.VERDICT, {"passed": False, "findings": [{}, {}]}, "The gates stopped it, 2 findings"),
        (RecordKind.INTENT, {"request": "REPLACE"}, "Written to disk before sending: change"),
        (RecordKind.FRAME_OUT, {"type": "PlaceOrder"}, "Sent PlaceOrder"),
        (RecordKind.FRAME_IN, {}, "Received a message"),
        (
            RecordKind.ANSWER,
            {"request": "NEW", "outcome": "RECEIVED"},
            "The venue received the new order; not accepted yet",
        ),
        (
            RecordKind.ANSWER,
            {"request": "CANCEL", "outcome": "REFUSED", "text": "Too late."},
            "The venue refused the cancel. Too late.",
        ),
        (RecordKind.ANSWER, {"request": "NEW", "outcome": "?"}, "The new order ended"),
        (
            RecordKind.ORDER,
            {"ord_status": "PARTIALLY_FILLED", "order_id": "115001", "cum_qty": "2"},
            "The order is partly filled and working, number 115001, 2 traded",
        ),
        (RecordKind.ORDER, {"ord_status": "NEWER_WORD", "cum_qty": "0"}, "The order is NEWER_WORD"),
        (RecordKind.NOTE, {"text": "It waits."}, "It waits."),
        (RecordKind.CONNECTION, {}, "Entry"),
    ],
)
def test_each_row_has_a_plain_title(kind: RecordKind, body: dict[str, object], title: str) -> None:
    (entry,) = history_of(KEY, [row(kind, body)]).entries
    assert (entry.kind, entry.title) == (kind.value, title)


@pytest.mark.parametrize(
    ("elapsed_ns", "words"),
    [(0, "+0.0 ms"), (1_250_000, "+1.2 ms"), (999_999_000, "+999.9 ms"), (61_500_000_000, "+61.5 s"), (-1, "set back")],
)
def test_each_step_says_how_long_it_took(elapsed_ns: int, words: str) -> None:
    first, second = row(RecordKind.NOTE, {}, 10**12), row(RecordKind.NOTE, {}, 10**12 + elapsed_ns, seq=2)
    entries = history_of(KEY, [first, second]).entries
    assert "(" not in entries[0].title
    assert words in entries[1].title


def test_a_frame_is_shown_as_it_was_and_the_rest_as_json() -> None:
    frame = row(RecordKind.FRAME_IN, {"type": "OrderReport", "message": "status: OPEN"})
    note = row(RecordKind.NOTE, {"text": "Grün"}, seq=2)
    bodies = [entry.body for entry in history_of(KEY, [frame, note]).entries]
    assert bodies[0] == "status: OPEN"
    assert json.loads(bodies[1]) == {"text": "Grün"}
    assert "Grün" in bodies[1]


def test_an_unknown_order_has_an_empty_history() -> None:
    assert history_of(KEY, []).entries == ()
