"""One run of XAPI ticks from the wire to the painted quote, in a process of its own: ``ours``, ``fixed`` or ``stock``.

``ours`` is the program: connection and engine on their thread, the seam, the quotes dock of the shown main window with
a watchlist of 500 symbols. ``fixed`` is the same with a frame every 16 ms. ``stock`` is the same engine on qasync with
a QTableView, one signal per quote. The venue's rule of 200 ms between requests is off, or 500 subscriptions would take
two minutes. Prints JSON: milliseconds from the sender's write to the end of the paint that shows a quote for the first
time, of rows on screen; gaps between beats of the screen; CPU of this process; and what loading the symbols cost.
"""

import asyncio
import gc
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, qInstallMessageHandler
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow, QTableView
from qasync import QEventLoop

from tests.benchmarks.venue_client import VenueProcess, is_live, plan, until, venue_process
from tests.benchmarks.wire_to_paint import watch_beats
from tests.benchmarks.xapi_process import EPOCH_MS, symbol_name
from workstation import engine_room
from workstation.app import Desktop, application, collecting_on_screen, log_qt_message
from workstation.desk.commands import Answer, Command, Done, SaveConnection, WatchMarket
from workstation.desk.messages import EngineMessage, MarketMoved
from workstation.domain.connection import ConnectionProfile, Environment
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Quote
from workstation.engine_plan import EnginePlan
from workstation.item_models import frame_clock
from workstation.item_models.number_text import price_text
from workstation.item_models.quotes_model import QuotesModel
from workstation.runtime.desktop_options import DesktopOptions
from workstation.venues.base import ConnectionStatus, InstrumentsListed, VenueKind
from workstation.venues.xapi.connection import VENUE, XapiConnection
from workstation.venues.xapi.session import Timing
from workstation.widgets.docks.quotes import QuotesDock
from workstation.widgets.fast_table import FastTable
from workstation.widgets.late_content import LateContent
from workstation.widgets.standard_docks import QUOTES

QUOTED = 500
PLACE = ConnectionID("xapi-benchmark")
KEYS = tuple(InstrumentKey(PLACE, symbol_name(number)) for number in range(QUOTED))
FAST = VenueKind(
    factory=lambda profile, secrets, sink: XapiConnection(profile, secrets, sink, timing=Timing(gap_s=0.0)),
    capabilities=VENUE.capabilities,
)


def sequence_of(quote: Quote) -> int:
    """Return which tick made `quote`."""
    return quote.transact_time_ns // 1_000_000 - EPOCH_MS


