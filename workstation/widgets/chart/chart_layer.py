"""What the chart is painted of: scale, candles, lines and crosshair are layers, one upon the other."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from workstation.domain.instrument import Instrument
from workstation.widgets.chart.plot_place import PlotPlace
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

PAD_PX = 4.0
FONT_SCALE = 0.92


class ChartLayer:
    """One layer; a subclass paints. `changed` is called when it wants to be painted again."""

    def __init__(self, place: PlotPlace, theme: Theme, changed: Callable[[], None]) -> None:
        self.place = place
        self.theme = theme
        self.changed = changed
        self.whole = QRectF()
        """The view with its scales, in pixels."""
        self.instrument: Instrument | None = None
        self.dress()

    def dress(self) -> None:
        """Take font and sizes from the theme."""
        self.font = self.theme.font(FONT_SCALE)
        self.metrics = QFontMetricsF(self.font)

    def paint(self, painter: QPainter) -> None:
        """Paint this layer; the painter has the layer's font."""
        raise NotImplementedError

    def tag(self, painter: QPainter, rect: QRectF, text: str, colour: QColor, *, filled: bool) -> None:
        """Write `text` in a box; filled with `colour`, or only framed by it."""
        painter.setPen(colour)
        painter.setBrush(colour if filled else self.theme.colour(Role.PANEL))
        painter.drawRect(rect)
        painter.setPen(self.theme.colour(Role.PANEL if filled else Role.TEXT))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def level_tag(self, painter: QPainter, y: float, text: str, colour: QColor, *, filled: bool) -> None:
        """Write a price beside its level, on the scale at the right."""
        height = self.metrics.height() + 2
        left = self.place.area.right() + 1
        rect = QRectF(left, round(y - height / 2), self.whole.right() - left - 1, height)
        self.tag(painter, rect, text, colour, filled=filled)

    def text_box(self, corner: QPointF, text: str) -> QRectF:
        """Return the box that `text` needs, its upper left at `corner`."""
        width = self.metrics.horizontalAdvance(text) + 2 * PAD_PX
        return QRectF(round(corner.x()), round(corner.y()), round(width), round(self.metrics.height() + 2))
