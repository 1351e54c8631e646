"""The two ways to the venue: plain sockets with TLS, and WebSocket. With the links, all I/O of this venue.

``tls://host:port`` and ``wss://host/path`` verify the server's certificate; ``tcp://`` and ``ws://`` lead only to this
computer, which the profile itself enforces. Both give whole JSON values, however the network cut them.
"""

import asyncio
import ssl
from contextlib import suppress
from functools import cache
from typing import Protocol
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from workstation.domain.connection import is_loopback
from workstation.venues.base import MalformedFrame, VenueUnreachable
from workstation.venues.xapi.framing import MAX_FRAME_BYTES, Splitter

_READ_BYTES = 64 * 1024
_WRITE_LIMIT_BYTES = 1024 * 1024


class Transport(Protocol):
    """One open connection."""

    async def receive(self) -> list[bytes]:
        """Return the next whole messages, in order; may be none.

        Raises:
            VenueUnreachable: the other end closed, or the line broke.
            MalformedFrame: what came cannot be cut into messages.
        """
        ...

    async def send(self, frame: bytes) -> None:
        """Hand one message to the socket.

        Raises:
            VenueUnreachable: the connection is gone.
        """
        ...

    async def close(self) -> None:
        """Close; never raises."""
        ...


class SocketTransport:
    """JSON values one after another on a TCP socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._splitter = Splitter()

    async def receive(self) -> list[bytes]:
        """See :class:`Transport`."""
        try:
            chunk = await self._reader.read(_READ_BYTES)
        except OSError as error:
            raise VenueUnreachable(f"The connection broke: {error}.") from error
        if not chunk:
            raise VenueUnreachable("XAPI closed the connection without a word.")
        return self._splitter.feed(chunk)

    async def send(self, frame: bytes) -> None:
        """See :class:`Transport`."""
        if self._writer.is_closing():
            raise VenueUnreachable("The connection is closed.")
        try:
            self._writer.write(frame)
            await self._writer.drain()
        except OSError as error:
            raise VenueUnreachable(f"The connection broke: {error}.") from error

    async def close(self) -> None:
        """See :class:`Transport`."""
        self._writer.close()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(1.0):
                await self._writer.wait_closed()


class WebSocketTransport:
    """One JSON value a message, sometimes with newlines behind it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def receive(self) -> list[bytes]:
        """See :class:`Transport`."""
        try:
            frame = await self._socket.recv(decode=False)
        except ConnectionClosed as closed:
            raise _closed(closed) from closed
        body = frame.strip() if isinstance(frame, bytes) else frame.encode().strip()
        return [body] if body else []

    async def send(self, frame: bytes) -> None:
        """See :class:`Transport`."""
        try:
            await self._socket.send(frame.decode())
        except ConnectionClosed as closed:
            raise _closed(closed) from closed

    async def close(self) -> None:
        """See :class:`Transport`."""
        await self._socket.close()


def _closed(closed: ConnectionClosed) -> Exception:
    if closed.sent is not None and closed.sent.code == 1009 and closed.rcvd is None:
        return MalformedFrame("XAPI sent a message larger than this program accepts; the link was dropped.")
    words = f" ({closed.rcvd.code} {closed.rcvd.reason})".replace(" )", ")") if closed.rcvd is not None else ""
    return VenueUnreachable(f"XAPI closed the connection{words}.")


async def dial(url: str, open_s: float, tls: ssl.SSLContext | None = None) -> Transport:
    """Connect to `url`; `tls` replaces the system's idea of whom to trust.

    Raises:
        VenueUnreachable: nobody answers there within `open_s` seconds, or the certificate is not valid.
    """
    parts = urlsplit(url)
    try:
        if parts.scheme in ("ws", "wss"):
            return await _dial_websocket(url, parts.hostname or "", open_s, tls)
        async with asyncio.timeout(open_s):
            context = (tls or _system_trust()) if parts.scheme == "tls" else None
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port, ssl=context, limit=_READ_BYTES)
            return SocketTransport(reader, writer)
    except ssl.SSLCertVerificationError as error:
        raise VenueUnreachable(f"The certificate of {url} is not valid: {error.verify_message}.") from error
    except (OSError, TimeoutError, InvalidHandshake, InvalidURI, ConnectionClosed, ValueError) as error:
        raise VenueUnreachable(f"{url} cannot be reached: {error or type(error).__name__}.") from error


@cache
def _system_trust() -> ssl.SSLContext:
    """Return whom this system trusts; read once, because it takes some tens of milliseconds."""
    return ssl.create_default_context()


async def _dial_websocket(url: str, host: str, open_s: float, tls: ssl.SSLContext | None) -> WebSocketTransport:
    socket = await connect(
        url,
        ssl=(tls or _system_trust()) if url.startswith("wss") else None,
        max_size=MAX_FRAME_BYTES,
        compression=None,
        ping_interval=None,
        open_timeout=open_s,
        close_timeout=1.0,
        write_limit=_WRITE_LIMIT_BYTES,
        proxy=None if is_loopback(host) else True,
    )
    return WebSocketTransport(socket)
