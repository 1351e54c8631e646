"""Our end of the venue process: starts it, tells it to flood, and connects the program's engine to it."""

import asyncio
import mmap
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.venue_process import MOST
from tests.support.qst_bench import SECRETS, profile
from workstation.desk.commands import Answer, Command, Done, SaveConnection
from workstation.engine_plan import EnginePlan
from workstation.runtime.paths import ProfilePaths
from workstation.runtime.redaction import Redactor
from workstation.storage.settings import SettingsStore
from workstation.venues.base import ConnectionStatus, Lamp

PATIENCE_S = 60.0


class VenueProcess:
    """The running venue. `stamps[n]` is when update n was sent, on this machine's one monotonic clock."""

    def __init__(self, child: "subprocess.Popen[str]", url: str, stamps: memoryview) -> None:
        self._child = child
        self.url = url
        self.stamps = stamps
        self.last = 0
        """Number of the last update sent; 0 while a flood is under way."""

    def ask(self, word: str) -> str:
        """Return the venue's answer of one line; not while a flood is under way."""
        self._say(word)
        assert self._child.stdout is not None
        return self._child.stdout.readline().strip()

    def _say(self, line: str) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(f"{line}\n")
        self._child.stdin.flush()

    def flood(self, rate: float, seconds: float) -> None:
        """Start a flood; :attr:`last` tells when it is over."""
        self.last = 0
        self._say(f"flood {rate} {seconds}")
        threading.Thread(target=self._await_end, daemon=True).start()

    def _await_end(self) -> None:
        assert self._child.stdout is not None
        self.last = int(self._child.stdout.readline().split()[1]) - 1


@contextmanager
def venue_process(*numbers: int, module: str = "venue_process") -> Iterator[VenueProcess]:
    """Run a venue; `numbers` are its own words, for QST how many orders its book holds."""
    with tempfile.TemporaryDirectory(prefix="workstation-benchmark-") as folder:
        path = Path(folder, "stamps")
        path.write_bytes(b"")
        os.truncate(path, 8 * MOST)
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, numbers), str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            url = child.stdout.readline().strip()
            with path.open("r+b") as file:
                stamps = memoryview(mmap.mmap(file.fileno(), 8 * MOST)).cast("d")
            yield VenueProcess(child, url, stamps)
            child.stdin.close()
            child.wait(PATIENCE_S)


@contextmanager
def plan() -> Iterator[EnginePlan]:
    """Give what the engine is built from, in a folder of its own on the disk."""
    with tempfile.TemporaryDirectory(prefix="workstation-benchmark-") as folder:
        paths = ProfilePaths(Path(folder))
        paths.create()
        yield EnginePlan(
            paths=paths, settings=SettingsStore.open(paths.settings), redactor=Redactor(), built_in_at_start=False
        )


async def connect(ask: Callable[[Command], Awaitable[Answer]], url: str) -> None:
    """Add the venue as a connection; it connects by itself."""
    answer = await ask(SaveConnection(profile=profile(url), secrets=SECRETS, remember=False))
    assert isinstance(answer, Done), answer


async def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for `condition`.

    Raises:
        TimeoutError: it did not come true.
    """
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():  # noqa: ASYNC110 - what is waited for is no event of one loop
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise TimeoutError(f"waited in vain until {what}") from None


def is_live(status: ConnectionStatus | None) -> bool:
    """Say whether a connection trades."""
    return status is not None and status.worst is Lamp.LIVE
