"""The two ways to this venue, a TCP or TLS socket and a WebSocket, behind one face."""

import asyncio
from typing import Protocol

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

_CHUNK = 4096
SEPARATOR = b"\n\n"
"""Follows every message on a socket."""


class WireEnded(Exception):
    """The connection is over."""


class Wire(Protocol):
    """What a link needs of a connection."""

    address: str

    @property
    def whole_values(self) -> bool:
        """Whether what is received ends where a JSON value ends."""

    async def receive(self) -> bytes:
        """Return what came next.

        Raises:
            WireEnded: nothing will come any more.
        """

    async def send(self, text: bytes) -> None:
        """Send one message.

        Raises:
            WireEnded: the connection is over.
        """

    async def close(self, code: int) -> None:
        """End the connection in order; `code` is for WebSockets."""

    def abort(self) -> None:
        """End the connection at once, without a word."""

    def shut(self) -> None:
        """Say no more but go on listening."""

    def deafen(self) -> None:
        """Read no more."""


class SocketWire:
    """A plain or encrypted socket."""

    whole_values = False

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take over a connection that was accepted."""
        self._reader = reader
        self._writer = writer
        self.address = str(writer.get_extra_info("peername")[0])

    async def receive(self) -> bytes:
        """See :class:`Wire`."""
        try:
            chunk = await self._reader.read(_CHUNK)
        except OSError as error:
            raise WireEnded from error
        if not chunk:
            raise WireEnded
        return chunk

    async def send(self, text: bytes) -> None:
        """See :class:`Wire`."""
        try:
            self._writer.write(text + SEPARATOR)
            await self._writer.drain()
        except OSError as error:
            raise WireEnded from error

    async def close(self, code: int) -> None:
        """See :class:`Wire`; there is no code on a socket."""
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except OSError:
            return  # it is closed all the same

    def abort(self) -> None:
        """See :class:`Wire`."""
        self._writer.transport.abort()

    def shut(self) -> None:
        """See :class:`Wire`; TLS cannot be shut on one side."""
        if self._writer.can_write_eof():
            self._writer.write_eof()

    def deafen(self) -> None:
        """See :class:`Wire`."""
        transport = self._writer.transport
        if isinstance(transport, asyncio.Transport):  # both kinds are: the type of the writer says less
            transport.pause_reading()


class WebSocketWire:
    """A WebSocket; one message is one JSON value."""

    whole_values = True

    def __init__(self, socket: ServerConnection) -> None:
        """Take over a connection whose handshake is done."""
        self._socket = socket
        self.address = str(socket.remote_address[0])

    async def receive(self) -> bytes:
        """See :class:`Wire`."""
        try:
            return await self._socket.recv(decode=False)
        except ConnectionClosed as error:
            raise WireEnded from error

    async def send(self, text: bytes) -> None:
        """See :class:`Wire`."""
        try:
            await self._socket.send(text, text=True)
        except ConnectionClosed as error:
            raise WireEnded from error

    async def close(self, code: int) -> None:
        """See :class:`Wire`."""
        await self._socket.close(code)

    def abort(self) -> None:
        """See :class:`Wire`."""
        self._socket.transport.abort()

    def shut(self) -> None:
        """See :class:`Wire`."""
        if self._socket.transport.can_write_eof():
            self._socket.transport.write_eof()

    def deafen(self) -> None:
        """See :class:`Wire`."""
        self._socket.transport.pause_reading()
