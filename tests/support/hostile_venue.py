"""A hostile hand between our connection and a real venue: at a message of its choice it does something wrong.

The venue behind it is the built-in one, so that what is true there can be compared with what we believe.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from workstation.venues.qst.codec import decode_server, encode_server
from workstation.venues.qst.messages import CancelOrderResponse, ServerMessage

Deed = Callable[[ServerConnection, bytes], Awaitable[None]]
_HUGE = 17 * 1024 * 1024


@dataclass
class HostileVenue:
    """What to do wrong: `deed`, in place of the server's next message called `at`, once; "" for nothing."""

    at: str = ""
    deed: Deed | None = None
    url: str = ""
    links: int = 0
    spoiled: asyncio.Event = field(default_factory=asyncio.Event)
    clients: list[ServerConnection] = field(default_factory=list)

    def arm(self, at: str, deed: Deed) -> None:
        self.at, self.deed = at, deed
        self.spoiled.clear()

    async def drop(self) -> None:
        """End the present link in order, so that the next login begins."""
        await self.clients[-1].close(1001, "going away")

    async def send(self, *frames: bytes) -> None:
        """Send frames that the venue never sent."""
        for frame in frames:
            await self.clients[-1].send(frame)

    async def tell(self, *messages: ServerMessage) -> None:
        """Send notifications that the venue never sent."""
        await self.send(*(encode_server(message, 0) for message in messages))

    async def pass_down(self, client: ServerConnection, venue: ClientConnection) -> None:
        async for frame in venue:
            assert isinstance(frame, bytes)
            if self.at and type(decode_server(frame).message).__name__ == self.at and self.deed is not None:
                deed, self.at = self.deed, ""
                self.spoiled.set()
                await deed(client, frame)
            else:
                await client.send(frame)


@asynccontextmanager
async def hostile_venue(url: str) -> AsyncIterator[HostileVenue]:
    """Stand between a client and the venue at `url`."""
    hand = HostileVenue()

    async def handle(client: ServerConnection) -> None:
        hand.links += 1
        hand.clients.append(client)
        with suppress(ConnectionClosed, ExceptionGroup):
            async with (
                connect(url, compression=None, ping_interval=None, max_size=None) as venue,
                asyncio.TaskGroup() as tasks,
            ):
                down = tasks.create_task(hand.pass_down(client, venue))
                async for frame in client:
                    await venue.send(frame)
                down.cancel()
        await client.close()

    async with serve(handle, "127.0.0.1", 0, compression=None, ping_interval=None, close_timeout=0.5) as server:
        hand.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield hand


# What can be done wrong


async def garbage(client: ServerConnection, _: bytes) -> None:
    """Bytes that are no message."""
    await client.send(b"\xff" * 40)


async def nothing(client: ServerConnection, _: bytes) -> None:
    """A frame without a byte in it."""
    await client.send(b"")


async def text(client: ServerConnection, _: bytes) -> None:
    """A text frame, where all are binary."""
    await client.send("hello")


async def truncated(client: ServerConnection, frame: bytes) -> None:
    """The right message, but for its last bytes."""
    await client.send(frame[:-3])


async def wrong_answer(client: ServerConnection, frame: bytes) -> None:
    """An answer of another kind under this request's number."""
    request_id = decode_server(frame).request_id
    other = CancelOrderResponse(response_status="SUCCESS")
    await client.send(encode_server(other, request_id))


async def half_a_message(client: ServerConnection, _: bytes) -> None:
    """The head of a frame of a thousand bytes, ten of them, and then nothing for ever."""
    client.transport.write(b"\x82\x7e\x03\xe8" + b"x" * 10)
    await client.wait_closed()


async def silence(client: ServerConnection, _: bytes) -> None:
    """Nothing for ever."""
    await client.wait_closed()


async def closed(client: ServerConnection, _: bytes) -> None:
    """A close where an answer was due."""
    await client.close(1011, "out of order")


async def broken(client: ServerConnection, _: bytes) -> None:
    """A line that breaks."""
    client.transport.abort()


async def huge(client: ServerConnection, _: bytes) -> None:
    """A frame larger than anything."""
    await client.send(b"\x00" * _HUGE)


async def huge_in_pieces(client: ServerConnection, _: bytes) -> None:
    """A message that never ends, in fragments that are each small enough."""
    await client.send([b"\x00" * (1 << 20)] * (_HUGE >> 20))
