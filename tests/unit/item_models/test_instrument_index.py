"""Two letters find what is meant, also among thousands."""

import time

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import CORN, QST
from tests.support.market_screen import INSTRUMENTS, XAPI, fx
from workstation.item_models.instrument_index import MOST_FOUND, InstrumentIndex


def filled() -> InstrumentIndex:
    index = InstrumentIndex()
    index.build({XAPI: {each.symbol: each for each in INSTRUMENTS}, QST: {CORN.symbol: CORN}})
    index.finish()
    return index


def found(index: InstrumentIndex, typed: str) -> list[str]:
    return [entry.key.symbol for entry in index.find(typed)]


@pytest.mark.parametrize(
    ("typed", "symbols"),
    [
        ("eurusd", ["EURUSD"]),
        ("us", ["USDJPY", "EURUSD", "GBPUSD"]),  # begins with it, then a word of the name begins with it
        ("yen dollar", ["USDJPY"]),
        ("ounce", ["GOLD"]),
        ("cbot", ["ZCZ26"]),
        ("major", ["GOLD", "EURUSD", "GBPUSD", "USDJPY"]),
        ("nothing", []),
        ("  ", []),
    ],
)
def test_the_best_comes_first(qapp: object, typed: str, symbols: list[str]) -> None:
    assert found(filled(), typed) == symbols


def test_the_old_index_answers_until_the_new_one_is_complete(qtbot: QtBot) -> None:
    index = filled()
    index.build({XAPI: {"DAX": fx("DAX", "German index")}})
    assert found(index, "gold") == ["GOLD"]
    with qtbot.waitSignal(index.rebuilt):
        pass
    assert (found(index, "gold"), found(index, "dax")) == ([], ["DAX"])


def test_thousands_are_indexed_in_slices_and_found_within_a_frame(qapp: object) -> None:
    many = {f"S{number:05}": fx(f"S{number:05}", f"Share number {number}", group="Shares") for number in range(6_000)}
    index = InstrumentIndex()
    index.build({XAPI: many})
    turns = 0
    while len(index) == 0:
        QCoreApplication.processEvents()
        turns += 1
    assert turns > 1
    assert len(index) == 6_000
    times = []
    for typed in ("s", "sh", "share 59", "s0059", "number 3 shares"):
        began = time.perf_counter()
        assert 0 < len(index.find(typed)) <= MOST_FOUND
        times.append(time.perf_counter() - began)
    assert min(times) < 0.016
    assert found(index, "s00599")[0] == "S00599"
