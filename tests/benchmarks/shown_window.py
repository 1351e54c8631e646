"""The program's main window with all its docks, shown; and the work that keeps it busy."""

import asyncio
import itertools
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler

from tests.benchmarks.samples import orders, repriced
from tests.benchmarks.target import COLUMNS, ROWS, Target, application
from tests.support.dock_screen import make_screen
from workstation.app import collecting_on_screen
from workstation.engine_room import SWITCH_INTERVAL_S
from workstation.runtime.engine_loop import engine_loop as new_engine_loop
from workstation.widgets.docks.accounts import AccountsDock
from workstation.widgets.docks.activity_log import ActivityLogDock
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.main_window import MainWindow
from workstation.widgets.screen import Screen
from workstation.widgets.standard_docks import ACCOUNTS, LOG, ORDERS, standard_window

FRAME_MS = 16
Value = TypeVar("Value")
Dock = TypeVar("Dock")


@dataclass(slots=True)
class Shown:
    """The window, with what its docks are told by."""

    window: MainWindow
    screen: Screen

    def dock(self, dock_id: str, kind: type[Dock]) -> Dock:
        """Return what a dock holds."""
        found = self.window.workspace.content(dock_id)
        assert isinstance(found, kind)
        return found

    @property
    def order_book(self) -> OrderBookDock:
        """The order book dock."""
        return self.dock(ORDERS, OrderBookDock)

    @property
    def log(self) -> ActivityLogDock:
        """The activity log dock."""
        return self.dock(LOG, ActivityLogDock)

    @property
    def accounts(self) -> AccountsDock:
        """The accounts dock."""
        return self.dock(ACCOUNTS, AccountsDock)

    def target(self) -> Target:
        """Return the order book's table as what the table benchmarks measure, with 33 rows of 12 columns on screen."""
        view = self.order_book.table.view
        for number, column in enumerate(view.rows().columns):
            view.columns.set_shown(number, column.key in COLUMNS)
        missing = ROWS * view.verticalHeader().defaultSectionSize() - view.viewport().height()
        self.window.resize(self.window.width(), self.window.height() + 2 * missing + 40)
        application().processEvents()
        return Target(self.window, view, self.order_book.model)


_shown: list[Shown] = []


def shown_window(width: int = 1_920, height: int = 1_080) -> Shown:
    """Show the main window in its default layout, alone: one of an earlier benchmark is hidden."""
    app = application()
    for earlier in _shown:
        earlier.window.hide()
    qInstallMessageHandler(_quiet)
    screen, _ = make_screen()
    screen.theme.install(app)
    window = standard_window(screen)
    window.open_first()
    window.resize(width, height)
    app.processEvents()
    _shown.append(Shown(window, screen))
    return _shown[-1]


def _quiet(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if "propagateSizeHints" not in text:  # the off-screen plugin says so of every window
        sys.stderr.write(f"{kind.name}: {text}\n")


class BusyTable:
    """Every row on screen of the order book changes and is painted, sixty times a second."""

    def __init__(self, shown: Shown, rows: int = 64) -> None:
        self._dispatch = shown.screen.services.dispatch
        self._known = orders(rows)
        self._steps = itertools.count(1)
        self._timer = QTimer(interval=FRAME_MS)
        self._timer.timeout.connect(self._change)
        self._dispatch(self._known)

    def run(self, running: bool) -> None:
        """Keep the table busy, or let it rest."""
        self._timer.start() if running else self._timer.stop()

    def _change(self) -> None:
        step = next(self._steps)
        self._dispatch([repriced(order, step * 13 + n) for n, order in enumerate(self._known)])


class Stall:
    """Pure Python on the screen's thread: 20 ms in every 50."""

    def __init__(self, busy_s: float = 0.020, every_ms: int = 50) -> None:
        self._busy_s = busy_s
        self._timer = QTimer(interval=every_ms)
        self._timer.timeout.connect(self._spin)

    def run(self, running: bool) -> None:
        """Stall, or let the screen rest."""
        self._timer.start() if running else self._timer.stop()

    def _spin(self) -> None:
        end, number = time.perf_counter() + self._busy_s, 0
        while time.perf_counter() < end:
            number += 1


class EngineLoop:
    """The engine's loop in a thread of its own, as the program hosts it."""

    def __init__(self) -> None:
        self._loop = new_engine_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="engine", daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, Value]) -> "Future[Value]":
        """Run `work` on the engine's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def engine_loop() -> Iterator[EngineLoop]:
    """Run an engine's loop inside the block, with the program's own switch interval and garbage collection."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    loop = EngineLoop()
    try:
        with collecting_on_screen():
            yield loop
    finally:
        loop.close()
        sys.setswitchinterval(before)


def screen_runs_until(future: "Future[Value]") -> Value:
    """Let the screen live until `future` is done."""
    waiting = QEventLoop()
    look = QTimer(interval=5)
    look.timeout.connect(lambda: waiting.quit() if future.done() else None)
    look.start()
    waiting.exec()
    return future.result()
