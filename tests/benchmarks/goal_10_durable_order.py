"""Goal 10, durable order: click, committed, on the wire, next to one write and fdatasync; and group commit.

The click is in the screen's thread, so the way through the seam to the engine's thread is part of it.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from qasync import QEventLoop

from tests.benchmarks.interleave import Figure, at_least, at_most
from tests.benchmarks.target import application
from tests.benchmarks.venue_client import VenueProcess, connect, is_live, plan, until, venue_process
from tests.support.qst_bench import terms
from workstation.desk.commands import Answer, Command, PlaceOrder, Sent
from workstation.desk.messages import EngineMessage
from workstation.domain.identity import ClOrdID
from workstation.engine_plan import EnginePlan
from workstation.engine_room import EngineRoom, build_engine_room
from workstation.runtime.clock import SystemClock
from workstation.services.engine_seam import EngineSeam
from workstation.services.subjects import Services
from workstation.storage.journal import Journal
from workstation.storage.records import Record, RecordKind

ROUNDS, ORDERS = 7, 40
PRODUCERS, GROUP_S = 64, 0.5
RECORD = b"x" * 200
PAUSE_S = 0.003


class Flusher:
    """A file to which single records are added, each flushed to the disk."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def one(self) -> float:
        """Return the seconds that one record takes."""
        began = time.perf_counter()
        os.write(self._file, RECORD)
        os.fdatasync(self._file)
        return time.perf_counter() - began


class StampedRoom:
    """The program's engine; takes the time at which a request's bytes are with the socket."""

    def __init__(self, room: EngineRoom) -> None:
        self._room = room
        self.run, self.close = room.run, room.close
        self.on_wire_s = 0.0

    async def handle(self, command: Command) -> Answer:
        """Do what the screen asks; for an order this returns when it is on the wire."""
        answer = await self._room.handle(command)
        self.on_wire_s = time.perf_counter()
        return answer


def run() -> Iterator[Figure]:
    """Place orders one at a time from the screen's thread; then let 64 producers commit at once."""
    with venue_process(1) as venue, plan() as its_plan, QEventLoop(application()) as loop:
        yield loop.run_until_complete(_orders(venue, its_plan))
    with tempfile.TemporaryDirectory(prefix="workstation-benchmark-") as folder:
        yield asyncio.run(_groups(Path(folder)))


async def _orders(venue: VenueProcess, its_plan: EnginePlan) -> Figure:
    services, rooms = Services(), []

    async def build(publish: Callable[[EngineMessage], None]) -> StampedRoom:
        rooms.append(StampedRoom(await build_engine_room(its_plan, publish)))
        return rooms[-1]

    seam = EngineSeam(services, build)
    seam.start()
    flusher = Flusher(its_plan.paths.root)
    ours: list[float] = []
    peer: list[float] = []
    try:
        await connect(seam.ask, venue.url)
        await until(lambda: any(map(is_live, services.connections.statuses.values())), "the venue is live")
        prices = (Decimal(400) + Decimal("0.25") * number for number in range(10_000))
        for number in range(ROUNDS + 1):
            placed, flushed = [], []
            for _ in range(ORDERS):
                placed.append(await _place(seam, rooms[0], next(prices)))
                flushed.append(flusher.one())
                await asyncio.sleep(PAUSE_S)  # the venue's answer comes in and is worked off
            if number:
                ours.append(statistics.median(placed))
                peer.append(statistics.median(flushed))
    finally:
        await seam.stop()
    return at_most(
        "click in the Qt thread -> committed -> on the wire, p50",
        statistics.median(ours) * 1e6,
        statistics.median(peer) * 1e6,
        2.5,
        unit="us",
        note="peer: one write and fdatasync; ours: seam, gates, intent, state and frame in one commit, and the socket",
    )


async def _place(seam: EngineSeam, room: StampedRoom, price: Decimal) -> float:
    command = PlaceOrder(terms=replace(terms(), price=price), gesture="benchmark", accepted=())
    began = time.perf_counter()
    answer = await seam.ask(command)
    assert isinstance(answer, Sent), answer
    return room.on_wire_s - began


async def _groups(folder: Path) -> Figure:
    """Let 64 producers commit one record after another."""
    journal, flusher = Journal.open(folder / "journal.sqlite", SystemClock()), Flusher(folder)
    ours: list[float] = []
    peer: list[float] = []
    for number in range(ROUNDS + 1):
        committed = await _committed(journal)
        singles = [flusher.one() for _ in range(200)]
        if number:
            ours.append(committed / GROUP_S)
            peer.append(1 / statistics.median(singles))
    journal.close()
    return at_least("group commit, 64 producers", statistics.median(ours), statistics.median(peer), 20)


async def _committed(journal: Journal) -> int:
    end, done = time.perf_counter() + GROUP_S, [0]

    async def produce(name: str) -> None:
        while time.perf_counter() < end:
            body = {"request": "NEW", "request_id": done[0]}
            record = Record(kind=RecordKind.NOTE, time_ns=time.time_ns(), body=body, cl_ord_id=ClOrdID(name))
            await journal.commit([record])
            done[0] += 1

    async with asyncio.TaskGroup() as tasks:
        for number in range(PRODUCERS):
            tasks.create_task(produce(f"W{number}"))
    return done[0]
