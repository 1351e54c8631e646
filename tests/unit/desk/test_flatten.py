import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.support import fake_venue
from tests.support.apart_venue import apart_bench
from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import ACCOUNT, CAPABILITIES, Fate, limit_terms
from workstation.desk.commands import Hardness, Refused, SetLock
from workstation.desk.flatten import WITHIN_S
from workstation.desk.flatten_commands import Flatten, Flattened, FlattenPlan, PlanFlatten
from workstation.domain.account import Position
from workstation.domain.identity import OrderID
from workstation.domain.order_requests import NewOrderSingle, OrderMassCancelRequest
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.storage.records import RecordKind
from workstation.venues.base import Lamp, PositionReported

FLATTEN = Flatten(account=ACCOUNT, symbol="ZCZ26", gesture="Ctrl+F, armed", accepted=("reference_price",))
PLAN = PlanFlatten(account=ACCOUNT, symbol="ZCZ26")


def holds(bench: DeskBench, net_qty: str) -> None:
    bench.venue.net_qty = Decimal(net_qty)
    bench.connection.sink(bench.venue.book(bench.clock.now_ns()))


def begun(bench: DeskBench, command: Flatten = FLATTEN) -> "asyncio.Task[Any]":
    """Let the engine begin; what it waits for is delivered by the test."""

    async def begin() -> "asyncio.Task[Any]":
        return asyncio.get_running_loop().create_task(bench.engine.handle(command))

    task = bench.run(begin())
    bench.settle()
    return task


def result(bench: DeskBench, task: "asyncio.Task[Any]") -> Flattened:
    async def over() -> Any:
        return await task

    answer = bench.run(over())
    assert isinstance(answer, Flattened), answer
    return answer


def plan(bench: DeskBench) -> FlattenPlan:
    answer = bench.ask(PLAN)
    assert isinstance(answer, FlattenPlan), answer
    return answer


def fill_last(bench: DeskBench, qty: str) -> None:
    number = OrderID(str(bench.venue.next_number - 1))
    bench.connection.sink(bench.venue.fill(number, qty).report())
    bench.settle()


def test_the_plan_names_what_would_be_cancelled_and_sent_and_sends_nothing(bench: DeskBench) -> None:
    holds(bench, "5")
    key = bench.place(limit_terms(price="600"))
    bench.deliver()
    sent = len(bench.venue.received)
    found = plan(bench)
    (closing,) = found.closing
    assert (found.cancels, found.net_qty) == ((key,), 5)
    assert [one.gate for one in found.findings] == ["reference_price"], "this venue sends no quotes"
    assert (closing.side, closing.order_qty, closing.ord_type) == (Side.SELL, 5, OrdType.MARKET)
    assert closing.time_in_force is TimeInForce.DAY
    assert len(bench.venue.received) == sent


def test_it_cancels_waits_closes_and_ends_flat(bench: DeskBench) -> None:
    holds(bench, "-3")
    key = bench.place(limit_terms(price="580"))
    bench.deliver()
    task = begun(bench)
    assert isinstance(bench.venue.received[-1], OrderMassCancelRequest), "nothing closes while an order may trade"
    bench.deliver()
    closing = bench.venue.received[-1]
    assert isinstance(closing, NewOrderSingle)
    assert (closing.terms.side, closing.terms.order_qty) == (Side.BUY, 3)
    bench.deliver()
    fill_last(bench, "3")
    done = result(bench, task)
    assert (done.cancelled, done.still_open, done.residual) == ((key,), (), 0)
    assert bench.said("Flatten ZCZ26 in Main: 1 of 1 working orders ended.", "sent to close. The position is flat.")
    clicks = [row for row in bench.journal.rows if row.kind is RecordKind.CLICK]
    assert [row.body["action"] for row in clicks][-3:] == ["FLATTEN", "CANCEL_BY_SYMBOL", "PLACE"]
    assert {row.body["gesture"] for row in clicks[-3:]} == {"Ctrl+F, armed"}


def test_while_an_order_has_not_ended_nothing_is_sent_to_close(bench: DeskBench) -> None:
    holds(bench, "5")
    key = bench.place(limit_terms(price="600"))
    bench.deliver()
    bench.connection.fates = [Fate.LOST_ON_THE_WAY]
    task = begun(bench)
    bench.clock.advance(WITHIN_S + 1)
    bench.run(bench.engine.tick())
    done = result(bench, task)
    assert (done.still_open, done.sent, done.residual) == ((key,), (), 5)
    assert "nothing was sent to close. 5 long are left." in done.text


