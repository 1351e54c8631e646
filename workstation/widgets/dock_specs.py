"""Which docks there are and where each stands before the trader moves it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QWidget

from workstation.widgets.screen import Screen


class Place(Enum):
    """A place in the default layout: order entry left, orders in the middle with the most width, accounts right."""

    LEFT = "LEFT"
    CENTRE = "CENTRE"
    CENTRE_MIDDLE = "CENTRE_MIDDLE"
    CENTRE_BOTTOM = "CENTRE_BOTTOM"
    RIGHT = "RIGHT"
    MARKET = "MARKET"
    """Under the accounts where there is room, else as tabs: behind them, or behind the orders."""
    REFERENCE = "REFERENCE"
    """Behind the log: what is looked up now and then."""
    CHART = "CHART"
    """Behind the orders; closed in a small window."""
    FEEDS = "FEEDS"
    """Behind the log; closed where the words on more tabs have no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DockSpec:
    """One dock. `dock_id` is stored in layouts and never changes; `focus_key` is the action that goes there."""

    dock_id: str
    title: str
    place: Place
    focus_key: str
    build: Callable[[Screen], QWidget]
