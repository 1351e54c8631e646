"""What is asked of an engine that is ending: it is answered by its end, and nothing is begun any more."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from workstation.desk.commands import Answer, Command, Done, SetLock
from workstation.desk.messages import EngineMessage
from workstation.services.desk_client import EngineGone
from workstation.services.engine_seam import EngineSeam
from workstation.services.subjects import Services

RunOnQt = Callable[[Coroutine[Any, Any, Any]], Any]
PATIENCE_S = 30.0


class SlowToEnd:
    """An engine that takes its time to log out."""

    def __init__(self) -> None:
        self.ending, self.may_end = threading.Event(), threading.Event()
        self.asked: list[Command] = []

    async def run(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.ending.set()
            await asyncio.to_thread(self.may_end.wait, PATIENCE_S)

    async def handle(self, command: Command) -> Answer:
        self.asked.append(command)
        return Done()

    def close(self) -> None:
        return None


def test_a_command_that_comes_while_the_engine_ends_is_not_begun(run_on_qt: RunOnQt) -> None:
    engine = SlowToEnd()

    async def build(_: Callable[[EngineMessage], None]) -> SlowToEnd:
        return engine

    seam = EngineSeam(Services(), build)

    async def scenario() -> None:
        seam.start()
        assert await seam.ask(SetLock(locked=True)) == Done()
        stopping = asyncio.ensure_future(seam.stop())
        assert await asyncio.to_thread(engine.ending.wait, PATIENCE_S)
        late = [asyncio.ensure_future(seam.ask(SetLock(locked=False))) for _ in range(3)]
        await asyncio.sleep(0)
        engine.may_end.set()
        for asked in late:
            with pytest.raises(EngineGone):
                await asked
        assert await stopping == ""

    run_on_qt(scenario())
    assert engine.asked == [SetLock(locked=True)]
