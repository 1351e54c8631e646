import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_screen
from workstation.venues.base import Severity
from workstation.widgets.severity_marks import severity_icon, severity_pixmap


def outline(image: QImage) -> frozenset[tuple[int, int]]:
    """Return which pixels are painted at all: the shape without its colour."""
    return frozenset(
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if QColor(image.pixelColor(x, y)).alpha() > 127
    )


@pytest.mark.parametrize("pixels", [14, 28])
def test_warning_and_error_differ_from_all_others_by_shape(qtbot: QtBot, pixels: int) -> None:
    theme = make_screen()[0].theme
    shapes = {severity: outline(severity_pixmap(severity, theme, pixels).toImage()) for severity in Severity}
    assert len({shapes[Severity.WARNING], shapes[Severity.ERROR], shapes[Severity.INFO]}) == 3


def test_signs_differ_too(qtbot: QtBot) -> None:
    theme = make_screen()[0].theme
    grey = [
        severity_pixmap(severity, theme, 28).toImage().convertToFormat(QImage.Format.Format_Mono)
        for severity in Severity
    ]
    assert all(grey[one] != grey[two] for one in range(4) for two in range(one))


def test_the_icon_is_sharp_on_dense_screens(qtbot: QtBot) -> None:
    icon = severity_icon(Severity.ERROR, make_screen()[0].theme, 14)
    assert {size.width() for size in icon.availableSizes()} >= {14}
    assert icon.pixmap(14, 14).width() >= 14
