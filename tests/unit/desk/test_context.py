from decimal import Decimal

from tests.support.apart_venue import EURO, apart_bench, closing, held, limit, quote
from tests.support.desk_bench import DeskBench
from tests.support.fake_venue import Fate
from workstation.desk.context import closing_qty, context_of
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import OrderTerms
from workstation.venues.base import PositionReported


def with_bench(terms: OrderTerms) -> tuple[DeskBench, Decimal]:
    bench = apart_bench()
    return bench, closing_qty(bench.floor, terms)


def test_one_place_fills_in_the_quote_the_position_and_what_is_held() -> None:
    bench = apart_bench()
    try:
        told = quote(received_ns=bench.clock.now_ns())
        bench.run(_tell(bench, told))
        context = context_of(bench.floor, bench.engine._locks, closing())
        assert context.quote == told
        assert context.instrument == EURO
        assert context.position is not None
        assert context.position.position_id == "7"
        assert context.net_qty == Decimal("1.1"), "the net of all positions"
        assert context_of(bench.floor, bench.engine._locks, limit()).position is None
    finally:
        bench.close()


async def _tell(bench: DeskBench, told: object) -> None:
    bench.connection.sink(told)  # type: ignore[arg-type]


def test_what_other_orders_close_of_a_position_is_counted_once() -> None:
    bench, before = with_bench(closing())
    try:
        assert before == 0
        bench.connection.fates = [Fate.LOST_ON_THE_WAY]
        key = bench.place(closing(qty="1"))
        assert closing_qty(bench.floor, closing()) == 1
        assert closing_qty(bench.floor, closing(), but=key) == 0
        assert closing_qty(bench.floor, closing("8")) == 0
        assert closing_qty(bench.floor, limit()) == 0
        assert bench.refuse(closing(qty="0.6")) == {"position"}
        bench.clock.advance(1)
        bench.place(closing(qty="0.5"))
    finally:
        bench.close()


def test_what_has_traded_counts_until_the_position_shows_it() -> None:
    bench = apart_bench()
    try:
        bench.place(closing(qty="1"))
        [number] = bench.venue.orders
        bench.deliver()

        async def hear(*events: object) -> None:
            for event in events:
                bench.connection.sink(event)  # type: ignore[arg-type]

        bench.run(hear(bench.venue.fill(number, "1").report()))
        assert bench.orders()[next(iter(bench.orders()))].ord_status is OrdStatus.FILLED
        assert bench.refuse(closing(qty="0.6")) == {"position"}
        bench.run(hear(PositionReported(position=held(open_pnl=Decimal(3)))))
        assert bench.refuse(closing(qty="0.6")) == {"position"}, "the same quantity shows nothing of the trade"
        bench.run(hear(PositionReported(position=held(net_qty="0.5"))))
        assert closing_qty(bench.floor, closing()) == 0
        assert bench.refuse(closing(qty="0.6")) == {"position"}
        bench.clock.advance(1)
        bench.place(closing(qty="0.5"))
    finally:
        bench.close()


def test_a_trade_that_a_book_brings_is_shown_by_the_positions_of_that_book() -> None:
    bench = apart_bench()
    try:
        bench.connection.fates = [Fate.ANSWER_LOST]
        bench.place(closing(qty="1"))
        [number] = bench.venue.orders
        bench.venue.fill(number, "1")
        bench.venue.positions["7"] = held(net_qty="0.5")
        bench.restart()
        [order] = bench.orders().values()
        assert (order.ord_status, closing_qty(bench.floor, closing())) == (OrdStatus.FILLED, 0)
        bench.clock.advance(1)
        bench.place(closing(qty="0.5"))
    finally:
        bench.close()
