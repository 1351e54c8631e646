from decimal import Decimal

import pytest

from tests.support.otc_bench import EURUSD, NOW_MS, SMALL, number, otc_bench
from workstation.simulators.otc.deals import Deed, Operation
from workstation.simulators.otc.venue_time import DAY_MS, HOUR_MS

PIP = number("0.00010")


@pytest.mark.parametrize(("operation", "sign"), [(Operation.BUY, 1), (Operation.SELL, -1)])
@pytest.mark.parametrize(("note", "direction"), [("[S/L]", -1), ("[T/P]", 1)])
def test_stops_close_at_the_quote_however_far_a_gap_went(
    operation: Operation, sign: int, note: str, direction: int
) -> None:
    bench = otc_bench()
    start = bench.bid()
    deal = bench.opened(
        operation, stop_loss=start - sign * 20 * PIP, take_profit=start + sign * 20 * PIP, custom_comment="mine"
    )
    bench.move(start + direction * sign * 10 * PIP)
    assert deal.order in bench.books.positions
    bench.forget()
    bench.move(start + direction * sign * 50 * PIP)
    assert not bench.books.positions
    closed = bench.books.closed[-1]
    assert closed.comment == note
    assert closed.close_price == (bench.bid() if operation.buys else bench.ask())
    assert (closed.profit > 0) is (direction > 0)
    assert len({closed.order, closed.order2, closed.position, deal.order2}) == 4
    assert bench.kinds == [(Deed.OPEN, True, False), (Deed.CLOSE, False, True)]


@pytest.mark.parametrize(
    ("operation", "away", "reached"),
    [
        (Operation.BUY_LIMIT, -10, -20),
        (Operation.SELL_LIMIT, 10, 20),
        (Operation.BUY_STOP, 10, 20),
        (Operation.SELL_STOP, -10, -20),
    ],
)
def test_a_pending_order_is_triggered_and_becomes_a_position(operation: Operation, away: int, reached: int) -> None:
    bench = otc_bench()
    start = bench.bid()
    price = (bench.ask() if operation.buys else start) + away * PIP
    order = bench.placed(operation, price, custom_comment="mine", expiration_ms=NOW_MS + DAY_MS)
    bench.move(start + away * PIP / 2)
    assert order.order in bench.books.pendings
    bench.forget()
    bench.move(start + reached * PIP)
    assert bench.kinds == [(Deed.PENDING, True, False), (Deed.OPEN, False, False)]
    [deal] = bench.books.positions.values()
    assert deal.operation is (Operation.BUY if operation.buys else Operation.SELL)
    assert (deal.order2, deal.custom_comment, deal.expiration_ms) == (order.order, "mine", None)
    assert deal.order == deal.position != order.order
    assert deal.open_price == (bench.ask() if operation.buys else bench.bid())


def test_a_triggered_order_without_the_money_for_it_is_just_gone() -> None:
    bench = otc_bench()
    bench.user_id = SMALL
    bench.placed(Operation.BUY_LIMIT, bench.ask() - 10 * PIP, volume=number("9"))
    bench.forget()
    bench.move(bench.bid() - 20 * PIP)
    assert bench.kinds == [(Deed.PENDING, True, False)]
    assert not bench.books.positions


def test_a_trailing_stop_follows_only_forward() -> None:
    bench = otc_bench()
    start = bench.bid()
    deal = bench.opened(offset=20)
    bench.forget()
    bench.move(start + 10 * PIP)
    assert bench.books.positions[deal.order].stop_loss == start - 10 * PIP
    assert bench.kinds == [(Deed.OPEN, False, False)]
    bench.move(start)
    assert bench.books.positions[deal.order].stop_loss == start - 10 * PIP
    assert len(bench.kinds) == 1
    bench.move(start - 10 * PIP)
    assert bench.books.closed[-1].comment == "[S/L]"


def test_a_short_trailing_stop_follows_down() -> None:
    bench = otc_bench()
    deal = bench.opened(Operation.SELL, offset=20)
    bench.move(bench.bid() - 10 * PIP)
    assert bench.books.positions[deal.order].stop_loss == bench.ask() + 20 * PIP


def test_an_account_short_of_money_is_stopped_out_worst_first() -> None:
    bench = otc_bench()
    bench.user_id = SMALL
    small = bench.opened(volume=number("0.1"))
    large = bench.opened(volume=number("1"))
    bench.forget()
    bench.move(bench.bid() - number("0.04500"))
    assert list(bench.books.positions) == [small.order]
    closed = bench.books.closed[-1]
    assert closed.position == large.position
    start, level, rest = closed.comment.split(" ", 2)
    assert start == "[S/O"
    assert Decimal(level.removesuffix("%")) < 50
    equity, _, margin, currency = rest.split(" ")
    assert currency == "(USD)]"
    assert Decimal(equity) * 100 / Decimal(margin) < 50
    assert bench.books.funds().level >= 50


def test_a_pending_order_runs_out() -> None:
    bench = otc_bench()
    bench.placed(Operation.BUY_LIMIT, number("1.1"), expiration_ms=NOW_MS + 1000)
    kept = bench.placed(Operation.BUY_LIMIT, number("1.1"))
    bench.forget()
    bench.market.pulse(NOW_MS + 999)
    assert len(bench.books.pendings) == 2
    bench.market.pulse(NOW_MS + 1000)
    assert list(bench.books.pendings) == [kept.order]
    assert bench.kinds == [(Deed.PENDING, True, False)]


def test_swaps_are_booked_when_a_day_ends_three_on_wednesday_none_at_weekends() -> None:
    bench = otc_bench()
    deal = bench.opened(volume=number("1"))
    swap = bench.books.swap_of(deal)
    assert swap < 0
    booked = []
    for day in range(7):  # from Saturday on
        bench.market.pulse(NOW_MS + day * DAY_MS + 22 * HOUR_MS)
        booked.append(bench.books.positions[deal.order].storage / swap)
    assert booked == [0, 0, 1, 2, 5, 6, 7]
    bench.do(Deed.CLOSE, order=deal.order, volume=number("1"))
    assert bench.books.closed[-1].storage == 7 * swap
    assert bench.books.balance == sum(row.result for row in bench.books.closed)


def test_both_sides_of_a_symbol_stand_next_to_each_other() -> None:
    bench = otc_bench()
    long, short = bench.opened(), bench.opened(Operation.SELL)
    bench.move(bench.bid() + 10 * PIP)
    assert (
        bench.books.profit(bench.books.positions[long.order])
        > 0
        > bench.books.profit(bench.books.positions[short.order])
    )
    assert bench.market.board.quote(EURUSD).bid == bench.bid()
