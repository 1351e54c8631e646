"""The seam between engine and screen: a thread, a list and a signal.

The engine runs on a plain asyncio loop in its own thread and owns all trading state; the screen owns what is shown.
They exchange immutable values only. Upwards, values are appended to a list and one queued signal wakes the screen when
the list was empty: a burst costs one wake-up, and no value is ever dropped or reordered. Downwards, a command travels
with a request id by ``call_soon_threadsafe``; its answer comes back in the same list, so that everything that happened
before an answer is shown before it. A stalled screen delays no order, and a slow disk stalls no screen.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from workstation.desk.commands import Answer, Command
from workstation.desk.market_data import merged
from workstation.desk.messages import EngineFailed, EngineMessage, MarketMoved
from workstation.runtime.engine_loop import engine_loop
from workstation.services.desk_client import EngineGone
from workstation.services.subjects import Services

MOST_PER_TURN = 4_000
"""Values handed to the screen in one turn; the rest waits for the next, so that input and paint come between."""

LAST_COMMANDS_S = 2.0
"""How long the end waits for commands that are being carried out, such as a cancel on its way to the wire."""

_logger = logging.getLogger(__name__)


class EngineSide(Protocol):
    """What runs below the seam; built and used on the engine's loop only."""

    async def run(self) -> None:
        """Trade until cancelled."""
        ...

    async def handle(self, command: Command) -> Answer:
        """Do what the screen asks."""
        ...

    def close(self) -> None:
        """Give back what was opened when it was built; called once, last, even if it never ran."""
        ...


EngineFactory = Callable[[Callable[[EngineMessage], None]], Awaitable[EngineSide]]
"""Builds the engine on its own loop, around the function that tells the screen."""


@dataclass(frozen=True, slots=True)
class _Answered:
    request_id: int
    answer: Answer | None
    error: BaseException | None


@dataclass(frozen=True, slots=True)
class _Ended:
    fault: str


_Upward = EngineMessage | _Answered | _Ended


