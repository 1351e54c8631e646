"""The XAPI front's servers, on a loopback address only: main and stream sockets, and one WebSocket port for both.

The WebSocket paths are /demo and /demoStream; /real and /realStream, where a live server would deal in money, are
refused. A task of the server gives the venue its pulse.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from workstation.simulators.xapi_front.link import Link
from workstation.simulators.xapi_front.venue import PASSWORD, XapiVenue
from workstation.simulators.xapi_front.wires import SocketWire, WebSocketWire, Wire

PULSE_S = 0.05
MAIN_PATH, STREAM_PATH = "/demo", "/demoStream"

_LARGEST_FRAME = 1 << 16


class PortRefused(OSError):
    """One of the three ports cannot be listened on; `option` names it."""

    def __init__(self, option: str, port: int, error: OSError) -> None:
        """Keep the reason, and which port it was."""
        super().__init__(error.errno, error.strerror or str(error))
        self.option = option
        self.port = port


@dataclass(frozen=True, slots=True, kw_only=True)
class XapiOptions:
    """Where the front serves; port 0 picks a free one."""

    host: str = "127.0.0.1"
    main_port: int = 0
    stream_port: int = 0
    ws_port: int = 0
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class XapiFront:
    """The front while it serves."""

    venue: XapiVenue
    host: str
    main_port: int
    stream_port: int
    ws_url: str
    tls: bool

    @property
    def user_id(self) -> str:
        """The login that is announced."""
        return self.venue.user_ids[0]

    @property
    def password(self) -> str:
        """Its password, and that of the other logins."""
        return PASSWORD

    @property
    def announcement(self) -> dict[str, object]:
        """What a client needs to connect, as `workstation simulate` prints it."""
        return {
            "host": self.host,
            "main_port": self.main_port,
            "stream_port": self.stream_port,
            "ws_url": self.ws_url,
            "tls": self.tls,
            "user_id": self.user_id,
            "password": self.password,
            "instruments": [self._instrument(name) for name in self.venue.market.board.symbols],
        }

    def _instrument(self, name: str) -> dict[str, str]:
        quote = self.venue.market.board.quote(name)
        return {
            "symbol": name,
            "tick_size": f"{quote.symbol.tick_size:f}",
            "lot_size": f"{quote.symbol.lot_step:f}",
            "bid": f"{quote.bid:f}",
            "ask": f"{quote.ask:f}",
        }


class _Links:
    """The connections that are served, so that all of them end with the server."""

    def __init__(self, venue: XapiVenue) -> None:
        self._venue = venue
        self._wires: dict[asyncio.Task[None], Wire] = {}
        self.close_s = venue.manners.close_s

    async def serve(self, wire: Wire, *, streams: bool) -> None:
        task: asyncio.Task[None] | None = asyncio.current_task()
        assert task is not None
        self._wires[task] = wire
        try:
            await Link(wire, self._venue, streams=streams).serve()
        finally:
            del self._wires[task]

    async def end(self) -> None:
        served = dict(self._wires)
        for wire in served.values():
            wire.abort()
        if served:
            await asyncio.wait(served)


@asynccontextmanager
async def serving_xapi(venue: XapiVenue, options: XapiOptions) -> AsyncIterator[XapiFront]:
    """Serve until the block is left.

    Raises:
        PortRefused: an address cannot be listened on.
    """
    links = _Links(venue)
    async with AsyncExitStack() as stack:
        main_port = await _socket_server(stack, links, options, "--port-xapi-main", options.main_port, streams=False)
        stream_port = await _socket_server(
            stack, links, options, "--port-xapi-stream", options.stream_port, streams=True
        )
        ws_port = await _websocket_server(stack, links, options)
        stack.push_async_callback(links.end)
        # Owned and awaited here; a TaskGroup would wrap what the caller's block raises in a group of one.
        beating = asyncio.get_running_loop().create_task(_beat(venue), name="XAPI front: pulse")
        shown = f"[{options.host}]" if ":" in options.host else options.host
        try:
            yield XapiFront(
                venue=venue,
                host=options.host,
                main_port=main_port,
                stream_port=stream_port,
                ws_url=f"{'ws' if options.tls is None else 'wss'}://{shown}:{ws_port}",
                tls=options.tls is not None,
            )
        finally:
            beating.cancel()
            await asyncio.wait({beating})
            if not beating.cancelled():
                beating.result()


async def _beat(venue: XapiVenue) -> None:
    while True:
        await asyncio.sleep(PULSE_S)
        venue.pulse()


async def _socket_server(
    stack: AsyncExitStack, links: _Links, options: XapiOptions, option: str, port: int, *, streams: bool
) -> int:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await links.serve(SocketWire(reader, writer), streams=streams)

    try:
        server = await asyncio.start_server(handle, options.host, port, ssl=options.tls)
    except OSError as error:
        raise PortRefused(option, port, error) from error
    stack.callback(server.close)
    found: int = server.sockets[0].getsockname()[1]
    return found


async def _websocket_server(stack: AsyncExitStack, links: _Links, options: XapiOptions) -> int:
    async def handle(socket: ServerConnection) -> None:
        path = "" if socket.request is None else _path(socket.request)
        await links.serve(WebSocketWire(socket), streams=path == STREAM_PATH)

    try:
        server = await stack.enter_async_context(
            serve(
                handle,
                options.host,
                options.ws_port,
                ssl=options.tls,
                process_request=_refusal,
                compression=None,  # the messages are small and never leave this computer
                ping_interval=None,  # liveness is the client's business; its pings are answered
                close_timeout=links.close_s,
                max_size=_LARGEST_FRAME,
            )
        )
    except OSError as error:
        raise PortRefused("--port-xapi-ws", options.ws_port, error) from error
    found: int = next(iter(server.sockets)).getsockname()[1]
    return found


def _refusal(socket: ServerConnection, request: Request) -> Response | None:
    """Let the two demo paths pass and refuse every other."""
    if _path(request) in (MAIN_PATH, STREAM_PATH):
        return None
    return socket.respond(HTTPStatus.FORBIDDEN, f"Only {MAIN_PATH} and {STREAM_PATH} are served here.\n")


def _path(request: Request) -> str:
    return request.path.partition("?")[0].rstrip("/")
