"""A child process that says in one line of JSON where it serves, and never outlives us.

The built-in venues run this way, so that a stalled screen never stalls the market or the reverse. The child's standard
input is a pipe that we hold: when we end, in whatever way, it closes, and the child ends with it.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

LONGEST_ANNOUNCEMENT = 1 << 20
"""Bytes of the one line; more is no announcement."""
END_S = 3.0
"""How long an asked child may take to end before it is killed."""


class ChildFailed(Exception):
    """The child ended or said something else before it served; the text holds its own last words."""


@dataclass(frozen=True, slots=True)
class AnnouncedChild:
    """A child that serves; `announcement` is what it said."""

    announcement: dict[str, object]
    _process: asyncio.subprocess.Process
    _last_words: asyncio.Task[bytes]

    async def ended(self) -> str:
        """Wait until the child ends by itself and return its last words."""
        await self._process.wait()
        return _text(await asyncio.shield(self._last_words)) or f"it ended with code {self._process.returncode}"


@asynccontextmanager
async def announced_child(command: Sequence[str]) -> AsyncIterator[AnnouncedChild]:
    """Run `command` until the block is left; yield once it has said where it serves.

    Raises:
        ChildFailed: it could not be started, or ended before it served.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=LONGEST_ANNOUNCEMENT,
            start_new_session=os.name == "posix",  # Ctrl+C in our terminal is for us; the pipe tells the child
        )
    except OSError as error:
        raise ChildFailed(f"{command[0]} could not be started: {error.strerror}") from error
    assert process.stderr is not None
    # Owned and awaited here; a TaskGroup would wrap what the block raises in a group of one.
    last_words = asyncio.get_running_loop().create_task(_tail(process.stderr), name="child's last words")
    try:
        yield AnnouncedChild(await _announcement(process, last_words), process, last_words)
    finally:
        await _end(process)
        await last_words


async def _announcement(process: asyncio.subprocess.Process, last_words: asyncio.Task[bytes]) -> dict[str, object]:
    assert process.stdout is not None
    try:
        line = await process.stdout.readline()
        document = json.loads(line)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        await _end(process)
        raise ChildFailed(_text(await last_words) or "it said nothing that could be understood")
    return document


async def _tail(stream: asyncio.StreamReader) -> bytes:
    kept = b""
    while read := await stream.read(4096):
        kept = (kept + read)[-4096:]
    return kept


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None and process.stdin is not None:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), END_S)
        except TimeoutError:
            process.kill()
    await process.wait()


def _text(words: bytes) -> str:
    lines = words.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
