"""What every dock and dialog is given: the one bundle of ways out of the widgets.

A widget reads from `services`, asks through `desk`, and starts its awaiting in `tasks`. It opens nothing itself: no
file, no socket, no clock.
"""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from workstation.runtime.clock import Clock, SystemClock
from workstation.services.desk_client import DeskClient
from workstation.services.subjects import Services
from workstation.widgets.keys import KeyTable
from workstation.widgets.layout_port import Layouts, MemoryLayouts
from workstation.widgets.link_groups import LinkGroups
from workstation.widgets.settings_port import Settings
from workstation.widgets.theme import Theme


class Tasks(Protocol):
    """The owner of what the screen awaits; it cancels and awaits everything when the window closes."""

    def start(self, work: Coroutine[Any, Any, object], name: str) -> object:
        """Run `work`; an error that ends it is reported, never lost."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The ways out of the widgets. `profile_folder` is only shown; it is None in a throw-away profile."""

    services: Services
    desk: DeskClient
    theme: Theme
    settings: Settings
    tasks: Tasks
    keys: KeyTable
    layouts: Layouts = field(default_factory=MemoryLayouts)
    links: LinkGroups = field(default_factory=LinkGroups)
    clock: Clock = field(default_factory=SystemClock)
    profile_folder: Path | None = None

    def __post_init__(self) -> None:
        self.links.keep_in(self.settings)
