"""C90 to C94: a venue that takes a request every so often and small ones only, and drops who does otherwise."""

import asyncio

import pytest

from tests.conformance.bench import PATIENCE_S, Bench, conformance
from tests.conformance.pairs import Promise
from workstation.domain.market_data import Quote
from workstation.domain.order_requests import NewOrderSingle
from workstation.domain.order_states import OrderEvent
from workstation.simulators.engine_orders import Stage
from workstation.venues.base import ConnectionStatus, Outcome, VenueUnreachable
from workstation.venues.queries import Watch

PACED = [Promise.PACED]
BURST = 100


def _burst(bench: Bench, count: int) -> tuple[list[NewOrderSingle], list[asyncio.Task[None]]]:
    """Begin to send so many orders at once, as impatient clicks do."""
    requests = [bench.new(bench.terms(10 + turn)) for turn in range(count)]
    return requests, [bench.begin_sending(request) for request in requests]


def _in_time(bench: Bench) -> bool:
    """Say whether no request broke the pace and no link was dropped."""
    links = [wire.links for wire in (bench.wire, *bench.beside)]
    return bench.simulator.xapi.venue.too_quick == 0 and links == [1, 1]


@conformance(
    "C90",
    "A burst of 100 sends keeps the venue's pace, with the backlog in sight, and a cancel sent last goes first.",
    needs=PACED,
    paced=True,
)
async def test_c90(bench: Bench) -> None:
    await bench.log_in()
    first, number = await bench.working(bench.terms(9))
    requests, _ = _burst(bench, BURST)
    await asyncio.sleep(0)
    cancel = bench.cancel_of(first, number)
    await bench.send(cancel)
    assert len(bench.held()) < 5, "the cancel left ahead of nearly all of them"
    assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
    await bench.reported(first.terms, OrderEvent.REPORT_CANCELED)
    async with asyncio.timeout(PATIENCE_S):
        await bench.until(lambda: all(bench.answers_to(request) for request in requests))
    assert {answer.outcome for request in requests for answer in bench.answers_to(request)} == {Outcome.RECEIVED}
    assert _in_time(bench)
    assert len(bench.held()) == 1 + BURST
    shown = bench.all_of(ConnectionStatus)
    assert max(status.queued for status in shown) >= BURST - 5
    assert max(status.queue_delay_ms for status in shown) > 15_000
    assert shown[-1].queued == 0


@conformance(
    "C91",
    "What waits is taken back when all is stopped: nothing but cancels reaches the venue after that.",
    needs=PACED,
    paced=True,
)
async def test_c91(bench: Bench) -> None:
    await bench.log_in()
    first, number = await bench.working(bench.terms(9))
    requests, sends = _burst(bench, 20)
    cancel = bench.cancel_of(first, number)
    canceling = bench.begin_sending(cancel)
    await asyncio.sleep(0)
    bench.connection.withdraw("Trading was stopped.")
    ended = await asyncio.gather(*sends, return_exceptions=True)
    left = [request for request, end in zip(requests, ended, strict=True) if end is None]
    assert len(left) <= 1
    assert all(isinstance(end, VenueUnreachable) for end in ended if end is not None)
    await canceling
    assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
    await bench.pass_time(*[1.0] * 5)
    await bench.reloaded()
    assert [order.stage for order in bench.held()] == [Stage.CANCELED] + [Stage.WORKING] * len(left)
    assert not [request for request in requests if request not in left and bench.answers_to(request)]
    assert _in_time(bench)


@conformance(
    "C92",
    "What waited when the link died is VenueUnreachable: not one byte left, and none does later.",
    needs=PACED,
    paced=True,
)
async def test_c92(bench: Bench) -> None:
    await bench.log_in()
    requests, sends = _burst(bench, 10)
    await asyncio.sleep(0)
    bench.cut()
    ended = await asyncio.gather(*sends, return_exceptions=True)
    waited = [request for request, end in zip(requests, ended, strict=True) if isinstance(end, VenueUnreachable)]
    assert len(waited) >= 9
    await bench.live(sessions=2)
    await bench.working(bench.terms(40))
    prices = [order.ticket.price for order in bench.held()]
    assert not [request for request in waited if request.terms.price in prices]
    assert bench.simulator.xapi.venue.too_quick == 0


@conformance(
    "C93",
    "200 watched instruments are asked for in requests of the size that the venue takes, and each is quoted.",
    needs=PACED,
    extra_symbols=200,
)
async def test_c93(bench: Bench) -> None:
    await bench.log_in()
    wanted = frozenset(list(bench.truth.listings)[-200:])
    assert len(",".join(wanted)) > 1024
    bench.connection.watch(Watch(quotes=wanted))
    await bench.until(lambda: {one.key.symbol for one in bench.all_of(Quote)} >= wanted)
    await bench.pass_time(1.0)
    assert _in_time(bench)
    await bench.working()


@conformance(
    "C94",
    "A sender that gives up while its order waits takes the order back: it never leaves.",
    needs=PACED,
    paced=True,
)
async def test_c94(bench: Bench) -> None:
    await bench.log_in()
    _, sends = _burst(bench, 3)
    given_up = bench.begin_sending(bench.new(bench.terms(30)))
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    await asyncio.gather(*sends)
    await bench.working(bench.terms(31))
    assert bench.away(30) not in [order.ticket.price for order in bench.held()]
    assert _in_time(bench)
