"""Colours outside a theme: readable on their ground, the sides told apart."""

import pytest
from PySide6.QtGui import QColor, QPalette

from workstation.item_models.columns import Tone
from workstation.widgets.table_colours import TableColours


@pytest.mark.parametrize(("ground", "text"), [("#14181D", "#E6E6E6"), ("#FFFFFF", "#101010")])
def test_every_tone_has_a_colour_that_stands_out(ground: str, text: str) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    colours = TableColours.of_palette(palette)
    assert set(colours.tones) == set(Tone)
    assert colours.tones[Tone.BUY] != colours.tones[Tone.SELL]
    for tone in (Tone.BUY, Tone.SELL, Tone.ALARM, Tone.WARNING):
        assert abs(colours.tones[tone].lightness() - colours.ground.lightness()) > 60
