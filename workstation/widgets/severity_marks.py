"""The mark in front of a message: a shape and a sign for each severity, because hue alone tells nobody the difference.

A disc with "i", a disc with a tick, a triangle with "!", an octagon with a cross: on white, warning and error are
the same colour to one man in fifty.
"""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from workstation.venues.base import Severity
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

SEVERITY_ROLE = {
    Severity.INFO: Role.TEXT_MUTED,
    Severity.SUCCESS: Role.GOOD,
    Severity.WARNING: Role.WARNING,
    Severity.ERROR: Role.ERROR,
}


def severity_pixmap(severity: Severity, theme: Theme, pixels: int, ratio: float = 1.0) -> QPixmap:
    """Paint the mark in a square of `pixels` (device independent); `ratio` is the screen's device pixel ratio."""
    pixmap = QPixmap(QSize(pixels, pixels) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_severity(painter, QRectF(0, 0, pixels, pixels), severity, theme)
    painter.end()
    return pixmap


def severity_icon(severity: Severity, theme: Theme, pixels: int) -> QIcon:
    """Return the mark as an icon, sharp on screens of double density too."""
    icon = QIcon()
    for ratio in (1.0, 2.0):
        icon.addPixmap(severity_pixmap(severity, theme, pixels, ratio))
    return icon


def paint_severity(painter: QPainter, area: QRectF, severity: Severity, theme: Theme) -> None:
    """Paint the mark into `area`."""
    colour = theme.colour(SEVERITY_ROLE[severity])
    shape = area.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if severity is Severity.WARNING:
        painter.drawPolygon(_triangle(shape))
    elif severity is Severity.ERROR:
        painter.drawPolygon(_octagon(shape))
    else:
        painter.drawEllipse(shape)
    _paint_sign(painter, shape, severity, theme.colour(Role.PANEL))


def _paint_sign(painter: QPainter, area: QRectF, severity: Severity, colour: QColor) -> None:
    unit = area.width() / 14
    middle = area.center()
    painter.setPen(QPen(colour, 1.7 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))

    def line(x1: float, y1: float, x2: float, y2: float) -> None:
        painter.drawLine(middle + QPointF(x1, y1) * unit, middle + QPointF(x2, y2) * unit)

    if severity is Severity.INFO:
        line(0, -3.2, 0, -3.1)
        line(0, -0.4, 0, 3.4)
    elif severity is Severity.SUCCESS:
        line(-3, 0.2, -0.8, 2.6)
        line(-0.8, 2.6, 3.2, -2.6)
    elif severity is Severity.WARNING:
        line(0, -2, 0, 1.6)
        line(0, 4.1, 0, 4.2)
    else:
        line(-2.4, -2.4, 2.4, 2.4)
        line(-2.4, 2.4, 2.4, -2.4)


def _triangle(area: QRectF) -> QPolygonF:
    return QPolygonF([QPointF(area.center().x(), area.top()), area.bottomRight(), area.bottomLeft()])


def _octagon(area: QRectF) -> QPolygonF:
    radius = area.width() / 2
    turns = [math.pi / 8 + step * math.pi / 4 for step in range(8)]
    return QPolygonF([area.center() + QPointF(math.cos(turn), math.sin(turn)) * radius for turn in turns])
