"""The candles on the plot.

Only what is in sight is drawn, straight from the columns to Qt: rows of numbers are handed over as one block of memory,
without a Python object per candle.
"""

from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from shiboken6 import Shiboken

from workstation.widgets.chart.candle_arrays import CandleArrays, Places
from workstation.widgets.chart.candle_shapes import Scale, Shapes, shapes_of
from workstation.widgets.chart.chart_layer import ChartLayer
from workstation.widgets.theme_colours import Role


class CandleLayer(ChartLayer):
    """Draws :attr:`candles`."""

    candles: CandleArrays

    def shapes(self) -> Shapes:
        """Return what is drawn at the present range."""
        place, area = self.place, self.place.area
        across = area.width() / place.width
        up = -area.height() / (place.top - place.bottom)
        return shapes_of(
            self.candles,
            place.left,
            place.right,
            Scale(across, area.left() - place.left * across),
            Scale(up, area.bottom() - place.bottom * up),
        )

    def paint(self, painter: QPainter) -> None:
        """Draw the candles in sight in whole pixels."""
        if not len(self.candles):
            return
        shapes = self.shapes()
        rising, falling = self.theme.colour(Role.TEXT), self.theme.colour(Role.TEXT_MUTED)
        painter.save()
        painter.setClipRect(self.place.area)
        painter.setPen(QPen(rising))
        draw_lines(painter, shapes.rising_lines)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_boxes(painter, shapes.rising_boxes)
        painter.setPen(QPen(falling))
        draw_lines(painter, shapes.falling_lines)
        painter.setBrush(QBrush(falling))
        draw_boxes(painter, shapes.falling_boxes)
        painter.restore()


def draw_lines(painter: QPainter, rows: Places) -> None:
    """Draw a line for each row of x1, y1, x2, y2."""
    if len(rows):
        block = np.ascontiguousarray(rows, np.float64)
        painter.drawLines(_first_of(block, QLineF), len(block))


def draw_boxes(painter: QPainter, rows: Places) -> None:
    """Draw a box for each row of x, y, width, height."""
    if len(rows):
        block = np.ascontiguousarray(rows, np.float64)
        painter.drawRects(_first_of(block, QRectF), len(block))


def _first_of(block: Places, kind: type[Any]) -> Any:
    """Return the first row as Qt's own value, in place: the others lie behind it, as the drawing calls want them.

    The value is valid as long as `block` lives. QLineF and QRectF are four doubles each, on every system that Qt
    runs on with doubles as its real numbers.
    """
    return Shiboken.wrapInstance(block.ctypes.data, kind)
