"""Clocks that start at a fixed instant and that a test can move forward; one of them runs by itself."""

import asyncio
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


class SteppedClock(MovingClock):
    """Stands still until it is moved, so that what is measured by it does not depend on how busy the machine is."""

    step_s = 0.02
    _rounds = 30

    def monotonic_s(self) -> float:
        return self._moved_s

    async def run(self) -> None:
        """Step on for ever; between two steps whatever is on its way over a local socket has time to arrive."""
        while True:
            self.advance(self.step_s)
            for _ in range(self._rounds):
                await asyncio.sleep(0)
            await asyncio.sleep(0.001)
