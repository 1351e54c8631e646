import asyncio
import selectors
import socket

import pytest

from workstation.runtime import engine_loop as subject
from workstation.runtime.engine_loop import PatientSelector, engine_loop


class Pair:
    """Two ends of a socket; one is looked at, the other makes it ready."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair()

    def close(self) -> None:
        self.near.close()
        self.far.close()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still unless the test moves it."""
    at = [100.0]
    monkeypatch.setattr(subject.time, "monotonic", lambda: at[0])
    return at


def test_a_loop_with_work_is_told_of_news_once_in_a_while(now: list[float]) -> None:
    pair = Pair()
    with PatientSelector() as selector:
        selector.register(pair.near, selectors.EVENT_READ)
        assert selector.select(0) == []
        pair.far.send(b"x")
        assert selector.select(0) == [], "it was asked just now"
        now[0] += subject.ASK_EVERY_S
        assert len(selector.select(0)) == 1
    pair.close()


def test_a_loop_without_work_is_told_at_once(now: list[float]) -> None:
    pair = Pair()
    with PatientSelector() as selector:
        selector.register(pair.near, selectors.EVENT_READ)
        assert selector.select(0) == []
        pair.far.send(b"x")
        assert len(selector.select(None)) == 1
        assert len(selector.select(5.0)) == 1
    pair.close()


def test_news_come_in_while_work_never_ends() -> None:
    async def work() -> bytes:
        pair = Pair()
        pair.near.setblocking(False)
        loop, ended = asyncio.get_running_loop(), False

        def again() -> None:
            if not ended:
                loop.call_soon(again)

        again()
        received = asyncio.ensure_future(loop.sock_recv(pair.near, 10))
        pair.far.send(b"news")
        found = await asyncio.wait_for(received, 10)
        ended = True
        pair.close()
        return found

    with asyncio.Runner(loop_factory=engine_loop) as runner:
        assert runner.run(work()) == b"news"


def test_another_thread_can_wake_it() -> None:
    async def work() -> int:
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        await asyncio.to_thread(loop.call_soon_threadsafe, woken.set)
        await asyncio.wait_for(woken.wait(), 10)
        return 1

    with asyncio.Runner(loop_factory=engine_loop) as runner:
        assert runner.run(work()) == 1
