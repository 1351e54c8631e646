"""The candles on the plot.

Only what is in sight is drawn, straight from the columns to Qt, without a Python object per candle. The shapes are kept
while nothing moves, so that a crosshair passing over them costs almost nothing.
"""

from collections.abc import Callable

import pyqtgraph as pg  # type: ignore[import-untyped]  # the library ships no types
from pyqtgraph.Qt.internals import PrimitiveArray  # type: ignore[import-untyped]
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from workstation.widgets.chart.candle_arrays import CandleArrays, Places
from workstation.widgets.chart.candle_shapes import Scale, Shapes, shapes_of

_FAR = 1e9
"""The item has no edges: the view decides what is seen of it."""


class CandleItem(pg.GraphicsObject):  # type: ignore[misc]
    """Draws :attr:`candles`; call :meth:`refresh` when they changed."""

    def __init__(self, candles: CandleArrays) -> None:
        super().__init__()
        self.candles = candles
        self._kept: Shapes | None = None
        self._kept_for: tuple[float, ...] = ()
        self._lines = _Primitives(QLineF, "drawLines")
        self._boxes = _Primitives(QRectF, "drawRects")
        self._pens = (QPen(), QPen())
        self._fill = QBrush()

    def dress(self, rising: QColor, falling: QColor) -> None:
        """Take the colours of candles that closed higher and lower."""
        self._pens = (QPen(rising), QPen(falling))
        self._fill = QBrush(falling)
        self.update()

    def refresh(self) -> None:
        """Draw the candles anew."""
        self._kept = None
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return a rectangle that holds every place there could be."""
        return QRectF(-_FAR, -_FAR, 2 * _FAR, 2 * _FAR)

    def dataBounds(self, axis: int, frac: float = 1.0, orthoRange: object = None) -> tuple[None, None]:  # noqa: N802, N803
        """Return nothing: the chart sets its own range."""
        return (None, None)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the candles in sight in whole pixels."""
        view = self.getViewBox()
        if view is None or not len(self.candles):
            return
        shapes = self._shapes(painter)
        clip = view.mapRectToScene(view.rect())
        painter.save()
        painter.resetTransform()
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for pen, lines in zip(self._pens, (shapes.rising_lines, shapes.falling_lines), strict=True):
            painter.setPen(pen)
            self._lines.draw(painter, lines)
        painter.setPen(self._pens[0])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._boxes.draw(painter, shapes.rising_boxes)
        painter.setPen(self._pens[1])
        painter.setBrush(self._fill)
        self._boxes.draw(painter, shapes.falling_boxes)
        painter.restore()

    def _shapes(self, painter: QPainter) -> Shapes:
        (left, right), _ = self.getViewBox().viewRange()
        now = painter.worldTransform()
        key = (left, right, now.m11(), now.dx(), now.m22(), now.dy())
        if self._kept is None or self._kept_for != key:
            across, up = Scale(now.m11(), now.dx()), Scale(now.m22(), now.dy())
            self._kept, self._kept_for = shapes_of(self.candles, left, right, across, up), key
        return self._kept


class _Primitives:
    """Hands rows of four numbers to a drawing call of the painter, as one block of memory."""

    def __init__(self, kind: Callable[..., object], call: str) -> None:
        self._array = PrimitiveArray(kind, 4)
        self._call = call

    def draw(self, painter: QPainter, rows: Places) -> None:
        """Draw all rows."""
        if len(rows):
            self._array.resize(len(rows))
            self._array.ndarray()[:] = rows
            getattr(painter, self._call)(*self._array.drawargs())
