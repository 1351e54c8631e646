"""C70 to C77: positions that are held apart, and what the venue holds for them."""

from dataclasses import replace
from decimal import Decimal

from tests.conformance.bench import Bench, conformance
from tests.conformance.pairs import Promise
from tests.conformance.truth import Holding
from workstation.domain.account import Position
from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import NewOrderSingle, PositionAmendRequest
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import PositionEffect, Side
from workstation.domain.orders import OrderTerms
from workstation.venues.base import BookLoaded, OrderReport, Outcome, PositionReported, TextNotified

APART = [Promise.HOLDS_POSITIONS_APART]
FILLED = OrderEvent.REPORT_FILLED


async def report_of(bench: Bench, request: NewOrderSingle, event: OrderEvent) -> OrderReport:
    return await bench.report(lambda one: one.cl_ord_id == request.cl_ord_id and one.event is event)


async def bought(bench: Bench, qty: int = 1, **changes: object) -> Holding:
    """Open a position and return it as the venue holds it."""
    known = {one.position_id for one in bench.truth.holdings(bench.account().account_id)}
    request = bench.new(bench.crossing(qty, **changes))
    await bench.send(request)
    assert (await bench.answer(request)).outcome is Outcome.RECEIVED
    await report_of(bench, request, FILLED)
    [opened] = [one for one in bench.truth.holdings(bench.account().account_id) if one.position_id not in known]
    return opened


def told(bench: Bench) -> dict[str, Position]:
    """Return the positions as they were told last, one by one or in a complete book."""
    known: dict[str, Position] = {}
    for event in bench.events:
        if isinstance(event, PositionReported):
            known[event.position.position_id] = event.position
        elif isinstance(event, BookLoaded):
            gone = {number: replace(one, net_qty=Decimal(0)) for number, one in known.items()}
            known = gone | {one.position_id: one for one in event.positions}
    return known


def closing(bench: Bench, holding: Holding, qty: Decimal | None = None) -> OrderTerms:
    side = Side.SELL if holding.net_qty > 0 else Side.BUY
    return bench.crossing(
        side=side,
        order_qty=abs(holding.net_qty) if qty is None else qty,
        position_effect=PositionEffect.CLOSE,
        position_id=holding.position_id,
    )


async def closed(bench: Bench, holding: Holding, qty: Decimal | None = None) -> OrderReport:
    request = bench.new(closing(bench, holding, qty))
    await bench.send(request)
    assert (await bench.answer(request)).outcome is Outcome.RECEIVED
    return await report_of(bench, request, FILLED)


@conformance(
    "C70", "An attached stop is held by the venue, and triggers there: flat, and the trader is told.", needs=APART
)
async def test_c70(bench: Bench) -> None:
    await bench.log_in()
    stop = bench.away(50)
    holding = await bought(bench, stop_loss=stop)
    assert holding.stop_loss == stop
    await bench.until(lambda: told(bench)[holding.position_id].stop_loss == stop)
    bench.truth.reach(bench.symbol, bench.away(60))
    await bench.until(lambda: told(bench)[holding.position_id].net_qty == 0)
    assert bench.truth.holdings(bench.account().account_id) == ()
    await bench.until(lambda: any("stop loss" in one.text for one in bench.all_of(TextNotified)))
    assert (await bench.reloaded()).positions == ()


@conformance("C71", "An attached take profit is held by the venue, and triggers there.", needs=APART)
async def test_c71(bench: Bench) -> None:
    await bench.log_in()
    target = bench.away(-50)
    holding = await bought(bench, take_profit=target)
    assert holding.take_profit == target
    bench.truth.reach(bench.symbol, bench.away(-80))
    await bench.until(lambda: told(bench)[holding.position_id].net_qty == 0)
    await bench.until(lambda: any("take profit" in one.text for one in bench.all_of(TextNotified)))
    assert bench.truth.holdings(bench.account().account_id) == ()


@conformance("C72", "A close in full ends that position alone, and is reported as an order of ours.", needs=APART)
async def test_c72(bench: Bench) -> None:
    await bench.log_in()
    first, second = await bought(bench, 2), await bought(bench, 3)
    report = await closed(bench, first)
    assert (report.cum_qty, report.terms.position_effect) == (first.net_qty, PositionEffect.CLOSE)
    await bench.until(lambda: told(bench)[first.position_id].net_qty == 0)
    assert [one.position_id for one in bench.truth.holdings(bench.account().account_id)] == [second.position_id]
    assert [one.position_id for one in (await bench.reloaded()).positions] == [second.position_id]


