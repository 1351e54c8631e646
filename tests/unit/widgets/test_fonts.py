"""Figures stand in line, on every machine."""

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from workstation.widgets.fonts import FAMILY, interface_font, load_fonts, monospace_font


def test_the_bundled_font_is_used(qapp: QApplication) -> None:
    assert load_fonts()
    assert load_fonts()
    assert QFontInfo(interface_font(12)).family() == FAMILY


@pytest.mark.parametrize("pixels", [10, 12, 18, 24])
def test_all_figures_are_of_one_width(qapp: QApplication, pixels: int) -> None:
    load_fonts()
    metrics = QFontMetricsF(interface_font(pixels))
    assert len({metrics.horizontalAdvance(str(figure) * 4) for figure in range(10)}) == 1


def test_raw_messages_have_a_fixed_pitch(qapp: QApplication) -> None:
    metrics = QFontMetricsF(monospace_font(12))
    assert metrics.horizontalAdvance("iiii") == metrics.horizontalAdvance("MMMM")
