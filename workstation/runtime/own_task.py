"""Awaiting a group of tasks without losing one's own cancellation."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

_Result = TypeVar("_Result")


async def in_own_task(work: Coroutine[Any, Any, _Result], name: str) -> _Result:
    """Return what `work` returns, run in a task of its own; cancelled, it cancels that and always ends cancelled.

    For work that runs a TaskGroup, for two reasons. Python 3.11.2 (Debian 12) leaves a group's own cancellation counted
    on the task that ran it, and every later time limit there takes it for one from outside. And a group whose members
    fail at the moment in which it is cancelled raises their errors alone: whoever catches those would go on for ever,
    while somebody waits for the end that was asked for.

    Raises:
        CancelledError: the caller was cancelled, whatever else failed.
    """
    caller = asyncio.current_task()
    assert caller is not None
    before = caller.cancelling()
    try:
        return await asyncio.get_running_loop().create_task(work, name=name)
    except BaseExceptionGroup as group:
        if caller.cancelling() > before:
            raise asyncio.CancelledError from group
        raise
