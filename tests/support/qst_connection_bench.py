"""A QST connection on a real socket, with what it tells the desk and time that a test moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

from tests.support.qst_bench import SECRETS, profile
from tests.support.qst_scripted_server import Script, scripted_server
from workstation.runtime.backoff import Backoff
from workstation.venues.base import ConnectionStatus, Lamp, VenueEvent
from workstation.venues.qst.connection import QstConnection
from workstation.venues.qst.link import Timing

PATIENCE_S = 30.0
FAST = Timing(tick_s=0.01, ping_s=0.02, leave_s=0.5, slow_reader_pause_s=0.01)
_Kind = TypeVar("_Kind")


class FakeClock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.s = 1_000.0

    def now_ns(self) -> int:
        return int(self.s * 1e9) + 1_795_000_000_000_000_000

    def monotonic_s(self) -> float:
        return self.s


@dataclass
class Desk:
    """Keeps the events, and wakes whoever waits for one."""

    events: list[VenueEvent] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def sink(self, event: VenueEvent) -> None:
        self.events.append(event)
        self.changed.set()

    def all_of(self, kind: type[_Kind]) -> list[_Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def lamp(self) -> Lamp:
        return self.all_of(ConnectionStatus)[-1].worst

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self.changed.clear()
                await self.changed.wait()


def connection(url: str, desk: Desk, clock: FakeClock | None = None, timing: Timing = FAST) -> QstConnection:
    backoff = Backoff(first_s=0.001, factor=1, limit_s=0.001)
    return QstConnection(profile(url), SECRETS, desk.sink, clock or FakeClock(), backoff=backoff, timing=timing)


@asynccontextmanager
async def running(script: Script, clock: FakeClock | None = None) -> AsyncIterator[tuple[QstConnection, Desk]]:
    desk = Desk()
    async with scripted_server(script) as url:
        subject = connection(url, desk, clock)
        task = asyncio.create_task(subject.run())
        try:
            yield subject, desk
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def live(desk: Desk) -> Callable[[], bool]:
    return lambda: bool(desk.all_of(ConnectionStatus)) and desk.lamp is Lamp.LIVE
