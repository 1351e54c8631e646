import asyncio
from decimal import Decimal

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import Fate, limit_terms
from workstation.desk.commands import (
    CheckOrder,
    PlaceOrder,
    Refused,
    ReplaceOrder,
    Sent,
    SetLock,
)
from workstation.desk.messages import SendStage
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.domain.order_terms import OrdType
from workstation.storage.records import RecordKind
from workstation.venues.base import Outgoing


def test_an_order_goes_to_disk_then_to_the_wire_then_works(bench: DeskBench) -> None:
    on_disk: list[list[RecordKind]] = []

    def look(outgoing: Outgoing) -> None:
        on_disk.append(bench.journal.kinds(ClOrdID("W7f3a-1001")))

    bench.connection.before_send = look
    key = bench.place()
    assert key == "W7f3a-1001"
    assert on_disk == [[RecordKind.INTENT, RecordKind.ORDER, RecordKind.FRAME_OUT]]
    assert bench.order(key).ord_status is OrdStatus.PENDING_NEW
    bench.deliver(1)
    assert bench.stages(key) == [SendStage.JOURNALED, SendStage.ON_THE_WIRE, SendStage.RECEIVED]
    assert bench.order(key).ord_status is OrdStatus.PENDING_NEW, "received is not accepted"
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.NEW
    assert bench.order(key).order_id == "115001"
    assert bench.stages(key)[-1] is SendStage.ACCEPTED
    kinds = [row.kind for row in bench.journal.rows]
    assert kinds.index(RecordKind.CLICK) < kinds.index(RecordKind.VERDICT) < kinds.index(RecordKind.INTENT)


def test_a_venue_refusal_rejects_with_the_venues_words(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.REFUSED]
    key = bench.place()
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.REJECTED
    assert bench.order(key).text == "No margin."
    assert bench.stages(key)[-1] is SendStage.REFUSED


def test_not_one_byte_left_is_rejected_in_our_words_and_never_in_doubt(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.NOT_SENT]
    answer = bench.ask(PlaceOrder(terms=limit_terms(), gesture=GESTURE))
    assert isinstance(answer, Refused)
    assert "Nothing reached the venue" in answer.findings[0].text
    order = bench.order(ClOrdID("W7f3a-1001"))
    assert order.ord_status is OrdStatus.REJECTED
    assert OrdStatus.IN_DOUBT not in {one.ord_status for one in bench.published if hasattr(one, "ord_status")}
    assert not bench.journal.open_intents()
    assert bench.place() == "W7f3a-1002", "what was not sent does not count as a duplicate"


def test_a_failing_journal_sends_nothing_and_keeps_what_was_typed(bench: DeskBench) -> None:
    bench.journal.failing = True
    assert bench.refuse(limit_terms()) == {"journal"}
    assert bench.venue.received == []
    assert not bench.orders()
    assert bench.refuse(limit_terms()) == {"journal"}
    bench.journal.failing = False
    bench.wait(6)
    bench.place()
    assert len(bench.venue.received) == 1


def test_no_answer_is_in_doubt_and_never_sent_again(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    bench.connection.time_out()
    assert bench.order(key).ord_status is OrdStatus.IN_DOUBT
    assert bench.stages(key)[-1] is SendStage.IN_DOUBT
    bench.clock.advance(60)
    assert "in_doubt" in bench.refuse(limit_terms())
    assert bench.venue.received == []


def test_two_clicks_are_one_order(bench: DeskBench) -> None:
    bench.place()
    bench.deliver()
    assert bench.refuse(limit_terms()) == {"duplicate"}
    assert bench.refuse(limit_terms(), "duplicate") == {"duplicate"}, "within 0.3 s it cannot be confirmed"
    bench.clock.advance(2)
    assert bench.refuse(limit_terms()) == {"duplicate"}
    bench.place(None, "duplicate")
    assert len(bench.venue.received) == 2


def test_a_check_sends_and_records_nothing(bench: DeskBench) -> None:
    rows = len(bench.journal.rows)
    assert bench.ask(CheckOrder(terms=limit_terms())).findings == ()
    market = limit_terms(ord_type=OrdType.MARKET, price=None)
    assert [one.gate for one in bench.ask(CheckOrder(terms=market)).findings] == ["reference_price"]
    unknown = bench.ask(CheckOrder(terms=limit_terms(), replaces=ClOrdID("W9")))
    assert [one.gate for one in unknown.findings] == ["replaceable"]
    assert len(bench.journal.rows) == rows


def test_a_soft_finding_needs_its_own_acceptance(bench: DeskBench) -> None:
    market = limit_terms(ord_type=OrdType.MARKET, price=None)
    assert bench.refuse(market) == {"reference_price"}
    bench.place(market, "reference_price")
    assert len(bench.venue.received) == 1


def test_a_replacement_keeps_its_key_under_a_new_number(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    answer = bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))
    assert isinstance(answer, Sent)
    assert bench.order(key).ord_status is OrdStatus.PENDING_REPLACE
    assert bench.order(key).pending_terms == limit_terms(price="589")
    bench.deliver()
    order = bench.order(key)
    assert (order.ord_status, order.order_id, order.pending_terms) == (OrdStatus.NEW, "115002", None)
    assert order.terms.price == Decimal(589)
    assert len(bench.orders()) == 1


