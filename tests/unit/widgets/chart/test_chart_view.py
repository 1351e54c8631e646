"""The chart moves by mouse and keys, follows the youngest candle, and asks for older ones in time."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.unit.item_models.test_candle_series import START_NS, history, minute
from tests.unit.widgets.chart.samples import minutes, series
from tests.unit.widgets.chart.view_bench import shown_view
from workstation.domain.market_data import CandlePeriod
from workstation.widgets.chart.chart_view import ChartView
from workstation.widgets.theme import ThemeMode


def wheel(view: ChartView, x: float, notches: int) -> None:
    at = QPointF(x, 100)
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, notches * 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    view.wheelEvent(event)


def test_it_begins_at_the_youngest_candle(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    assert view.place.shows_newest(view.candles)
    assert view.place.bottom < 586
    assert view.place.top > 590
    assert view.scale_layer.zone == "UTC"


def test_keys_move_and_zoom(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    right, width = view.place.right, view.place.width
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.place.right == pytest.approx(right - width / 10)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.place.right == pytest.approx(right)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.place.width == pytest.approx(width / 1.2)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.place.width == pytest.approx(width)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.place.left == -1
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.place.shows_newest(view.candles)


def test_keys_that_are_not_the_charts_are_left_to_others(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(50))
    before = view.place.right
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_A)
    assert view.place.right == before


def test_the_crosshair_walks_by_keys_and_reads_exact_figures(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_Left, shift)
    QTest.keyClick(view, Qt.Key.Key_Left, shift)
    assert view.crosshair.x == 498
    assert view.accessibleDescription() == "Sat 21 Nov 2026 08:18: O 588^0  H 590^0  L 587^0  C 589^0  V 10"
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, shift)
    assert view.crosshair.x == 499
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Right, shift)
    assert view.place.left <= view.crosshair.x <= view.place.right


def test_dragging_moves_the_candles_with_the_hand(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    port, before = view, view.place.right
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    QTest.mouseMove(port, QPoint(400, 100))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(400, 100))
    moved = before - view.place.right
    assert moved == pytest.approx(100 / view.place.area.width() * view.place.width, rel=0.01)
    QTest.mouseMove(port, QPoint(100, 100))
    assert view.place.right == pytest.approx(before - moved)  # let go: only the crosshair follows
    assert view.crosshair.x == round(view.place.x_at(100))


def test_the_wheel_zooms_around_the_pointer(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    under, width = view.place.x_at(200), view.place.width
    wheel(view, 200, 1)
    assert view.place.width < width
    assert view.place.x_at(200) == pytest.approx(under)
    wheel(view, 200, -1)
    assert view.place.width == pytest.approx(width)


def test_the_height_is_chosen_on_the_scale_and_set_back(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    heard: list[bool] = []
    view.height_mode_changed.connect(heard.append)
    port, before = view, view.place.top
    scale = QPoint(round(view.place.area.right()) + 10, 100)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=scale)
    QTest.mouseMove(port, scale + QPoint(0, 100))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=scale)
    assert view.place.top > before
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=scale)
    assert view.place.top == pytest.approx(before)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.place.top < before
    assert heard == [False, True, False]


def test_who_watches_the_youngest_candle_goes_on_doing_so(qtbot: QtBot) -> None:
    candles = minutes(500)
    view = shown_view(qtbot, candles)
    held = series(candles)
    view.show_series(held, None)
    change = held.take_minutes([minute(500, "588 600 588 600")])
    assert change is not None
    view.follow(change)
    assert view.place.shows_newest(view.candles)
    assert view.place.top > 600
    view.pan(-300)
    left = view.place.left
    change = held.take_minutes([minute(501, "588 600 588 600")])
    assert change is not None
    view.follow(change)
    assert view.place.left == left


def test_older_candles_are_asked_for_near_the_left_edge(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    with qtbot.assertNotEmitted(view.older_wanted):
        view.pan(-50)
    with qtbot.waitSignal(view.older_wanted):
        view.pan(-350)
    complete = series(minutes(10))
    complete.take_history(history(CandlePeriod.M1, earliest=True), as_of_ns=START_NS)
    view.show_series(complete, None)
    with qtbot.assertNotEmitted(view.older_wanted):
        view.show_oldest()


def test_a_chart_that_was_empty_shows_what_comes(qtbot: QtBot) -> None:
    view = shown_view(qtbot, [])
    held = series([])
    view.show_series(held, None)
    change = held.take_minutes([minute(0, "588 600 588 600")])
    assert change is not None
    view.follow(change)
    assert view.place.shows_newest(view.candles)
    view.grab()


def test_it_keeps_the_width_of_candles_when_it_is_resized(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    right, per_candle = view.place.right, view.place.area.width() / view.place.width
    view.resize(500, 300)
    assert view.place.right == pytest.approx(right)
    assert view.place.area.width() / view.place.width == pytest.approx(per_candle)


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
def test_it_wears_the_theme_at_once(qtbot: QtBot, mode: ThemeMode) -> None:
    view = shown_view(qtbot, minutes(500))
    view._theme.set_mode(mode)
    corner = view.grab().toImage().pixelColor(2, view.height() - 2)
    assert (corner.lightness() < 128) is (mode is ThemeMode.DARK)


def test_the_picture_is_kept_until_something_moves(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    view.grab()
    kept = view._kept
    view.crosshair.point(290, 588.0)
    view.grab()
    assert view._kept is kept
    view.pan(-5)
    view.grab()
    assert view._kept is not kept


def test_hollow_and_filled_differ_without_colour(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(500))
    view.zoom(0.2)
    picture = view.grab().toImage()

    def inside(x: int, level: float) -> int:
        return picture.pixelColor(round(view.place.pixel_x(x)) + 3, round(view.place.pixel_y(level))).lightness()

    ground = picture.pixelColor(2, view.height() - 2).lightness()
    assert abs(inside(498, 588.6) - ground) < 10  # 498 closed higher: hollow
    assert abs(inside(499, 588.6) - ground) > 60  # 499 closed lower: filled