class EngineSeam(QObject):
    """Hosts the engine's thread; implements :class:`workstation.services.desk_client.DeskClient` for the screen."""

    _woken = Signal()

    def __init__(self, services: Services, build: EngineFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._build = build
        self._lock = threading.Lock()
        self._upward: list[_Upward] = []
        self._market: MarketMoved | None = None
        self._early: list[tuple[int, Command]] = []
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._request_ids = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self._engine: EngineSide | None = None
        self._stopping: asyncio.Event | None = None
        self._stop_asked = False
        self._commands: set[asyncio.Task[None]] = set()
        self._end: asyncio.Future[str] | None = None
        self._has_ended = False
        self._thread = threading.Thread(target=self._run_thread, name="engine", daemon=True)
        self._woken.connect(self._take_upward, Qt.ConnectionType.QueuedConnection)

    # -- the screen's side ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the engine's thread; commands asked before it is up wait for it."""
        self._thread.start()

    async def ask(self, command: Command) -> Answer:
        """Return the engine's answer.

        Raises:
            EngineGone: the engine stopped first.
        """
        if self._has_ended:
            raise EngineGone("The engine has stopped. Restart the program: the journal holds every order.")
        self._request_ids += 1
        request_id = self._request_ids
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[request_id] = future
        try:
            self._pass_down(request_id, command)
            return await future
        finally:
            self._waiting.pop(request_id, None)

    async def stop(self) -> str:
        """Stop the engine and return how it ended: empty, or the fault that ended it earlier."""
        if self._end is None:
            self._end = asyncio.get_running_loop().create_future()
        if self._has_ended or not self._thread.is_alive():
            self._take_upward()
            return self._end.result() if self._end.done() else ""
        with self._lock:
            self._stop_asked = True
            loop, stopping = self._loop, self._stopping
        if loop is not None and stopping is not None and not loop.is_closed():
            loop.call_soon_threadsafe(stopping.set)
        return await self._end

    def _pass_down(self, request_id: int, command: Command) -> None:
        with self._lock:
            if self._tasks is None or self._loop is None:
                self._early.append((request_id, command))
                return
            loop = self._loop
        try:
            loop.call_soon_threadsafe(self._begin, request_id, command)
        except RuntimeError:  # the loop closed between the two lines; its end is already on its way up
            raise EngineGone("The engine is stopping.") from None

    def _take_upward(self) -> None:
        with self._lock:
            batch, rest = self._upward[:MOST_PER_TURN], self._upward[MOST_PER_TURN:]
            self._upward = rest
            market, self._market = self._market, None
        if rest:
            self._woken.emit()
        shown: list[EngineMessage] = [] if market is None else [market]
        for value in batch:
            if isinstance(value, _Answered | _Ended):
                self._show(shown)
                shown = []
                self._settle(value)
            else:
                shown.append(value)
        self._show(shown)

    def _show(self, messages: list[EngineMessage]) -> None:
        if messages:
            self._services.dispatch(messages)

    def _settle(self, value: _Answered | _Ended) -> None:
        if isinstance(value, _Ended):
            self._finish(value.fault)
            return
        future = self._waiting.get(value.request_id)
        if future is None or future.done():
            return
        if value.error is not None:
            future.set_exception(value.error)
        elif value.answer is not None:
            future.set_result(value.answer)

    def _finish(self, fault: str) -> None:
        self._has_ended = True
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(EngineGone("The engine stopped before it answered."))
        if fault:
            self._services.dispatch([EngineFailed(part="engine", text=fault)])
        if self._end is not None and not self._end.done():
            self._end.set_result(fault)

    # -- the engine's side ---------------------------------------------------------------------------------------

    def publish(self, message: EngineMessage) -> None:
        """Tell the screen; called on the engine's thread, never blocks.

        What waits of the market is one message, however long the screen stalls: of each instrument the latest.
        """
        if not isinstance(message, MarketMoved):
            self._put(message)
            return
        with self._lock:
            was_empty = not self._upward and self._market is None
            self._market = message if self._market is None else merged(self._market, message)
        if was_empty:
            self._wake_soon()

    def _put(self, value: _Upward) -> None:
        with self._lock:
            was_empty = not self._upward and self._market is None
            self._upward.append(value)
        if was_empty:
            self._wake_soon()

    def _wake_soon(self) -> None:
        """Wake the screen at the end of this turn of the loop: waking it hands it the interpreter at once."""
        try:
            asyncio.get_running_loop().call_soon(self._woken.emit)
        except RuntimeError:  # no loop runs here yet, or any more
            self._woken.emit()

    def _run_thread(self) -> None:
        fault = ""
        try:
            with asyncio.Runner(loop_factory=engine_loop) as runner:
                runner.run(self._main())
        except BaseException as error:  # the thread's last line: whatever ended it is shown, not swallowed
            _logger.exception("the engine stopped")
            fault = _first_reason(error)
        self._put(_Ended(fault))
        self._woken.emit()  # whatever the loop had no more time to do

    async def _main(self) -> None:
        engine = self._engine = await self._build(self.publish)
        try:
            await self._host(engine)
        finally:
            engine.close()

    async def _host(self, engine: EngineSide) -> None:
        stopping = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(engine.run(), name="engine")
            with self._lock:
                self._loop, self._stopping, self._tasks = asyncio.get_running_loop(), stopping, tasks
                early, self._early = self._early, []
                if self._stop_asked:
                    stopping.set()
            for request_id, command in early:
                self._begin(request_id, command)
            await stopping.wait()
            if self._commands:
                await asyncio.wait(self._commands, timeout=LAST_COMMANDS_S)
            with self._lock:
                self._tasks = None  # what is asked from now on is answered by the engine's end
            for task in (running, *self._commands):
                task.cancel()

    def _begin(self, request_id: int, command: Command) -> None:
        if self._tasks is None:
            return
        work = self._handle(request_id, command)
        try:
            task = self._tasks.create_task(work, name=f"command {request_id}")
        except RuntimeError:  # the engine has just failed: its end, on its way up, answers whoever asked
            work.close()
            return
        self._commands.add(task)
        task.add_done_callback(self._commands.discard)

    async def _handle(self, request_id: int, command: Command) -> None:
        assert self._engine is not None
        try:
            answer = await self._engine.handle(command)
        except Exception as error:  # a fault of ours: it belongs to whoever asked, the engine goes on
            _logger.exception("the engine could not handle %s", type(command).__name__)
            self._put(_Answered(request_id, None, error))
        else:
            self._put(_Answered(request_id, answer, None))


def _first_reason(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error) or type(error).__name__
