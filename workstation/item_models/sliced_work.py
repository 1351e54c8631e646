"""Long work on the screen's thread, in slices.

A generator does a step per `yield`; steps run until the slice's time is used up, then the loop gets its turn and a
zero timer continues. Small work ends within the call that started it.
"""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

SLICE_S = 0.003
"""A step that begins at the end of a slice still has most of the 8 ms that a screen can miss unseen."""


class SlicedWork(QObject):
    """Runs at most one generator at a time; a newer one replaces it."""

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monotonic_s = monotonic_s
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._run_slice)

    @property
    def is_running(self) -> bool:
        """Whether work is left."""
        return self._steps is not None

    def start(self, steps: Iterator[None], *, at_once: bool = True) -> None:
        """Begin `steps`, within this call or on the loop's next turn; what ran before is dropped where it stands."""
        self._steps = steps
        if at_once:
            self._run_slice()
        if self._steps is not None:
            self._timer.start()

    def cancel(self) -> None:
        """Drop the work where it stands."""
        self._steps = None
        self._timer.stop()

    def finish(self) -> None:
        """Do all that is left, now."""
        while self._steps is not None:
            self._run_slice()

    def _run_slice(self) -> None:
        ends_s = self._monotonic_s() + SLICE_S
        steps = self._steps
        while steps is not None and steps is self._steps:
            if next(steps, _DONE) is _DONE:
                self.cancel()
                return
            if self._monotonic_s() >= ends_s:
                return


_DONE = object()
