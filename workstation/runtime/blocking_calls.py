"""Calls that may block for ever, kept away from the loop.

A keychain may open a prompt that nobody answers. Such calls run one after the other on a thread of their own, and the
caller waits only so long. A call that is still blocked then is abandoned with its thread: it cannot be stopped, but the
thread is a daemon, so it holds up neither the program's end nor the next call, which gets a new thread.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from workstation.runtime.supervision import Attempt, attempt

T = TypeVar("T")

_Job = Callable[[], None]


class NoAnswer(TimeoutError):
    """A blocking call did not return in time; it may still be running."""


class BlockingCalls:
    """One worker thread at a time, started with the first call and named `name`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] | None = None

    async def call(self, function: Callable[[], T], limit_s: float) -> T:
        """Return what `function` returns, or raise what it raises.

        Raises:
            NoAnswer: it did not return within `limit_s` seconds.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Attempt[T]] = loop.create_future()

        def job() -> None:
            ended = attempt(function)
            with suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits
                loop.call_soon_threadsafe(_finish, done, ended)

        self._worker().put(job)
        try:
            await asyncio.wait({done}, timeout=limit_s)
            if not done.done():
                self._abandon()
                raise NoAnswer(f"{self._name} did not answer within {limit_s:g} s")
            return done.result().result()
        finally:
            done.cancel()

    def close(self) -> None:
        """Let the thread end after what it is doing; a later call starts a new one."""
        self._abandon()

    def _worker(self) -> "queue.SimpleQueue[_Job | None]":
        if self._jobs is None:
            self._jobs = queue.SimpleQueue()
            threading.Thread(target=_work, args=(self._jobs,), name=self._name, daemon=True).start()
        return self._jobs

    def _abandon(self) -> None:
        if self._jobs is not None:
            self._jobs.put(None)
            self._jobs = None


def _work(jobs: "queue.SimpleQueue[_Job | None]") -> None:
    while (job := jobs.get()) is not None:
        job()


def _finish(done: "asyncio.Future[Any]", ended: Attempt[Any]) -> None:
    if not done.done():
        done.set_result(ended)
