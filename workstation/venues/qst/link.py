"""One WebSocket link to QST from open to closed: together with the dialling, all I/O of this venue.

One task reads, one looks at the clock; whichever notices the end raises, and that stops the other. A request is
written in the same turn of the loop in which it is handed over, when the venue's rules allow it.
"""

import asyncio
import itertools
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from workstation.runtime.clock import Clock
from workstation.runtime.own_task import in_own_task
from workstation.venues.base import (
    MalformedFrame,
    NotAuthorised,
    SessionTaken,
    VenueError,
    VenueEvent,
    VenueUnreachable,
)
from workstation.venues.qst.close_reasons import reason_of
from workstation.venues.qst.conversation import Conversation, Phase
from workstation.venues.qst.lanes import NotSent
from workstation.venues.qst.link_status import DEAD_AFTER_S, LinkFacts, RoundTrips
from workstation.venues.qst.outbound import Moment, Sendable

FRAMES_PER_TURN = 16
"""After so many frames in a row the rest of the engine gets its turn: a flood must not make a click wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds. `ping_s` stays below the 10 s that the vendor's figures suggest (QST spec 1.1)."""

    tick_s: float = 0.25
    ping_s: float = 5.0
    open_s: float = 15.0
    leave_s: float = 2.0
    slow_reader_pause_s: float = 2.0


class LinkOwner(Protocol):
    """Who is told; called on the loop, in the order in which things happen."""

    def on_event(self, event: VenueEvent) -> None:
        """Take an event of the venue."""
        ...

    def on_change(self) -> None:
        """Take note that the link's state may have changed."""
        ...


