"""A clock that runs by itself from a fixed instant, and that a test can move forward."""

import time

START_NS = 1_795_222_800_000_000_000  # 2026-11-21 01:00 UTC


class MovingClock:
    """The same day in every run, so that the same contracts are listed."""

    def __init__(self) -> None:
        self._began_s = time.monotonic()
        self._moved_s = 0.0

    def now_ns(self) -> int:
        return START_NS + int(self.monotonic_s() * 1e9)

    def monotonic_s(self) -> float:
        return time.monotonic() - self._began_s + self._moved_s

    def advance(self, seconds: float) -> None:
        self._moved_s += seconds
