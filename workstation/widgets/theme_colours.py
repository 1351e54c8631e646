"""Colours by what they mean; no widget names a colour in any other way.

The values stand in ``resources/themes``. Side colour is for side only, profit and loss carry sign and arrow, and a
warning differs from an error by shape and word, because no five hues stay apart for every eye.
"""

import json
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor

from workstation.domain.connection import Environment
from workstation.runtime.resources import resource_path


class Role(Enum):
    """What a colour is for."""

    WINDOW = "window"
    """Behind everything."""
    PANEL = "panel"
    """The ground of tables and docks."""
    RAISED = "raised"
    """Title bars, buttons, the strip."""
    FIELD = "field"
    """The ground of what can be typed into."""
    HOVER = "hover"
    BORDER = "border"
    BORDER_STRONG = "border_strong"
    TEXT = "text"
    TEXT_MUTED = "text_muted"
    TEXT_DISABLED = "text_disabled"
    ACCENT = "accent"
    """Focus and links; never the side of an order."""
    SELECTION = "selection"
    SELECTION_TEXT = "selection_text"
    ON_FILL = "on_fill"
    """Text upon a button that is filled with a side or an environment colour."""
    BUY = "buy"
    SELL = "sell"
    GAIN = "gain"
    LOSS = "loss"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"
    IN_DOUBT = "in_doubt"
    LIVE = "live"
    DEMO = "demo"
    SIMULATED = "simulated"


ENVIRONMENT_ROLE = {
    Environment.LIVE: Role.LIVE,
    Environment.DEMO: Role.DEMO,
    Environment.SIMULATED: Role.SIMULATED,
}


class SideScheme(Enum):
    """Which colours mean buy and sell; the default can be told apart by every eye."""

    BLUE_ORANGE = "blue_orange"
    GREEN_RED = "green_red"
    RED_GREEN = "red_green"


@dataclass(frozen=True, slots=True)
class ThemeColours:
    """One complete set of colours."""

    by_role: dict[Role, QColor]

    @classmethod
    def load(cls, *, dark: bool, sides: SideScheme = SideScheme.BLUE_ORANGE) -> "ThemeColours":
        """Read the dark or the light set.

        Raises:
            KeyError: the file lacks a role; a fault of the installation.
        """
        path = resource_path("themes", "dark.json" if dark else "light.json")
        document = json.loads(path.read_text(encoding="utf-8"))
        named = {**document["roles"], **document["side_schemes"][sides.value]}
        return cls({role: QColor(named[role.value]) for role in Role})

    def __getitem__(self, role: Role) -> QColor:
        return self.by_role[role]

    def name(self, role: Role) -> str:
        """Return the colour as ``#rrggbb``."""
        return self.by_role[role].name()
