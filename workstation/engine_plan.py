"""What the composition root asks for below the seam; light, so that it can be made before the first paint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workstation.runtime.paths import ProfilePaths
from workstation.runtime.redaction import Redactor
from workstation.storage.settings import SettingsStore

Announced = Callable[[Mapping[str, object]], None]
"""Hears, on the engine's thread, what the built-in venues said of themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnginePlan:
    """What to build. `child_words` follow ``simulate`` on the built-in venues' command line."""

    paths: ProfilePaths
    settings: SettingsStore
    redactor: Redactor
    built_in_at_start: bool
    child_words: tuple[str, ...] = ()
    announced: Announced = lambda _: None
