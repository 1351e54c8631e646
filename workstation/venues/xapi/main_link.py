"""One open main connection: reads, sends in turn, decodes large replies a little at a time, watches the clock."""

import asyncio
from collections import deque
from collections.abc import Generator
from contextlib import suppress
from typing import Protocol

from workstation.runtime.clock import Clock
from workstation.venues.base import VenueError, VenueUnreachable
from workstation.venues.xapi.conversation import Conversation
from workstation.venues.xapi.cutting import LARGE_BYTES
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.outcomes import Outcome
from workstation.venues.xapi.transports import Transport
from workstation.venues.xapi.turns import Turns


class MainOwner(Protocol):
    """Who is told; called on the loop, in the order in which things happen."""

    def on_outcome(self, outcome: Outcome, now: Moment) -> None:
        """Take what the conversation tells."""
        ...

    def on_left(self, tag: str, now: Moment) -> None:
        """Take note that the bytes of a request are with the socket."""
        ...

    def on_change(self) -> None:
        """Take note that the link's state may have changed."""
        ...


class MainLink:
    """One main connection. Built when it is open; of no use after :meth:`close`."""

    def __init__(
        self, transport: Transport, conversation: Conversation, clock: Clock, owner: MainOwner, tick_s: float
    ) -> None:
        self.conversation = conversation
        self.last_in_ns = self.last_out_ns = 0
        self._transport = transport
        self._clock = clock
        self._owner = owner
        self._tick_s = tick_s
        self._turns = Turns()
        self._large: deque[Generator[None, None, None]] = deque()
        self._large_came = asyncio.Event()

    async def serve(self) -> None:
        """Serve until the link ends.

        Raises:
            ExceptionGroup: of VenueError, always: a link ends only so.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._send(), name="XAPI: send")
            tasks.create_task(self._read(), name="XAPI: read")
            tasks.create_task(self._digest(), name="XAPI: large replies")
            tasks.create_task(self._tick(), name="XAPI: tick")

    def wake(self) -> None:
        """Look at once whether something may go, and tell what was withdrawn."""
        self._pass_on(self.now())
        self._turns.wake()

    async def close(self, why: str) -> None:
        """Close the connection and end everything that waits on it."""
        self.conversation.lose(why)
        self._pass_on(self.now())
        await self._transport.close()

    async def say_goodbye(self, seconds: float) -> None:
        """Log out in order, as long as the venue plays along and it takes no time."""
        self.conversation.leave()
        with suppress(TimeoutError, VenueError):
            async with asyncio.timeout(seconds):
                while self.conversation.queued:
                    await self._send_next()
                while self.conversation.owes_logout:
                    await self._receive()

    def now(self) -> Moment:
        """Return now."""
        return Moment(self._clock.monotonic_s(), self._clock.now_ns())

    async def _read(self) -> None:
        while True:
            await self._receive()

    async def _receive(self) -> None:
        try:
            frames = await self._transport.receive()
        except VenueUnreachable as error:
            words = self.conversation.last_words(self._clock.monotonic_s())
            raise VenueUnreachable(f"{error}{words}") from error
        now = self.now()
        self.last_in_ns = now.ns
        self.conversation.heard(now.s)
        for frame in frames:
            if len(frame) >= LARGE_BYTES:
                self._large.append(self.conversation.receive_large(frame, now))
                self._large_came.set()
            else:
                try:
                    self.conversation.receive(frame, now)
                finally:
                    self._pass_on(now)

    async def _digest(self) -> None:
        """Decode large replies step by step, so that small ones and sends go on in between."""
        while True:
            await self._large_came.wait()
            self._large_came.clear()
            while self._large:
                for _ in self._large[0]:
                    await asyncio.sleep(0)
                self._large.popleft()
                self._pass_on(self.now())

    async def _send(self) -> None:
        while True:
            await self._send_next()

    async def _send_next(self) -> None:
        taken = self.conversation.take(self.now())
        if taken is None:
            await self._turns.rest(self.conversation.wait_s(self._clock.monotonic_s()))
            return
        tag, frame = taken
        await self._transport.send(frame)
        now = self.now()
        self.last_out_ns = now.ns
        self._owner.on_left(tag, now)
        self._pass_on(now)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self._tick_s)
            now = self.now()
            try:
                self.conversation.tick(now)
            finally:
                self._pass_on(now)
            self._turns.wake()

    def _pass_on(self, now: Moment) -> None:
        outcomes, self.conversation.outcomes = self.conversation.outcomes, []
        for outcome in outcomes:
            self._owner.on_outcome(outcome, now)
        self._owner.on_change()
