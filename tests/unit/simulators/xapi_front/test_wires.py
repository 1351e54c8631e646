import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from workstation.simulators.xapi_front.wires import SocketWire, WebSocketWire, WireEnded

WAIT_S = 20


@asynccontextmanager
async def socket_pair() -> AsyncIterator[tuple[SocketWire, asyncio.StreamReader, asyncio.StreamWriter]]:
    wires: asyncio.Queue[SocketWire] = asyncio.Queue()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await wires.put(SocketWire(reader, writer))

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    wire = await wires.get()
    async with asyncio.timeout(WAIT_S):
        try:
            yield wire, reader, writer
        finally:
            wire.abort()
            writer.transport.abort()
            server.close()


@asynccontextmanager
async def websocket_pair() -> AsyncIterator[tuple[WebSocketWire, ClientConnection]]:
    wires: asyncio.Queue[WebSocketWire] = asyncio.Queue()

    async def handle(socket: ServerConnection) -> None:
        await wires.put(WebSocketWire(socket))
        await socket.wait_closed()

    async with serve(handle, "127.0.0.1", 0) as server, asyncio.timeout(WAIT_S):
        host, port = next(iter(server.sockets)).getsockname()[:2]
        async with connect(f"ws://{host}:{port}") as client:
            yield await wires.get(), client


def test_a_socket_ends_every_message_with_two_newlines() -> None:
    async def main() -> None:
        async with socket_pair() as (wire, reader, writer):
            assert (wire.address, wire.whole_values) == ("127.0.0.1", False)
            await wire.send(b"{}")
            assert await reader.readexactly(4) == b"{}\n\n"
            writer.write(b'{"a"')
            assert await wire.receive() == b'{"a"'

    asyncio.run(main())


@pytest.mark.parametrize("way", ["close", "abort", "shut"])
def test_a_socket_can_be_ended_in_three_ways(way: str) -> None:
    async def main() -> None:
        async with socket_pair() as (wire, reader, writer):
            if way == "close":
                await wire.close(1000)
            else:
                getattr(wire, way)()
            assert await reader.read() == b""
            if way == "shut":
                writer.write(b"still heard")
                assert await wire.receive() == b"still heard"

    asyncio.run(main())


async def send_for_ever(wire: SocketWire) -> None:
    while True:
        await wire.send(b"x" * 100_000)


def test_the_end_of_a_socket_is_told() -> None:
    async def main() -> None:
        async with socket_pair() as (wire, _, writer):
            writer.close()
            with pytest.raises(WireEnded):
                await wire.receive()
        async with socket_pair() as (wire, _, _):
            wire.deafen()
            wire.abort()
            with pytest.raises(WireEnded):
                await send_for_ever(wire)

    asyncio.run(main())


def test_a_websocket_holds_one_value_per_message() -> None:
    async def main() -> None:
        async with websocket_pair() as (wire, client):
            assert (wire.address, wire.whole_values) == ("127.0.0.1", True)
            await wire.send(b'{"a":"\xc3\xa9"}')
            assert await client.recv() == '{"a":"é"}'
            await client.send("{}")
            assert await wire.receive() == b"{}"
            await wire.close(4001)
            with pytest.raises(WireEnded):
                await wire.send(b"{}")
            with pytest.raises(WireEnded):
                await wire.receive()

    asyncio.run(main())


@pytest.mark.parametrize("way", ["abort", "shut"])
def test_a_websocket_can_be_ended_without_a_word(way: str) -> None:
    async def main() -> None:
        async with websocket_pair() as (wire, client):
            getattr(wire, way)()
            with pytest.raises(ConnectionClosed):
                await client.recv()
            assert client.close_code == 1006

    asyncio.run(main())
