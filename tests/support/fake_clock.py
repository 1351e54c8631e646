"""A clock that the test owns."""


class FakeClock:
    """Starts at a fixed instant and moves only when told."""

    def __init__(self, start_s: int = 1_800_000_000) -> None:
        self._ns = start_s * 1_000_000_000
        self._start_ns = self._ns

    def now_ns(self) -> int:
        """Return a time that grows by a nanosecond with each question, so that no two events are at the same time."""
        self._ns += 1
        return self._ns

    def monotonic_s(self) -> float:
        return (self._ns - self._start_ns) / 1e9

    def advance(self, seconds: float) -> None:
        self._ns += int(seconds * 1_000_000_000)
