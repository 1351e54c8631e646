"""vn.py's side of the blotter benchmark; runs inside vn.py's own environment, so it imports nothing of ours."""

import json
import os
import random
import sys
import tempfile
import threading
import time

os.environ["HOME"] = tempfile.mkdtemp()  # vn.py keeps settings and window layouts there

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from vnpy.event import Event, EventEngine
from vnpy.trader.constant import Direction, Exchange, OrderType, Status
from vnpy.trader.event import EVENT_ORDER
from vnpy.trader.object import OrderData
from vnpy.trader.ui.widget import OrderMonitor


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
    OrderMonitor.sorting = sorting
    monitor = OrderMonitor(Main(), events)
    monitor.resize(1200, 800)
    monitor.show()
    app.processEvents()
    dice = random.Random(1)
    prices = [dice.randrange(20_000) / 4 for _ in range(20_000)]
    count, rows = {"insert": (10_000, 10_000), "update": (10_000, 1_000), "memory": (5_000, 5_000)}[work]
    if work == "update":
        for number in range(rows):
            monitor.process_event(Event(EVENT_ORDER, order(number, prices[number], Status.NOTTRADED)))
        app.processEvents()
    items = [order(number % rows, prices[number], Status.NOTTRADED) for number in range(count)]
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
    threading.Thread(target=lambda: [monitor.signal.emit(Event(EVENT_ORDER, item)) for item in items]).start()
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
