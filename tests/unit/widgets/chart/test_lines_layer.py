"""Lines stand at the pixel of their price, their words never cover one another, and none is forgotten."""

from decimal import Decimal
from itertools import pairwise

from pytestqt.qtbot import QtBot

from tests.unit.widgets.chart.samples import minutes
from tests.unit.widgets.chart.view_bench import shown_view
from workstation.domain.order_terms import Side
from workstation.widgets.chart.chart_lines import ChartLine, LineKind


def line(level: str, kind: LineKind = LineKind.ORDER) -> ChartLine:
    side = None if kind in (LineKind.BID, LineKind.ASK) else Side.BUY
    return ChartLine(Decimal(level), f"BUY 1 limit at {level}", kind, side)


def test_a_line_is_drawn_at_its_price(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    before = view.grab().toImage()
    view.lines_layer.show_own([line("587.50", LineKind.POSITION)])
    after = view.grab().toImage()
    y = round(view.place.pixel_y(587.5))
    right = round(view.place.area.right()) - 8
    assert before.pixelColor(right, y) != after.pixelColor(right, y)
    assert before.pixelColor(right, y - 8) == after.pixelColor(right, y - 8)


def test_words_are_moved_apart(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    view.lines_layer.show_own([line("588.00"), line("588.25"), line("588.00")])
    placed = view.lines_layer._placed()
    assert len(placed) == 3
    assert not any(a.box.intersects(b.box) for a in placed for b in placed if a is not b)
    assert [one.y for one in placed] == [round(view.place.pixel_y(float(one.line.level))) for one in placed]


def test_prices_on_the_scale_never_cover_one_another(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    view.place.bottom, view.place.top = 580.0, 600.0
    layer = view.lines_layer
    layer.show_quotes([line("588.00", LineKind.BID), line("588.25", LineKind.ASK)])
    layer.show_own([line("588.25"), line("588.50", LineKind.STOP_LOSS), line("580"), line("580.25"), line("599.75")])
    tags = layer.tag_places()
    assert len(tags) == 6, "a shared level has one tag"
    assert list(tags) == sorted(tags)
    falling = list(tags.values())
    assert all(low - high >= layer.metrics.height() for low, high in pairwise(falling))
    assert falling[0] <= layer.whole.bottom()
    assert tags[Decimal("599.75")] == round(view.place.pixel_y(599.75)), "where there is room a tag is at its level"
    view.grab()


def test_lines_out_of_sight_are_counted(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    view.lines_layer.show_own([line("700"), line("701"), line("588"), line("10")])
    assert view.lines_layer.beyond() == (2, 1)
    view.grab()


def test_present_prices_are_drawn_too(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    before = view.grab().toImage()
    view.lines_layer.show_quotes(
        [line("588.00", LineKind.BID), line("588.25", LineKind.ASK), line("900", LineKind.ASK)]
    )
    after = view.grab().toImage()
    x = round(view.place.area.width() / 2)
    for level in (588.0, 588.25):
        y = round(view.place.pixel_y(level))
        assert any(before.pixelColor(x + n, y) != after.pixelColor(x + n, y) for n in range(20))
    assert len(view.lines_layer.lines()) == 3
