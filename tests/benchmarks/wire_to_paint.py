"""One run from the wire to the painted row, in a process of its own: ``ours``, ``fixed`` or ``stock``.

``ours`` is the program: connection and engine on their thread, the seam, the order book dock of the shown main window.
``fixed`` is the same with a frame every 16 ms. ``stock`` is the same engine on qasync with a QTableView. Prints JSON:
milliseconds from the sender's write to the end of the paint that first shows an update (or a later one of its row), of
rows on screen; gaps between beats of the screen; CPU of this process.
"""

import asyncio
import gc
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QPaintEvent
from qasync import QEventLoop

from tests.benchmarks.samples import orders as sample_orders
from tests.benchmarks.stock_window import stock_window
from tests.benchmarks.venue_client import VenueProcess, connect, is_live, plan, until, venue_process
from tests.benchmarks.venue_process import TICK
from workstation.app import Desktop, application, collecting_on_screen, log_qt_message
from workstation.desk.messages import EngineMessage
from workstation.domain.orders import Order
from workstation.engine_plan import EnginePlan
from workstation.engine_room import build_engine_room
from workstation.item_models import frame_clock
from workstation.runtime.desktop_options import DesktopOptions
from workstation.services.engine_seam import MOST_PER_TURN
from workstation.venues.base import ConnectionStatus
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.fast_table import FastTable
from workstation.widgets.standard_docks import ORDERS

KNOWN_ORDERS = 64
BEAT_MS = 2


