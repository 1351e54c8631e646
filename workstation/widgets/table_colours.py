"""The colours of the live tables, by what they mean there."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from workstation.item_models.columns import Tone
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

_TONE_ROLES = {
    Tone.BUY: Role.BUY,
    Tone.SELL: Role.SELL,
    Tone.DIM: Role.TEXT_MUTED,
    Tone.WAITING: Role.ACCENT,
    Tone.ALARM: Role.ERROR,
    Tone.WARNING: Role.WARNING,
    Tone.GAIN: Role.GAIN,
    Tone.LOSS: Role.LOSS,
    Tone.GOOD: Role.GOOD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColours:
    """One table's colours. `flash` and `bar` lie under text, so they are faint."""

    ground: QColor
    alternate: QColor
    line: QColor
    text: QColor
    dim: QColor
    selection: QColor
    selection_text: QColor
    hover: QColor
    focus: QColor
    flash: QColor
    bar: QColor
    bar_full: QColor
    tones: Mapping[Tone, QColor]

    @classmethod
    def of_theme(cls, theme: Theme) -> "TableColours":
        """Return the theme's colours."""
        colour = theme.colour
        return cls(
            ground=colour(Role.PANEL),
            alternate=colour(Role.RAISED),
            line=_faint(colour(Role.BORDER), 0.6),
            text=colour(Role.TEXT),
            dim=colour(Role.TEXT_MUTED),
            selection=colour(Role.SELECTION),
            selection_text=colour(Role.SELECTION_TEXT),
            hover=colour(Role.HOVER),
            focus=colour(Role.ACCENT),
            flash=_faint(colour(Role.ACCENT), 0.28),
            bar=_faint(colour(Role.ACCENT), 0.30),
            bar_full=_faint(colour(Role.WARNING), 0.40),
            tones={tone: colour(role) for tone, role in _TONE_ROLES.items()},
        )

    @classmethod
    def of_palette(cls, palette: QPalette) -> "TableColours":
        """Return colours for a table outside a theme: the palette's, and the standard ones for sides and states."""
        role = QPalette.ColorRole
        dark = palette.color(role.Base).lightness() < 128
        text, focus = palette.color(role.Text), palette.color(role.Highlight)
        alarm, warning = QColor("#FF6B6B" if dark else "#B00020"), QColor("#E0B030" if dark else "#6B5B00")
        buy, sell = QColor("#56B4E9" if dark else "#005FA3"), QColor("#F0A03C" if dark else "#A84B00")
        return cls(
            ground=palette.color(role.Base),
            alternate=palette.color(role.AlternateBase),
            line=_faint(text, 0.08),
            text=text,
            dim=_faint(text, 0.6),
            selection=focus,
            selection_text=palette.color(role.HighlightedText),
            hover=_faint(focus, 0.15),
            focus=focus,
            flash=_faint(focus, 0.28),
            bar=_faint(focus, 0.30),
            bar_full=_faint(warning, 0.40),
            tones={
                Tone.BUY: buy,
                Tone.SELL: sell,
                Tone.DIM: _faint(text, 0.6),
                Tone.WAITING: focus,
                Tone.ALARM: alarm,
                Tone.WARNING: warning,
                Tone.GAIN: text,
                Tone.LOSS: text,
                Tone.GOOD: text,
            },
        )


def _faint(colour: QColor, share: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(share)
    return faint
