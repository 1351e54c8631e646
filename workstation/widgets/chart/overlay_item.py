"""What lies over the plot in whole pixels of the screen: scale, lines and crosshair share this."""

import pyqtgraph as pg  # type: ignore[import-untyped]  # the library ships no types
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from workstation.widgets.chart.plot_place import PlotPlace
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

PAD_PX = 4.0
FONT_SCALE = 0.92


class OverlayItem(pg.GraphicsObject):  # type: ignore[misc]
    """An item as large as the scene; a subclass paints. Takes no mouse."""

    def __init__(self, place: PlotPlace, theme: Theme) -> None:
        super().__init__()
        self.place = place
        self.theme = theme
        self._scene_rect = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.dress()

    def dress(self) -> None:
        """Take font and sizes from the theme."""
        self.font = self.theme.font(FONT_SCALE)
        self.metrics = QFontMetricsF(self.font)
        self.update()

    def cover(self, scene_rect: QRectF) -> None:
        """Be as large as the scene."""
        self.prepareGeometryChange()
        self._scene_rect = scene_rect

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the scene's rectangle."""
        return self._scene_rect

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
        rect = QRectF(left, round(y - height / 2), self._scene_rect.right() - left - 1, height)
        self.tag(painter, rect, text, colour, filled=filled)

    def text_box(self, corner: QPointF, text: str) -> QRectF:
        """Return the box that `text` needs, its upper left at `corner`."""
        width = self.metrics.horizontalAdvance(text) + 2 * PAD_PX
        return QRectF(round(corner.x()), round(corner.y()), round(width), round(self.metrics.height() + 2))
