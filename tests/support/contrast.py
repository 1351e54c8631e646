"""How well a word can be read on a ground."""

from PySide6.QtGui import QColor


def linear(colour: QColor) -> tuple[float, ...]:
    """Return the light of each channel, 0 to 1."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours by WCAG 2, 1 to 21."""
    lights = sorted(sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)
