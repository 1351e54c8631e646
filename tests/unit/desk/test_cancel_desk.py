import asyncio

import pytest

from tests.support.apart_venue import apart_bench, limit
from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import ACCOUNT, Fate, cancels_received, limit_terms
from workstation.desk.commands import CancelBySymbol, CancelOrders, CancelsSent, Kill, PlaceOrder, Refused, SetLock
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_requests import OrderCancelRequest, OrderMassCancelRequest
from workstation.domain.order_states import OrdStatus
from workstation.storage.records import RecordKind
from workstation.venues.base import Lamp, NotExpressible, Outgoing


def working(bench: DeskBench, price: str = "588.75") -> ClOrdID:
    bench.clock.advance(1)
    key = bench.place(limit_terms(price=price))
    bench.deliver()
    return key


def cancel(bench: DeskBench, *keys: ClOrdID) -> CancelsSent:
    answer = bench.ask(CancelOrders(cl_ord_ids=keys, gesture=GESTURE))
    assert isinstance(answer, CancelsSent)
    return answer


def test_a_cancel_is_on_disk_before_it_is_on_the_wire(bench: DeskBench) -> None:
    key = working(bench)
    seen: list[list[RecordKind]] = []

    def look(outgoing: Outgoing) -> None:
        seen.append(bench.journal.kinds(key)[-3:])

    bench.connection.before_send = look
    assert cancel(bench, key) == CancelsSent(sent=(key,))
    assert seen == [[RecordKind.INTENT, RecordKind.ORDER, RecordKind.FRAME_OUT]]
    assert bench.order(key).ord_status is OrdStatus.PENDING_CANCEL
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.CANCELED


def test_several_orders_of_one_account_go_in_one_message(bench: DeskBench) -> None:
    keys = [working(bench, price) for price in ("588", "589")]
    assert cancel(bench, *keys, keys[0]).sent == tuple(keys)
    requests = [one for one in bench.venue.received if isinstance(one, OrderCancelRequest)]
    assert [(one.cl_ord_ids, one.order_ids) for one in requests] == [(tuple(keys), ("115001", "115002"))]


def test_what_cannot_be_cancelled_is_named_and_stops_nothing_else(bench: DeskBench) -> None:
    closed, open_key = working(bench, "588"), working(bench, "589")
    cancel(bench, closed)
    bench.deliver()
    answer = cancel(bench, closed, ClOrdID("W9"), open_key)
    assert answer.sent == (open_key,)
    assert answer.failed == (
        (closed, f"Order {closed} is cancelled already."),
        (ClOrdID("W9"), "There is no order W9 here."),
    )


@pytest.mark.parametrize("lamp", [Lamp.SYNCING, Lamp.SUSPECT, Lamp.DEGRADED])
def test_neither_lock_nor_kill_nor_disk_nor_a_doubtful_lamp_stops_a_cancel(bench: DeskBench, lamp: Lamp) -> None:
    key = working(bench)
    bench.ask(SetLock(locked=True))
    bench.journal.failing = True
    bench.connection.status(lamp)
    assert cancel(bench, key).sent == (key,)
    assert cancels_received(bench.venue) == [key]
    assert bench.order(key).ord_status is OrdStatus.PENDING_CANCEL
    assert bench.said(f"The cancel of {key} is sent although the journal cannot be written.", "The disk is full.")


def test_without_a_link_it_is_owed_and_goes_when_the_books_are_in_sync(bench: DeskBench) -> None:
    key = working(bench)
    bench.connection.drop()
    answer = cancel(bench, key)
    assert answer.sent == ()
    assert "reconnecting" in answer.failed[0][1]
    assert bench.order(key).ord_status is OrdStatus.NEW
    bench.connection.status(Lamp.SYNCING)
    bench.settle()
    assert cancels_received(bench.venue) == [], "not before the books say what is still there"
    bench.connection.log_in()
    bench.settle()
    assert cancels_received(bench.venue) == [key]


