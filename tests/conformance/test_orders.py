"""C20 to C36: orders, replacements and cancels as the venue takes them."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from tests.conformance.bench import Bench, conformance, looks
from tests.conformance.pairs import Promise
from workstation.domain.identity import AccountKey, ClOrdID, OrderID
from workstation.domain.order_requests import OrderCancelRequest, OrderMassCancelRequest
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, Side, TimeInForce, needs_price, needs_stop_px
from workstation.domain.orders import OrderTerms
from workstation.simulators.engine_orders import OrderTicket, Stage
from workstation.venues.base import NotExpressible, OrderReport, Outcome, Severity, TextNotified

WORKING, CANCELED, FILLED = OrderEvent.REPORT_NEW, OrderEvent.REPORT_CANCELED, OrderEvent.REPORT_FILLED


@conformance("C20", "A limit order is RECEIVED, then reported working with the venue's number and exactly our terms.")
async def test_c20(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new()
    await bench.send(request)
    assert (await bench.answer(request)).outcome is Outcome.RECEIVED
    report = await bench.reported(request.terms, WORKING)
    [held] = bench.held()
    assert report.order_id == str(held.number)
    assert (report.cum_qty, report.venue_status != "") == (Decimal(0), True)
    assert report.transact_time_ns > 0


@conformance("C21", "A price off the tick is refused in the venue's own words, and nothing works there.")
async def test_c21(bench: Bench) -> None:
    await bench.log_in()
    tick = bench.truth.listings[bench.symbol].tick_size
    request = bench.new(bench.terms(price=bench.away(10) + tick / 2))
    await bench.send(request)
    answer = await bench.answer(request)
    told = [text for text in bench.all_of(TextNotified) if text.severity is Severity.ERROR]
    assert answer.outcome is Outcome.REFUSED
    assert "Invalid price" in answer.text or any("Invalid price" in text.text for text in told)
    if not bench.pair.refused_in_the_answer:
        assert any(request.cl_ord_id in text.cl_ord_ids for text in told)
    assert bench.held() == ()


@conformance(
    "C22",
    "Received is not accepted: an order the account cannot carry is RECEIVED, then reported rejected.",
    needs=[Promise.ANSWERS_ON_RECEIPT],
)
async def test_c22(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new(bench.terms(order_qty=bench.truth.too_much(bench.symbol)))
    await bench.send(request)
    assert (await bench.answer(request)).outcome is Outcome.RECEIVED
    await bench.reported(request.terms, OrderEvent.REPORT_REJECTED)
    assert any("margin" in text.text for text in bench.all_of(TextNotified))


@conformance("C23", "A cancel by number ends the order: RECEIVED, then reported cancelled.")
async def test_c23(bench: Bench) -> None:
    await bench.log_in()
    request, number = await bench.working()
    cancel = bench.cancel_of(request, number)
    await bench.send(cancel)
    assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
    assert (await bench.reported(request.terms, CANCELED)).order_id == number
    assert [order.stage for order in bench.held()] == [Stage.CANCELED]


@conformance("C24", "Several orders are cancelled by one request, and each is reported.", needs=[Promise.CANCELS_MANY])
async def test_c24(bench: Bench) -> None:
    await bench.log_in()
    orders = [await bench.working(bench.terms(ticks)) for ticks in (10, 11, 12)]
    cancel = OrderCancelRequest(
        cl_ord_ids=tuple(request.cl_ord_id for request, _ in orders),
        order_ids=tuple(number for _, number in orders),
        account=bench.account(),
    )
    await bench.send(cancel)
    assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
    for request, _ in orders:
        await bench.reported(request.terms, CANCELED)


@conformance(
    "C25",
    "A cancel of a number that the venue does not know is refused, in its words.",
    needs=[Promise.ANSWERS_ON_RECEIPT],
)
async def test_c25(bench: Bench) -> None:
    await bench.log_in()
    cancel = OrderCancelRequest(cl_ord_ids=(ClOrdID("W9"),), order_ids=(OrderID("999999"),), account=bench.account())
    await bench.send(cancel)
    assert (await bench.answer(cancel)).outcome is Outcome.REFUSED
    assert any("Unknown order" in text.text for text in bench.all_of(TextNotified))


@conformance(
    "C26",
    "A replacement has the new terms, and the old terms work no more.",
    needs=[Promise.REPLACES],
)
async def test_c26(bench: Bench) -> None:
    await bench.log_in()
    request, number = await bench.working()
    qty = bench.qty(3) if bench.pair.capabilities.replaces_quantity else request.terms.order_qty
    changed = bench.replacement_of(request, number, order_qty=qty, price=bench.away(12))
    await bench.send(changed)
    assert (await bench.answer(changed)).outcome is Outcome.RECEIVED
    await bench.reported(changed.terms, WORKING)
    working = [order for order in bench.held() if order.is_open]
    assert [(order.ticket.order_qty, order.ticket.price) for order in working] == [(qty, bench.away(12))]


@conformance(
    "C27",
    "A replacement of an order that has ended is refused, and changes nothing.",
    needs=[Promise.REPLACES],
)
async def test_c27(bench: Bench) -> None:
    await bench.log_in()
    request, number = await bench.working()
    await bench.send(bench.cancel_of(request, number))
    await bench.reported(request.terms, CANCELED)
    late = bench.replacement_of(request, number, price=bench.away(12))
    await bench.send(late)
    assert (await bench.answer(late)).outcome is Outcome.REFUSED
    assert [order.stage for order in bench.held()] == [Stage.CANCELED]


@conformance(
    "C28",
    "A mass cancel by symbol ends that symbol's orders of that account, and no others.",
    needs=[Promise.CANCELS_BY_SYMBOL],
)
async def test_c28(bench: Bench) -> None:
    await bench.log_in()
    other = list(bench.simulator.market.contracts)[2]
    hit = [await bench.working(bench.terms(ticks)) for ticks in (10, 11)]
    elsewhere, _ = await bench.working(bench.terms(symbol=other, price=bench.away(10, other)))
    neighbour, _ = await bench.working(bench.terms(account=bench.account(1)))
    cancel = OrderMassCancelRequest(
        account=bench.account(), symbol=bench.symbol, cl_ord_ids=tuple(request.cl_ord_id for request, _ in hit)
    )
    await bench.send(cancel)
    assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
    for request, _ in hit:
        await bench.reported(request.terms, CANCELED)
    left = [order for account in (0, 1) for order in bench.held(bench.account(account)) if order.is_open]
    assert {(order.owner, order.ticket.symbol) for order in left} == {
        (elsewhere.terms.account.account_id, other),
        (neighbour.terms.account.account_id, bench.symbol),
    }


def _of_form(bench: Bench, ord_type: OrdType, time_in_force: TimeInForce, ticks: int) -> OrderTerms:
    """Return terms of one form: limits rest below the market, stops wait above it, at-once limits meet nothing."""
    tomorrow_ms = bench.clock.now_ns() // 1_000_000 + 86_400_000
    return bench.terms(
        ord_type=ord_type,
        time_in_force=time_in_force,
        price=bench.away(ticks) if needs_price(ord_type) else None,
        stop_px=bench.away(-20 - ticks) if needs_stop_px(ord_type) else None,
        expire_date_ms=tomorrow_ms if time_in_force is TimeInForce.GOOD_TILL_DATE else None,
    )


@conformance("C29", "Every form it offers goes out, comes back as the same form, and is accepted by the venue.")
async def test_c29(bench: Bench) -> None:
    await bench.log_in()
    forms = sorted(bench.connection.capabilities.forms, key=lambda form: (form[0].value, form[1].value))
    assert forms
    for ticks, (ord_type, time_in_force) in enumerate(forms, 10):
        request = bench.new(_of_form(bench, ord_type, time_in_force, ticks))
        await bench.send(request)
        assert (await bench.answer(request)).outcome is Outcome.RECEIVED, (ord_type, time_in_force)
        report = await bench.report(lambda one, sent=request: looks(one.terms) == looks(sent.terms))  # type: ignore[misc]
        assert report.event is not OrderEvent.REPORT_REJECTED, (ord_type, time_in_force)


@conformance("C30", "A form it does not offer is NotExpressible: the text says which value, and no byte leaves.")
async def test_c30(bench: Bench) -> None:
    await bench.log_in()
    offered, sent = bench.connection.capabilities.forms, len(bench.wire.up)
    refused = [form for form in product(OrdType, TimeInForce) if form not in offered]
    assert refused
    for ord_type, time_in_force in refused:
        with pytest.raises(NotExpressible, match=r"\w+ \w+"):
            bench.connection.encode(bench.new(_of_form(bench, ord_type, time_in_force, 10)))
    assert len(bench.wire.up) == sent


@conformance("C31", "An account that the login does not offer is NotExpressible.")
async def test_c31(bench: Bench) -> None:
    await bench.log_in()
    stranger = AccountKey(bench.profile.connection_id, "not ours")
    with pytest.raises(NotExpressible, match="not ours"):
        bench.connection.encode(bench.new(bench.terms(account=stranger)))


@conformance("C32", "Each account trades for itself: orders sent in turn for all accounts arrive at their own.")
async def test_c32(bench: Bench) -> None:
    await bench.log_in()
    count = len(bench.truth.account_ids)
    for turn in range(2):
        for index in range(count):
            await bench.working(bench.terms(10 + turn, account=bench.account(index)))
    for index in range(count):
        assert [order.ticket.price for order in bench.held(bench.account(index))] == [bench.away(10), bench.away(11)]


@conformance(
    "C33",
    "A trade is reported with the venue's exact quantity and price; parts add up to the whole.",
    needs=[Promise.FILLS_IN_PARTS],
)
async def test_c33(bench: Bench) -> None:
    await bench.log_in()
    market = bench.simulator.market
    at_best = market.depth(bench.symbol, Side.SELL)[0]
    request = bench.new(bench.terms(price=at_best[0], qty=int(at_best[1]) + 1))
    await bench.send(request)
    part = await bench.report(lambda one: bool(one.cum_qty) and looks(one.terms) == looks(request.terms))
    assert part.cum_qty is not None
    assert part.cum_qty < request.terms.order_qty
    rest = request.terms.order_qty - at_best[1]
    seller = bench.account(1)
    ticket = OrderTicket(
        symbol=bench.symbol,
        side=Side.SELL,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=rest,
        price=at_best[0],
    )
    market.place(seller.account_id, ticket, bench.clock.now_ns(), "elsewhere")
    whole = await bench.reported(request.terms, FILLED)
    assert (whole.cum_qty, whole.avg_px) == (request.terms.order_qty, at_best[0])
    counted = [one.cum_qty for one in bench.reports() if looks(one.terms) == looks(request.terms)]
    assert counted == sorted(counted, key=lambda qty: qty or Decimal(0))


@conformance("C34", "An order entered elsewhere is reported like any other, and is not said to be ours.")
async def test_c34(bench: Bench) -> None:
    await bench.log_in()
    terms = bench.terms(14)
    number = bench.truth.place(terms.account.account_id, terms.symbol, bench.away(14), terms.order_qty)
    report = await bench.reported(terms, WORKING)
    elsewhere = bench.pair.entered_elsewhere
    assert (report.order_id, report.entered_by_us, report.cl_ord_id) == (str(number), elsewhere, None)


@conformance("C35", "Prices come back exactly as they went, in every contract's own steps.")
async def test_c35(bench: Bench) -> None:
    await bench.log_in()
    for symbol in bench.truth.listings:
        sent = bench.new(bench.terms(symbol=symbol, price=bench.away(7, symbol)))
        await bench.send(sent)
        report: OrderReport = await bench.report(lambda one, of=symbol: one.terms.symbol == of)  # type: ignore[misc]
        assert (report.terms.price, type(report.terms.price)) == (sent.terms.price, Decimal), symbol
        await bench.answer(sent)


@conformance(
    "C36",
    "Open and close, where the venue has words for them, go out and change nothing else.",
    needs=[Promise.HOLDS_ONE_POSITION],
)
async def test_c36(bench: Bench) -> None:
    await bench.log_in()
    offered = bench.connection.capabilities.position_effects
    for ticks, effect in enumerate(sorted(offered, key=lambda one: one.value), 10):
        plain = bench.terms(ticks)
        request = bench.new(replace(plain, position_effect=effect))
        await bench.send(request)
        assert (await bench.answer(request)).outcome is Outcome.RECEIVED
        await bench.reported(plain, WORKING)
