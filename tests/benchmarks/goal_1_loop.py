"""Goal 1, loop: the engine thread's loop beside a busy order book, next to stock asyncio with nothing beside it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

from qasync import QEventLoop

from tests.benchmarks.interleave import Figure, at_least, at_most, interleaved
from tests.benchmarks.shown_window import BusyTable, EngineLoop, engine_loop, screen_runs_until, shown_window
from tests.benchmarks.target import application

TURNS = 40_000
FEW, MANY = 1_000, 200_000
WAIT_S = (0.001, 0.02, 0.2)


async def turns() -> float:
    """Return how many times a second a task comes round."""
    began = time.perf_counter()
    for _ in range(TURNS):
        await asyncio.sleep(0)
    return TURNS / (time.perf_counter() - began)


async def bursts(count: int) -> float:
    """Return microseconds per callback when `count` are asked for at once; as many callbacks whatever the `count`."""
    found = [await burst(count) for _ in range(MANY // count)]
    return sum(found) / len(found)


async def burst(count: int) -> float:
    """Return microseconds per callback of one burst."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    left = [count]

    def call() -> None:
        left[0] -= 1
        if not left[0]:
            done.set()

    began = time.perf_counter()
    for _ in range(count):
        loop.call_soon(call)
    await done.wait()
    return (time.perf_counter() - began) / count * 1e6


async def earliest() -> float:
    """Return by how many milliseconds the earliest timer came before its time; negative when none did."""
    worst = -1.0
    for wait_s in WAIT_S:
        for _ in range(5):
            began = time.monotonic()
            await asyncio.sleep(wait_s)
            worst = max(worst, wait_s - (time.monotonic() - began))
    return worst * 1e3


def run() -> Iterator[Figure]:
    """Measure on the engine's thread while the shown order book changes all rows and paints them 60 times a second."""
    busy = BusyTable(shown_window())
    with engine_loop() as engine:

        def on_engine(work: Callable[[], Awaitable[float]]) -> float:
            return _beside(busy, engine, work)

        ours, peer, qasync_rate = interleaved(
            lambda: on_engine(turns), lambda: asyncio.run(turns()), lambda: _on_qasync(busy)
        )
        note = f"the same on qasync, which the screen uses: {qasync_rate:,.0f} /s"
        yield at_least("sleep(0) on the engine's loop, order book busy", ours, peer, 0.65, note=note)
        many, few = interleaved(lambda: on_engine(lambda: bursts(MANY)), lambda: on_engine(lambda: bursts(FEW)))
        yield at_most(f"one of {MANY:,} callbacks / one of {FEW:,}", many, few, 1.3, unit="us")
        early_ms = max(on_engine(earliest) for _ in range(5))
        text = f"{-early_ms:.3f} ms late" if early_ms <= 0 else f"{early_ms:.3f} ms EARLY"
        yield Figure("earliest timer", text, "", None, "never early", early_ms <= 0)


def _beside(busy: BusyTable, engine: EngineLoop, work: Callable[[], Awaitable[float]]) -> float:
    async def measured() -> float:
        return await work()

    busy.run(True)
    try:
        return screen_runs_until(engine.start(measured()))
    finally:
        busy.run(False)


def _on_qasync(busy: BusyTable) -> float:
    loop = QEventLoop(application())
    busy.run(True)
    try:
        with loop:
            return loop.run_until_complete(turns())
    finally:
        busy.run(False)
