import itertools
from decimal import Decimal

from tests.support.otc_bench import NOW_MS
from workstation.simulators.otc.quote_board import LEVELS, QuoteBoard
from workstation.simulators.otc.symbol_table import listed_symbols
from workstation.simulators.otc.venue_time import DAY_MS


def board(seed: int = 1) -> QuoteBoard:
    return QuoteBoard(listed_symbols(), seed=seed, now_ms=NOW_MS)


def test_one_seed_gives_one_path() -> None:
    boards = board(), board(), board(seed=2)
    paths = [[(name, one.quote(name).bid) for _ in range(300) for name in one.step(NOW_MS)] for one in boards]
    assert paths[0] == paths[1]
    assert paths[0] != paths[2]


def test_quotes_stay_on_the_grid_with_a_spread_and_their_extremes() -> None:
    one = board()
    for turn in range(2000):
        for name in one.step(NOW_MS + turn):
            quote = one.quote(name)
            assert quote.bid % quote.symbol.tick_size == 0
            assert 0 < quote.bid < quote.ask
            assert quote.spread == quote.ask - quote.bid
            assert quote.low <= quote.bid <= quote.high
            assert quote.timestamp_ms == NOW_MS + turn
    moved = [name for name in one.symbols if one.quote(name).high != one.quote(name).low]
    assert len(moved) == len(one.symbols)


def test_the_walk_comes_back() -> None:
    one = board()
    for _ in range(30_000):
        one.step(NOW_MS)
    for name in ("EURUSD", "US500", "GOLD"):
        quote = one.quote(name)
        assert abs(quote.bid / quote.symbol.base_price - 1) < Decimal("0.05")


def test_depth_gets_worse_with_every_level_and_stays_until_the_quote_moves() -> None:
    one = board()
    levels = one.depth("EURUSD")
    assert len(levels) == LEVELS
    assert (levels[0].bid, levels[0].ask) == (one.quote("EURUSD").bid, one.quote("EURUSD").ask)
    assert all(better.bid > worse.bid and better.ask < worse.ask for better, worse in itertools.pairwise(levels))
    assert all(level.bid_volume > 0 and level.ask_volume > 0 for level in levels)
    assert one.depth("EURUSD") == levels


def test_a_new_day_on_the_wall_begins_with_new_extremes() -> None:
    one = board()
    one.move_to("EURUSD", Decimal("1.20000"), NOW_MS)
    one.move_to("EURUSD", Decimal("1.10000"), NOW_MS)
    quote = one.quote("EURUSD")
    assert (quote.high, quote.low, quote.percentage) == (Decimal("1.20000"), Decimal("1.10000"), Decimal("-5.05"))
    one.move_to("EURUSD", Decimal("1.15000"), NOW_MS + DAY_MS)
    quote = one.quote("EURUSD")
    assert quote.high == quote.low == quote.opened == quote.bid == Decimal("1.15000")


def test_a_tiny_fall_is_no_negative_zero() -> None:
    one = board()
    one.move_to("EURUSD", Decimal("1.15852"), NOW_MS)
    assert str(one.quote("EURUSD").percentage) == "0.00"
