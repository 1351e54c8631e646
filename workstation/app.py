"""The desktop program, put together: one object owns what lives as long as the window, and closes it in order.

The window is painted first, the engine's thread starts after. Qt never stops the loop: closing sets an event, and what
can be awaited is awaited before the loop ends. Ctrl+C and SIGTERM reach Python at once through a wake-up socket, not
through a timer.
"""

import asyncio
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from workstation import __version__
from workstation.desk.commands import Refused, StartBuiltInVenues
from workstation.desk.messages import EngineMessage
from workstation.engine_plan import Announced, EnginePlan
from workstation.runtime.clock import SystemClock
from workstation.runtime.desktop_options import DesktopOptions
from workstation.runtime.garbage import LOOK_EVERY_S, GarbageCollection
from workstation.runtime.log_files import LogFiles
from workstation.runtime.paths import ProfilePaths, ProfileUnusable
from workstation.runtime.redaction import Redactor
from workstation.runtime.tasks import TaskOwner
from workstation.screen_storage import ScreenLayouts, ScreenSettings
from workstation.services.engine_seam import EngineSeam, EngineSide
from workstation.services.subjects import Services
from workstation.single_instance import SingleInstance
from workstation.storage.connections import load_connections
from workstation.storage.settings import SettingsStore
from workstation.storage.workspaces import WorkspaceStore
from workstation.venues.base import Severity
from workstation.widgets.keys import KeyTable
from workstation.widgets.main_window import MainWindow
from workstation.widgets.screen import Screen
from workstation.widgets.standard_docks import standard_window
from workstation.widgets.theme import Theme

BUILT_IN = "built_in_venues"
"""Section of the settings: whether this profile opens the built-in venues at start."""

_logger = logging.getLogger(__name__)


def run_desktop(options: DesktopOptions) -> int:
    """Run the program until it is closed; return 0, or 2 after one line on standard error."""
    try:
        with profile_folder(options) as paths:
            return _run_in(paths, options)
    except (ProfileUnusable, ScreenshotFailed) as error:
        sys.stderr.write(f"workstation: {error}\n")
        return 2


class ScreenshotFailed(Exception):
    """The picture of the window could not be saved."""


@contextmanager
def profile_folder(options: DesktopOptions) -> Iterator[ProfilePaths]:
    """Give the profile to use; that of a demo is thrown away afterwards.

    Raises:
        ProfileUnusable: it cannot be made.
    """
    throw_away = tempfile.mkdtemp(prefix="workstation-demo-") if options.demo else None
    root = throw_away or options.profile
    paths = ProfilePaths(Path(root).resolve()) if root is not None else ProfilePaths.default()
    try:
        paths.create()
        yield paths
    finally:
        if throw_away is not None:
            shutil.rmtree(throw_away, ignore_errors=True)


def _run_in(paths: ProfilePaths, options: DesktopOptions) -> int:
    app = application()
    instance = SingleInstance(paths.lock)
    if not instance.is_first:
        sys.stderr.write(f"workstation: the profile {paths.root} is already open; its window was raised.\n")
        return 0
    redactor = Redactor()
    try:
        with (
            logged(paths, redactor) as logs,
            qt_loop(app) as loop,
            signals_to(closing := asyncio.Event(), loop),
            collecting_on_screen(),
        ):
            plan = plan_engine(paths, options, redactor)
            desktop = Desktop(app, closing, options, plan, complaints=last_run_told(logs))
            instance.raise_asked.connect(desktop.raise_window)
            loop.run_until_complete(desktop.run())
    finally:
        instance.release()
    return 0


def application() -> QApplication:
    """Return the one QApplication, named and set up for this program."""
    if os.environ.get("WAYLAND_DISPLAY") and os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb")  # a Wayland window cannot place itself on a second screen
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0]])
    app.setApplicationName("Workstation")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("workstation")
    app.setQuitOnLastWindowClosed(False)
    return app


@contextmanager
def logged(paths: ProfilePaths, redactor: Redactor) -> Iterator[LogFiles]:
    """Keep log files inside the block; what Qt says goes there too, instead of to the terminal.

    Raises:
        ProfileUnusable: the folder of the logs cannot be written.
    """
    try:
        logs = LogFiles.open(paths.logs, redactor)
    except OSError as error:
        raise ProfileUnusable(
            f"{paths.logs} cannot be written ({error.strerror}). Free the folder or the disk."
        ) from error
    before = qInstallMessageHandler(log_qt_message)
    try:
        yield logs
    finally:
        qInstallMessageHandler(before)
        logs.close()


def last_run_told(logs: LogFiles) -> tuple[str, ...]:
    """Return what the trader must know of a run before this one that did not end as it should; nothing of others."""
    if not logs.ended_unexpectedly:
        return ()
    return (
        "The last run of this program ended unexpectedly: it crashed, was killed, or the computer stopped. Every order "
        "is in the journal. Those that may still work are IN DOUBT or shown as last known until the venues' books are "
        "loaded; they are being settled, and nothing is sent again by itself. Look at IN DOUBT before you send. "
        f"What happened is in the log, in {logs.folder}.",
    )


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Put what Qt says into the log files instead of on the terminal."""
    level = logging.DEBUG if text in _HARMLESS else _LEVELS.get(kind, logging.WARNING)
    _logger.log(level, "Qt: %s (%s)", text, context.category or "default")


_HARMLESS = ("This plugin does not support propagateSizeHints()",)
_LEVELS = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}


@contextmanager
def qt_loop(app: QApplication) -> Iterator[QEventLoop]:
    """Run asyncio on Qt's loop inside the block."""
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        yield loop
    finally:
        asyncio.set_event_loop(None)
        loop.close()