def test_an_owed_cancel_is_not_sent_for_an_order_that_ended_meanwhile(bench: DeskBench) -> None:
    key = working(bench)
    bench.connection.drop()
    cancel(bench, key)
    bench.venue.fill(OrderID("115001"), "5")
    bench.connection.log_in()
    bench.settle()
    assert cancels_received(bench.venue) == []
    assert bench.order(key).ord_status is OrdStatus.FILLED
    assert not bench.floor.requests.cancels_owed


def test_a_link_that_breaks_under_the_cancel_leaves_the_order_as_it_was_and_the_cancel_owed(bench: DeskBench) -> None:
    key = working(bench)
    bench.connection.fates = [Fate.NOT_SENT]
    answer = cancel(bench, key)
    assert answer.sent == ()
    assert answer.failed == ((key, "The link is down. It goes when the books are in sync."),)
    assert bench.order(key).ord_status is OrdStatus.NEW
    assert not bench.journal.open_intents()
    assert key in bench.floor.requests.cancels_owed


def test_an_order_without_a_number_is_cancelled_as_soon_as_it_has_one(bench: DeskBench) -> None:
    key = bench.place()
    answer = cancel(bench, key)
    assert answer.failed == ((key, "The venue has not named it yet; the cancel goes as soon as it does."),)
    bench.deliver()
    assert cancels_received(bench.venue) == [key]
    bench.deliver()
    assert bench.order(key).ord_status is OrdStatus.CANCELED


def test_an_order_in_doubt_is_cancelled_when_the_book_names_it(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.ANSWER_LOST]
    key = bench.place()
    bench.connection.time_out()
    cancel(bench, key)
    bench.wait(3)
    assert cancels_received(bench.venue) == [key]


def test_an_order_that_was_never_placed_owes_no_cancel(bench: DeskBench) -> None:
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    key = bench.place()
    bench.connection.time_out()
    cancel(bench, key)
    for seconds in (3, 6, 11):
        bench.wait(seconds)
    assert bench.order(key).ord_status is OrdStatus.NOT_PLACED
    bench.run(bench.engine._cancels.send_owed())
    assert cancels_received(bench.venue) == []
    assert not bench.floor.requests.cancels_owed


def test_working_does_not_end_the_wait_for_a_cancel(bench: DeskBench) -> None:
    key = working(bench)
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    cancel(bench, key)
    bench.connection.sink(bench.venue.fill(OrderID("115001"), "1").report())
    assert (bench.order(key).ord_status, bench.order(key).cum_qty) == (OrdStatus.PENDING_CANCEL, 1)


def test_a_trade_that_is_heard_while_the_cancel_is_written_to_disk_stays(bench: DeskBench) -> None:
    key = working(bench)
    bench.journal.during_commit = lambda: bench.connection.sink(bench.venue.fill(OrderID("115001"), "2").report())
    assert cancel(bench, key).sent == (key,)
    assert (bench.order(key).ord_status, bench.order(key).cum_qty) == (OrdStatus.PENDING_CANCEL, 2)


def test_an_order_that_ends_while_its_cancel_is_written_needs_none(bench: DeskBench) -> None:
    key = working(bench)
    bench.journal.during_commit = lambda: bench.connection.sink(bench.venue.fill(OrderID("115001"), "5").report())
    assert cancel(bench, key) == CancelsSent(sent=(), failed=((key, f"Order {key} is filled already."),))
    assert cancels_received(bench.venue) == []
    assert bench.order(key).ord_status is OrdStatus.FILLED
    bench.restart(log_in=False)
    assert bench.order(key).ord_status is OrdStatus.FILLED
    assert not bench.journal.open_intents()


