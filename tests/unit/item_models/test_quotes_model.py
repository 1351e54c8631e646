"""Quotes are conflated, move rows only when the trader says so, and never look fresher than they are."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.support.dock_screen import QST
from tests.support.fake_desk_client import FakeClock
from tests.support.market_screen import key, make_market_screen, market_status, quote
from workstation.domain.identity import InstrumentKey
from workstation.item_models.columns import Tone
from workstation.item_models.instrument_mime import instruments_to_mime
from workstation.item_models.market_state import MarketState
from workstation.item_models.naming import Naming
from workstation.item_models.quotes_model import QuotesModel
from workstation.venues.base import Lamp
from workstation.widgets.screen import Screen

EURUSD, GBPUSD, GOLD = key("EURUSD"), key("GBPUSD"), key("GOLD")


class Bench:
    def __init__(self) -> None:
        self.screen, _ = make_market_screen()
        services = self.screen.services
        self.model = QuotesModel(
            Naming.of(services, self.screen.clock), MarketState.of(services, self.screen.clock.now_ns)
        )
        self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def show(self, *keys: InstrumentKey) -> None:
        self.model.set_keys(keys, {})
        self.model.flush()

    def put(self, symbol: str, bid: str | None, ask: str | None, *, prev: str | None = None, age_s: int = 0) -> None:
        self.model.put_quotes([quote(self.screen, symbol, bid, ask, prev=prev, age_s=age_s)])
        self.model.flush()

    def text(self, row: int, name: str) -> str:
        return self.model.look(row).texts[self.number(name)]

    def number(self, name: str) -> int:
        return [column.key for column in self.model.columns].index(name)

    def symbols(self) -> list[str]:
        return [self.model.record_at(row).key.symbol for row in range(self.model.rowCount())]


@pytest.fixture
def bench(qapp: object) -> Bench:
    return Bench()


def test_prices_stand_in_the_instruments_notation_and_the_unknown_is_said(bench: Bench) -> None:
    bench.show(EURUSD, GOLD)
    bench.put("EURUSD", "1.1", "1.10021", prev="1.09")
    texts = {column.key: text for column, text in zip(bench.model.columns, bench.model.look(0).texts, strict=True)}
    assert texts == {
        "place": "1",
        "symbol": "EURUSD",
        "description": "Euro / US dollar",
        "bid": "1.10000",
        "ask": "1.10021",
        "spread": "0.00021",
        "high": "1.11000",
        "low": "1.09000",
        "change": "▲ +0.01000",
        "change_pct": "+0.92 %",
        "age": "0 s",
        "venue": "X",
    }
    assert [bench.text(1, name) for name in ("bid", "spread", "change", "change_pct", "age")] == ["—"] * 5
    tip = bench.model.index(0, bench.number("spread")).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "2.1 pips"


def test_direction_is_an_arrow_and_stays_until_the_price_moves_again(bench: Bench) -> None:
    bench.show(EURUSD)
    bench.put("EURUSD", "1.1", "1.2")
    assert bench.text(0, "bid") == "1.10000"
    bench.put("EURUSD", "1.10001", "1.19999")
    bench.put("EURUSD", "1.10001", "1.19999")
    assert (bench.text(0, "bid"), bench.text(0, "ask")) == ("▲ 1.10001", "▼ 1.19999")
    tones = bench.model.look(0).dress.tones
    assert (tones[bench.number("bid")], tones[bench.number("ask")]) == (Tone.GAIN, Tone.LOSS)


def test_a_negative_spread_is_shown_as_such(bench: Bench) -> None:
    bench.show(EURUSD)
    bench.put("EURUSD", "1.10003", "1.10001")
    assert bench.text(0, "spread") == "−0.00002"
    assert bench.model.look(0).dress.tones[bench.number("spread")] is Tone.WARNING


def test_quotes_are_conflated_to_the_last_of_a_frame(bench: Bench) -> None:
    bench.show(EURUSD, GBPUSD)
    bench.put("EURUSD", "1.1", "1.2")
    changes: list[int] = []
    bench.model.dataChanged.connect(lambda first, last: changes.append(first.row()))
    for step in range(1, 1_000):
        bench.model.put_quotes([quote(bench.screen, "EURUSD", f"1.{10_000 + step}", "1.2")])
    bench.model.flush()
    assert bench.text(0, "bid") == "▲ 1.10999"
    assert set(changes) == {0}
    assert len(changes) < 100
    bench.model.put_quotes([quote(bench.screen, "USDJPY", "150", "151")])
    assert not bench.model.has_waiting


def advance(screen: Screen, seconds: float) -> None:
    assert isinstance(screen.clock, FakeClock)
    screen.clock.advance(seconds)


def test_a_stale_price_is_struck_and_dim_and_says_so(bench: Bench) -> None:
    bench.show(EURUSD)
    bench.put("EURUSD", "1.1", "1.2")
    assert not bench.model.look(0).dress.struck
    advance(bench.screen, 16)
    bench.model.refresh_ages()
    dress = bench.model.look(0).dress
    assert bench.text(0, "age") == "stale 16 s"
    assert dress.dim
    assert {bench.number("bid"), bench.number("ask")} <= dress.struck
    bench.put("EURUSD", "1.1", "1.2")
    assert (bench.text(0, "age"), bench.model.look(0).dress.dim) == ("0 s", False)
    bench.screen.services.dispatch([market_status(Lamp.RECONNECTING)])
    bench.model.refresh_ages()
    assert bench.text(0, "age") == "stale 0 s, reconnecting"


def test_an_age_off_screen_does_not_come_back_as_fresh(bench: Bench) -> None:
    bench.show(EURUSD, GBPUSD)
    bench.put("EURUSD", "1.1", "1.2")
    bench.put("GBPUSD", "1.1", "1.2")
    assert bench.text(1, "age") == "0 s"
    bench.model.watch(0, 0)
    advance(bench.screen, 20)
    heard: list[int] = []
    bench.model.dataChanged.connect(lambda first, last: heard.append(first.row()))
    bench.model.refresh_ages()
    assert heard == [0]
    assert bench.text(1, "age") == "stale 20 s"


def test_an_age_that_did_not_change_repaints_nothing(bench: Bench) -> None:
    bench.show(EURUSD, GBPUSD, GOLD)
    bench.put("EURUSD", "1.1", "1.2")
    bench.model.refresh_ages()
    spans: list[tuple[int, int, int]] = []
    bench.model.dataChanged.connect(lambda first, last: spans.append((first.row(), first.column(), last.column())))
    bench.model.refresh_ages()
    assert spans == []
    advance(bench.screen, 1)
    bench.model.refresh_ages()
    assert spans == [(0, bench.number("age"), bench.number("age"))]


def test_a_venue_without_a_feed_says_so(bench: Bench) -> None:
    bench.show(InstrumentKey(QST, "ZCZ26"))
    assert (bench.text(0, "age"), bench.text(0, "bid")) == ("no feed", "—")


def test_another_list_keeps_what_both_have(bench: Bench) -> None:
    bench.show(EURUSD, GBPUSD)
    bench.model.sort(0)
    bench.put("EURUSD", "1.1", "1.2")
    bench.model.put_quotes([quote(bench.screen, "GBPUSD", "1.3", "1.4")])
    bench.show(GOLD, EURUSD)
    assert (bench.symbols(), bench.text(1, "bid")) == (["GOLD", "EURUSD"], "1.10000")
    bench.show(EURUSD, GOLD, EURUSD)
    assert (bench.symbols(), list(bench.model.keys)) == (["EURUSD", "GOLD"], [EURUSD, GOLD])
    known = quote(bench.screen, "GBPUSD", "1.3", "1.4")
    bench.model.set_keys([GBPUSD], {GBPUSD: known})
    bench.model.flush()
    assert bench.text(0, "bid") == "1.30000"


def test_rows_are_dragged_and_dropped(bench: Bench) -> None:
    bench.show(EURUSD, GBPUSD, GOLD)
    model = bench.model
    carried = model.mimeData([model.index(1, 0), model.index(1, 2)])
    heard: list[tuple[list[InstrumentKey], int]] = []
    model.moved.connect(lambda keys, before: heard.append((keys, before)))
    copy = Qt.DropAction.CopyAction
    assert model.dropMimeData(carried, copy, 0, 0, QModelIndex())
    assert model.dropMimeData(carried, copy, -1, -1, model.index(2, 0))
    assert model.dropMimeData(carried, copy, -1, -1, QModelIndex())
    assert heard == [([GBPUSD], 1), ([GBPUSD], 3), ([GBPUSD], 0)]
    assert not model.dropMimeData(instruments_to_mime([]), copy, 0, 0, QModelIndex())
    assert model.supportedDropActions() == copy
    assert model.mimeTypes() == list(carried.formats())
