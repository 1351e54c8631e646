"""How the desktop program was asked to start."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopOptions:
    """What the command line said. `profile` is None for the system's own place."""

    demo: bool = False
    profile: Path | None = None
    screenshot: Path | None = None
    quit_after_s: float | None = None
