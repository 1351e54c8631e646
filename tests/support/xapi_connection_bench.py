"""An XAPI connection on a real socket, with what it tells the desk and time that a test moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

from tests.support.xapi_bench import SECRETS, profile
from tests.support.xapi_scripted_server import ScriptedXapi, on_sockets
from workstation.runtime.backoff import Backoff
from workstation.venues.base import Channel, ConnectionStatus, Lamp, VenueEvent
from workstation.venues.xapi.connection import XapiConnection
from workstation.venues.xapi.session import Timing

PATIENCE_S = 30.0
_Kind = TypeVar("_Kind")
Served = Callable[[ScriptedXapi], AbstractAsyncContextManager[ScriptedXapi]]


def at_once() -> Backoff:
    return Backoff(first_s=0.001, factor=1, limit_s=0.001)


FAST = Timing(tick_s=0.005, gap_s=0.001, leave_s=0.5, overloaded_s=0.001, retry=at_once)


class FakeClock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.s = 1_000.0

    def now_ns(self) -> int:
        return int(self.s * 1e9) + 1_795_000_000_000_000_000

    def monotonic_s(self) -> float:
        self.s += 0.002  # a paced queue needs time to pass
        return self.s


@dataclass
class Desk:
    """Keeps the events, and wakes whoever waits for one."""

    events: list[VenueEvent] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    clock: FakeClock = field(default_factory=FakeClock)

    def sink(self, event: VenueEvent) -> None:
        self.events.append(event)
        self.changed.set()

    def all_of(self, kind: type[_Kind]) -> list[_Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    def lamp(self, channel: Channel) -> Lamp:
        statuses = self.all_of(ConnectionStatus)
        return dict(statuses[-1].lamps)[channel] if statuses else Lamp.OFF

    @property
    def live(self) -> bool:
        return all(self.lamp(channel) is Lamp.LIVE for channel in Channel)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self.changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await self.changed.wait()


def connection(venue: ScriptedXapi, desk: Desk, timing: Timing = FAST) -> XapiConnection:
    shown = profile(venue.main_url, venue.stream_url)
    return XapiConnection(shown, SECRETS, desk.sink, desk.clock, backoff=at_once(), timing=timing)


@asynccontextmanager
async def running(
    venue: ScriptedXapi, served: Served = on_sockets, *, wait: bool = True
) -> AsyncIterator[tuple[XapiConnection, Desk]]:
    desk = Desk()
    async with served(venue):
        subject = connection(venue, desk)
        task = asyncio.get_running_loop().create_task(subject.run())
        try:
            if wait:
                await desk.until(lambda: desk.live)
            yield subject, desk
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
