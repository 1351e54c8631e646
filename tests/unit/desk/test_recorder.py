import asyncio
import contextlib
import hashlib
from decimal import Decimal

from tests.support.fake_clock import FakeClock
from tests.support.fake_journal import FakeJournal
from tests.support.fake_venue import ACCOUNT, CONNECTION, limit_terms
from tests.support.gate_contexts import order_of
from workstation.desk.gates import soft
from workstation.desk.recorder import LONG, Recorder, request_name
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderMassCancelRequest,
    PositionAmendRequest,
)
from workstation.domain.order_terms import Side
from workstation.storage.amendment_records import amendment_of_body
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.order_records import order_of_body, terms_of_body
from workstation.storage.records import RecordKind
from workstation.venues.base import Direction, FrameSeen, Outcome

W1, W2 = ClOrdID("W1"), ClOrdID("W2")
NEW = NewOrderSingle(cl_ord_id=W1, terms=limit_terms())
REPLACE = OrderCancelReplaceRequest(cl_ord_id=W1, order_id=OrderID("115001"), terms=limit_terms(price="589"))
CANCEL = OrderCancelRequest(cl_ord_ids=(W1, W2), order_ids=(OrderID("1"), OrderID("2")), account=ACCOUNT)
MASS_CANCEL = OrderMassCancelRequest(account=ACCOUNT, symbol="ZCZ26", cl_ord_ids=(W1,))

AMEND = PositionAmendRequest(
    cl_ord_id=ClOrdID("P1"),
    account=ACCOUNT,
    symbol="EURUSD",
    position_id="7",
    side=Side.BUY,
    qty=Decimal(1),
    stop_loss=Decimal("1.09"),
)


def rig() -> tuple[Recorder, FakeJournal]:
    journal = FakeJournal()
    return Recorder(journal, FakeClock()), journal


def frame(order_id: str | None, *owners: ClOrdID, body: str = "status: OPEN") -> FrameSeen:
    return FrameSeen(
        connection_id=CONNECTION,
        direction=Direction.IN,
        message_type="OrderReport",
        body=body,
        cl_ord_ids=owners,
        order_id=None if order_id is None else OrderID(order_id),
    )


def test_requests_have_stable_names() -> None:
    assert [request_name(one) for one in (NEW, REPLACE, CANCEL, MASS_CANCEL, AMEND)] == [
        "NEW",
        "REPLACE",
        "CANCEL",
        "MASS_CANCEL",
        "AMEND_POSITION",
    ]


def test_an_intent_is_written_for_each_order_with_all_that_is_asked() -> None:
    recorder, _ = rig()
    assert [(one.kind, one.cl_ord_id) for one in recorder.intents(CANCEL)] == [
        (RecordKind.INTENT, W1),
        (RecordKind.INTENT, W2),
    ]
    (intent,) = recorder.intents(REPLACE, net_qty="3")
    assert terms_of_body(intent.body["terms"]) == REPLACE.terms
    assert (intent.body["order_id"], intent.body["net_qty"], intent.connection_id) == ("115001", "3", CONNECTION)


def test_an_answer_is_written_for_each_order() -> None:
    recorder, journal = rig()
    recorder.answered(CANCEL, Outcome.UNKNOWN, "No answer.", None)
    recorder.unanswered(W1, CONNECTION, "NEW", "Gone.")
    assert [(row.kind, row.cl_ord_id, row.body["outcome"]) for row in journal.rows] == [
        (RecordKind.ANSWER, W1, "UNKNOWN"),
        (RecordKind.ANSWER, W2, "UNKNOWN"),
        (RecordKind.ANSWER, W1, "UNKNOWN"),
    ]


def test_an_order_is_written_so_that_it_can_be_read_back() -> None:
    recorder, journal = rig()
    recorder.order(order_of())
    assert order_of_body(journal.rows[0].body) == order_of()