@contextmanager
def collecting_on_screen() -> Iterator[None]:
    """Let only the screen's thread, this one, collect garbage inside the block."""
    collection = GarbageCollection(SystemClock().monotonic_s)
    timer = QTimer(interval=round(LOOK_EVERY_S * 1000), timerType=Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(collection.look)
    collection.take_over()
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        collection.give_back()


@contextmanager
def signals_to(closing: asyncio.Event, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Set `closing` on Ctrl+C and SIGTERM, at once, although Qt waits in C++."""
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: reader.recv(64))  # running any Python lets the handler below run
    before_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: loop.call_soon_threadsafe(closing.set)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
        signal.set_wakeup_fd(before_fd)
        notifier.setEnabled(False)
        reader.close()
        writer.close()


def plan_engine(
    paths: ProfilePaths, options: DesktopOptions, redactor: Redactor, announced: Announced = lambda _: None
) -> EnginePlan:
    """Return what to build for this profile; reads its settings."""
    settings = SettingsStore.open(paths.settings)
    return EnginePlan(
        paths=paths,
        settings=settings,
        redactor=redactor,
        built_in_at_start=options.demo or settings.get(BUILT_IN).get("at_start") is True,
        announced=announced,
    )


async def _build_engine(plan: EnginePlan, publish: Callable[[EngineMessage], None]) -> EngineSide:
    # Imported here, on the engine's thread: loading the network libraries must not delay the first paint.
    from workstation.engine_room import build_engine_room  # noqa: PLC0415

    return await build_engine_room(plan, publish)


class Desktop(QObject):
    """Everything that lives as long as the window."""

    def __init__(
        self,
        app: QApplication,
        closing: asyncio.Event,
        options: DesktopOptions,
        plan: EnginePlan,
        *,
        complaints: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._options = options
        self._closing = closing
        self._early = list(complaints)
        self.window: MainWindow | None = None
        store, layouts = plan.settings, WorkspaceStore.open(plan.paths.workspaces)
        self._early += [fault for fault in (store.fault, layouts.fault) if fault]
        self.settings = ScreenSettings(store, self._complain)
        self.services = Services(self)
        self._is_first_start = not (options.demo or store.get(BUILT_IN) or load_connections(store).profiles)
        self.seam = EngineSeam(self.services, partial(_build_engine, plan), self)
        self.tasks = TaskOwner(self._task_failed, asyncio.get_event_loop())
        theme = Theme(self.settings, self)
        theme.install(app, dressed=False)  # until the window stands
        self.screen = Screen(
            services=self.services,
            desk=self.seam,
            theme=theme,
            settings=self.settings,
            tasks=self.tasks,
            keys=KeyTable(self.settings),
            layouts=ScreenLayouts(layouts, self._complain),
            clock=SystemClock(),
            profile_folder=None if options.demo else plan.paths.root,
        )
        self.window = self._build_window()

    def _build_window(self) -> MainWindow:
        window = standard_window(self.screen)
        window.closed.connect(self._closing.set)
        window.demo_requested.connect(self._start_built_in)
        for complaint in self._early:
            window.alerts.raise_alert(Severity.WARNING, complaint)
        return window

    async def run(self) -> None:
        """Show the window, trade, and close everything in order."""
        assert self.window is not None
        self.window.installEventFilter(self)
        self.window.open_first()
        if self._is_first_start and self._options.quit_after_s is None:
            self.window.open_first_start()
        try:
            if self._options.quit_after_s is not None:
                asyncio.get_running_loop().call_later(self._options.quit_after_s, self._closing.set)
            await self._closing.wait()
            self._save_screenshot()
        finally:
            self.window.leave()
            await self.seam.stop()  # first: until it has stopped, its news may still start work on the screen
            await self.tasks.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Start the engine after the window's first paint."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.seam.start)
        return False

    def raise_window(self) -> None:
        """Bring the window to the front, for a second start of the same profile."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def _save_screenshot(self) -> None:
        shot = self._options.screenshot
        if shot is not None and self.window is not None and not self.window.grab().save(str(shot), "PNG"):
            raise ScreenshotFailed(f"{shot} could not be written. Name a file in a folder that exists.")

    def _start_built_in(self) -> None:
        self.settings.put(BUILT_IN, {"at_start": True})
        self.tasks.start(self._ask_built_in(), "start the built-in venues")

    async def _ask_built_in(self) -> None:
        answer = await self.seam.ask(StartBuiltInVenues())
        if isinstance(answer, Refused):
            self._complain(answer.findings[0].text)

    def _complain(self, text: str) -> None:
        if self.window is None:
            self._early.append(text)
        else:
            self.window.alerts.raise_alert(Severity.WARNING, text)

    def _task_failed(self, name: str, error: BaseException) -> None:
        _logger.error("%s failed", name, exc_info=error)
        self._complain(f"This program made a mistake while it should {name}: {error}. The log file holds the details.")
