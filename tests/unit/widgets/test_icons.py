"""Icons take the theme's colour."""

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from workstation.widgets.icons import icon, program_icon


def colours_of(made: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    picture = made.pixmap(48, 48, mode).toImage()
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {colour.name() for x, y in points if (colour := picture.pixelColor(x, y)).alpha() == 255}


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    made = icon("lock", QColor("#ff0000"), QColor("#00ff00"))
    assert colours_of(made) == {"#ff0000"}
    assert colours_of(made, QIcon.Mode.Disabled) == {"#00ff00"}


def test_a_missing_icon_is_a_fault_of_the_installation(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no such icon", QColor("#000000"))


def test_the_program_has_an_icon(qapp: QApplication) -> None:
    assert len(colours_of(program_icon())) > 2