@dataclass(eq=False)
class Watched:
    """Takes the times of what is painted."""

    venue: VenueProcess
    shown: dict[InstrumentKey, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    watching: bool = False
    newest: int = 0

    def painted(self, quotes: list[Quote]) -> None:
        """Take note of what stands on screen now."""
        now, stamps = time.perf_counter(), self.venue.stamps
        for quote in quotes:
            number = sequence_of(quote)
            before = self.shown.get(quote.key)
            if number != before and number > 0:
                self.shown[quote.key] = number
                if self.watching and before is not None:
                    self.latencies.append(now - stamps[number])

    def take(self, quotes: list[Quote]) -> None:
        """Take note of how far the screen's state has come."""
        self.newest = max(self.newest, *map(sequence_of, quotes))


async def _flood(watched: Watched, rate: float, seconds: float) -> float:
    """Return how long after the sender's last tick the screen's state had it."""
    venue = watched.venue
    venue.flood(rate, seconds)
    await until(lambda: venue.last > 0, "the flood is sent")
    ended = time.perf_counter()
    with suppress(TimeoutError):
        await until(lambda: watched.newest >= venue.last, "all ticks are in")
    return time.perf_counter() - ended


async def measure(watched: Watched, rate: float, seconds: float) -> dict[str, float]:
    """Flood the program and return what was seen."""
    await until(lambda: int(watched.venue.ask("count")) >= QUOTED, "all symbols are subscribed")
    await _flood(watched, rate, 0.5)
    gc.collect()
    await asyncio.sleep(0.05)
    watched.watching = True
    cpu_s, began_s = time.process_time(), time.perf_counter()
    drained_s = await _flood(watched, rate, seconds)
    watched.watching = False
    cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - began_s
    latencies, gaps = sorted(watched.latencies) or [float("inf")], sorted(watched.gaps) or [float("inf")]
    return {
        "p50_ms": latencies[len(latencies) // 2] * 1e3,
        "p99_ms": latencies[int(len(latencies) * 0.99)] * 1e3,
        "gap_p99_ms": gaps[int(len(gaps) * 0.99)] * 1e3,
        "gap_max_ms": gaps[-1] * 1e3,
        "cpu": cpu_s / wall_s,
        "cpu_us": cpu_s / (rate * seconds) * 1e6,
        "backlog_s": drained_s,
        "seen": float(len(latencies)),
    }


def profile(venue: VenueProcess) -> tuple[ConnectionProfile, dict[str, str]]:
    """Return how the venue is reached."""
    main, stream = venue.url.split()
    made = ConnectionProfile(
        connection_id=PLACE,
        venue="xapi",
        name="XAPI",
        environment=Environment.SIMULATED,
        url=f"tcp://127.0.0.1:{main}",
        settings={"user_id": "1", "stream_url": f"tcp://127.0.0.1:{stream}"},
        secret_names=("password",),
    )
    return made, {"password": "p"}


async def save(ask: Callable[[Command], Awaitable[Answer]], venue: VenueProcess) -> None:
    """Add the venue as a connection; it connects by itself."""
    made, secrets = profile(venue)
    answer = await ask(SaveConnection(profile=made, secrets=secrets, remember=False))
    assert isinstance(answer, Done), answer


async def through_desktop(watched: Watched, its_plan: EnginePlan, rate: float, seconds: float) -> dict[str, float]:
    """Run the whole program."""
    closing = asyncio.Event()
    desktop = Desktop(application(), closing, DesktopOptions(quit_after_s=3_600.0), its_plan)
    assert desktop.window is not None
    services = desktop.services
    services.market.quotes_changed.connect(watched.take)
    running = asyncio.get_running_loop().create_task(desktop.run())
    try:
        desktop.window.resize(1_920, 1_080)
        late = desktop.window.workspace.content(QUOTES)
        assert isinstance(late, LateContent)
        dock = late.content()
        assert isinstance(dock, QuotesDock)
        _watch_paints(dock.table.view, dock.model, watched)
        await save(desktop.seam.ask, watched.venue)
        await until(lambda: len(services.connections.instruments.get(PLACE, {})) >= QUOTED, "all symbols are listed")
        await until(lambda: any(map(is_live, services.connections.statuses.values())), "the venue is live")
        desktop.window.workspace.show_dock(QUOTES)
        dock.lists.add(KEYS)
        return await measure(watched, rate, seconds)
    finally:
        closing.set()
        await running


def _watch_paints(view: FastTable, model: QuotesModel, watched: Watched) -> None:
    paint = FastTable.paintEvent

    def observed(table: FastTable, event: QPaintEvent) -> None:
        paint(table, event)
        if table is view:
            first, last = table._visible_rows()
            rows = [model.record_at(row) for row in range(first, last + 1)]
            watched.painted([row.quote for row in rows if row.quote is not None])

    FastTable.paintEvent = observed  # type: ignore[method-assign]


class StockModel(QAbstractTableModel):
    """Quotes in the order of the list; one signal per quote."""

    def __init__(self) -> None:
        super().__init__()
        self.quotes: list[Quote] = [Quote(key=key) for key in KEYS]
        self._rows = {key: row for row, key in enumerate(KEYS)}

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
        return len(self.quotes)

    def columnCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
        return 9

    def data(self, index: QModelIndex, role: int = 0) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        quote = self.quotes[index.row()]
        values = (quote.bid_px, quote.ask_px, quote.spread, quote.high_px, quote.low_px, quote.bid_qty, quote.ask_qty)
        if index.column() == 0:
            return quote.key.symbol
        return "" if index.column() > len(values) else price_text(values[index.column() - 1], None)

    def put(self, quote: Quote) -> None:
        """Show one quote."""
        row = self._rows[quote.key]
        self.quotes[row] = quote
        self.dataChanged.emit(self.index(row, 0), self.index(row, 8))


class StockView(QTableView):
    """Tells when it was painted."""

    def __init__(self, model: StockModel, watched: Watched) -> None:
        super().__init__()
        self._quotes, self._watched = model, watched
        self.setModel(model)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        self._watched.painted(self._quotes.quotes[max(first, 0) : (last if last >= 0 else QUOTED) + 1])


async def through_stock(watched: Watched, its_plan: EnginePlan, rate: float, seconds: float) -> dict[str, float]:
    """Run the engine beside the screen on one loop."""
    model, statuses, listed = StockModel(), list[ConnectionStatus](), list[int]()
    window, view = QMainWindow(), StockView(model, watched)
    window.setCentralWidget(view)
    window.resize(1_046, 540)
    window.show()

    def take(message: EngineMessage) -> None:
        if isinstance(message, MarketMoved):
            for quote in message.quotes:
                model.put(quote)
            if message.quotes:
                watched.take(list(message.quotes))
        elif isinstance(message, ConnectionStatus):
            statuses.append(message)
        elif isinstance(message, InstrumentsListed):
            listed.append(len(message.instruments))

    room = await engine_room.build_engine_room(its_plan, take)
    running = asyncio.get_running_loop().create_task(room.run())
    try:
        await save(room.handle, watched.venue)
        await until(lambda: sum(listed) >= QUOTED and is_live(statuses[-1]), "the venue is live")
        await room.handle(WatchMarket(watcher="stock", quotes=frozenset(KEYS)))
        return await measure(watched, rate, seconds)
    finally:
        running.cancel()
        await asyncio.wait([running])
        room.close()
        window.close()


def main(mode: str, rate: float, seconds: float) -> None:
    """Do one run and print it."""
    logging.getLogger("workstation").addHandler(logging.NullHandler())
    engine_room.XAPI = FAST  # type: ignore[attr-defined]
    if mode == "fixed":
        frame_clock.SHORTEST_S = frame_clock.LONGEST_S
    app = application()
    qInstallMessageHandler(log_qt_message)
    with venue_process(QUOTED, QUOTED, module="xapi_process") as venue, plan() as its_plan:
        loop = QEventLoop(app)
        asyncio.set_event_loop(loop)
        watched = Watched(venue)
        beats = watch_beats(watched)
        run = through_stock if mode == "stock" else through_desktop
        with collecting_on_screen():
            found = loop.run_until_complete(run(watched, its_plan, rate, seconds))
        beats.stop()
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)


def in_a_process(mode: str, rate: float, seconds: float) -> dict[str, float]:
    """Do one run in a process of its own and return what it printed.

    Raises:
        RuntimeError: it failed.
    """
    words = [sys.executable, "-m", "tests.benchmarks.ticks_to_paint", mode, str(rate), str(seconds)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
