"""One open stream connection: reads, sends in turn, and watches the clock.

Thousands of ticks a second come this way, so the usual tick goes straight into a quote, and after some hundred messages
the loop's other work gets its turn.
"""

import asyncio
from typing import Protocol

from workstation.runtime.clock import Clock
from workstation.venues.queries import Watch
from workstation.venues.xapi.codec import decode_streamed, hot_tick
from workstation.venues.xapi.ledger import Streamed
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.stream import StreamConversation
from workstation.venues.xapi.stream_records import StreamingKeepAlive
from workstation.venues.xapi.transports import Transport
from workstation.venues.xapi.turns import Turns

PER_TURN = 200
"""Messages taken before others get their turn: about two milliseconds of ticks."""


class StreamOwner(Protocol):
    """Who is told; called on the loop, in the order in which things happen."""

    def on_streamed(self, record: Streamed, frame: bytes, now: Moment) -> None:
        """Take one message."""
        ...

    def on_pause(self) -> None:
        """Tell what was gathered over several messages."""
        ...

    def on_subscribed(self) -> None:
        """Take note that everything about the account is subscribed."""
        ...


class StreamLink:
    """One stream. Built when the connection is open; of no use after :meth:`close`."""

    def __init__(
        self, transport: Transport, conversation: StreamConversation, clock: Clock, owner: StreamOwner, tick_s: float
    ) -> None:
        self.conversation = conversation
        self._transport = transport
        self._clock = clock
        self._owner = owner
        self._tick_s = tick_s
        self._turns = Turns()
        self._told = False

    def watch(self, wanted: Watch) -> None:
        """Tell just this from now on."""
        self.conversation.watch(wanted)
        self._turns.wake()

    async def serve(self, wanted: Watch) -> None:
        """Subscribe and serve until the stream ends.

        Raises:
            ExceptionGroup: of VenueUnreachable or MalformedFrame, always: a stream ends only so.
        """
        self.conversation.start(wanted, self._clock.monotonic_s())
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._send(), name="XAPI stream: send")
            tasks.create_task(self._read(), name="XAPI stream: read")
            tasks.create_task(self._tick(), name="XAPI stream: tick")

    async def close(self) -> None:
        """Close the connection."""
        await self._transport.close()

    async def _read(self) -> None:
        while True:
            frames = await self._transport.receive()
            for begin in range(0, len(frames), PER_TURN):
                self._take(frames[begin : begin + PER_TURN])
                await asyncio.sleep(0)

    def _take(self, frames: list[bytes]) -> None:
        now = Moment(self._clock.monotonic_s(), self._clock.now_ns())
        for frame in frames:
            record: Streamed = hot_tick(frame) or decode_streamed(frame)
            if type(record) is StreamingKeepAlive:
                self.conversation.alive(now.s)
            else:
                self._owner.on_streamed(record, frame, now)
        self._owner.on_pause()

    async def _send(self) -> None:
        while True:
            frame = self.conversation.take(self._clock.monotonic_s())
            if frame is None:
                await self._turns.rest(self.conversation.wait_s(self._clock.monotonic_s()))
                continue
            await self._transport.send(frame)
            if self.conversation.subscribed and not self._told:
                self._told = True
                self._owner.on_subscribed()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self._tick_s)
            self.conversation.tick(self._clock.monotonic_s())
            self._turns.wake()
