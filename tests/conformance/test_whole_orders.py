"""C13 to C14, C37 to C39: venues whose answer is the order's fate, and that count every login."""

import asyncio

import pytest

from tests.conformance.bench import PATIENCE_S, Bench, conformance, looks
from tests.conformance.pairs import Promise
from workstation.domain.order_requests import OrderCancelRequest
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import ConnectionStatus, Lamp, NotAuthorised, NotExpressible, Outcome

FATE = [Promise.ANSWERS_WITH_THE_FATE]
BLOCK_NS = 600_000_000_000


async def _refused(bench: Bench) -> str:
    """Try a wrong password, and return what the trader reads."""
    connection = bench.another(secrets={bench.pair.password: "wrong"})
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(NotAuthorised):
            await connection.run()
    return bench.all_of(ConnectionStatus)[-1].last_error


@conformance("C13", "A refused password is tried once by the venue's own count, whatever time passes.", needs=FATE)
async def test_c13(bench: Bench) -> None:
    assert "BE005" in await _refused(bench)
    await bench.pass_time(*[60.0] * 3)
    assert bench.simulator.xapi.venue.admission.tries == 1
    assert [wire.links for wire in (bench.wire, *bench.beside)] == [1, 0]


@conformance("C14", "A pair that the venue has disabled is BLOCKED, with the time when the block is over.", needs=FATE)
async def test_c14(bench: Bench) -> None:
    await _refused(bench)
    assert bench.lamp is Lamp.NEEDS_YOU
    assert "EX007" in await _refused(bench)
    shown = bench.all_of(ConnectionStatus)[-1]
    assert {lamp for _, lamp in shown.lamps} == {Lamp.BLOCKED}
    assert 0 < shown.retry_at_ns - bench.clock.now_ns() <= BLOCK_NS
    assert bench.simulator.xapi.venue.admission.tries == 2
    await bench.log_in()  # the right password is another pair


@conformance("C37", "An order that the account cannot carry is REFUSED in the venue's words, at once.", needs=FATE)
async def test_c37(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new(bench.crossing(order_qty=bench.truth.too_much(bench.symbol)))
    await bench.send(request)
    answer = await bench.answer(request)
    assert (answer.outcome, "Not enough money" in answer.text) == (Outcome.REFUSED, True)
    assert bench.held() == ()
    assert len(bench.answers_to(request)) == 1


@conformance(
    "C38",
    "Several orders in one cancel are NotExpressible; one by one each is cancelled, and a second time refused.",
    needs=[Promise.CANCELS_ONE_BY_ONE],
)
async def test_c38(bench: Bench) -> None:
    await bench.log_in()
    orders = [await bench.working(bench.terms(steps)) for steps in (10, 11, 12)]
    together = OrderCancelRequest(
        cl_ord_ids=tuple(request.cl_ord_id for request, _ in orders),
        order_ids=tuple(number for _, number in orders),
        account=bench.account(),
    )
    with pytest.raises(NotExpressible):
        bench.connection.encode(together)
    for request, number in orders:
        cancel = bench.cancel_of(request, number)
        await bench.send(cancel)
        assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
        await bench.reported(request.terms, OrderEvent.REPORT_CANCELED)
    late = bench.cancel_of(*orders[0])
    began = len(bench.answers_to(late))
    await bench.send(late)
    await bench.until(lambda: len(bench.answers_to(late)) > began)
    answer = bench.answers_to(late)[-1]
    assert (answer.outcome, "No such transaction" in answer.text) == (Outcome.REFUSED, True)


@conformance(
    "C39",
    "An order trades whole, at the venue's exact price, and is reported filled once.",
    needs=[Promise.FILLS_WHOLE],
)
async def test_c39(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new(bench.crossing(qty=7))
    await bench.send(request)
    assert (await bench.answer(request)).outcome is Outcome.RECEIVED
    report = await bench.reported(request.terms, OrderEvent.REPORT_FILLED)
    [holding] = bench.truth.holdings(bench.account().account_id)
    assert (report.cum_qty, report.avg_px) == (bench.qty(7), holding.avg_px)
    await bench.working(bench.terms(12))
    filled = [one for one in bench.reports() if one.cum_qty and looks(one.terms) == looks(request.terms)]
    assert len({one.order_id for one in filled}) == 1