class QstLink:
    """One open WebSocket with its conversation. Built when the socket is open; of no use after :meth:`hang_up`."""

    def __init__(
        self,
        *,
        socket: ClientConnection,
        conversation: Conversation,
        clock: Clock,
        timing: Timing,
        trips: RoundTrips,
        facts: LinkFacts,
        owner: LinkOwner,
    ) -> None:
        self.conversation = conversation
        self._socket = socket
        self._clock = clock
        self._timing = timing
        self._trips = trips
        self._facts = facts
        self._owner = owner
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._last_in_s = clock.monotonic_s()

    async def serve(self) -> VenueError:
        """Log in and serve until the link ends; return why it did. Cancelled, it logs out first."""
        self.conversation.start(self._now())
        try:
            return await self._serve()
        except asyncio.CancelledError:
            await self._say_goodbye()
            raise

    async def send(self, order: Sendable) -> None:
        """Send an order request when its turn comes; return when its bytes are with the socket.

        Raises:
            VenueUnreachable: not one byte left, and none will.
        """
        if self._socket.state is not State.OPEN:
            raise VenueUnreachable("The connection to QST is just closing. Nothing was sent.")
        sent = self._waiting[order.request_id] = asyncio.get_running_loop().create_future()
        try:
            self.conversation.submit(order, self._now())
            await self._flush()
            await sent
        finally:
            self._waiting.pop(order.request_id, None)
            if not sent.done() or sent.cancelled():
                self.conversation.withdraw(order.request_id)

    def withdraw(self, why: str) -> None:
        """Take back every placement and replacement that waits for its turn."""
        self.conversation.withdraw_orders(why)
        self._pass_on()

    async def reload(self, account_id: str | None) -> None:
        """Read the books of one account or of all again.

        Raises:
            VenueUnreachable: order entry is not logged in.
        """
        self.conversation.reload(account_id, self._now())
        await self._flush()

    async def hang_up(self, why: str) -> None:
        """Close the socket and end every request that is left."""
        self._facts.session_started_ns = 0
        self._facts.silent_s = self._facts.queued_s = 0.0
        self.conversation.lose(why)
        self._pass_on()
        await self._socket.close()

    async def _serve(self) -> VenueError:
        try:
            await in_own_task(self._read_and_tick(), "QST: link")
        except BaseExceptionGroup as group:
            ours, others = group.split(VenueError)
            if others is not None or ours is None:
                raise
            return _gravest(ours)
        return VenueUnreachable("The link to QST ended.")

    async def _read_and_tick(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._read(), name="QST: read")
            tasks.create_task(self._tick(), name="QST: tick")

    async def _read(self) -> None:
        await self._flush()
        for number in itertools.count(1):
            try:
                frame = await self._socket.recv()  # gives no turn away while frames wait
            except ConnectionClosed as closed:
                raise reason_of(closed) from closed
            now = self._now()
            self._last_in_s, self._facts.last_in_ns = now.s, now.ns
            if isinstance(frame, str):
                raise MalformedFrame(f"text where a binary frame was due: {frame[:40]!r}")
            try:
                self.conversation.receive(frame, now)
            finally:
                await self._flush()
            if number % FRAMES_PER_TURN == 0:
                await asyncio.sleep(0)

    async def _tick(self) -> None:
        pong: asyncio.Future[float] | None = None
        pinged_s = queue_empty_s = self._last_in_s
        while True:
            await asyncio.sleep(self._timing.tick_s)
            now = self._now()
            if pong is not None and pong.done():
                self._measure(pong, now.s)
                pong = None
            queue_empty_s = queue_empty_s if self.conversation.queued else now.s
            self._facts.queued_s = now.s - queue_empty_s
            if now.s - pinged_s >= self._timing.ping_s:
                pinged_s = now.s
                pong = pong or await self._ping()
            self._facts.silent_s = now.s - self._last_in_s
            if self._facts.silent_s >= DEAD_AFTER_S:
                raise VenueUnreachable(f"QST was silent for {self._facts.silent_s:.0f} s; the link was dropped.")
            self.conversation.tick(now)
            await self._flush()

    def _measure(self, pong: "asyncio.Future[float]", now_s: float) -> None:
        if not pong.cancelled() and pong.exception() is None:
            self._trips.add(pong.result() * 1000)
            self._last_in_s = now_s

    async def _ping(self) -> "asyncio.Future[float] | None":
        with suppress(ConnectionClosed):  # the reader notices too, and ends the link
            waiter = await self._socket.ping()
            return waiter if isinstance(waiter, asyncio.Future) else None
        return None

    async def _flush(self) -> None:
        """Pass events on, then write what may go; a frame that was given to the socket counts as sent."""
        self._pass_on()
        for request_id, frame in self.conversation.take_outbox():
            with suppress(ConnectionClosed):  # the reader notices too, and ends the link
                await self._socket.send(frame)
            self._facts.last_out_ns = self._clock.now_ns()
            sent = self._waiting.get(request_id)
            if sent is not None and not sent.done():
                sent.set_result(None)

    def _pass_on(self) -> None:
        for event in self.conversation.take_events():
            if not isinstance(event, NotSent):
                self._owner.on_event(event)
                continue
            waiting = self._waiting.get(event.request_id)
            if waiting is not None and not waiting.done():
                waiting.set_exception(VenueUnreachable(f"{event.text} Nothing was sent."))
        self._owner.on_change()

    async def _say_goodbye(self) -> None:
        """Log out in order, as long as the venue plays along and it takes no time."""
        if self.conversation.phase in (Phase.OPENING, Phase.LOGIN, Phase.LEAVING):
            return
        self.conversation.leave(self._now())
        with suppress(TimeoutError, ConnectionClosed, VenueError):
            async with asyncio.timeout(self._timing.leave_s):
                await self._flush()
                while True:
                    frame = await self._socket.recv()
                    if isinstance(frame, bytes):
                        self.conversation.receive(frame, self._now())
                    await self._flush()

    def _now(self) -> Moment:
        return Moment(self._clock.monotonic_s(), self._clock.now_ns())


def _gravest(group: BaseExceptionGroup[VenueError]) -> VenueError:
    """Return what ended a link: what only the trader can cure comes first."""
    found: list[VenueError] = []
    waiting: list[BaseException] = list(group.exceptions)
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseExceptionGroup):
            waiting.extend(each.exceptions)
        elif isinstance(each, VenueError):
            found.append(each)
    return next((each for each in found if isinstance(each, NotAuthorised | SessionTaken)), found[0])
