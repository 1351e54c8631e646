"""Tasks that a click starts, with an owner that awaits them.

The engine's tasks belong to task groups. A panel of the window cannot stand in an ``async with`` for as long as it is
open, so it has a :class:`TaskOwner` instead: it starts work, hears of every error, and when it closes it cancels and
awaits what is left.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

FailureSink = Callable[[str, BaseException], None]
"""Called on the loop with a task's name and the error that ended it."""


class OwnerClosed(RuntimeError):
    """Work was started after its owner closed: our own mistake."""


class TaskOwner:
    """The owner of one panel's tasks; used on one loop only."""

    def __init__(self, report_failure: FailureSink, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self._report_failure = report_failure
        self._loop = loop
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    @property
    def running(self) -> tuple[str, ...]:
        """Names of the tasks that have not ended, in no order."""
        return tuple(task.get_name() for task in self._tasks)

    def start(self, work: Coroutine[Any, Any, object], name: str) -> asyncio.Task[Any]:
        """Run `work` as a task of this owner; an error that ends it goes to the failure sink.

        Raises:
            OwnerClosed: the owner was closed; `work` is not run.
        """
        if self._closed:
            work.close()
            raise OwnerClosed(f"{name} was started after its owner closed")
        loop = self._loop or asyncio.get_running_loop()
        task = loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def cancel_all(self) -> None:
        """Cancel what runs and wait until all of it has ended, what it starts meanwhile included."""
        while tasks := set(self._tasks) - {asyncio.current_task()}:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            # A task's done callback runs one turn later than its end is seen here.
            await asyncio.sleep(0)

    async def close(self) -> None:
        """Take no more work, and end what runs."""
        self._closed = True
        await self.cancel_all()

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._report_failure(task.get_name(), error)
