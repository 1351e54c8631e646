"""When the interpreter looks for garbage: on one thread, in small steps.

Left alone, Python collects on whichever thread happens to allocate. What the engine's thread found of a closed dialog
would be destroyed there, and Qt ends the program over a timer that dies on the wrong thread. So the automatic
collection is off, and the screen's thread looks from time to time. A full pass visits every order the program holds,
so it is rare, and what has survived one is left out of the following ones, until one an hour visits everything again.
"""

import gc
from collections.abc import Callable

LOOK_EVERY_S = 1.0
"""How often :meth:`GarbageCollection.look` is to be called."""
YOUNG_LIMIT = 2_000
"""Containers made and not freed since the last look, below which it is not worth it."""
YOUNG_PER_MIDDLE = 10
FULL_EVERY_S = 300.0
EVERYTHING_EVERY_S = 3_600.0


class GarbageCollection:
    """Takes the collection over from the interpreter. Used on one thread, the one that owns the widgets."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._was_enabled = False
        self._looks = 0
        self._full_at_s = self._everything_at_s = 0.0

    def take_over(self) -> None:
        """Stop the automatic collection; what exists now, mostly code, is not visited for an hour."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()
        now_s = self._monotonic_s()
        self._full_at_s, self._everything_at_s = now_s + FULL_EVERY_S, now_s + EVERYTHING_EVERY_S

    def look(self) -> None:
        """Collect what is due."""
        now_s = self._monotonic_s()
        if now_s >= self._full_at_s:
            self._collect_all(now_s)
        elif gc.get_count()[0] >= YOUNG_LIMIT:
            self._looks += 1
            gc.collect(0 if self._looks % YOUNG_PER_MIDDLE else 1)

    def give_back(self) -> None:
        """Let the interpreter collect again, as it did before."""
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    def _collect_all(self, now_s: float) -> None:
        self._full_at_s = now_s + FULL_EVERY_S
        if now_s >= self._everything_at_s:
            self._everything_at_s = now_s + EVERYTHING_EVERY_S
            gc.unfreeze()
        gc.collect()
        gc.freeze()