def test_what_is_left_is_reported(bench: DeskBench) -> None:
    holds(bench, "5")
    task = begun(bench)
    bench.deliver()
    fill_last(bench, "2")
    bench.clock.advance(WITHIN_S + 1)
    bench.run(bench.engine.tick())
    done = result(bench, task)
    assert done.residual == 3
    assert done.text.endswith("3 long are left.")


def test_a_flat_position_sends_nothing(bench: DeskBench) -> None:
    done = result(bench, begun(bench))
    assert (done.sent, done.residual) == ((), 0)
    assert bench.venue.received == []
    assert plan(bench).closing == ()


def test_a_trade_that_crossed_the_cancel_is_counted(bench: DeskBench) -> None:
    holds(bench, "5")
    bench.place(limit_terms(qty="2", price="600"))
    bench.deliver()
    task = begun(bench)
    bench.connection.waiting.clear()
    bench.connection.sink(bench.venue.fill(OrderID("115001"), "2").report())
    bench.settle()
    closing = bench.venue.received[-1]
    assert isinstance(closing, NewOrderSingle)
    assert closing.terms.order_qty == 7
    bench.deliver()
    fill_last(bench, "7")
    assert result(bench, task).residual == 0


def test_a_lock_lets_the_cancels_pass_and_refuses_to_close(bench: DeskBench) -> None:
    holds(bench, "5")
    key = bench.place(limit_terms(price="600"))
    bench.deliver()
    bench.ask(SetLock(locked=True))
    assert [one.gate for one in plan(bench).findings] == ["lock", "reference_price"]
    task = begun(bench)
    bench.deliver()
    done = result(bench, task)
    assert bench.order(key).ord_status is OrdStatus.CANCELED
    assert (done.sent, done.residual) == ((), 5)
    assert "Not sent: " in done.text


def test_a_large_position_wants_its_finding_confirmed(bench: DeskBench) -> None:
    holds(bench, "200")
    assert {one.gate for one in plan(bench).findings} == {"reference_price", "size"}
    done = result(bench, begun(bench))
    assert done.sent == ()
    task = begun(bench, replace(FLATTEN, accepted=("reference_price", "size")))
    bench.deliver()
    fill_last(bench, "200")
    assert result(bench, task).residual == 0


def test_a_position_that_is_not_known_is_not_flattened() -> None:
    bench = DeskBench(log_in=False)
    bench.connection.status(Lamp.LIVE)
    for command in (PLAN, FLATTEN):
        answer = bench.ask(command)
        assert isinstance(answer, Refused)
        assert "not known yet" in answer.findings[0].text
    bench.close()


def test_a_venue_without_market_orders_is_named(bench: DeskBench, monkeypatch: Any) -> None:
    holds(bench, "5")
    forms = frozenset({(OrdType.LIMIT, TimeInForce.DAY)})
    monkeypatch.setattr(fake_venue, "CAPABILITIES", replace(CAPABILITIES, forms=forms))
    monkeypatch.setattr(bench.engine._connections, "capabilities", lambda _: fake_venue.CAPABILITIES)
    found = plan(bench)
    assert (found.closing, [one.gate for one in found.findings]) == ((), ["market"])
    assert "takes no market order" in result(bench, begun(bench)).text


def test_positions_that_are_held_apart_are_closed_one_by_one(bench: DeskBench, monkeypatch: Any) -> None:
    apart = replace(CAPABILITIES, holds_positions_apart=True)
    monkeypatch.setattr(bench.engine._connections, "capabilities", lambda _: apart)
    for number, qty in (("7", 2), ("8", -1), ("9", 0)):
        position = Position(key=ACCOUNT, symbol="ZCZ26", net_qty=Decimal(qty), position_id=number)
        bench.connection.sink(PositionReported(position=position))
    monkeypatch.setattr(bench.floor.money, "expected_qty", lambda _account, _symbol: None)
    closing = plan(bench).closing
    assert [(one.side, one.order_qty, one.position_id) for one in closing] == [
        (Side.SELL, 2, "7"),
        (Side.BUY, 1, "8"),
    ]


def test_the_closing_orders_of_positions_held_apart_pass_the_desks_own_gates() -> None:
    bench = apart_bench()
    answer = bench.ask(PlanFlatten(account=ACCOUNT, symbol="EURUSD"))
    assert isinstance(answer, FlattenPlan)
    assert [(one.position_id, one.position_effect) for one in answer.closing] == [
        ("7", PositionEffect.CLOSE),
        ("8", PositionEffect.CLOSE),
    ]
    assert [finding.text for finding in answer.findings if finding.hardness is Hardness.HARD] == []
