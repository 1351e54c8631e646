import asyncio

import pytest

from tests.conftest import ErrorsLogged
from workstation.runtime.supervision import attempt, supervise


def test_a_service_that_ends_by_itself_is_no_failure() -> None:
    async def service() -> None:
        pass

    failures: list[tuple[str, str]] = []
    assert asyncio.run(supervise("QST demo", service, lambda *failure: failures.append(failure)))
    assert failures == []


def test_a_fault_is_logged_and_reported_with_its_meaning(errors_logged: ErrorsLogged) -> None:
    async def service() -> None:
        raise KeyError("our own mistake")

    failures: list[tuple[str, str]] = []
    assert not asyncio.run(supervise("QST demo", service, lambda *failure: failures.append(failure)))
    [(part, text)] = failures
    assert part == "QST demo"
    assert "KeyError" in text
    assert "Its orders stay as they are at the broker" in text
    errors_logged.expected("QST demo stopped")


def test_cancelling_passes_through() -> None:
    async def work() -> None:
        async def service() -> None:
            await asyncio.Event().wait()

        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(supervise("QST", service, lambda *_: pytest.fail("it was only cancelled")))
            await asyncio.sleep(0)
            running.cancel()

    asyncio.run(work())


def test_an_attempt_carries_its_error_to_whoever_asks() -> None:
    assert attempt(lambda: 5).result() == 5
    ended = attempt(lambda: int("no number"))
    with pytest.raises(ValueError, match="no number"):
        ended.result()
