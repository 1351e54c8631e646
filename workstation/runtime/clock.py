"""What time it is: the wall clock for records, the monotonic clock for intervals."""

import time
from typing import Protocol


class Clock(Protocol):
    """Passed in wherever time matters, so that tests own it."""

    def now_ns(self) -> int:
        """Return nanoseconds since the epoch, UTC."""
        ...

    def monotonic_s(self) -> float:
        """Return seconds that never go back."""
        ...


class SystemClock:
    """The computer's own clocks."""

    def now_ns(self) -> int:
        """Return nanoseconds since the epoch, UTC."""
        return time.time_ns()

    def monotonic_s(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()
