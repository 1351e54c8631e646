"""C80 to C89: a stream beside the main link, each of which can fail alone, and answers that are lost on either."""

import pytest

from tests.conformance.bench import Bench, conformance
from tests.conformance.pairs import Promise, VenuePair
from tests.conformance.test_positions import bought, closed, closing, report_of, told
from workstation.domain.market_data import Quote
from workstation.domain.order_requests import NewOrderSingle
from workstation.domain.order_states import OrderEvent
from workstation.domain.orders import OrderTerms
from workstation.simulators.engine_orders import Stage
from workstation.simulators.faults import Deed, Fault
from workstation.venues.base import (
    BookLoaded,
    Channel,
    ConnectionStatus,
    FrameSeen,
    Lamp,
    Outcome,
    RequestAnswered,
    VenueUnreachable,
)
from workstation.venues.queries import Watch

APART = [Promise.STREAM_APART, Promise.HOLDS_POSITIONS_APART]
NEW, CANCELED, FILLED = OrderEvent.REPORT_NEW, OrderEvent.REPORT_CANCELED, OrderEvent.REPORT_FILLED
AFTER_THE_BOOKS_S = (3.0, 3.0, 3.0)


@conformance(
    "C80", "The stream dies alone: data is stale, orders and cancels pass, and it comes back by itself.", needs=APART
)
async def test_c80(bench: Bench) -> None:
    await bench.log_in()
    [stream] = bench.beside
    stream.unplug()
    await bench.until(lambda: bench.channel(Channel.DATA) is Lamp.STALE)
    assert (bench.channel(Channel.LOGIN), bench.channel(Channel.TRADING)) == (Lamp.LIVE, Lamp.LIVE)
    resting, crossing = bench.new(), bench.new(bench.crossing())
    for request in (resting, crossing):
        await bench.send(request)
    bench.clock.advance(2.0)  # nobody streams what became of them, so it is asked for
    assert (await bench.answer(resting)).outcome is Outcome.RECEIVED
    assert (await bench.answer(crossing)).outcome is Outcome.RECEIVED
    bench.clock.advance(6.0)
    number = (await report_of(bench, resting, NEW)).order_id
    await report_of(bench, crossing, FILLED)
    cancel = bench.cancel_of(resting, number)
    await bench.send(cancel)
    bench.clock.advance(2.0)
    assert (await bench.answer(cancel)).outcome is Outcome.RECEIVED
    await report_of(bench, resting, CANCELED)
    before = len(bench.all_of(ConnectionStatus))
    stream.plug_in()
    await bench.until(lambda: bench.lamp is Lamp.LIVE)
    trading = [dict(status.lamps)[Channel.TRADING] for status in bench.all_of(ConnectionStatus)[before:]]
    assert set(trading) == {Lamp.LIVE}, "nothing falls into doubt because the stream comes back"
    await bench.working(bench.terms(12))
    assert bench.wire.links == 1


@conformance(
    "C81",
    "The main link dies while the stream lives: nothing is sent, both are set up anew, and the news count once.",
    needs=APART,
)
async def test_c81(bench: Bench) -> None:
    await bench.log_in()
    request, number = await bench.working()
    bench.wire.unplug()
    await bench.until(lambda: bench.lamp is Lamp.RECONNECTING)
    with pytest.raises(VenueUnreachable):
        await bench.send(bench.new(bench.terms(11)))
    bench.truth.reach(bench.symbol, bench.away(10))
    bench.wire.plug_in()
    await bench.live(sessions=2)
    assert (await report_of(bench, request, FILLED)).order_id == number
    assert len(bench.held()) == 1
    await bench.working(bench.terms(15))


def _quotes(bench: Bench) -> list[Quote]:
    return [one for one in bench.all_of(Quote) if one.key.symbol == bench.symbol]


@conformance(
    "C82", "A link that lives is no price that is fresh: while ticks stop, a quote keeps its old time.", needs=APART
)
async def test_c82(bench: Bench) -> None:
    await bench.log_in()
    bench.connection.watch(Watch(quotes=frozenset({bench.symbol})))
    await bench.until(lambda: bool(_quotes(bench)))
    await bench.pass_time(*[3.0] * 2)  # the tick of the subscription and the first answer are both in
    known = _quotes(bench)[-1]
    await bench.pass_time(*[3.0] * 12)
    assert _quotes(bench)[-1].received_ns == known.received_ns
    assert bench.clock.now_ns() - known.received_ns > 30_000_000_000
    assert bench.lamp is Lamp.LIVE
    assert (bench.wire.links, bench.beside[0].links) == (1, 1)
    bench.truth.reach(bench.symbol, bench.away(3))
    await bench.until(lambda: _quotes(bench)[-1].received_ns > known.received_ns)


def _broken_news(deed: Deed) -> list[Fault]:
    """Break every third message of each kind that tells of orders."""
    return [Fault(deed=deed, message=name, after=at) for name in ("trade", "tradeStatus") for at in range(1, 40, 3)]


