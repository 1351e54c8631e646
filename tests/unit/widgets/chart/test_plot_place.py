"""The range: pixels and places agree, and candles never get lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from tests.unit.item_models.test_candle_series import START_NS, candle
from tests.unit.widgets.chart.samples import arrays, minutes
from workstation.widgets.chart.plot_place import FEWEST, PlotPlace

CANDLES = arrays(minutes(500))


def place() -> PlotPlace:
    made = PlotPlace(area=QRectF(0, 0, 600, 300))
    made.show_newest(CANDLES)
    return made


def test_pixels_and_places_are_each_others_reverse() -> None:
    made = place()
    assert made.x_at(made.pixel_x(450)) == pytest.approx(450)
    assert made.y_at(made.pixel_y(588)) == pytest.approx(588)
    assert made.pixel_y(made.top) == 0
    assert made.pixel_x(made.right) == 600


def test_newest_and_oldest() -> None:
    made = place()
    assert made.shows_newest(CANDLES)
    made.show_oldest(CANDLES)
    assert made.left <= 0 <= made.right
    assert not made.shows_newest(CANDLES)


def test_zoom_keeps_what_is_under_the_pointer() -> None:
    made = place()
    pixel = made.pixel_x(450)
    made.zoom(0.5, 450, CANDLES)
    assert made.width == 50
    assert made.pixel_x(450) == pytest.approx(pixel)


def test_the_height_follows_the_candles_until_it_is_chosen_by_hand() -> None:
    made = place()
    assert made.bottom < 586
    assert made.top > 590
    made.stretch(2)
    chosen = (made.bottom, made.top)
    made.pan(-100, CANDLES)
    assert (made.bottom, made.top) == chosen
    made.lift(0.5)
    assert made.top - made.bottom == pytest.approx(chosen[1] - chosen[0])
    made.is_auto = True
    made.fit(CANDLES)
    assert made.top < chosen[1]


def test_one_price_has_a_height_too() -> None:
    flat = arrays([candle(START_NS, "5 5 5 5")])
    made = PlotPlace(area=QRectF(0, 0, 600, 300))
    made.show_newest(flat)
    assert made.bottom < 5 < made.top


MOVES = st.one_of(
    st.tuples(st.just("pan"), st.floats(-1e7, 1e7)),
    st.tuples(st.just("zoom"), st.floats(1e-6, 1e6)),
    st.tuples(st.just("stretch"), st.floats(1e-3, 1e3)),
)


@given(st.lists(MOVES, max_size=20))
def test_some_candle_is_always_in_sight(moves: list[tuple[str, float]]) -> None:
    made = place()
    for move, by in moves:
        if move == "pan":
            made.pan(by, CANDLES)
        elif move == "zoom":
            made.zoom(by, made.right, CANDLES)
        else:
            made.stretch(by)
        assert made.width >= FEWEST * 0.999
        shown = CANDLES.between(made.left, made.right)
        assert shown.stop > shown.start
        assert made.top > made.bottom
