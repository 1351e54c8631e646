"""Boxes are as large as their words."""

from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from tests.unit.widgets.chart.samples import minutes
from tests.unit.widgets.chart.view_bench import shown_view


def test_a_box_has_room_for_its_words_at_any_zoom(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(30))
    for zoom in (100, 200):
        view._theme.set_zoom(zoom)
        item = view.lines_layer
        box = item.text_box(QPointF(3, 4), "SELL 12 limit · Main")
        assert box.width() > item.metrics.horizontalAdvance("SELL 12 limit · Main")
        assert box.height() > item.metrics.height()
        assert (box.x(), box.y()) == (3, 4)


def test_it_covers_the_scene(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(30))
    assert view.lines_layer.whole == QRectF(view.rect())
