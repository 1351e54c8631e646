"""C50 to C59: books, positions, money and history, always complete and always the venue's own."""

from decimal import Decimal

from tests.conformance.bench import Bench, conformance
from workstation.domain.order_states import OrderEvent
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.simulators.engine_orders import OrderTicket
from workstation.venues.base import (
    ActivityListed,
    BalanceReported,
    BookLoaded,
    ConnectionStatus,
    Lamp,
    OrderReport,
    PositionReported,
)


def _place_directly(bench: Bench, index: int, ticks: int, qty: int = 1) -> int:
    """Enter an order at the venue without the connection's doing."""
    ticket = OrderTicket(
        symbol=bench.symbol,
        side=Side.BUY,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=Decimal(qty),
        price=bench.away(ticks),
    )
    market, now_ns = bench.simulator.market, bench.clock.now_ns()
    return market.place(bench.account(index).account_id, ticket, now_ns, "somebody.else")


@conformance("C50", "A reload gives the complete book of every account: each order once, with its present state.")
async def test_c50(bench: Bench) -> None:
    numbers = {index: {str(_place_directly(bench, index, 10 + ticks)) for ticks in range(4)} for index in range(3)}
    await bench.log_in()
    bench.simulator.market.cancel(int(min(numbers[1])), bench.clock.now_ns())
    began = len(bench.events)
    asked_ns = bench.clock.now_ns()
    await bench.connection.reload()
    await bench.until(lambda: sum(isinstance(one, BookLoaded) for one in bench.events[began:]) == len(numbers))
    books = {one.account: one for one in bench.events[began:] if isinstance(one, BookLoaded)}
    for index, expected in numbers.items():
        book = books[bench.account(index)]
        assert sorted(report.order_id for report in book.reports) == sorted(expected)
        assert book.asked_ns >= asked_ns
    ended = [report for report in books[bench.account(1)].reports if report.event is OrderEvent.REPORT_CANCELED]
    assert [report.order_id for report in ended] == [min(numbers[1])]


@conformance("C51", "A reload of one account reads that account only.")
async def test_c51(bench: Bench) -> None:
    await bench.log_in()
    began = len(bench.events)
    await bench.connection.reload(bench.account(1))
    await bench.until(lambda: any(isinstance(one, ActivityListed) for one in bench.events[began:]))
    assert [one.account for one in bench.events[began:] if isinstance(one, BookLoaded)] == [bench.account(1)]


@conformance("C52", "What is told while the books are being read is told after them, so that no older word wins.")
async def test_c52(bench: Bench) -> None:
    number = str(_place_directly(bench, 2, 10))
    bench.run()
    await bench.until(lambda: bench.lamp is Lamp.SYNCING)
    bench.simulator.market.cancel(int(number), bench.clock.now_ns())
    await bench.live()
    await bench.report(lambda one: one.order_id == number and one.event is OrderEvent.REPORT_CANCELED)
    told = [report.event for report in bench.reports() if report.order_id == number]
    first_end = told.index(OrderEvent.REPORT_CANCELED)
    assert set(told[first_end:]) == {OrderEvent.REPORT_CANCELED}
    books = [place for place, event in enumerate(bench.events) if isinstance(event, BookLoaded)]
    news = [place for place, event in enumerate(bench.events) if isinstance(event, OrderReport)]
    assert not news or min(news) > books[2]


@conformance("C53", "A trade moves the position to the venue's exact figures, in the book too.")
async def test_c53(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new(bench.terms(ticks=-30, qty=3))
    await bench.send(request)
    await bench.reported(request.terms, OrderEvent.REPORT_FILLED)
    bench.clock.advance(1.5)
    bench.simulator.tell()
    await bench.until(lambda: any(one.position.net_qty == 3 for one in bench.all_of(PositionReported)))
    truth = bench.simulator.market.ledger(bench.account().account_id).holdings()[bench.symbol]
    told = bench.all_of(PositionReported)[-1].position
    assert (told.key, told.symbol, told.net_qty, told.avg_px) == (
        bench.account(),
        bench.symbol,
        truth.net_qty,
        truth.average_px,
    )
    await bench.connection.reload(bench.account())
    await bench.until(lambda: len(bench.all_of(BookLoaded)) == 4)
    assert [one.net_qty for one in bench.all_of(BookLoaded)[-1].positions] == [Decimal(3)]


@conformance("C54", "Balances are the venue's own, to the cent, of the account they belong to.")
async def test_c54(bench: Bench) -> None:
    await bench.log_in()
    told = {one.balance.key: one.balance for one in bench.all_of(BalanceReported)}
    for index, row in enumerate(bench.simulator.market.account_rows):
        balance = told[bench.account(index)]
        assert balance.equity == bench.simulator.market.funds(row.account_id).net_liquidation
        assert balance.currency == "USD"
        assert all(isinstance(figure, Decimal) for _, figure in balance.figures)


@conformance("C55", "History lines have stable keys: a second reading brings the same ones, and nothing twice.")
async def test_c55(bench: Bench) -> None:
    for ticks in (10, 11):
        _place_directly(bench, 0, ticks)
    await bench.log_in()
    await bench.connection.reload(bench.account())
    await bench.until(lambda: len(_histories(bench)) == 2)
    first, second = _histories(bench)
    assert first
    assert len(set(first)) == len(first)
    assert first == second


def _histories(bench: Bench) -> list[list[str]]:
    listed = [one for one in bench.all_of(ActivityListed) if one.account == bench.account()]
    return [[item.key for item in one.items] for one in listed]


@conformance("C56", "Orders that changed during an outage are in the books after it, in their present state.")
async def test_c56(bench: Bench) -> None:
    filled, canceled = _place_directly(bench, 0, 10), _place_directly(bench, 1, 11)
    await bench.log_in()
    bench.wire.unplug()
    await bench.until(lambda: bench.lamp is Lamp.RECONNECTING)
    market, now_ns = bench.simulator.market, bench.clock.now_ns()
    market.cancel(canceled, now_ns)
    seller = OrderTicket(
        symbol=bench.symbol,
        side=Side.SELL,
        ord_type=OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=sum(
            (qty for price, qty in market.depth(bench.symbol, Side.BUY) if price >= bench.away(10)), Decimal(0)
        ),
        price=bench.away(10),
    )
    market.place(bench.account(0).account_id, seller, now_ns)
    bench.wire.plug_in()
    await bench.live(sessions=2)
    last = {report.order_id: report for report in bench.reports()}
    assert last[str(filled)].event is OrderEvent.REPORT_FILLED  # type: ignore[index]
    assert last[str(canceled)].event is OrderEvent.REPORT_CANCELED  # type: ignore[index]


@conformance("C57", "Books asked for many times at once are each complete, and the connection stays live.")
async def test_c57(bench: Bench) -> None:
    number = str(_place_directly(bench, 0, 10))
    await bench.log_in()
    for _ in range(20):
        await bench.connection.reload()
    await bench.connection.reload(bench.account())
    began = len(bench.all_of(BookLoaded))
    await bench.until(lambda: len(bench.all_of(BookLoaded)) >= began + 3)
    await bench.working(bench.terms(15))
    for book in bench.all_of(BookLoaded):
        assert (number in [one.order_id for one in book.reports]) is (book.account == bench.account())
    assert bench.all_of(ConnectionStatus)[-1].worst is Lamp.LIVE
