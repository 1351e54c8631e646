import asyncio

import pytest

from workstation.runtime.own_task import in_own_task


class Broken(Exception):
    pass


class Group:
    """Two members: one fails when told to, and the other takes its time to end."""

    def __init__(self) -> None:
        self.fail, self.end = asyncio.Event(), asyncio.Event()

    async def _failing(self) -> None:
        await self.fail.wait()
        raise Broken

    async def _slow(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await self.end.wait()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._failing())
            tasks.create_task(self._slow())


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_cancellation_that_meets_a_failing_group_is_not_lost() -> None:
    async def main() -> None:
        group, went_on = Group(), []

        async def keeper() -> None:
            try:
                await in_own_task(group.run(), "group")
            except BaseExceptionGroup:
                went_on.append("for ever")

        keeping = asyncio.get_running_loop().create_task(keeper())
        await turns()
        group.fail.set()
        await turns()
        keeping.cancel()
        await turns()
        group.end.set()
        with pytest.raises(asyncio.CancelledError):
            await keeping
        assert went_on == []

    asyncio.run(main())


def test_what_fails_by_itself_is_raised_as_it_is() -> None:
    async def main() -> None:
        group = Group()
        group.fail.set()
        group.end.set()
        with pytest.raises(BaseExceptionGroup) as raised:
            await in_own_task(group.run(), "group")
        assert [type(each) for each in raised.value.exceptions] == [Broken]

    asyncio.run(main())


def test_what_is_returned_is_returned_and_the_task_has_its_name() -> None:
    async def name() -> str:
        task = asyncio.current_task()
        assert task is not None
        return task.get_name()

    assert asyncio.run(in_own_task(name(), "of its own")) == "of its own"


def test_a_cancellation_ends_the_work() -> None:
    async def main() -> None:
        ended = asyncio.Event()

        async def work() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        task = asyncio.get_running_loop().create_task(in_own_task(work(), "work"))
        await turns()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended.is_set()

    asyncio.run(main())