@dataclass(slots=True)
class Watch:
    """Takes the times of what is painted."""

    venue: VenueProcess
    step: int = KNOWN_ORDERS
    shown: dict[str, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    paints: int = 0
    newest: int = 0
    watching: bool = False

    def painted(self, orders: list[Order]) -> None:
        """Take note of what stands on screen now."""
        now, stamps = time.perf_counter(), self.venue.stamps
        self.paints += self.watching
        for order in orders:
            assert order.terms.price is not None
            sequence = int(order.terms.price / TICK)
            before = self.shown.get(order.cl_ord_id)
            self.shown[order.cl_ord_id] = sequence
            if self.watching and before is not None:
                self.latencies += [now - stamps[n] for n in range(before + self.step, sequence + 1, self.step)]

    def take(self, order: Order) -> None:
        """Take note of how far the screen's state has come."""
        assert order.terms.price is not None
        self.newest = max(self.newest, int(order.terms.price / TICK))


class WatchesBeats(Protocol):
    """Something that keeps the gaps between turns of the screen while it watches."""

    watching: bool
    gaps: list[float]


def watch_beats(watch: WatchesBeats) -> QTimer:
    """Start to look how often the screen gets its turn."""
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        if watch.watching:
            watch.gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start()
    return timer


async def measure(watch: Watch, rate: float, seconds: float) -> dict[str, float]:
    """Flood the program and return what was seen."""
    venue = watch.venue
    await _flood(watch, rate, 0.5)  # warms up, and gives every row its first number
    gc.collect()
    await asyncio.sleep(0.05)  # the wait for it is no gap of the program's
    watch.watching = True
    cpu_s, began_s = time.process_time(), time.perf_counter()
    drained_s = await _flood(watch, rate, seconds)
    watch.watching = False
    cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - began_s
    latencies, gaps = sorted(watch.latencies) or [float("inf")], sorted(watch.gaps) or [float("inf")]
    return {
        "p50_ms": latencies[len(latencies) // 2] * 1e3,
        "p99_ms": latencies[int(len(latencies) * 0.99)] * 1e3,
        "gap_p99_ms": gaps[int(len(gaps) * 0.99)] * 1e3,
        "gap_max_ms": gaps[-1] * 1e3,
        "cpu": cpu_s / wall_s,
        "cpu_us": cpu_s / (rate * seconds) * 1e6,
        "backlog_s": drained_s,
        "paints": watch.paints / wall_s,
        "seen": float(len(latencies)),
        "sent": float(venue.last),
    }


async def _flood(watch: Watch, rate: float, seconds: float) -> float:
    """Return how long after the sender's last update the screen's state had it."""
    venue = watch.venue
    venue.flood(rate, seconds)
    await until(lambda: venue.last > 0, "the flood is sent")
    ended = time.perf_counter()
    with suppress(TimeoutError):
        await until(lambda: watch.newest >= venue.last, "all updates are in")
    return time.perf_counter() - ended


async def through_desktop(watch: Watch, its_plan: EnginePlan, work: "Work", rows: int) -> dict[str, float]:
    """Run the whole program."""
    closing = asyncio.Event()
    desktop = Desktop(application(), closing, DesktopOptions(quit_after_s=3_600.0), its_plan)
    assert desktop.window is not None
    desktop.services.orders.orders_changed.connect(lambda changed: [watch.take(order) for order in changed])
    book = desktop.window.workspace.content(ORDERS)
    assert isinstance(book, OrderBookDock)
    book.table.view.columns.sort_by("order_id")  # rows stay where they are: every update of a row on screen counts
    _watch_paints(book.table.view, watch)
    running = asyncio.get_running_loop().create_task(desktop.run())
    try:
        await connect(desktop.seam.ask, watch.venue.url)
        statuses = desktop.services.connections.statuses
        await until(lambda: any(map(is_live, statuses.values())), "the venue is live")
        await until(lambda: book.model.rowCount() >= KNOWN_ORDERS, "the book is shown")
        others = sample_orders(max(0, rows - KNOWN_ORDERS))  # shown, but not spoken of
        for first in range(0, len(others), MOST_PER_TURN):
            desktop.services.dispatch(others[first : first + MOST_PER_TURN])
            await asyncio.sleep(0)
        await until(lambda: not book.model.has_waiting, "all orders are shown")
        desktop.window.resize(1_920, 1_080)
        return await work(watch)
    finally:
        closing.set()
        await running


def _watch_paints(view: FastTable, watch: Watch) -> None:
    paint = FastTable.paintEvent

    def watched(table: FastTable, event: QPaintEvent) -> None:
        paint(table, event)
        if table is view:
            first, last = table._visible_rows()
            watch.painted([table.rows().record_at(row) for row in range(first, last + 1)])

    FastTable.paintEvent = watched  # type: ignore[method-assign]


async def through_stock(watch: Watch, its_plan: EnginePlan, work: "Work") -> dict[str, float]:
    """Run the engine beside the screen on one loop."""
    statuses: list[ConnectionStatus] = []
    window, show = stock_window(watch.painted)

    def take(message: EngineMessage) -> None:
        if isinstance(message, ConnectionStatus):
            statuses.append(message)
        elif isinstance(message, Order):
            watch.take(message)
        show(message)

    room = await build_engine_room(its_plan, take)
    running = asyncio.get_running_loop().create_task(room.run())
    try:
        await connect(room.handle, watch.venue.url)
        await until(lambda: bool(statuses) and is_live(statuses[-1]), "the venue is live")
        return await work(watch)
    finally:
        running.cancel()
        await asyncio.wait([running])
        room.close()
        window.close()


Work = Callable[[Watch], "asyncio.Future[dict[str, float]]"]


def main(mode: str, rate: float, seconds: float, rows: int) -> None:
    """Do one run and print it."""
    logging.getLogger("workstation").addHandler(logging.NullHandler())
    if mode == "fixed":
        frame_clock.SHORTEST_S = frame_clock.LONGEST_S
    app = application()
    qInstallMessageHandler(log_qt_message)

    def work(watch: Watch) -> "asyncio.Future[dict[str, float]]":
        beats = watch_beats(watch)
        future = asyncio.ensure_future(measure(watch, rate, seconds))
        future.add_done_callback(lambda _: beats.stop())
        return future

    with venue_process(KNOWN_ORDERS) as venue, plan() as its_plan:
        loop = QEventLoop(app)
        asyncio.set_event_loop(loop)
        watch = Watch(venue)
        if mode == "stock":
            found = loop.run_until_complete(through_stock(watch, its_plan, work))
        else:
            with collecting_on_screen():
                found = loop.run_until_complete(through_desktop(watch, its_plan, work, rows))
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)


def in_a_process(mode: str, rate: float, seconds: float, rows: int = 0) -> dict[str, float]:
    """Do one run in a process of its own and return what it printed.

    Raises:
        RuntimeError: it failed.
    """
    words = [sys.executable, "-m", "tests.benchmarks.wire_to_paint", mode, str(rate), str(seconds), str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
