"""Dark and light, zoom and motion: everything about the look that can change while the program runs.

Qt's own switch does nothing on systems without a desktop theme, so the palette and the style sheet are ours and the
system is only asked which one it prefers; where it does not say, dark is taken. One signal, :attr:`Theme.changed`,
tells whoever paints with cached colours or sizes.
"""

import re
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workstation.domain.order_terms import Side
from workstation.runtime.resources import resource_path
from workstation.widgets.fonts import interface_font, load_fonts, monospace_font
from workstation.widgets.settings_port import Settings, flag, integer, text
from workstation.widgets.theme_colours import Role, SideScheme, ThemeColours

SECTION = "appearance"
BASE_PIXELS = 12
ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


class ThemeMode(Enum):
    """What the trader chose."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Theme(QObject):
    """The look of the whole program; one per run."""

    changed = Signal()
    """Colours, zoom or motion changed; the palette, font and style sheet of the application are already new."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        chosen = settings.get(SECTION)
        self.mode = ThemeMode(text(chosen, "mode", "system", [mode.value for mode in ThemeMode]))
        self.sides = SideScheme(text(chosen, "sides", "blue_orange", [scheme.value for scheme in SideScheme]))
        self.zoom_percent = min(max(integer(chosen, "zoom_percent", 100), ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        self.reduce_motion = flag(chosen, "reduce_motion", False)
        self.is_dark = True
        self._dressed = True
        self._waiting: dict[QWidget, str] = {}
        self.colours = ThemeColours.load(dark=True, sides=self.sides)

    def install(self, app: QApplication, *, dressed: bool = True) -> None:
        """Give the application this look, and follow the system from now on.

        Without `dressed` the style sheet waits for :meth:`dress`: each widget is then polished once, where it stands,
        and not again whenever a dock is put into another place while the window is built.
        """
        self._dressed = dressed
        load_fonts()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    def dress(self) -> None:
        """Apply the style sheet, unless it already is."""
        app = QApplication.instance()
        if not self._dressed and isinstance(app, QApplication):
            self._dressed = True
            app.setStyleSheet(self.style_sheet())
            waiting, self._waiting = self._waiting, {}
            for widget, rules in waiting.items():
                if isValid(widget):
                    widget.setStyleSheet(rules)

    def wear(self, widget: QWidget, rules: str) -> None:
        """Give a widget and what is in it rules of its own; before :meth:`dress` they wait for it.

        When the application's style sheet comes, Qt looks at each widget under rules of its own once for every widget
        around it: with the ticket's rules in place that took longer than everything else together.
        """
        if self._dressed:
            widget.setStyleSheet(rules)
        else:
            self._waiting[widget] = rules

    def colour(self, role: Role) -> QColor:
        """Return the colour for `role`, as the caller's own: whoever makes it fainter changes no other's."""
        return QColor(self.colours[role])

    def side_colour(self, side: Side) -> QColor:
        """Return the colour of buy or sell."""
        return self.colour(Role.BUY if side is Side.BUY else Role.SELL)

    def px(self, pixels: float) -> int:
        """Return a length of the unzoomed design in pixels of the present zoom."""
        return max(1, round(pixels * self.zoom_percent / 100)) if pixels else 0

    def font(self, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the interface font; `scale` 1 is body text."""
        font = interface_font(self.px(BASE_PIXELS * scale))
        font.setWeight(weight)
        return font

    def monospace(self) -> QFont:
        """Return the font of raw messages."""
        return monospace_font(self.px(BASE_PIXELS))

    def set_mode(self, mode: ThemeMode) -> None:
        """Choose dark, light or the system's choice."""
        self.mode = mode
        self._keep()

    def set_sides(self, sides: SideScheme) -> None:
        """Choose which colours mean buy and sell."""
        self.sides = sides
        self._keep()

    def set_reduce_motion(self, reduce: bool) -> None:
        """Choose whether changes may flash."""
        self.reduce_motion = reduce
        self._keep()

    def set_zoom(self, percent: int) -> None:
        """Scale text and everything around it; 80 to 200."""
        self.zoom_percent = min(max(percent, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        self._keep()

    def zoom_in(self) -> None:
        """Go to the next larger step."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self.zoom_percent), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        """Go to the next smaller step."""
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.zoom_percent), ZOOM_STEPS[0]))

    def style_sheet(self) -> str:
        """Return the style sheet with this theme's colours and sizes filled in."""
        template = resource_path("themes", "workstation.qss").read_text(encoding="utf-8")
        sized = re.sub(r"@px\(([\d.]+)\)", lambda match: f"{self.px(float(match[1]))}px", template)
        variant = "dark" if self.is_dark else "light"
        with_icons = sized.replace("@icons", resource_path("icons", variant).as_posix())
        return re.sub(r"@(\w+)", lambda match: self.colours.name(Role(match[1])), with_icons)

    def palette(self) -> QPalette:
        """Return the palette for everything that the style sheet leaves to the style."""
        palette = QPalette()
        for qt_role, role in _PALETTE.items():
            palette.setColor(qt_role, self.colours[role])
        for qt_role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self.colours[Role.TEXT_DISABLED])
        return palette

    def _keep(self) -> None:
        self._settings.put(
            SECTION,
            {
                "mode": self.mode.value,
                "sides": self.sides.value,
                "zoom_percent": self.zoom_percent,
                "reduce_motion": self.reduce_motion,
            },
        )
        self._apply()

    def _follow_system(self) -> None:
        if self.mode is ThemeMode.SYSTEM:
            self._apply()

    def _wants_dark(self) -> bool:
        if self.mode is not ThemeMode.SYSTEM:
            return self.mode is ThemeMode.DARK
        return QApplication.styleHints().colorScheme() is not Qt.ColorScheme.Light

    def _apply(self) -> None:
        self.is_dark = self._wants_dark()
        self.colours = ThemeColours.load(dark=self.is_dark, sides=self.sides)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(self.palette())
            app.setFont(self.font())
            if self._dressed:
                app.setStyleSheet(self.style_sheet())
        self.changed.emit()


_PALETTE = {
    QPalette.ColorRole.Window: Role.WINDOW,
    QPalette.ColorRole.WindowText: Role.TEXT,
    QPalette.ColorRole.Base: Role.PANEL,
    QPalette.ColorRole.AlternateBase: Role.RAISED,
    QPalette.ColorRole.Text: Role.TEXT,
    QPalette.ColorRole.PlaceholderText: Role.TEXT_MUTED,
    QPalette.ColorRole.Button: Role.RAISED,
    QPalette.ColorRole.ButtonText: Role.TEXT,
    QPalette.ColorRole.BrightText: Role.ERROR,
    QPalette.ColorRole.ToolTipBase: Role.RAISED,
    QPalette.ColorRole.ToolTipText: Role.TEXT,
    QPalette.ColorRole.Highlight: Role.SELECTION,
    QPalette.ColorRole.HighlightedText: Role.SELECTION_TEXT,
    QPalette.ColorRole.Link: Role.ACCENT,
    QPalette.ColorRole.LinkVisited: Role.ACCENT,
    QPalette.ColorRole.Accent: Role.ACCENT,
    QPalette.ColorRole.Light: Role.HOVER,
    QPalette.ColorRole.Midlight: Role.HOVER,
    QPalette.ColorRole.Mid: Role.BORDER,
    QPalette.ColorRole.Dark: Role.BORDER,
    QPalette.ColorRole.Shadow: Role.BORDER_STRONG,
}
