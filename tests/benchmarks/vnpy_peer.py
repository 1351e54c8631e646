"""vn.py's side of the blotter benchmark; runs inside vn.py's own environment, so it imports nothing of ours."""

import json
import os
import random
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime

os.environ["HOME"] = tempfile.mkdtemp()  # vn.py keeps settings and window layouts there

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from vnpy.event import Event, EventEngine
from vnpy.trader.constant import Direction, Exchange, OrderType, Status
from vnpy.trader.event import EVENT_ORDER, EVENT_TICK
from vnpy.trader.object import OrderData, TickData
from vnpy.trader.ui.widget import OrderMonitor, TickMonitor


def order(number: int, price: float, status: Status) -> OrderData:
    """Return one of vn.py's orders."""
    return OrderData(
        symbol=("ESZ26", "NQZ26", "CLF27", "GCG27")[number % 4],
        exchange=Exchange.CME,
        orderid=f"W{number:09d}",
        type=OrderType.LIMIT,
        direction=Direction.LONG if number % 2 else Direction.SHORT,
        price=price,
        volume=float(number % 90 + 1),
        status=status,
        gateway_name="QST",
    )


def tick(number: int, symbols: int, price: float) -> TickData:
    """Return one of vn.py's ticks."""
    return TickData(
        symbol=f"S{number % symbols:04d}",
        exchange=Exchange.CME,
        datetime=datetime(2026, 11, 18, 11, 6, number % 60, tzinfo=UTC),
        name="a future",
        volume=float(number),
        last_price=price,
        open_price=price,
        high_price=price + 5,
        low_price=price - 5,
        bid_price_1=price - 0.25,
        bid_volume_1=float(number % 90 + 1),
        ask_price_1=price + 0.25,
        ask_volume_1=float(number % 70 + 1),
        gateway_name="QST",
    )


def resident_bytes() -> int:
    """Return how much memory the process holds."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Main:
    """vn.py's main engine as far as a monitor asks for it."""


def main(work: str, sorting: bool) -> None:
    """Send the work's events from a second thread and print rate, longest gap and memory."""
    app = QApplication([])
    events = EventEngine()
    kind, event_type = (TickMonitor, EVENT_TICK) if work == "tick" else (OrderMonitor, EVENT_ORDER)
    kind.sorting = sorting
    monitor = kind(Main(), events)
    monitor.resize(1200, 800)
    monitor.show()
    app.processEvents()
    dice = random.Random(1)
    prices = [dice.randrange(20_000) / 4 for _ in range(20_000)]
    count, rows = {
        "insert": (10_000, 10_000),
        "update": (10_000, 1_000),
        "tick": (10_000, 500),
        "memory": (5_000, 5_000),
    }[work]

    def item(number: int) -> OrderData | TickData:
        if work == "tick":
            return tick(number, rows, prices[number])
        return order(number % rows, prices[number], Status.NOTTRADED)

    if work in ("update", "tick"):
        for number in range(rows):
            monitor.process_event(Event(event_type, item(number)))
        app.processEvents()
    items = [item(number) for number in range(count)]
    before, done, gaps = resident_bytes(), [0], [0.0]
    process = monitor.process_event

    def counted(event: Event) -> None:
        process(event)
        done[0] += 1

    monitor.signal.disconnect(monitor.process_event)
    monitor.signal.connect(counted)
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps[0] = max(gaps[0], now - last[0])
        last[0] = now

    timer = QTimer(interval=0)
    timer.timeout.connect(beat)
    timer.start()
    began = time.perf_counter()
    threading.Thread(target=lambda: [monitor.signal.emit(Event(event_type, each)) for each in items]).start()
    while done[0] < count:
        app.processEvents()
    app.processEvents()
    seconds = time.perf_counter() - began
    held = resident_bytes() - before
    found = {"rate": count / seconds, "gap_ms": gaps[0] * 1e3, "bytes_per_row": held / rows}
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)


main(sys.argv[1], sys.argv[2] == "sorted")
