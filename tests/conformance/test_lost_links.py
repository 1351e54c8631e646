"""C40 to C49: what becomes of requests whose answer is late, lost, doubled, or never came."""

import asyncio
from collections import Counter

import pytest

from tests.conformance.bench import PATIENCE_S, Bench, conformance, looks
from tests.conformance.pairs import Promise, VenuePair
from workstation.domain.order_requests import OrderRequest, orders_of
from workstation.domain.order_states import OrderEvent
from workstation.simulators.engine_orders import Stage
from workstation.simulators.faults import Deed, Fault
from workstation.venues.base import BookLoaded, Outcome, RequestAnswered, VenueUnreachable


def lost_placement_answers(pair: VenuePair) -> list[Fault]:
    """Lose the answer of every placement but the first."""
    return [Fault(deed=Deed.DROP, message=pair.names.place_answer, after=1, count=None)]


@conformance("C40", "A link cut after the venue took an order: UNKNOWN, never sent again; the next book shows it.")
async def test_c40(bench: Bench) -> None:
    await bench.log_in()
    bench.hold_down()
    request = bench.new()
    await bench.send(request)
    await bench.until(lambda: bool(bench.held()))
    bench.cut()
    assert (await bench.answer(request)).outcome is Outcome.UNKNOWN
    await bench.live(sessions=2)
    [held] = bench.held()
    books = [event for event in bench.all_of(BookLoaded) if event.account == bench.account()]
    assert [(one.order_id, looks(one.terms)) for one in books[-1].reports] == [(str(held.number), looks(request.terms))]


@conformance("C41", "A link cut before the venue got an order: UNKNOWN, never sent again; the next book lacks it.")
async def test_c41(bench: Bench) -> None:
    await bench.log_in()
    bench.hold_up()
    request = bench.new()
    await bench.send(request)
    bench.cut()
    assert (await bench.answer(request)).outcome is Outcome.UNKNOWN
    await bench.live(sessions=2)
    await bench.working(bench.terms(20))  # whatever was to be sent again would have gone before this one
    assert [order.ticket.price for order in bench.held()] == [bench.away(20)]


