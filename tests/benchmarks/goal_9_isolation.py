"""Goal 9, isolation: a network echo while the screen computes 20 ms in every 50: engine thread and qasync."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from qasync import QEventLoop
from websockets.asyncio.client import connect

from tests.benchmarks.interleave import Figure, at_most, interleaved
from tests.benchmarks.shown_window import Stall, engine_loop, screen_runs_until, shown_window
from tests.benchmarks.target import application

SECONDS = 2.0
EVERY_S = 0.002
FRAME = b"x" * 200


@contextmanager
def echo_url() -> Iterator[str]:
    """Run the echo server inside the block."""
    command = [sys.executable, "-m", "tests.benchmarks.echo_process"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        yield child.stdout.readline().strip()
        child.stdin.close()


async def p99_ms(url: str) -> float:
    """Return the 99th percentile of round trips, each counted from when it was due, not from when it could start."""
    trips: list[float] = []
    async with connect(url, compression=None, ping_interval=None) as socket:
        due = time.perf_counter()
        end = due + SECONDS
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await socket.send(FRAME)
            await socket.recv()
            trips.append(time.perf_counter() - due)
            due += EVERY_S
    return sorted(trips)[int(len(trips) * 0.99)] * 1e3


def run() -> Iterator[Figure]:
    """Echo over the same server from both loops, taking turns."""
    shown, stall = shown_window(), Stall()
    with echo_url() as url, engine_loop() as engine:

        def ours() -> float:
            stall.run(True)
            try:
                return screen_runs_until(engine.start(p99_ms(url)))
            finally:
                stall.run(False)

        def peer() -> float:
            stall.run(True)
            try:
                with QEventLoop(application()) as loop:
                    found: float = loop.run_until_complete(p99_ms(url))
                    return found
            finally:
                stall.run(False)

        mine, theirs = interleaved(ours, peer, rounds=5)
    shown.window.leave()
    yield at_most("network echo p99, screen stalls 20 ms in 50", mine, theirs, 0.20)
