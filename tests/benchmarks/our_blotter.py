"""Our side of the blotter benchmark, in a process of its own: the order book dock of the shown main window.

Events come from a second thread, through the services, and the table is sorted by price while they come. Ticks go to a
table of quotes in a window of its own, sorted by the last price.
"""

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tests.benchmarks.quotes import SYMBOLS, quote_table, quotes
from tests.benchmarks.samples import orders, repriced
from tests.benchmarks.shown_window import shown_window
from tests.benchmarks.target import application
from workstation.item_models.row_model import RowModel
from workstation.services.engine_seam import MOST_PER_TURN

COUNT = 10_000


class Seam(QObject):
    """The engine's way to the screen: a list that is swapped on one queued signal."""

    filled = Signal()

    def __init__(self, dispatch: Callable[[list[Any]], object]) -> None:
        super().__init__()
        self._dispatch = dispatch
        self._waiting: list[Any] = []
        self._lock = threading.Lock()
        self.taken = 0
        self.filled.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def put(self, message: object) -> None:
        """Called on the engine's thread, once per event."""
        with self._lock:
            self._waiting.append(message)
            first = len(self._waiting) == 1
        if first:
            self.filled.emit()

    def _take(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting[:MOST_PER_TURN], self._waiting[MOST_PER_TURN:]
            if self._waiting:
                self.filled.emit()
        self.taken += len(batch)
        self._dispatch(batch)


def resident_bytes() -> int:
    """Return how much memory the process holds."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def throughput(work: str, rows: int) -> dict[str, float]:
    """Insert into or update a table that already holds `rows`; return the rate and the longest gap."""
    shown = shown_window()
    target = shown.target()
    target.table.columns.sort_by("price", descending=True)
    known = orders(rows + COUNT)
    shown.screen.services.dispatch(known[:rows])
    if work == "insert":
        events = known[rows:]
    else:
        events = [repriced(known[number % min(rows, 1_000)], number // 7) for number in range(COUNT)]
    target.model.flush()
    return _pumped(shown.screen.services.dispatch, events, target.model)


def ticks(symbols: int) -> dict[str, float]:
    """Send quotes of `symbols` instruments; return the rate and the longest gap."""
    table, model = quote_table()
    model.put_many(quotes(symbols, symbols))
    model.flush()
    table.columns.sort_by("last", descending=True)
    model.finish_arranging()
    return _pumped(model.put_many, quotes(symbols, COUNT, seed=2), model)


def _pumped(
    dispatch: Callable[[list[Any]], object], events: Sequence[object], model: RowModel[Any, Any]
) -> dict[str, float]:
    """Send `events` from a second thread until all are shown; return the rate and the longest gap."""
    application().processEvents()
    gc.collect()
    gc.freeze()
    seam, gaps, last = Seam(dispatch), [0.0], [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps[0] = max(gaps[0], now - last[0])
        last[0] = now

    timer = QTimer(interval=0)
    timer.timeout.connect(beat)
    timer.start()
    last[0] = began = time.perf_counter()
    threading.Thread(target=lambda: [seam.put(event) for event in events]).start()
    while seam.taken < COUNT or model.has_waiting:
        application().processEvents()
    application().processEvents()
    return {"rate": COUNT / (time.perf_counter() - began), "gap_ms": gaps[0] * 1e3}


def memory(rows: int) -> dict[str, float]:
    """Return bytes per row, order and index included, of a table sorted by price."""
    shown = shown_window()
    target = shown.target()
    target.table.columns.sort_by("price")
    shown.screen.services.dispatch(orders(100, seed=2))
    target.model.flush()
    application().processEvents()
    gc.collect()
    before = resident_bytes()
    shown.screen.services.dispatch(orders(rows))
    target.model.flush()
    application().processEvents()
    gc.collect()
    return {"bytes_per_row": (resident_bytes() - before) / rows}


def main(work: str) -> None:
    """Do one piece of work and print one line of JSON."""
    sys.setswitchinterval(0.0005)
    name, _, rows = work.partition(":")
    if name == "memory":
        found = memory(int(rows))
    else:
        found = ticks(int(rows or SYMBOLS)) if name == "tick" else throughput(name, int(rows))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(sys.argv[1])
