from workstation.simulators.otc.symbol_table import listed_symbols
from workstation.simulators.otc.symbols import COMMODITY, CRYPTO, FOREX, INDEX, SHARE, STEP_RULES


def test_there_are_symbols_of_every_kind() -> None:
    listed = listed_symbols()
    assert len(listed) >= 40
    assert len({row.symbol for row in listed}) == len(listed)
    assert {row.category for row in listed} == {FOREX, INDEX, COMMODITY, SHARE, CRYPTO}
    assert any(not row.tradable for row in listed)
    assert any(row.long_only and not row.short_selling for row in listed)
    assert any(not row.names_tick for row in listed)


def test_every_row_is_sound() -> None:
    for row in listed_symbols(extra_symbols=20):
        assert row.base_price % row.tick_size == 0, row
        assert row.lot_min % row.lot_step == 0
        assert 0 < row.lot_min <= row.lot_max
        assert STEP_RULES[row.step_rule].step_at(row.lot_min) <= row.lot_min
        assert row.spread_ticks > 0
        assert row.pips_precision <= row.precision
        assert row.leverage > 0


def test_made_up_symbols_come_after_the_table() -> None:
    listed = listed_symbols(extra_symbols=5000)
    assert len(listed) == len(listed_symbols()) + 5000
    assert listed[: len(listed_symbols())] == listed_symbols()
    assert len({row.symbol for row in listed}) == len(listed)
