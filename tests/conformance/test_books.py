"""C50 to C59: books, positions, money and history, always complete and always the venue's own."""

from decimal import Decimal

from tests.conformance.bench import Bench, conformance
from tests.conformance.pairs import Promise
from workstation.domain.identity import OrderID
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import (
    ActivityListed,
    BalanceReported,
    BookLoaded,
    ConnectionStatus,
    Lamp,
    OrderReport,
    PositionReported,
)


def _place_directly(bench: Bench, index: int, steps: int, qty: int = 1) -> int:
    """Enter an order at the venue without the connection's doing."""
    account = bench.account(index).account_id
    return bench.truth.place(account, bench.symbol, bench.away(steps), bench.qty(qty))


@conformance("C50", "A reload gives the complete book of every account: each order once, with its present state.")
async def test_c50(bench: Bench) -> None:
    count = len(bench.truth.account_ids)
    numbers = {index: {str(_place_directly(bench, index, 10 + steps)) for steps in range(4)} for index in range(count)}
    await bench.log_in()
    gone, loser = min(numbers[1 % count]), 1 % count
    bench.truth.cancel(int(gone))
    asked_ns = bench.clock.now_ns()
    await bench.connection.reload()

    def books() -> list[BookLoaded]:
        return [one for one in bench.all_of(BookLoaded) if one.asked_ns >= asked_ns]

    await bench.until(lambda: len(books()) == count)
    loaded = {one.account: one for one in books()}
    for index, expected in numbers.items():
        events = {report.order_id: report.event for report in loaded[bench.account(index)].reports}
        assert len(events) == len(loaded[bench.account(index)].reports), "each order once"
        if index == loser and not bench.pair.books_hold_ended:
            events.setdefault(OrderID(gone), OrderEvent.REPORT_CANCELED)  # it may have been told before
        assert set(events) == expected
        assert {number for number, event in events.items() if event is OrderEvent.REPORT_CANCELED} == (
            {gone} if index == loser else set()
        )


@conformance("C51", "A reload of one account reads that account only.", needs=[Promise.SEVERAL_ACCOUNTS])
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
    if bench.pair.books_hold_ended:
        await bench.until(lambda: bench.lamp is Lamp.SYNCING)
    else:  # what ended before the first book was read is in no book
        await bench.until(lambda: bool(bench.all_of(BookLoaded)))
    bench.truth.cancel(int(number))
    await bench.live()
    await bench.report(lambda one: one.order_id == number and one.event is OrderEvent.REPORT_CANCELED)
    told = [report.event for report in bench.reports() if report.order_id == number]
    first_end = told.index(OrderEvent.REPORT_CANCELED)
    assert set(told[first_end:]) == {OrderEvent.REPORT_CANCELED}
    books = [place for place, event in enumerate(bench.events) if isinstance(event, BookLoaded)]
    news = [place for place, event in enumerate(bench.events) if isinstance(event, OrderReport)]
    assert not news or min(news) > books[len(bench.truth.account_ids) - 1]


@conformance("C53", "A trade moves the position to the venue's exact figures, in the book too.")
async def test_c53(bench: Bench) -> None:
    await bench.log_in()
    request = bench.new(bench.crossing(qty=3))
    await bench.send(request)
    await bench.reported(request.terms, OrderEvent.REPORT_FILLED)
    bench.clock.advance(1.5)
    bench.truth.tell()
    await bench.until(
        lambda: any(one.position.net_qty == request.terms.order_qty for one in bench.all_of(PositionReported))
    )
    [truth] = bench.truth.holdings(bench.account().account_id)
    told = bench.all_of(PositionReported)[-1].position
    assert (told.key, told.symbol, told.net_qty, told.avg_px) == (
        bench.account(),
        bench.symbol,
        truth.net_qty,
        truth.avg_px,
    )
    assert [one.net_qty for one in (await bench.reloaded()).positions] == [request.terms.order_qty]


@conformance("C54", "Balances are the venue's own, to the cent, of the account they belong to.")
async def test_c54(bench: Bench) -> None:
    await bench.log_in()
    told = {one.balance.key: one.balance for one in bench.all_of(BalanceReported)}
    for index, account_id in enumerate(bench.truth.account_ids):
        balance = told[bench.account(index)]
        assert (balance.equity, balance.currency) == bench.truth.money(account_id)
        assert all(isinstance(figure, Decimal) for _, figure in balance.figures)


@conformance(
    "C55",
    "History lines have stable keys: a second reading brings the same ones, and nothing twice.",
    needs=[Promise.LISTS_ACTIVITY],
)
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
    bench.unplug()
    await bench.until(lambda: bench.lamp is Lamp.RECONNECTING)
    bench.truth.cancel(canceled)
    bench.truth.reach(bench.symbol, bench.away(10))
    bench.plug_in()
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
    await bench.until(lambda: len(bench.all_of(BookLoaded)) >= began + len(bench.truth.account_ids))
    await bench.working(bench.terms(15))
    for book in bench.all_of(BookLoaded):
        assert (number in [one.order_id for one in book.reports]) is (book.account == bench.account())
    assert bench.all_of(ConnectionStatus)[-1].worst is Lamp.LIVE
