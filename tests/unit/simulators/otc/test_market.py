from collections.abc import Sequence

from tests.support.otc_bench import EURUSD, NOW_MS, number, otc_bench
from workstation.simulators.otc.candles import M1
from workstation.simulators.otc.deals import Operation
from workstation.simulators.otc.market import OtcMarket


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
