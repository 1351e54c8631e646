"""An XAPI client without rules of its own: it sends what a test tells it to and keeps all that comes.

It shares no code with the product: JSON by the standard library, sockets and WebSocket alike, so that it can break
every rule and proves nothing by agreeing with ourselves.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from workstation.simulators.xapi_front.server import XapiFront

WAIT_S = 20.0
Message = dict[str, Any]


class Gone(Exception):
    """The server has ended the connection."""


class SocketPipe:
    """Bytes over a socket; messages come back separated by two newlines."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, text: bytes) -> None:
        self.writer.write(text)
        await self.writer.drain()

    async def receive(self) -> bytes:
        try:
            return await self.reader.readuntil(b"\n\n")
        except (asyncio.IncompleteReadError, OSError) as error:
            raise Gone from error


class WebSocketPipe:
    """One JSON value per message."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def send(self, text: bytes) -> None:
        await self.socket.send(text, text=True)

    async def receive(self) -> bytes:
        try:
            return await self.socket.recv(decode=False)
        except ConnectionClosed as error:
            raise Gone from error


class XapiRawClient:
    """One connection, main or stream; `kept` is all that came."""

    def __init__(self, pipe: SocketPipe | WebSocketPipe) -> None:
        self.pipe = pipe
        self.kept: list[Message] = []

    async def send(self, text: bytes | str) -> None:
        await self.pipe.send(text.encode() if isinstance(text, str) else text)

    async def say(self, command: str, **fields: object) -> None:
        """Send a command with these fields at its top level."""
        await self.send(json.dumps({"command": command, **fields}))

    async def receive(self) -> Message:
        async with asyncio.timeout(WAIT_S):
            text = await self.pipe.receive()
        message: Message = json.loads(text, parse_float=Decimal)
        self.kept.append(message)
        return message

    async def ask(self, command: str, arguments: object = None, **fields: object) -> Message:
        """Send a command and return the next message, its reply."""
        if arguments is not None:
            fields["arguments"] = arguments
        await self.say(command, **fields)
        return await self.receive()

    async def data(self, command: str, arguments: object = None) -> Any:
        reply = await self.ask(command, arguments)
        assert reply["status"] is True, reply
        return reply["returnData"]

    async def log_in(self, front: XapiFront, user_id: str = "") -> str:
        """Log in and return the id for streams."""
        reply = await self.ask("login", {"userId": user_id or front.user_id, "password": front.password})
        assert reply["status"] is True, reply
        return str(reply["streamSessionId"])

    async def trade(self, **fields: object) -> int:
        """Send a trade request and return its number."""
        data = await self.data("tradeTransaction", {"tradeTransInfo": fields})
        return int(data["order"])

    async def until(self, wanted: Callable[[Message], bool]) -> Message:
        """Return the first message, past or to come, that is `wanted`."""
        seen = 0
        while True:
            for message in self.kept[seen:]:
                if wanted(message):
                    return message
            seen = len(self.kept)
            await self.receive()

    async def streamed(self, name: str, **fields: object) -> Message:
        """Return the data of the first stream message of this name with these fields."""

        def fits(message: Message) -> bool:
            data = message.get("data", {})
            return message.get("command") == name and all(data.get(key) == value for key, value in fields.items())

        found: Message = (await self.until(fits))["data"]
        return found

    async def is_dropped(self) -> bool:
        """Read on until the server has ended the connection."""
        try:
            while True:
                await self.receive()
        except Gone:
            return True


@asynccontextmanager
async def xapi_socket(
    front: XapiFront, *, streams: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[XapiRawClient]:
    """Connect by a socket without saying anything."""
    port = front.stream_port if streams else front.main_port
    reader, writer = await asyncio.open_connection(front.host, port, ssl=tls, limit=1 << 24)
    try:
        yield XapiRawClient(SocketPipe(reader, writer))
    finally:
        writer.transport.abort()


@asynccontextmanager
async def xapi_websocket(
    front: XapiFront, *, streams: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[XapiRawClient]:
    """Connect by WebSocket without saying anything."""
    path = "/demoStream" if streams else "/demo"
    async with connect(front.ws_url + path, ssl=tls, ping_interval=None, close_timeout=5, max_size=None) as socket:
        yield XapiRawClient(WebSocketPipe(socket))


WAYS = {"sockets": xapi_socket, "WebSocket": xapi_websocket}


@asynccontextmanager
async def xapi_pair(front: XapiFront, way: str = "sockets") -> AsyncIterator[tuple[XapiRawClient, XapiRawClient, str]]:
    """Connect both ways, log in, and yield main, stream and the id for streams."""
    async with AsyncExitStack() as stack:
        main = await stack.enter_async_context(WAYS[way](front))
        session_id = await main.log_in(front)
        stream = await stack.enter_async_context(WAYS[way](front, streams=True))
        yield main, stream, session_id
