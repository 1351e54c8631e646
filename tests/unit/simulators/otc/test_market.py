from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.support.otc_bench import EURUSD, NOW_MS, SMALL, OtcBench, number, otc_bench
from workstation.simulators.otc.candles import M1
from workstation.simulators.otc.deals import Deal, DealTold, Deed, Operation
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.otc.refusals import Refused
from workstation.simulators.otc.venue_time import DAY_MS


def test_steps_move_quotes_candles_and_deals_together() -> None:
    bench = otc_bench()
    moved: list[str] = []

    def note(names: Sequence[str]) -> None:
        moved.extend(names)

    bench.market.on_quotes_moved(note)
    bench.opened()
    money = bench.money
    for _ in range(200):
        bench.market.step(NOW_MS)
    assert EURUSD in moved
    assert bench.money > money
    [candle] = bench.market.candles.between(EURUSD, M1, NOW_MS, NOW_MS + 1)
    assert candle.close == bench.market.board.symbols[EURUSD].points(bench.bid())
    assert candle.volume == moved.count(EURUSD)


def test_quotes_are_told_before_the_deals_they_move() -> None:
    bench = otc_bench()
    order = bench.placed(Operation.BUY_LIMIT, bench.ask() - number("0.00100"))
    seen: list[bool] = []
    bench.market.on_quotes_moved(lambda _: seen.append(order.order in bench.books.pendings))
    bench.move(bench.bid() - number("0.00200"))
    assert seen == [True]
    assert order.order not in bench.books.pendings


def test_one_seed_gives_one_market() -> None:
    def life(seed: int) -> list[object]:
        market = OtcMarket(seed=seed, now_ms=NOW_MS)
        for _ in range(50):
            market.step(NOW_MS)
        return [*(market.board.quote(name) for name in market.board.symbols), *market.calendar(NOW_MS)]

    assert life(4) == life(4)
    assert life(4) != life(5)


def test_more_symbols_can_be_listed() -> None:
    assert len(OtcMarket(seed=1, now_ms=NOW_MS, extra_symbols=300).board.symbols) > 340


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["open", "place", "close", "part", "amend", "delete", "move", "move", "night"]),
        st.integers(-400, 400),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=40,
)


@given(ACTS, st.booleans())
def test_who_only_listens_knows_what_the_books_hold(acts: list[tuple[str, int, int]], keeps: bool) -> None:
    bench = otc_bench(rest_keeps_number=keeps)
    bench.user_id = SMALL  # so that money runs out, too
    base, history = bench.bid(), len(bench.books.closed)
    for what, points, choice in acts:
        _act(bench, what, base + points * number("0.00010"), choice)
    held: dict[int, Deal] = {}
    waiting: dict[int, Deal] = {}
    closed: list[Deal] = []
    for _, told in bench.told:
        _hear(told, held, waiting, closed)
    assert {key: _gist(deal) for key, deal in held.items()} == {
        key: _gist(deal) for key, deal in bench.books.positions.items()
    }
    assert waiting == bench.books.pendings
    assert closed == bench.books.closed[history:]
    assert bench.books.balance == sum((deal.result for deal in bench.books.closed), Decimal(0))
    numbers = [deal.order for deal in (*bench.books.closed, *held.values(), *waiting.values())]
    assert len(set(numbers)) == len(numbers)


def _act(bench: OtcBench, what: str, price: Decimal, choice: int) -> None:
    held, waiting = list(bench.books.positions.values()), list(bench.books.pendings.values())
    try:
        if what == "move":
            bench.move(price)
        elif what == "night":
            bench.now_ms += DAY_MS
            bench.market.pulse(bench.now_ms)
        elif what == "open":
            bench.do(Deed.OPEN, choice % 2, volume=number("0.2"), offset=choice * 5, take_profit=price)
        elif what == "place":
            expires = bench.now_ms + choice * DAY_MS if choice else 0
            bench.do(Deed.OPEN, 2 + choice % 4, price=price, stop_loss=price, expiration_ms=expires)
            bench.do(Deed.OPEN, 2 + choice % 4, price=price, volume=number("0.2"), expiration_ms=expires)
        elif what in ("close", "part") and held:
            deal = held[choice % len(held)]
            bench.do(Deed.CLOSE, order=deal.order, volume=deal.volume if what == "close" else number("0.05"))
        elif what == "amend" and held + waiting:
            deal = (held + waiting)[choice % len(held + waiting)]
            bench.do(Deed.MODIFY, order=deal.order, price=price, take_profit=price + number("0.05000"))
        elif what == "delete" and waiting:
            bench.do(Deed.DELETE, order=waiting[choice % len(waiting)].order)
    except Refused:
        return  # seen in the request itself: nothing happened, and nothing was told


def _hear(told: DealTold, held: dict[int, Deal], waiting: dict[int, Deal], closed: list[Deal]) -> None:
    """Do what the life cycle of the protocol's trade stream says."""
    deal = told.deal
    if told.kind is Deed.CLOSE:
        closed.append(deal)
    elif told.kind is Deed.OPEN and told.gone:
        del held[deal.position]
    elif told.kind is Deed.OPEN:
        held[deal.position] = deal
    elif told.gone:
        del waiting[deal.position]
    elif deal.operation.is_pending:
        waiting[deal.position] = deal


def _gist(deal: Deal) -> tuple[object, ...]:
    """Return what a deal is, apart from what it is worth at the moment."""
    return (deal.position, deal.order2, deal.volume, deal.stop_loss, deal.take_profit, deal.storage, deal.commission)
