"""The event loop of the engine's thread: asyncio's own, asking the system less often for news.

asyncio asks for new I/O before every round of callbacks, also when work is waiting. Each asking gives the interpreter
away, and beside a busy screen the engine gets it back only after a switch interval. One message needs several rounds,
so while there is work the loop asks every half millisecond at most. It never waits longer for that: with nothing to do
it asks at once.
"""

import asyncio
import selectors
import sys
import time

ASK_EVERY_S = 0.0005


class PatientSelector(selectors.DefaultSelector):
    """Answers "nothing new" without asking the system, if it was asked just now and the loop has work."""

    def __init__(self) -> None:
        super().__init__()
        self._asked_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; `timeout` 0 means that the loop has work."""
        now_s = time.monotonic()
        if timeout == 0 and now_s - self._asked_s < ASK_EVERY_S:
            return []
        ready = super().select(timeout)
        self._asked_s = now_s if timeout == 0 else time.monotonic()
        return ready


def engine_loop() -> asyncio.AbstractEventLoop:
    """Return a new loop for the engine's thread."""
    if sys.platform == "win32":  # child processes need the proactor there, which has no selector
        return asyncio.new_event_loop()
    return asyncio.SelectorEventLoop(PatientSelector())
