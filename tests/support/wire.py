"""A cable between a client and a server on this computer, in the hands of a test: it can be held, cut and unplugged.

It carries bytes and understands none of them, so that it serves every venue.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CHUNK = 1 << 16


def _open_gate() -> asyncio.Event:
    gate = asyncio.Event()
    gate.set()
    return gate


@dataclass
class Wire:
    """One cable, used by any number of links. `up` is everything that clients sent, `links` how many there were."""

    host: str
    port: int
    url: str = ""
    links: int = 0
    up: bytearray = field(default_factory=bytearray)
    unplugged: bool = False
    _upward: asyncio.Event = field(default_factory=_open_gate)
    _downward: asyncio.Event = field(default_factory=_open_gate)
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """End every link now, without a goodbye; what was held is lost."""
        for end in self._ends:
            end.transport.abort()
        self.let_go()

    def unplug(self) -> None:
        """Cut, and let nobody in until :meth:`plug_in`."""
        self.unplugged = True
        self.cut()

    def plug_in(self) -> None:
        self.unplugged = False

    def hold_up(self) -> None:
        """Keep what clients send from now on."""
        self._upward.clear()

    def hold_down(self) -> None:
        """Keep what the server sends from now on."""
        self._downward.clear()

    def let_go(self) -> None:
        self._upward.set()
        self._downward.set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one link to its end."""
        if self.unplugged:
            writer.transport.abort()
            return
        self.links += 1
        with suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
            self._ends |= {writer, far_writer}
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._pump(reader, far_writer, self._upward, self.up))
                    tasks.create_task(self._pump(far_reader, writer, self._downward, None))
            finally:
                self._ends -= {writer, far_writer}
                far_writer.transport.abort()
        writer.transport.abort()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event, kept: bytearray | None
    ) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(_CHUNK):
                if kept is not None:
                    kept += data
                await gate.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    """Lay a cable to the server at `url`; clients use the wire's own `url`, with the same path."""
    parts = urlsplit(url)
    wire = Wire(parts.hostname or "", parts.port or 0)
    links: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(wire.carry(reader, writer))
        links.add(task)
        task.add_done_callback(links.discard)

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    wire.url = f"{parts.scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}{parts.path}"
    try:
        yield wire
    finally:
        server.close()
        wire.unplug()
        await asyncio.gather(*links)
