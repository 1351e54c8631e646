from decimal import Decimal

from tests.support.desk_bench import GESTURE, DeskBench
from tests.support.fake_venue import ACCOUNT, CONNECTION, CORN, Fate, limit_terms
from workstation.desk.commands import CancelOrders, Disconnect
from workstation.domain.account import Balance, Position
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrdStatus
from workstation.storage.records import RecordKind
from workstation.venues.base import BalanceReported as Reported
from workstation.venues.base import Direction, FrameSeen, InstrumentsListed, Lamp, PositionReported


def frame(order_id: str | None = None, *keys: ClOrdID) -> FrameSeen:
    return FrameSeen(
        connection_id=CONNECTION,
        direction=Direction.IN,
        message_type="OrderReport",
        body="status: OPEN",
        cl_ord_ids=keys,
        order_id=None if order_id is None else OrderID(order_id),
    )


def test_what_came_in_is_written_before_what_followed_from_it(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver(1)
    before = len(bench.journal.kinds(key))
    bench.connection.sink(frame("115001"))
    bench.deliver()
    assert bench.journal.kinds(key)[before : before + 2] == [RecordKind.FRAME_IN, RecordKind.ORDER]


def test_a_frame_about_a_known_number_goes_to_its_order(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.sink(frame("115001"))
    assert bench.journal.kinds(key)[-1] is RecordKind.FRAME_IN


def test_a_frame_that_no_report_follows_is_written_all_the_same(bench: DeskBench) -> None:
    bench.connection.sink(frame("999"))
    bench.connection.status(Lamp.DEGRADED)
    written = [row for row in bench.journal.rows if row.kind is RecordKind.FRAME_IN]
    assert [row.cl_ord_id for row in written] == [None]


def test_money_positions_and_instruments_reach_the_screen(bench: DeskBench) -> None:
    balance = Balance(key=ACCOUNT, currency="USD", cash=Decimal(100))
    position = Position(key=ACCOUNT, symbol="ZCZ26", net_qty=Decimal(2))
    listed = InstrumentsListed(connection_id=CONNECTION, instruments=(CORN,))
    for event in (Reported(balance=balance), PositionReported(position=position), listed):
        bench.connection.sink(event)
    assert bench.published[-3:] == [balance, position, listed]


def test_a_connection_that_is_gone_answers_nothing_any_more(bench: DeskBench) -> None:
    working = bench.place(limit_terms(price="588"))
    bench.deliver()
    bench.connection.fates = [Fate.LOST_ON_THE_WAY, Fate.LOST_ON_THE_WAY]
    bench.clock.advance(1)
    lost = bench.place(limit_terms(price="589"))
    bench.ask(CancelOrders(cl_ord_ids=(working,), gesture=GESTURE))
    bench.ask(Disconnect(connection_id=CONNECTION))
    assert bench.order(lost).ord_status is OrdStatus.IN_DOUBT
    assert bench.order(working).ord_status is OrdStatus.IN_DOUBT
    assert bench.order(lost).text == "The connection ended before the venue answered."
    assert not bench.journal.open_intents()
    assert not bench.floor.requests.cancels_under_way


def test_a_flicker_of_the_lamps_puts_nothing_in_doubt(bench: DeskBench) -> None:
    key = bench.place()
    for lamp in (Lamp.DEGRADED, Lamp.SUSPECT, Lamp.LIVE):
        bench.connection.status(lamp)
    assert bench.order(key).ord_status is OrdStatus.PENDING_NEW


def test_lamps_that_come_back_send_what_is_owed(bench: DeskBench) -> None:
    key = bench.place()
    bench.deliver()
    bench.connection.status(Lamp.BLOCKED)
    bench.ask(CancelOrders(cl_ord_ids=(key,), gesture=GESTURE))
    assert len(bench.venue.received) == 1
    bench.connection.status(Lamp.LIVE)
    bench.settle()
    assert len(bench.venue.received) == 2