def test_a_refused_replacement_leaves_the_old_terms(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.fates = [Fate.REFUSED]
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))
    bench.deliver()
    order = bench.order(key)
    assert (order.ord_status, order.text, order.pending_terms) == (OrdStatus.NEW, "No margin.", None)
    assert order.terms == limit_terms()
    assert bench.stages(key)[-1] is SendStage.REFUSED


def test_a_replacement_that_did_not_leave_changes_nothing(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.fates = [Fate.NOT_SENT]
    assert isinstance(bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE)), Refused)
    assert bench.order(key).ord_status is OrdStatus.NEW
    assert bench.order(key).pending_terms is None


def test_a_replacement_of_an_unknown_or_waiting_order_is_refused(bench: DeskBench) -> None:
    key = bench.place()
    for target in (key, ClOrdID("W7")):
        answer = bench.ask(ReplaceOrder(cl_ord_id=target, terms=limit_terms(price="589"), gesture=GESTURE))
        assert {one.gate for one in answer.findings} == {"replaceable"}


def test_a_lock_that_falls_while_the_disk_is_written_stops_the_order(bench: DeskBench) -> None:
    commit = bench.journal.commit

    async def slow_commit(records: object) -> None:
        await commit(records)  # type: ignore[arg-type]
        await bench.engine.handle(SetLock(locked=True))

    bench.journal.commit = slow_commit  # type: ignore[method-assign]
    answer = bench.ask(PlaceOrder(terms=limit_terms(), gesture=GESTURE))
    assert isinstance(answer, Refused)
    assert bench.venue.received == []
    assert bench.order(ClOrdID("W7f3a-1001")).ord_status is OrdStatus.REJECTED


def test_the_number_of_keys_goes_on_after_a_restart(bench: DeskBench) -> None:
    assert bench.place() == "W7f3a-1001"
    bench.restart()
    assert bench.place(limit_terms(price="580")) == "W7f3a-1002"


def test_two_changes_of_one_order_at_once_send_one(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    changes = [ReplaceOrder(cl_ord_id=key, terms=limit_terms(price=price), gesture=GESTURE) for price in ("589", "590")]

    async def both() -> list[object]:
        return list(await asyncio.gather(*map(bench.engine.handle, changes)))

    assert [type(answer) for answer in bench.run(both())] == [Sent, Refused]
    assert len(bench.venue.received) == 2
    bench.deliver()
    assert bench.order(key).terms.price == Decimal(589)


def test_two_equal_orders_at_once_send_one(bench: DeskBench) -> None:
    async def both() -> list[object]:
        command = PlaceOrder(terms=limit_terms(), gesture=GESTURE)
        return list(await asyncio.gather(bench.engine.handle(command), bench.engine.handle(command)))

    assert [type(answer) for answer in bench.run(both())] == [Sent, Refused]
    assert len(bench.venue.received) == 1


def test_a_trade_that_is_heard_while_a_change_is_written_to_disk_stays(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()

    def trade() -> None:
        bench.connection.sink(bench.venue.fill(OrderID("115001"), "2").report())

    bench.journal.during_commit = trade
    bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))
    order = bench.order(key)
    assert (order.ord_status, order.cum_qty) == (OrdStatus.PENDING_REPLACE, Decimal(2))
    assert order.pending_terms == limit_terms(price="589")
    bench.deliver()
    assert bench.order(key).cum_qty == Decimal(2)
    assert [one.last_qty for one in bench.executions()] == [Decimal(2)]


def test_a_change_is_not_sent_when_the_order_ends_while_it_is_written_to_disk(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()

    def trade() -> None:
        bench.connection.sink(bench.venue.fill(OrderID("115001"), "5").report())

    bench.journal.during_commit = trade
    answer = bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))
    assert isinstance(answer, Refused)
    assert len(bench.venue.received) == 1
    assert bench.order(key).ord_status is OrdStatus.FILLED
    assert bench.order(key).pending_terms is None
    assert not bench.journal.open_intents()


def test_a_change_is_not_sent_when_the_order_starts_to_be_cancelled_while_it_is_written(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    venue_order = bench.venue.orders[OrderID("115001")]

    def being_cancelled() -> None:
        venue_order.event = OrderEvent.REPORT_PENDING_CANCEL
        bench.connection.sink(venue_order.report())

    bench.journal.during_commit = being_cancelled
    answer = bench.ask(ReplaceOrder(cl_ord_id=key, terms=limit_terms(price="589"), gesture=GESTURE))
    assert isinstance(answer, Refused)
    assert len(bench.venue.received) == 1
    assert (bench.order(key).ord_status, bench.order(key).pending_terms) == (OrdStatus.PENDING_CANCEL, None)
    bench.restart(log_in=False)
    assert (bench.order(key).ord_status, bench.order(key).pending_terms) == (OrdStatus.PENDING_CANCEL, None)
