import asyncio
import threading

import pytest

from workstation.runtime.blocking_calls import BlockingCalls, NoAnswer


def test_calls_run_one_after_the_other_on_one_named_thread() -> None:
    async def work() -> None:
        calls = BlockingCalls("keychain")
        names = [await calls.call(lambda: threading.current_thread().name, 30) for _ in range(3)]
        assert names == ["keychain"] * 3
        calls.close()

    asyncio.run(work())


def test_what_a_call_raises_reaches_its_caller() -> None:
    def fail() -> None:
        raise LookupError("no such entry")

    async def work() -> None:
        calls = BlockingCalls("keychain")
        with pytest.raises(LookupError, match="no such entry"):
            await calls.call(fail, 30)
        assert await calls.call(lambda: 1, 30) == 1
        calls.close()

    asyncio.run(work())


def test_a_call_that_blocks_holds_up_neither_its_caller_nor_the_next() -> None:
    released = threading.Event()

    async def work() -> None:
        calls = BlockingCalls("keychain")
        with pytest.raises(NoAnswer, match="keychain did not answer"):
            await calls.call(lambda: released.wait(60), 0.02)
        assert await calls.call(lambda: "next", 30) == "next"
        released.set()
        calls.close()

    asyncio.run(work())