def test_a_whole_contract_is_cancelled_in_one_message(bench: DeskBench) -> None:
    keys = [working(bench, price) for price in ("588", "589")]
    answer = bench.ask(CancelBySymbol(account=ACCOUNT, symbol="ZCZ26", gesture=GESTURE))
    assert answer == CancelsSent(sent=tuple(keys))
    requests = [one for one in bench.venue.received if isinstance(one, OrderMassCancelRequest)]
    assert [(one.symbol, one.cl_ord_ids) for one in requests] == [("ZCZ26", tuple(keys))]


def test_a_contract_without_orders_sends_nothing(bench: DeskBench) -> None:
    working(bench)
    answer = bench.ask(CancelBySymbol(account=ACCOUNT, symbol="ZCH27", gesture=GESTURE))
    assert answer == CancelsSent(sent=())
    assert len(bench.venue.received) == 1


def test_a_kill_blocks_sends_and_cancels_everything_working(bench: DeskBench) -> None:
    keys = [working(bench, price) for price in ("588", "589")]
    waiting = bench.place(limit_terms(price="590"))
    answer = bench.ask(Kill(gesture="Shift+F12"))
    assert answer.sent == tuple(keys)
    assert [key for key, _ in answer.failed] == [waiting]
    assert bench.refuse(limit_terms(price="591")) == {"kill"}
    assert bench.said("KILL: 2 of 3 working orders have their cancel on the wire, 1 wait or failed.")
    bench.deliver()
    assert cancels_received(bench.venue) == [*keys, waiting]


def test_what_the_venue_has_no_words_for_is_said(bench: DeskBench, monkeypatch: pytest.MonkeyPatch) -> None:
    key = working(bench)

    def encode(request: object) -> Outgoing:
        raise NotExpressible("The number is too long.")

    monkeypatch.setattr(bench.connection, "encode", encode)
    assert cancel(bench, key) == CancelsSent(sent=(), failed=((key, "The number is too long."),))
    assert bench.order(key).ord_status is OrdStatus.NEW


def test_where_one_message_cancels_one_order_each_goes_on_its_own() -> None:
    bench = apart_bench()
    keys = []
    for price in ("1.09000", "1.08900", "1.08800"):
        bench.clock.advance(1)
        keys.append(bench.place(limit(price=price)))
        bench.deliver()
    bench.connection.fates = [Fate.ARRIVES, Fate.NOT_SENT, Fate.ARRIVES]
    answer = cancel(bench, *keys)
    assert answer.sent == (keys[0], keys[2])
    assert [key for key, _ in answer.failed] == [keys[1]], "one that fails stops no other"
    requests = [one for one in bench.venue.received if isinstance(one, OrderCancelRequest)]
    assert [one.cl_ord_ids for one in requests] == [(keys[0],), (keys[2],)]
    bench.close()


@pytest.mark.parametrize("command", [SetLock(locked=True), Kill(gesture="F12")])
def test_an_order_that_waits_for_its_turn_never_leaves_after_a_lock_or_a_kill(command: SetLock | Kill) -> None:
    bench = apart_bench()
    bench.connection.paces = True

    async def locked_while_waiting() -> object:
        waiting = asyncio.ensure_future(bench.engine.handle(PlaceOrder(terms=limit(), gesture=GESTURE)))
        for _ in range(5):
            await asyncio.sleep(0)
        assert len(bench.connection.queue) == 1
        await bench.engine.handle(command)
        return await waiting

    answer = bench.run(locked_while_waiting())
    assert isinstance(answer, Refused)
    assert bench.connection.withdrawn == [f"The desk was {'killed' if isinstance(command, Kill) else 'locked'}."]
    assert bench.venue.received == []
    assert bench.order(ClOrdID("W7f3a-1001")).ord_status is OrdStatus.REJECTED
    assert not bench.journal.open_intents()
    bench.close()


def test_unlocking_takes_nothing_back() -> None:
    bench = apart_bench()
    bench.ask(SetLock(locked=False))
    assert bench.connection.withdrawn == []
    bench.close()