@conformance(
    "C42",
    "No answer in time: UNKNOWN once the time is up, while the order's own news still arrive.",
    faults=lambda pair: [Fault(deed=Deed.DROP, message=name) for name in pair.names.place_answers],
)
async def test_c42(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new()
    await bench.send(request)
    await bench.reported(request.terms, OrderEvent.REPORT_NEW)
    assert not bench.answers_to(request)
    bench.clock.advance(bench.pair.answer_within_s + 0.5)
    assert (await bench.answer(request)).outcome is Outcome.UNKNOWN
    assert len(bench.held()) == 1


@conformance(
    "C43",
    "An answer that comes after its time was up changes no outcome and is given to no other request.",
    faults=lambda pair: [Fault(deed=Deed.REORDER, message=pair.names.place_answer)],
)
async def test_c43(bench: Bench) -> None:
    await bench.log_in()
    first, second = bench.new(bench.terms(10)), bench.new(bench.terms(11))
    await bench.send(first)  # its answer waits at the venue until another message passes it
    await bench.reported(first.terms, OrderEvent.REPORT_NEW)
    await bench.send(second)
    await bench.reported(second.terms, OrderEvent.REPORT_NEW)
    for request in (first, second):
        assert (await bench.answer(request)).outcome is Outcome.RECEIVED
        assert len(bench.answers_to(request)) == 1


@conformance(
    "C44",
    "A cancel overtakes the placements that wait: it is answered while they are not.",
    faults=lost_placement_answers,
    needs=[Promise.ONE_PLACEMENT_AT_A_TIME],
)
async def test_c44(bench: Bench) -> None:
    await bench.log_in()
    first, number = await bench.working(bench.terms(10))
    unanswered, waiting = bench.new(bench.terms(11)), bench.new(bench.terms(12))
    await bench.send(unanswered)
    held_back = bench.begin_sending(waiting)
    cancel = bench.cancel_of(first, number)
    await bench.send(cancel)
    assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
    await bench.reported(first.terms, OrderEvent.REPORT_CANCELED)
    assert not held_back.done()
    assert [(order.ticket.price, order.stage) for order in bench.held()] == [
        (bench.away(10), Stage.CANCELED),
        (bench.away(11), Stage.WORKING),
    ]
    bench.clock.advance(bench.pair.answer_within_s + 0.5)  # the way is free when the first one is given up
    await bench.reported(waiting.terms, OrderEvent.REPORT_NEW)
    assert held_back.done()


@conformance(
    "C45",
    "What still waited when the link died is VenueUnreachable: not one byte left, and none does later.",
    faults=lost_placement_answers,
    needs=[Promise.ONE_PLACEMENT_AT_A_TIME],
)
async def test_c45(bench: Bench) -> None:
    await bench.log_in()
    await bench.working(bench.terms(10))
    unanswered, waiting = bench.new(bench.terms(11)), bench.new(bench.terms(12))
    await bench.send(unanswered)
    await bench.reported(unanswered.terms, OrderEvent.REPORT_NEW)
    held_back = bench.begin_sending(waiting)
    await asyncio.sleep(0)
    bench.cut()
    with pytest.raises(VenueUnreachable):
        async with asyncio.timeout(PATIENCE_S):
            await held_back
    assert (await bench.answer(unanswered)).outcome is Outcome.UNKNOWN
    await bench.live(sessions=2)
    await bench.send(bench.new(bench.terms(20)))
    await bench.reported(bench.terms(20), OrderEvent.REPORT_NEW)
    assert [order.ticket.price for order in bench.held()] == [bench.away(ticks) for ticks in (10, 11, 20)]
    assert not bench.answers_to(waiting)


@conformance(
    "C46",
    "A sender that gives up while its order waits takes the order back: it never leaves.",
    faults=lost_placement_answers,
    needs=[Promise.ONE_PLACEMENT_AT_A_TIME],
)
async def test_c46(bench: Bench) -> None:
    await bench.log_in()
    await bench.working(bench.terms(10))
    await bench.send(bench.new(bench.terms(11)))
    given_up = bench.begin_sending(bench.new(bench.terms(12)))
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    bench.clock.advance(bench.pair.answer_within_s + 0.5)
    await bench.send(bench.new(bench.terms(13)))
    await bench.reported(bench.terms(13), OrderEvent.REPORT_NEW)
    assert bench.away(12) not in [order.ticket.price for order in bench.held()]


@conformance(
    "C47",
    "A message of the venue that comes twice counts once: one answer per request, no trade twice.",
    faults=lambda pair: [
        Fault(deed=Deed.DUPLICATE, message=name, count=None)
        for name in (*pair.names.place_answers, *pair.names.cancel_answers, pair.names.order_news)
    ],
)
async def test_c47(bench: Bench) -> None:
    await bench.log_in()
    request, number = await bench.working()
    cancel = bench.cancel_of(request, number)
    await bench.send(cancel)
    await bench.answer(cancel)
    filled = bench.new(bench.crossing())
    await bench.send(filled)
    report = await bench.reported(filled.terms, OrderEvent.REPORT_FILLED)
    await bench.send(bench.new(bench.terms(21)))
    await bench.reported(bench.terms(21), OrderEvent.REPORT_NEW)
    assert report.cum_qty == filled.terms.order_qty
    assert [len(bench.answers_to(one)) for one in (request, cancel, filled)] == [1, 1, 1]


@conformance(
    "C48",
    "A request that the venue refuses on purpose is REFUSED, in the venue's words, and the link stays.",
    faults=lambda pair: [Fault(deed=Deed.REJECT, message=pair.names.place, text="Trading is halted")],
)
async def test_c48(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new()
    await bench.send(request)
    answer = await bench.answer(request)
    assert (answer.outcome, "Trading is halted" in answer.text) == (Outcome.REFUSED, True)
    await bench.working(bench.terms(11))
    assert bench.wire.links == 1


@conformance(
    "C49",
    "Whatever happens to them, requests that were sent end in exactly one answer each.",
    faults=lambda pair: [
        Fault(deed=Deed.DROP, message=pair.names.place_answer, after=2),
        Fault(deed=Deed.DUPLICATE, message=pair.names.place_answer, after=3),
        Fault(deed=Deed.REJECT, message=pair.names.place, after=4),
        Fault(deed=Deed.DROP, message=pair.names.place, after=5),
        Fault(deed=Deed.CLOSE, message=pair.names.place, after=8),
    ],
)
async def test_c49(bench: Bench) -> None:
    await bench.log_in()
    requests: list[OrderRequest] = [bench.new(bench.terms(10 + turn, qty=1 + turn % 3)) for turn in range(9)]
    for turn, request in enumerate(requests):
        await bench.send(request)
        if turn in (2, 5):  # the answer is lost, or the request
            bench.clock.advance(bench.pair.answer_within_s + 0.5)
        await bench.answer(request)
    await bench.live(sessions=2)
    counted = Counter(orders_of(answer.request) for answer in bench.all_of(RequestAnswered))
    assert counted == {orders_of(request): 1 for request in requests}
    prices = [order.ticket.price for order in bench.held()]
    assert len(prices) == len(set(prices)), "nothing was sent twice"
