"""The bundled font: the same figures on every machine, also where no font is installed.

Inter's figures are tabular on request, so that columns of prices stand still while they change.
"""

import logging

from PySide6.QtGui import QFont, QFontDatabase

from workstation.runtime.resources import resource_path

FAMILY = "Inter"
_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-Bold.otf")

_log = logging.getLogger(__name__)


def load_fonts() -> bool:
    """Make the bundled font known to Qt; once more does no harm. False means that the system's font is used."""
    if FAMILY in QFontDatabase.families():
        return True
    loaded = [QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) for name in _FILES]
    if -1 in loaded:
        _log.error("The bundled font could not be loaded; figures may not stand in line.")
    return -1 not in loaded


def interface_font(pixels: int) -> QFont:
    """Return the font of the window, its figures all of one width."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setFeature(QFont.Tag("zero"), 0)
    return font


def monospace_font(pixels: int) -> QFont:
    """Return the system's fixed font, for raw messages."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(pixels)
    return font
