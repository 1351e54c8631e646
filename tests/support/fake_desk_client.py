"""A desk that records what the screen asks, and answers when the test says so.

`answers` gives the answer of a command at once. Without one the command waits in `asked` until :meth:`answer` or
:meth:`fail`. With :class:`InlineTasks` coroutines run without any loop, step by step, in the test's own time; in a
running loop the same client waits on a future.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from typing import Any

from workstation.desk.commands import Answer, Command


class Waiting:
    """One question that has no answer yet, awaited without a loop."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        self.wake: Callable[[], None] = lambda: None

    def __await__(self) -> Generator["Waiting", None, Answer]:
        while self.answer is None and self.error is None:
            yield self
        if self.error is not None:
            raise self.error
        assert self.answer is not None
        return self.answer


class FakeDeskClient:
    """Implements DeskClient."""

    def __init__(self, answers: Callable[[Command], Answer | None] | None = None) -> None:
        self.answers = answers or (lambda command: None)
        self.asked: list[Command] = []
        self._open: list[tuple[Command, Waiting | asyncio.Future[Answer]]] = []

    async def ask(self, command: Command) -> Answer:
        self.asked.append(command)
        answer = self.answers(command)
        if answer is not None:
            return answer
        waiting = self._waiting()
        self._open.append((command, waiting))
        return await waiting

    def open(self, kind: type[Command] | None = None) -> list[Command]:  # type: ignore[valid-type]
        """Return the commands that wait, of one kind if given."""
        return [command for command, _ in self._open if kind is None or isinstance(command, kind)]

    def of(self, kind: type[Any]) -> list[Any]:
        """Return all commands of one kind, oldest first."""
        return [command for command in self.asked if isinstance(command, kind)]

    def answer(self, answer: Answer) -> None:
        """Answer the oldest waiting command."""
        waiting = self._open.pop(0)[1]
        if isinstance(waiting, asyncio.Future):
            waiting.set_result(answer)
            return
        waiting.answer = answer
        waiting.wake()

    def fail(self, error: BaseException) -> None:
        """Let the oldest waiting command raise."""
        waiting = self._open.pop(0)[1]
        if isinstance(waiting, asyncio.Future):
            waiting.set_exception(error)
            return
        waiting.error = error
        waiting.wake()

    @staticmethod
    def _waiting() -> "Waiting | asyncio.Future[Answer]":
        try:
            return asyncio.get_running_loop().create_future()
        except RuntimeError:
            return Waiting()


class InlineTasks:
    """Runs coroutines at once up to their first open question, and on from there when it is answered."""

    def __init__(self) -> None:
        self.started: list[str] = []

    def start(self, work: Coroutine[Any, Any, object], name: str) -> object:
        self.started.append(name)
        self._step(work)
        return work

    def _step(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            waiting = work.send(None)
        except StopIteration:
            return
        assert isinstance(waiting, Waiting), f"awaits {waiting!r}, which only a loop can wake"
        waiting.wake = lambda: self._step(work)


class FakeClock:
    """Time that moves when the test says so."""

    def __init__(self, now_ns: int = 1_795_232_400_000_000_000) -> None:  # 2026-11-21 05:00:00 UTC
        self._now_ns = now_ns
        self._monotonic_s = 1000.0

    def now_ns(self) -> int:
        return self._now_ns

    def monotonic_s(self) -> float:
        return self._monotonic_s

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass on both clocks."""
        self._monotonic_s += seconds
        self._now_ns += round(seconds * 1e9)
