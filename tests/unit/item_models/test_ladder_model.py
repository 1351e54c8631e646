"""The axis stands still, and only rows on which something changed are announced."""

from decimal import Decimal

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from tests.support.market_screen import fx, key
from workstation.domain.market_data import Depth, DepthLevel, Quote
from workstation.item_models.columns import Tone
from workstation.item_models.ladder_model import BIDS, HALF, PRICE, LadderModel

EURO = fx("EURUSD", "Euro")


class Bench:
    def __init__(self) -> None:
        self.model = LadderModel()
        self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.model.show_instrument(EURO)

    def quote(self, bid: str, ask: str) -> None:
        self.model.set_quote(Quote(key=key("EURUSD"), bid_px=Decimal(bid), ask_px=Decimal(ask), bid_qty=Decimal(7)))
        self.model.flush()

    def texts(self, number: int) -> tuple[str, ...]:
        row = self.model.row_of(number)
        assert row is not None
        return self.model.look(row).texts


@pytest.fixture
def bench(qapp: object) -> Bench:
    made = Bench()
    made.quote("1.10000", "1.10002")
    made.model.centre_on(110001)
    return made


def test_the_axis_runs_downwards_around_its_middle(bench: Bench) -> None:
    model = bench.model
    assert model.rowCount() == 2 * HALF + 1
    assert model.look(0).texts[PRICE] == "1.10201"
    assert model.record_at(HALF).number == 110001
    assert bench.texts(110000) == ("", "7", "1.10000", "", "", "bid")
    assert bench.texts(110002) == ("", "", "1.10002", "•", "", "ask")


def test_a_moving_market_moves_no_row(bench: Bench) -> None:
    changed: list[int] = []
    places: list[object] = []
    bench.model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    for signal in (bench.model.rowsInserted, bench.model.rowsRemoved, bench.model.layoutChanged):
        signal.connect(lambda *args: places.append(args))
    bench.quote("1.10001", "1.10002")
    assert places == []
    assert sorted(bench.model.record_at(row).number for row in changed) == [110000, 110001]
    assert bench.texts(110000) == ("", "", "1.10000", "", "", "")
    bench.quote("1.20000", "1.20002")
    assert places == []
    assert bench.model.row_of(120000) is None


def test_a_new_middle_keeps_what_both_axes_have(bench: Bench) -> None:
    model = bench.model
    before = model.get(110000)
    model.centre_on(110101)
    assert model.rowCount() == 2 * HALF + 1
    assert model.get(110000) is before
    assert (model.record_at(0).number, model.record_at(model.rowCount() - 1).number) == (110301, 109901)
    bench.quote("1.20000", "1.20002")
    model.centre_on(120001)
    assert (model.rowCount(), bench.texts(120000)[BIDS]) == (2 * HALF + 1, "7")


def test_news_is_conflated_per_frame(bench: Bench) -> None:
    shown: list[bool] = []
    bench.model.market_shown.connect(lambda: shown.append(True))
    for step in range(1_000):
        levels = (DepthLevel(Decimal(110_000 - step % 50).scaleb(-5), Decimal(step)),)
        bench.model.set_depth(Depth(key=key("EURUSD"), bids=levels, asks=()))
    bench.model.flush()
    assert bench.texts(109951)[BIDS] == "999"
    assert len(shown) < 100


def test_levels_that_cannot_be_relied_on_are_struck(bench: Bench) -> None:
    row = bench.model.row_of(110000)
    assert row is not None
    assert not bench.model.look(row).dress.struck
    bench.model.set_fresh(False)
    dress = bench.model.look(row).dress
    assert BIDS in dress.struck
    assert (dress.strong, dress.tones[BIDS]) == (False, Tone.BUY)


def test_rows_of_another_size_keep_the_market(bench: Bench) -> None:
    bench.model.set_multiple(1)
    assert bench.model.rowCount() == 2 * HALF + 1
    bench.model.set_multiple(10)
    assert (bench.model.rowCount(), bench.model.axis) == (0, range(0))
    bench.model.centre_on(11000)
    assert bench.texts(11000) == ("", "7", "1.10000", "", "", "bid")
    assert bench.texts(11001)[PRICE] == "1.10010"


def test_no_instrument_shows_nothing(bench: Bench) -> None:
    bench.model.show_instrument(None)
    bench.quote("1.1", "1.2")
    bench.model.centre_on(5)
    assert bench.model.rowCount() == 0
