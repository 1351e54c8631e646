"""Typing finds, arrows move, Enter takes, Esc leaves; the focus never goes to the list."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.market_screen import XAPI, fx, key, make_market_screen
from workstation.domain.identity import InstrumentKey
from workstation.venues.base import InstrumentsListed
from workstation.widgets.instrument_search import InstrumentSearch
from workstation.widgets.palette_delegate import HINT_ROLE
from workstation.widgets.screen import Screen


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.screen: Screen = make_market_screen()[0]
        self.window = QWidget()
        self.search = InstrumentSearch(self.screen, "find a symbol")
        QVBoxLayout(self.window).addWidget(self.search, alignment=Qt.AlignmentFlag.AlignTop)
        self.picked: list[InstrumentKey] = []
        self.left: list[bool] = []
        self.search.picked.connect(self.picked.append)
        self.search.left.connect(lambda: self.left.append(True))
        qtbot.addWidget(self.window)
        self.window.resize(400, 300)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.search.setFocus()
        self.search.index.finish()

    def press(self, *keys: Qt.Key) -> None:
        for each in keys:
            QTest.keyClick(self.search, each)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_two_letters_and_enter_take_the_best(bench: Bench) -> None:
    tester = QAbstractItemModelTester(bench.search.found, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QTest.keyClicks(bench.search, "us")
    assert bench.search.found.symbols() == ["USDJPY", "EURUSD", "GBPUSD"]
    assert bench.search.list.isVisible()
    assert bench.search.hasFocus()
    bench.press(Qt.Key.Key_Return)
    assert bench.picked == [key("USDJPY")]
    assert (bench.search.text(), bench.search.list.isVisible()) == ("", False)
    assert tester.model() is bench.search.found


def test_arrows_move_and_stop_at_the_ends(bench: Bench) -> None:
    QTest.keyClicks(bench.search, "usd")
    bench.press(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Enter)
    assert bench.picked == [key("EURUSD")]


def test_esc_empties_first_and_leaves_then(bench: Bench) -> None:
    QTest.keyClicks(bench.search, "usd")
    bench.press(Qt.Key.Key_Escape)
    assert (bench.search.text(), bench.search.list.isVisible(), bench.left) == ("", False, [])
    bench.press(Qt.Key.Key_Escape, Qt.Key.Key_Down)
    assert bench.left == [True, True]
    bench.press(Qt.Key.Key_Return)
    assert bench.picked == []


def test_nothing_found_shows_nothing(bench: Bench) -> None:
    QTest.keyClicks(bench.search, "usdx")
    assert not bench.search.list.isVisible()
    bench.press(Qt.Key.Key_Return)
    assert bench.picked == []


def test_a_click_takes_and_names_stand_beside(bench: Bench) -> None:
    QTest.keyClicks(bench.search, "gold")
    view = bench.search.list
    assert bench.search.found.index(0, 0).data(HINT_ROLE) == "Gold, per ounce  X"
    assert bench.search.found.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("GOLD, Gold")
    middle = view.visualRect(bench.search.found.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert bench.picked == [key("GOLD")]


def test_new_instruments_are_found_while_typing(bench: Bench, qtbot: QtBot) -> None:
    QTest.keyClicks(bench.search, "dax")
    assert bench.search.found.symbols() == []
    bench.screen.services.dispatch([InstrumentsListed(connection_id=XAPI, instruments=(fx("DAX", "German index"),))])
    qtbot.waitUntil(lambda: bench.search.found.symbols() == ["DAX"])
    bench.window.resize(420, 300)
    qtbot.waitUntil(lambda: not bench.search.list.isVisible())


def test_a_key_press_among_thousands_costs_less_than_a_frame(bench: Bench) -> None:
    many = tuple(fx(f"S{number:05}", f"Share {number}") for number in range(6_000))
    bench.screen.services.dispatch([InstrumentsListed(connection_id=XAPI, instruments=many)])
    bench.search.index.finish()
    times = []
    for letter in "s005":
        began = time.perf_counter()
        QTest.keyClicks(bench.search, letter)
        times.append(time.perf_counter() - began)
    assert min(times[1:]) < 0.016