@conformance("C73", "A position closed in part leaves its rest open, and the rest stays closable.", needs=APART)
async def test_c73(bench: Bench) -> None:
    await bench.log_in()
    whole = await bought(bench, 3)
    report = await closed(bench, whole, bench.qty(1))
    assert report.cum_qty == bench.qty(1)
    [rest] = bench.truth.holdings(bench.account().account_id)
    assert rest.net_qty == bench.qty(2)
    await bench.until(lambda: told(bench)[rest.position_id].net_qty == rest.net_qty)
    assert (await closed(bench, rest)).cum_qty == bench.qty(2)
    await bench.until(lambda: told(bench)[rest.position_id].net_qty == 0)
    assert bench.truth.holdings(bench.account().account_id) == ()


def _amendment(bench: Bench, holding: Holding, **changes: object) -> PositionAmendRequest:
    kept = PositionAmendRequest(
        cl_ord_id=ClOrdID("A1"),
        account=bench.account(),
        symbol=holding.symbol,
        position_id=holding.position_id,
        side=Side.BUY,
        qty=holding.net_qty,
        stop_loss=holding.stop_loss,
        take_profit=holding.take_profit,
    )
    return replace(kept, **changes)  # type: ignore[arg-type]


@conformance("C74", "An amended position shows the venue's own figures, and its order is none the wiser.", needs=APART)
async def test_c74(bench: Bench) -> None:
    await bench.log_in()
    holding = await bought(bench)
    trailing = 40 * bench.truth.step(bench.symbol)
    amend = _amendment(bench, holding, stop_loss=bench.away(40), take_profit=bench.away(-70), trailing_offset=trailing)
    await bench.send(amend)
    assert (await bench.answer(amend)).outcome is Outcome.RECEIVED
    [held] = bench.truth.holdings(bench.account().account_id)
    assert (held.stop_loss, held.take_profit, held.trailing_offset) == (bench.away(40), bench.away(-70), trailing)

    def same(position: Position) -> bool:
        shown = (position.stop_loss, position.take_profit, position.trailing_offset)
        return shown == (held.stop_loss, held.take_profit, held.trailing_offset)

    await bench.until(lambda: same(told(bench)[holding.position_id]))
    [booked] = (await bench.reloaded()).positions
    assert same(booked)
    assert {one.cl_ord_id for one in bench.reports()} == {"W1"}


@conformance("C75", "An amendment that the venue refuses is REFUSED in its words, and changes nothing.", needs=APART)
async def test_c75(bench: Bench) -> None:
    await bench.log_in()
    holding = await bought(bench, stop_loss=bench.away(50))
    amend = _amendment(bench, holding, stop_loss=bench.away(-50))
    await bench.send(amend)
    answer = await bench.answer(amend)
    assert (answer.outcome, "StopLoss" in answer.text) == (Outcome.REFUSED, True)
    assert bench.truth.holdings(bench.account().account_id) == (holding,)


@conformance("C76", "What is attached to a resting order goes over to its position when the market comes.", needs=APART)
async def test_c76(bench: Bench) -> None:
    await bench.log_in()
    stop, target = bench.away(60), bench.away(-60)
    request, number = await bench.working(bench.terms(10, stop_loss=stop, take_profit=target))
    bench.truth.reach(bench.symbol, bench.away(10))
    assert (await report_of(bench, request, FILLED)).order_id == number
    [held] = bench.truth.holdings(bench.account().account_id)
    assert (held.stop_loss, held.take_profit) == (stop, target)
    await bench.until(lambda: held.position_id in told(bench))
    shown = told(bench)[held.position_id]
    assert (shown.net_qty, shown.avg_px) == (held.net_qty, held.avg_px)
    assert (shown.stop_loss, shown.take_profit) == (stop, target)


@conformance("C77", "Opposite positions of one instrument stand side by side, each with its own number.", needs=APART)
async def test_c77(bench: Bench) -> None:
    await bench.log_in()
    bought_one, sold_one = await bought(bench), await bought(bench, 2, side=Side.SELL)
    assert (bought_one.net_qty, sold_one.net_qty) == (bench.qty(1), -bench.qty(2))
    shown = {one.position_id: one.net_qty for one in (await bench.reloaded()).positions}
    assert shown == {one.position_id: one.net_qty for one in (bought_one, sold_one)}
    assert (await closed(bench, sold_one)).terms.side is Side.BUY
    await bench.until(lambda: told(bench)[sold_one.position_id].net_qty == 0)
    assert told(bench)[bought_one.position_id].net_qty == bench.qty(1)
