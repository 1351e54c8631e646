"""A transport without a network: what is fed comes in, what is sent is kept."""

import asyncio
from collections.abc import Callable

from workstation.venues.base import VenueUnreachable


class FedTransport:
    """Frames are fed by the test; None ends the connection."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False
        self._left = asyncio.Event()
        self._fed: asyncio.Queue[list[bytes] | None] = asyncio.Queue()

    def feed(self, *frames: bytes) -> None:
        self._fed.put_nowait(list(frames))

    def end(self) -> None:
        self._fed.put_nowait(None)

    async def receive(self) -> list[bytes]:
        frames = await self._fed.get()
        if frames is None:
            raise VenueUnreachable("XAPI closed the connection without a word.")
        return frames

    async def send(self, frame: bytes) -> None:
        self.sent.append(frame)
        self._left.set()

    async def until_sent(self, holds: Callable[[bytes], bool]) -> None:
        """Wait until the frame sent last is the one that is waited for."""
        async with asyncio.timeout(10):
            while not holds(self.sent[-1]):
                self._left.clear()
                await self._left.wait()

    async def close(self) -> None:
        self.closed = True
