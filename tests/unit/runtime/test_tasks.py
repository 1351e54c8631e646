import asyncio

import pytest

from workstation.runtime.tasks import OwnerClosed, TaskOwner


def test_every_error_is_reported_and_no_task_is_left() -> None:
    async def work() -> None:
        failures: list[tuple[str, BaseException]] = []
        owner = TaskOwner(lambda name, error: failures.append((name, error)))

        async def fail() -> None:
            raise LookupError("x")

        async def wait() -> None:
            await asyncio.Event().wait()

        owner.start(fail(), "failing")
        owner.start(wait(), "waiting")
        assert set(owner.running) == {"failing", "waiting"}
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert owner.running == ("waiting",)
        assert [(name, type(error)) for name, error in failures] == [("failing", LookupError)]
        await owner.close()
        assert owner.running == ()
        assert len(failures) == 1

    asyncio.run(work())


def test_closing_awaits_the_clean_up_and_what_it_starts() -> None:
    async def work() -> None:
        owner = TaskOwner(lambda *_: pytest.fail("nothing failed"))
        done: list[str] = []

        async def follow_up() -> None:
            await asyncio.sleep(0)
            done.append("never reached")

        async def tidy() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)
                done.append("tidied")

        owner.start(tidy(), "tidy")
        await asyncio.sleep(0)
        await owner.cancel_all()
        assert done == ["tidied"]
        owner.start(follow_up(), "after")
        await owner.close()
        assert owner.running == ()

    asyncio.run(work())


def test_a_closed_owner_takes_no_work() -> None:
    async def work() -> None:
        owner = TaskOwner(lambda *_: None)
        await owner.close()
        with pytest.raises(OwnerClosed, match="late"):
            owner.start(asyncio.sleep(0), "late")

    asyncio.run(work())


def test_a_task_may_close_its_owner() -> None:
    async def work() -> None:
        owner = TaskOwner(lambda *_: pytest.fail("nothing failed"))
        task = owner.start(owner.close(), "closing itself")
        await task

    asyncio.run(work())
