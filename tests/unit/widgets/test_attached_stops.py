from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.apart_venue import EURO
from tests.support.fake_venue import CORN
from workstation.domain.order_terms import Side
from workstation.widgets.attached_stops import StopsForm, StopsView, in_pips, pip_of, price_at

LONG = StopsView(instrument=EURO, side=Side.BUY, anchor=Decimal("1.10000"), anchor_name="bid")


@pytest.fixture
def form(qtbot: QtBot) -> StopsForm:
    made = StopsForm()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    made.show_view(LONG)
    return made


def test_a_price_shows_its_distance_and_the_distance_follows_the_market(form: StopsForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.stop_loss.price, "1.095")
    assert form.values() == (Decimal("1.095"), None, None)
    assert form.stop_loss.note.text() == "50 pips below the bid 1.10000"
    form.show_view(StopsView(instrument=EURO, side=Side.BUY, anchor=Decimal("1.10100"), anchor_name="bid"))
    assert form.stop_loss.note.text() == "60 pips below the bid 1.10100"
    assert form.stop_loss.price.text() == "1.095", "what is typed stays"


def test_pips_make_a_price_at_once_and_the_market_moves_it_no_more(form: StopsForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.take_profit.pips, "12.5")
    assert form.values()[1] == Decimal("1.10125")
    form.show_view(StopsView(instrument=EURO, side=Side.BUY, anchor=Decimal("1.20000"), anchor_name="bid"))
    assert form.values()[1] == Decimal("1.10125")


def test_steps_go_by_the_tick(form: StopsForm, qtbot: QtBot) -> None:
    form.set_values(Decimal("1.09500"), None, None)
    qtbot.keyClick(form.stop_loss.price, Qt.Key.Key_Up)
    qtbot.keyClick(form.stop_loss.price, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert form.values()[0] == Decimal("1.09511")


def test_a_trailing_distance_is_typed_in_pips_and_meant_in_price(form: StopsForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.trailing, "15")
    assert form.values()[2] == Decimal("0.0015")
    assert form.trailing_note.text().startswith("= 0.0015 in price")
    qtbot.keyClick(form.trailing, Qt.Key.Key_Up)
    assert form.values()[2] == Decimal("0.0016")
    form.set_values(None, None, Decimal("0.0020"))
    assert form.trailing.text() == "20"


def test_where_no_stop_may_trail_the_field_is_gone_and_says_why(form: StopsForm) -> None:
    form.set_trailing_offered("the venue lets no stop trail in EURUSD")
    assert not form.trailing.isVisible()
    assert form.trailing_note.text() == "no trailing stop: the venue lets no stop trail in EURUSD"
    form.set_trailing_offered("")
    assert form.trailing.isVisible()


def test_what_is_no_number_is_named(form: StopsForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.stop_loss.price, "abc")
    qtbot.keyClicks(form.take_profit.pips, "x")
    assert len(form.faults()) == 2
    assert form.faults()[0].startswith("Stop loss: ")


def test_without_a_market_only_prices_can_be_typed(form: StopsForm) -> None:
    form.set_values(Decimal("1.09"), None, None)
    form.show_view(StopsView(instrument=EURO, side=Side.BUY))
    assert not form.stop_loss.pips.isEnabled()
    assert "distance unknown" in form.stop_loss.note.text()


def test_without_a_pip_the_tick_is_the_measure() -> None:
    assert pip_of(CORN) == (CORN.tick_size, "ticks")
    assert pip_of(EURO) == (Decimal("0.0001"), "pips")


@given(side=st.sampled_from(Side), wins=st.booleans(), pips=st.integers(1, 10_000), anchor=st.integers(20_000, 200_000))
def test_a_distance_lies_on_the_right_side_and_reads_back(side: Side, wins: bool, pips: int, anchor: int) -> None:
    view = StopsView(instrument=EURO, side=side, anchor=anchor * EURO.tick_size)
    price = price_at(view, Decimal(pips), wins=wins)
    assert price is not None
    assert view.anchor is not None
    gain = price - view.anchor if side is Side.BUY else view.anchor - price
    assert (gain > 0) is wins
    assert in_pips(abs(price - view.anchor), EURO) == pips
    assert EURO.legal_price(price)


def test_without_anything_to_measure_there_is_no_price() -> None:
    assert price_at(StopsView(), Decimal(1), wins=True) is None
