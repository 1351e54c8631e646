"""The scales: prices at the right, times below, and the faint grid between."""

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from workstation.item_models.number_text import price_text
from workstation.widgets.chart.candle_arrays import CandleArrays
from workstation.widgets.chart.chart_layer import PAD_PX, ChartLayer
from workstation.widgets.chart.level_ticks import level_ticks, nearest_level
from workstation.widgets.chart.time_ticks import TimeTick, time_ticks
from workstation.widgets.theme_colours import Role

_WIDEST_LABEL = "30 Nov  "
_LINES_APART = 2.6


class ScaleLayer(ChartLayer):
    """Draws both scales; `zone` stands in the corner, so that nobody mistakes whose clock the times are of."""

    candles: CandleArrays
    zone = ""

    def right_room(self) -> float:
        """Return the pixels that prices need at the right."""
        tick = self.instrument.tick_size if self.instrument is not None else None
        ends = (nearest_level(end, tick) for end in (self.place.bottom, self.place.top))
        texts = [price_text(level, self.instrument) for level in ends if level is not None]
        widest = max(self.metrics.horizontalAdvance(text) for text in [*texts, self.zone])
        return widest + self.metrics.averageCharWidth() + 2 * PAD_PX

    def bottom_room(self) -> float:
        """Return the pixels that times need below."""
        return self.metrics.height() + 2 * PAD_PX

    def level_labels(self) -> list[str]:
        """Return the words of the price scale, from below."""
        most = int(self.place.area.height() / (self.metrics.height() * _LINES_APART))
        return [price_text(level, self.instrument) for level in self._levels(max(2, most))]

    def time_labels(self) -> list[TimeTick]:
        """Return the marks of the time scale, from the left."""
        pixels = self.place.area.width() / max(self.place.width, 1e-9)
        room = self.metrics.horizontalAdvance(_WIDEST_LABEL) / max(pixels, 1e-9)
        return time_ticks(self.candles, self.candles.between(self.place.left, self.place.right), room)

    def paint(self, painter: QPainter) -> None:
        """Draw grid, lines and words."""
        area, edge = self.place.area, self.theme.colour(Role.BORDER_STRONG)
        self._paint_levels(painter)
        self._paint_times(painter)
        painter.setPen(edge)
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(self.theme.colour(Role.TEXT_MUTED))
        corner = QRectF(area.bottomRight(), self.whole.bottomRight())
        painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, self.zone)

    def _paint_levels(self, painter: QPainter) -> None:
        area, half = self.place.area, self.metrics.height() / 2
        grid, words = self.theme.colour(Role.BORDER), self.theme.colour(Role.TEXT_MUTED)
        most = int(area.height() / (self.metrics.height() * _LINES_APART))
        for level in self._levels(max(2, most)):
            y = round(self.place.pixel_y(float(level)))
            painter.setPen(grid)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            if area.top() + half <= y <= area.bottom() - half / 2:
                painter.setPen(words)
                left = area.right() + PAD_PX
                rect = QRectF(left, y - half, self.whole.right() - left - PAD_PX, 2 * half)
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(rect, right, price_text(level, self.instrument))

    def _paint_times(self, painter: QPainter) -> None:
        area = self.place.area
        grid, words, strong = (self.theme.colour(role) for role in (Role.BORDER, Role.TEXT_MUTED, Role.TEXT))
        for tick in self.time_labels():
            x = round(self.place.pixel_x(tick.x))
            painter.setPen(grid)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            half = self.metrics.horizontalAdvance(tick.label) / 2
            if area.left() + half <= x <= area.right() - half:
                painter.setPen(strong if tick.is_major else words)
                rect = QRectF(x - half - 1, area.bottom(), 2 * half + 2, self.bottom_room())
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tick.label)

    def _levels(self, most: int) -> list[Decimal]:
        tick = self.instrument.tick_size if self.instrument is not None else None
        return level_ticks(self.place.bottom, self.place.top, most, tick)
