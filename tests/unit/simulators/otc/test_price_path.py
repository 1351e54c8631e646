import numpy as np

from workstation.simulators.otc.price_path import PricePath
from workstation.simulators.otc.symbol_table import listed_symbols

ANCHOR = 29_920_380


def minutes(first: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(first, first + count, dtype=np.int64)


def test_every_path_ends_where_the_live_price_begins() -> None:
    for symbol in listed_symbols():
        path = PricePath(symbol, 1, ANCHOR)
        assert path.levels(minutes(ANCHOR, 1)).tolist() == [symbol.points(symbol.base_price)]


def test_a_minute_has_its_price_however_it_is_asked_for() -> None:
    path = PricePath(listed_symbols()[0], 1, ANCHOR)
    together = path.levels(minutes(ANCHOR - 500, 500)).tolist()
    assert [int(path.levels(minutes(ANCHOR - 500 + turn, 1))[0]) for turn in range(0, 500, 7)] == together[::7]
    assert PricePath(listed_symbols()[0], 1, ANCHOR).levels(minutes(ANCHOR - 500, 500)).tolist() == together
    assert PricePath(listed_symbols()[0], 2, ANCHOR).levels(minutes(ANCHOR - 500, 500)).tolist() != together


def test_prices_stay_positive_on_their_grid_and_wander() -> None:
    for symbol in listed_symbols():
        levels = PricePath(symbol, 3, ANCHOR).levels(minutes(ANCHOR - 5_000_000, 5_000_000)[::997])
        assert int(levels.min()) > 0
        assert not (levels % symbol.tick_points).any()
        assert int(levels.max() - levels.min()) > symbol.points(symbol.base_price) // 50


def test_draws_stay_under_their_ceiling_and_differ_by_salt() -> None:
    path = PricePath(listed_symbols()[0], 1, ANCHOR)
    drawn = [path.draw(minutes(ANCHOR, 1000), salt, 7) for salt in (1, 2)]
    assert all(int(row.min()) == 0 and int(row.max()) == 6 for row in drawn)
    assert drawn[0].tolist() != drawn[1].tolist()
    assert path.wick >= 1
