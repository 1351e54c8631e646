"""The crosshair: which candle and which price the pointer, or the keys, stand on, in exact figures.

Candle and time are those of the nearest candle, the price is the nearest legal one: what is read here can be typed into
the ticket.
"""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Candle
from workstation.item_models.local_time import LocalTime
from workstation.item_models.number_text import UNKNOWN, price_text, qty_text
from workstation.widgets.chart.chart_layer import PAD_PX, ChartLayer
from workstation.widgets.chart.level_ticks import nearest_level
from workstation.widgets.theme_colours import Role

_NS_PER_S = 1_000_000_000


class CrosshairLayer(ChartLayer):
    """Two lines with their figures, and the candle's own figures in the corner."""

    candle_at: Callable[[int], Candle | None]
    local_time: LocalTime
    with_time = True
    x: int | None = None
    y: float | None = None

    def point(self, x: int | None, y: float | None = None) -> None:
        """Stand on candle number `x` and place `y`; None hides the line."""
        if (x, y) != (self.x, self.y):
            self.x, self.y = x, y
            self.changed()

    def level(self) -> Decimal | None:
        """Return the exact price under the horizontal line."""
        tick = self.instrument.tick_size if self.instrument is not None else None
        return None if self.y is None else nearest_level(self.y, tick)

    def candle(self) -> Candle | None:
        """Return the candle under the vertical line."""
        return None if self.x is None else self.candle_at(self.x)

    def readout(self) -> str:
        """Return the figures of the candle under the vertical line; nothing without one."""
        candle = self.candle()
        return "" if candle is None else candle_text(candle, self.instrument)

    def time_text(self) -> str:
        """Return when the candle under the vertical line began."""
        candle = self.candle()
        return "" if candle is None else self.local_time.text(candle.start_ns // _NS_PER_S, with_time=self.with_time)

    def paint(self, painter: QPainter) -> None:
        """Draw lines and figures."""
        area = self.place.area
        pen = QPen(self.theme.colour(Role.TEXT_MUTED), 1, Qt.PenStyle.DashLine)
        if self.y is not None:
            self._paint_level(painter, pen)
        if self.candle() is not None and self.x is not None:
            x = round(self.place.pixel_x(self.x))
            if area.left() <= x <= area.right():
                painter.setPen(pen)
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
                self._paint_time(painter, x)
        self._paint_readout(painter)

    def _paint_level(self, painter: QPainter, pen: QPen) -> None:
        level, area = self.level(), self.place.area
        if level is None:
            return
        y = round(self.place.pixel_y(float(level)))
        if area.top() <= y <= area.bottom():
            painter.setPen(pen)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            self.level_tag(painter, y, price_text(level, self.instrument), self.theme.colour(Role.TEXT), filled=True)

    def _paint_time(self, painter: QPainter, x: float) -> None:
        area = self.place.area
        box = self.text_box(QPointF(0, area.bottom() + 1), self.time_text())
        box.moveCenter(QPointF(x, box.center().y()))
        box.moveLeft(max(area.left(), min(box.left(), self.whole.right() - box.width())))
        self.tag(painter, box, self.time_text(), self.theme.colour(Role.TEXT), filled=True)

    def _paint_readout(self, painter: QPainter) -> None:
        text, area = self.readout(), self.place.area
        if not text:
            return
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        room = QRectF(area.left() + PAD_PX, area.top() + 1, max(1.0, area.width() - 2 * PAD_PX), area.height())
        used = self.metrics.boundingRect(room, int(flags), text)
        ground = self.theme.colour(Role.PANEL)
        ground.setAlpha(220)
        painter.fillRect(used.adjusted(-2, -1, 2, 1), ground)
        painter.setPen(self.theme.colour(Role.TEXT))
        painter.drawText(room, int(flags), text)


def candle_text(candle: Candle, instrument: Instrument | None) -> str:
    """Write a candle's figures, exactly as the venue gave them."""
    figures = (("O", candle.open_px), ("H", candle.high_px), ("L", candle.low_px), ("C", candle.close_px))
    prices = "  ".join(f"{name} {price_text(px, instrument)}" for name, px in figures)
    volume = UNKNOWN if candle.volume is None else qty_text(candle.volume)
    return f"{prices}  V {volume}"
