"""The colours can be read and told apart, by every eye."""

from itertools import product

import pytest
from PySide6.QtGui import QColor

from tests.support.contrast import contrast, linear
from workstation.widgets.theme_colours import Role, SideScheme, ThemeColours

SETS = [(dark, sides) for dark, sides in product((True, False), SideScheme)]
GROUNDS = (Role.WINDOW, Role.PANEL, Role.RAISED, Role.FIELD)
WORDS = (
    Role.TEXT,
    Role.TEXT_MUTED,
    Role.ACCENT,
    Role.BUY,
    Role.SELL,
    Role.GAIN,
    Role.LOSS,
    Role.GOOD,
    Role.WARNING,
    Role.ERROR,
    Role.IN_DOUBT,
    Role.LIVE,
    Role.DEMO,
    Role.SIMULATED,
)
FILLS = (Role.BUY, Role.SELL, Role.LIVE, Role.ERROR, Role.IN_DOUBT, Role.ACCENT)

MACHADO = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB."""


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True))
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def distance(one: QColor, other: QColor, eye: str) -> float:
    def seen(colour: QColor) -> tuple[float, float, float]:
        rgb = linear(colour)
        mixed = (sum(a * b for a, b in zip(row, rgb, strict=True)) for row in MACHADO[eye])
        return lab(tuple(min(1.0, max(0.0, channel)) for channel in mixed))

    return sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5


@pytest.mark.parametrize(("dark", "sides"), SETS)
def test_every_word_can_be_read_on_every_ground(dark: bool, sides: SideScheme) -> None:
    colours = ThemeColours.load(dark=dark, sides=sides)
    faint = [
        (word, ground) for word, ground in product(WORDS, GROUNDS) if contrast(colours[word], colours[ground]) < 4.5
    ]
    assert faint == []


@pytest.mark.parametrize(("dark", "sides"), SETS)
def test_words_on_filled_buttons_and_selections_can_be_read(dark: bool, sides: SideScheme) -> None:
    colours = ThemeColours.load(dark=dark, sides=sides)
    assert [fill for fill in FILLS if contrast(colours[Role.ON_FILL], colours[fill]) < 4.5] == []
    assert contrast(colours[Role.SELECTION_TEXT], colours[Role.SELECTION]) >= 4.5


@pytest.mark.parametrize("eye", MACHADO)
@pytest.mark.parametrize("dark", [True, False])
def test_every_eye_tells_buy_from_sell(dark: bool, eye: str) -> None:
    colours = ThemeColours.load(dark=dark)
    assert distance(colours[Role.BUY], colours[Role.SELL], eye) > 80


def test_profit_and_loss_are_no_side() -> None:
    colours = ThemeColours.load(dark=True)
    assert {colours.name(Role.GAIN), colours.name(Role.LOSS)}.isdisjoint(
        {colours.name(Role.BUY), colours.name(Role.SELL)}
    )


def test_a_scheme_changes_the_sides_and_nothing_else() -> None:
    usual = ThemeColours.load(dark=True)
    other = ThemeColours.load(dark=True, sides=SideScheme.RED_GREEN)
    assert {role for role in Role if usual[role] != other[role]} == {Role.BUY, Role.SELL}