def test_clicks_and_verdicts_keep_their_keys_and_facts_apart() -> None:
    recorder, journal = rig()
    recorder.click("CANCEL", "Del", cl_ord_id=W1, symbol="ZCZ26")
    recorder.verdict("PLACE", [soft("size", "Large.")], passed=False, connection_id=CONNECTION)
    click, verdict = journal.rows
    assert (click.cl_ord_id, click.body) == (W1, {"action": "CANCEL", "gesture": "Del", "symbol": "ZCZ26"})
    assert (verdict.connection_id, verdict.body["passed"]) == (CONNECTION, False)
    assert verdict.body["findings"] == [{"gate": "size", "hardness": "SOFT", "text": "Large."}]


def test_a_frame_about_an_order_nobody_knows_yet_waits_for_its_owner() -> None:
    recorder, journal = rig()
    recorder.frame(frame("115001"), None)
    assert journal.rows == []
    recorder.release(CONNECTION, W1)
    recorder.release(CONNECTION, W2)
    assert [(row.kind, row.cl_ord_id) for row in journal.rows] == [(RecordKind.FRAME_IN, W1)]


def test_a_waiting_frame_is_never_overtaken() -> None:
    recorder, journal = rig()
    recorder.frame(frame("115001", body="first"), None)
    recorder.frame(frame(None, body="second"), None)
    recorder.frame(frame("115002", body="third"), W2)
    recorder.frame(frame("115003", W1, body="fourth"), None)
    assert [row.body["message"] for row in journal.rows] == ["first", "second", "third", "fourth"]
    assert [row.cl_ord_id for row in journal.rows] == [None, None, W2, W1]


def test_a_frame_of_several_orders_is_written_for_each() -> None:
    recorder, journal = rig()
    recorder.frame(frame(None, W1, W2), None)
    assert [row.cl_ord_id for row in journal.rows] == [W1, W2]


def book(*numbers: int) -> FrameSeen:
    listed = ", ".join(f'{{"orderNumber": "{number}", "text": "{"x" * LONG}"}}' for number in numbers)
    return frame(None, body=f'{{"orders": [{listed}]}}')


def test_a_book_that_comes_again_is_written_without_what_the_journal_holds() -> None:
    recorder, journal = rig()
    for seen in (book(1, 2), book(1, 2), book(2, 3), book()):
        recorder.frame(seen, None)
    written = [row.body for row in journal.rows]
    assert [[str(n) for n in range(5) if f'"{n}"' in str(body["message"])] for body in written] == [
        ["1", "2"],
        [],
        ["3"],
        [],
    ]
    assert [body.get("held") for body in written] == [None, 2, 1, None]
    assert written[0]["message"] == book(1, 2).body
    assert written[2]["whole"] == hashlib.sha256(book(2, 3).body.encode()).hexdigest()


def test_a_book_is_written_whole_while_the_journal_cannot_say_what_it_holds() -> None:
    recorder, journal = rig()
    recorder.frame(book(1, 2), None)
    journal.failing = True
    with contextlib.suppress(JournalFailed):
        asyncio.run(journal.commit([]))
    recorder.frame(book(1, 2), None)
    journal.failing = False
    journal.retry()
    assert [row.body["message"] for row in journal.rows] == [book(1, 2).body] * 2


def test_a_long_message_without_lists_or_about_an_order_is_written_as_it_came() -> None:
    recorder, journal = rig()
    for seen in (frame(None, body="x" * LONG), frame(None, W1, body=book(1).body), frame(None, W1, body=book(1).body)):
        recorder.frame(seen, None)
    assert [row.body["message"] for row in journal.rows] == ["x" * LONG, book(1).body, book(1).body]


def test_the_intent_of_a_changed_position_holds_all_that_is_asked() -> None:
    recorder, _ = rig()
    (intent,) = recorder.intents(AMEND)
    assert (intent.cl_ord_id, intent.connection_id) == ("P1", CONNECTION)
    assert amendment_of_body(AMEND.cl_ord_id, intent.body["amendment"]) == AMEND
