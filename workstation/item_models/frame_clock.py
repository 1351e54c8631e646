"""When changes reach the screen: the adaptive frame.

The first change is shown at once. What follows waits until the screen has had as much time for other things as the last
frame cost, but at least 1 ms and at most 16 ms: a quiet desk is immediate, a flooded one still answers the mouse. One
frame takes at most :data:`MOST_ITEMS` changes. While more than that waits, frames follow one another with the
shortest pause, so that a backlog shrinks; the loop still paints and answers in between.

Only the order book needs to be that quick. What is read rather than aimed at is calm: its frames keep the longest
pause, so that a log that fills does not take from the orders.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

SHORTEST_S = 0.001
LONGEST_S = 0.016
MOST_ITEMS = 3_000


class FrameClock(QObject):
    """Calls `frame` when a requested frame is due. `frame` returns True when it left something for the next."""

    def __init__(
        self,
        frame: Callable[[], bool],
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self._monotonic_s = monotonic_s
        self._next_s = 0.0
        self._cost_s = 0.0
        self._ended_s = 0.0
        self._backlog = False
        self._in_frame = False
        self.is_calm = False
        """Whether every pause is the longest; a backlog is still shown fast."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._due)

    @property
    def is_waiting(self) -> bool:
        """Whether a frame is due later."""
        return self._timer.isActive()

    @property
    def pause_s(self) -> float:
        """How long the screen is left alone after the last frame."""
        if self._backlog:
            return SHORTEST_S
        return LONGEST_S if self.is_calm else min(max(self._cost_s, SHORTEST_S), LONGEST_S)

    def request(self) -> None:
        """Ask for a frame: now if the screen has rested, otherwise as soon as it has."""
        if self._in_frame or self._timer.isActive():
            return
        left_s = self._next_s - self._monotonic_s()
        if left_s <= 0:
            self._run()
        else:
            self._wait(left_s)

    def add_cost(self, seconds: float) -> None:
        """Count the painting of the last frame towards its cost."""
        self._cost_s += seconds
        self._next_s = self._ended_s + self.pause_s

    def _due(self) -> None:
        left_s = self._next_s - self._monotonic_s()  # painting may have moved it, and timers may come early
        if left_s <= 0:
            self._run()
        else:
            self._wait(left_s)

    def _run(self) -> None:
        began_s = self._monotonic_s()
        self._in_frame = True
        try:
            self._backlog = self._frame()
        finally:
            self._in_frame = False
            self._ended_s = self._monotonic_s()
            self._cost_s = self._ended_s - began_s
            self._next_s = self._ended_s + self.pause_s
        if self._backlog:
            self._wait(self.pause_s)

    def _wait(self, seconds: float) -> None:
        self._timer.start(max(1, round(seconds * 1000)))
