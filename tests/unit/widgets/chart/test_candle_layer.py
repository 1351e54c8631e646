"""Candles are drawn as Qt's own calls would draw them one by one."""

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.unit.widgets.chart.samples import minutes
from tests.unit.widgets.chart.view_bench import shown_view
from workstation.widgets.chart.candle_layer import draw_boxes, draw_lines


def blank() -> QImage:
    image = QImage(700, 400, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    return image


def test_blocks_of_numbers_are_drawn_like_single_lines_and_boxes(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    shapes = view.candle_layer.shapes()
    block, single = blank(), blank()
    painter = QPainter(block)
    draw_lines(painter, shapes.falling_lines)
    draw_boxes(painter, shapes.rising_boxes[::2])  # rows that do not lie side by side in memory
    draw_boxes(painter, shapes.rising_boxes[:0])
    draw_lines(painter, shapes.rising_lines[:0])
    painter.end()
    painter = QPainter(single)
    for row in shapes.falling_lines:
        painter.drawLine(QLineF(*row))
    for row in shapes.rising_boxes[::2]:
        painter.drawRect(QRectF(*row))
    painter.end()
    assert block == single
    assert block != blank()


def test_the_shapes_stand_where_the_places_say(qtbot: QtBot) -> None:
    view = shown_view(qtbot, minutes(300))
    box = view.candle_layer.shapes().rising_boxes[-1]
    assert box[0] + box[2] / 2 == round(view.place.pixel_x(298))
    assert box[1] == round(view.place.pixel_y(589))


def test_no_candles_draw_nothing(qtbot: QtBot) -> None:
    view = shown_view(qtbot, [])
    image = blank()
    painter = QPainter(image)
    view.candle_layer.paint(painter)
    painter.end()
    assert image == blank()