async def _a_day(bench: Bench) -> None:
    """Trade in every way, and compare what is believed in the end with what the venue holds."""
    await bench.log_in()
    sent: list[NewOrderSingle] = []
    for step in range(4):
        request = bench.new(bench.terms(10 + step))
        sent.append(request)
        await bench.send(request)
        await bench.answer(request)
        await bench.pass_time(*AFTER_THE_BOOKS_S)
    for request in sent[:2]:
        number = (await report_of(bench, request, NEW)).order_id
        cancel = bench.cancel_of(request, number)
        await bench.send(cancel)
        await bench.answer(cancel)
    holdings = [await bought(bench, 2), await bought(bench, 1)]
    await closed(bench, holdings[0])
    bench.truth.reach(bench.symbol, bench.away(12))
    await bench.pass_time(*AFTER_THE_BOOKS_S, *AFTER_THE_BOOKS_S)
    await _believes_the_truth(bench)


async def _believes_the_truth(bench: Bench) -> None:
    last = {one.order_id: one.event for one in bench.reports() if one.terms.position_effect is None}
    events = {Stage.WORKING: NEW, Stage.CANCELED: CANCELED, Stage.FILLED: FILLED}
    assert last == {str(order.number): events[order.stage] for order in bench.held()}
    held = {one.position_id: one.net_qty for one in bench.truth.holdings(bench.account().account_id)}
    assert {number: one.net_qty for number, one in told(bench).items() if one.net_qty} == held
    answered = [one.request for one in bench.all_of(RequestAnswered)]
    assert len(answered) == len(set(map(id, answered)))
    booked = await bench.reloaded()
    assert {one.position_id: one.net_qty for one in booked.positions} == held


@conformance(
    "C83",
    "Stream records that come twice change nothing in the end.",
    faults=lambda _: _broken_news(Deed.DUPLICATE),
    needs=APART,
)
async def test_c83(bench: Bench) -> None:
    await _a_day(bench)


@conformance(
    "C84",
    "Stream records in another order change nothing in the end.",
    faults=lambda _: _broken_news(Deed.REORDER),
    needs=APART,
)
async def test_c84(bench: Bench) -> None:
    await _a_day(bench)


@conformance(
    "C85",
    "Stream records that are lost change nothing in the end.",
    faults=lambda _: _broken_news(Deed.DROP),
    needs=APART,
)
async def test_c85(bench: Bench) -> None:
    await _a_day(bench)


def _all_answers_lost(pair: VenuePair, after: int = 0) -> list[Fault]:
    """Close the main link in place of one answer, and lose all else that tells of the order."""
    return [
        Fault(deed=Deed.CLOSE, message=pair.names.place_answer, after=after),
        Fault(deed=Deed.DROP, message="tradeStatus", after=after, count=None),
        Fault(deed=Deed.DROP, message="trade", after=0 if not after else 2, count=None),
    ]


async def _settled_by_key(bench: Bench, terms: OrderTerms, event: OrderEvent) -> None:
    request = bench.new(terms)
    await bench.send(request)
    assert (await bench.answer(request)).outcome is Outcome.UNKNOWN
    await bench.live(sessions=2)
    await bench.pass_time(1.0)  # the venue carries out what it took, and the first books may be from before that
    await bench.reloaded()
    report = await report_of(bench, request, event)
    assert report.entered_by_us
    assert (report.terms.side, report.terms.order_qty) == (terms.side, terms.order_qty)
    assert len(bench.answers_to(request)) == 1


@conformance(
    "C86", "A market order whose answers are all lost is settled by our key in the books.", _all_answers_lost, APART
)
async def test_c86(bench: Bench) -> None:
    await bench.log_in()
    await _settled_by_key(bench, bench.crossing(), FILLED)
    assert len(bench.truth.holdings(bench.account().account_id)) == 1


@conformance(
    "C87", "A resting order whose answers are all lost is settled by our key in the books.", _all_answers_lost, APART
)
async def test_c87(bench: Bench) -> None:
    await bench.log_in()
    await _settled_by_key(bench, bench.terms(), NEW)
    assert [order.stage for order in bench.held()] == [Stage.WORKING]
    books = bench.all_of(BookLoaded)
    assert [one.cl_ord_id for one in books[-1].reports] == ["W1"]


@conformance(
    "C88",
    "A close whose answers are all lost is settled by the history.",
    lambda pair: _all_answers_lost(pair, after=1),
    APART,
)
async def test_c88(bench: Bench) -> None:
    await bench.log_in()
    holding = await bought(bench)
    await _settled_by_key(bench, closing(bench, holding), FILLED)
    assert bench.truth.holdings(bench.account().account_id) == ()
    await bench.until(lambda: told(bench)[holding.position_id].net_qty == 0)


@conformance("C89", "No session id of the stream is in anything that is told.", needs=APART)
async def test_c89(bench: Bench) -> None:
    await bench.log_in()
    await bench.working()
    ids = [*bench.simulator.xapi.venue.admission._sessions]
    assert ids
    told_words = "\n".join(map(repr, [*bench.events, bench.connection]))
    assert not [one for one in ids if one in told_words]
    assert any(frame.message_type == "login" for frame in bench.all_of(FrameSeen))
