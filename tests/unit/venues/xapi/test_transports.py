"""Both kinds of socket give whole messages, and name what went wrong."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.support.qst_scripted_server import self_signed
from tests.support.xapi_connection_bench import Served
from tests.support.xapi_scripted_server import ScriptedXapi, on_sockets, on_websocket
from workstation.venues.base import MalformedFrame, VenueUnreachable
from workstation.venues.xapi.transports import Transport, dial

BOTH = pytest.mark.parametrize("served", [on_sockets, on_websocket], ids=["sockets", "websocket"])
VERSION = b'{"command":"getVersion","customTag":"1"}'


async def next_of(transport: Transport) -> bytes:
    while True:
        for frame in await transport.receive():
            return frame


async def drained(transport: Transport) -> None:
    while True:
        await transport.receive()


def played(served: Served, play: Callable[[Transport, ScriptedXapi], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with served(ScriptedXapi()) as venue:
            transport = await dial(venue.main_url, 5.0)
            try:
                await play(transport, venue)
            finally:
                await transport.close()

    asyncio.run(whole())


@BOTH
def test_requests_and_replies_pass_whole(served: Served) -> None:
    async def play(transport: Transport, venue: ScriptedXapi) -> None:
        await transport.send(VERSION)
        assert b"2.5.0" in await next_of(transport)
        await venue.mains[0].send('{"text":"żółw €\\n\\n}"}'.encode())
        assert (await next_of(transport)).decode() == '{"text":"żółw €\\n\\n}"}'

    played(served, play)


@BOTH
def test_a_close_of_the_other_end_is_told(served: Served) -> None:
    async def play(transport: Transport, venue: ScriptedXapi) -> None:
        await transport.send(VERSION)
        await next_of(transport)
        await venue.drop_main()
        with pytest.raises(VenueUnreachable, match="XAPI closed the connection"):
            await drained(transport)

    played(served, play)


@BOTH
def test_nothing_is_sent_on_a_closed_connection(served: Served) -> None:
    async def play(transport: Transport, _: ScriptedXapi) -> None:
        await transport.close()
        with pytest.raises(VenueUnreachable):
            await transport.send(VERSION)

    played(served, play)


def test_what_cannot_be_cut_into_messages_is_malformed() -> None:
    async def play(transport: Transport, venue: ScriptedXapi) -> None:
        await transport.send(VERSION)
        await next_of(transport)
        await venue.mains[0].send(b"hello")
        with pytest.raises(MalformedFrame):
            await next_of(transport)

    played(on_sockets, play)


@pytest.mark.parametrize("scheme", ["tcp", "ws"])
def test_nobody_there(scheme: str) -> None:
    async def play() -> None:
        probe = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
        port = probe.sockets[0].getsockname()[1]
        probe.close()
        await probe.wait_closed()
        with pytest.raises(VenueUnreachable, match="cannot be reached"):
            await dial(f"{scheme}://127.0.0.1:{port}/demo", 5.0)

    asyncio.run(play())


def test_a_certificate_is_verified_unless_its_issuer_is_trusted(tmp_path: Path) -> None:
    server = self_signed(tmp_path)

    async def play() -> None:
        async with on_sockets(ScriptedXapi(), server) as venue:
            with pytest.raises(VenueUnreachable, match="certificate"):
                await dial(venue.main_url, 5.0)
            trusting = ssl.create_default_context(cafile=str(tmp_path / "both.pem"))
            trusting.check_hostname = False
            transport = await dial(venue.main_url, 5.0, trusting)
            await transport.send(VERSION)
            assert b"2.5.0" in await next_of(transport)
            await transport.close()

    asyncio.run(play())
