import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_order, make_screen
from tests.support.fake_desk_client import FakeClock
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.widgets.docks.order_book_doubt import DoubtBar


class Watched:
    def __init__(self, qtbot: QtBot) -> None:
        self.screen, _ = make_screen()
        self.queried: list[Order] = []
        self.shown_all = 0
        self.details: list[ClOrdID] = []
        self.holder = QWidget()
        qtbot.addWidget(self.holder)
        self.settled: list[ClOrdID] = []
        self.bar = DoubtBar(
            self.screen,
            query=self.queried.append,
            settle=self.settled.append,
            show_all=self.show_all,
            show_detail=self.details.append,
            parent=self.holder,
        )
        QVBoxLayout(self.holder).addWidget(self.bar)
        self.holder.show()

    def show_all(self) -> None:
        self.shown_all += 1


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    return Watched(qtbot)


def in_doubt(name: str, text: str = "") -> Order:
    return make_order(name, OrdStatus.IN_DOUBT, text=text)


def test_there_is_no_bar_without_doubt(watched: Watched) -> None:
    watched.bar.take([make_order("W1")])
    assert not watched.bar.isVisible()


def test_it_says_what_happened_what_it_means_and_what_is_done(watched: Watched, qtbot: QtBot) -> None:
    watched.bar.take([in_doubt("W1", "asked again at 09:41:11")])
    text = watched.bar.text()
    assert "Order W1 (BUY 5 ZCZ26, Main), no answer for 58 s: asked again at 09:41:11" in text
    assert "It may be working." in text
    assert "Nothing is sent again by itself." in text
    qtbot.mouseClick(watched.bar.button("Query now"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(watched.bar.button("Open detail"), Qt.MouseButton.LeftButton)
    assert [order.cl_ord_id for order in watched.queried] == ["W1"]
    assert watched.details == ["W1"]


def test_several_are_counted_and_can_be_shown(watched: Watched, qtbot: QtBot) -> None:
    watched.bar.take([in_doubt(f"W{number}") for number in range(1, 6)])
    assert "and 2 more" in watched.bar.text()
    qtbot.mouseClick(watched.bar.button("Query 5 now"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(watched.bar.button("Show them"), Qt.MouseButton.LeftButton)
    assert len(watched.queried) == 5
    assert watched.shown_all == 1


def test_it_goes_with_the_last_doubt(watched: Watched) -> None:
    watched.bar.take([in_doubt("W1"), in_doubt("W2")])
    watched.bar.take([make_order("W1")])
    assert watched.bar.isVisible()
    watched.bar.take([make_order("W2", OrdStatus.NOT_PLACED)])
    assert not watched.bar.isVisible()


def test_its_age_grows(watched: Watched) -> None:
    watched.bar.take([in_doubt("W1")])
    clock = watched.screen.clock
    assert isinstance(clock, FakeClock)
    clock.advance(60)
    watched.bar.refresh_age()
    assert "no answer for 1 min" in watched.bar.text()


def test_one_order_in_doubt_can_be_settled_by_hand(watched: Watched, qtbot: QtBot) -> None:
    watched.bar.take([in_doubt("W1")])
    qtbot.mouseClick(watched.bar.button("Settle…"), Qt.MouseButton.LeftButton)
    assert watched.settled == ["W1"]
