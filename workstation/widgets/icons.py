"""Icons drawn once as outlines, in the colour of the present theme."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workstation.runtime.resources import resource_path

_SIZE = 16


def icon(name: str, colour: QColor, disabled: QColor | None = None) -> QIcon:
    """Return the icon `name` in `colour`, sharp at one, two and three times its size.

    Raises:
        FileNotFoundError: there is no such icon; a fault of the installation.
    """
    outline = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for scale in (1, 2, 3):
        made.addPixmap(_drawn(outline, colour, scale))
        if disabled is not None:
            made.addPixmap(_drawn(outline, disabled, scale), QIcon.Mode.Disabled)
    return made


def program_icon() -> QIcon:
    """Return the icon of the program's windows."""
    drawing = resource_path("icons", "workstation.svg").read_text(encoding="utf-8")
    made = QIcon()
    for scale in (1, 2, 4, 8):
        made.addPixmap(_drawn(drawing, QColor(), scale))
    return made


def _drawn(outline: str, colour: QColor, scale: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(outline.replace("currentColor", colour.name()).encode()))
    pixmap = QPixmap(QSize(_SIZE, _SIZE) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
