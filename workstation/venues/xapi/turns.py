"""Resting until the next turn to send, or until something new waits."""

import asyncio
import math


class Turns:
    """One sender rests here; anyone on the loop may wake it."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Let the sender look again."""
        self._woken.set()

    async def rest(self, seconds: float) -> None:
        """Return after `seconds` (infinite: never by itself), or as soon as it is woken."""
        loop = asyncio.get_running_loop()
        alarm = None if math.isinf(seconds) else loop.call_later(max(seconds, 0.001), self._woken.set)
        try:
            await self._woken.wait()
        finally:
            self._woken.clear()
            if alarm is not None:
                alarm.cancel()
