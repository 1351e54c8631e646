"""What the network may do to messages: cut them anywhere, glue them together, and bring very large ones."""

import asyncio

import msgspec
import pytest

from tests.support.xapi_bench import EURUSD, opened, place_limit
from tests.support.xapi_connection_bench import Desk, Served, running
from tests.support.xapi_scripted_server import ScriptedXapi, on_sockets, on_websocket
from workstation.venues.base import InstrumentsListed, Outcome, PositionReported, RequestAnswered
from workstation.venues.xapi import codec
from workstation.venues.xapi.connection import XapiConnection

WAYS = [on_sockets, on_websocket]
ODD = msgspec.structs.replace(EURUSD, description='Euro € 欧元 𝄞 {not a bracket}\\ "quoted"', symbol="ÉURUSD")
LARGE_BYTES = 30_000_000


async def ordered(desk: Desk, connection: XapiConnection) -> Outcome:
    """Send an order and return its outcome."""
    request = place_limit()
    await connection.send(connection.encode(request))
    await desk.until(lambda: bool(desk.all_of(RequestAnswered)))
    return desk.all_of(RequestAnswered)[0].outcome


@pytest.mark.parametrize("served", WAYS)
@pytest.mark.parametrize("stride", [1, 3, 1021])
def test_messages_cut_anywhere_are_read_as_if_they_were_whole(served: Served, stride: int) -> None:
    async def main() -> None:
        venue = ScriptedXapi(symbols=(EURUSD, ODD), stride=stride)
        async with running(venue, served) as (connection, desk):
            await desk.until(lambda: connection.instrument(ODD.symbol or "") is not None)
            known = connection.instrument(ODD.symbol or "")
            assert known is not None
            assert known.description == ODD.description
            assert await ordered(desk, connection) is Outcome.RECEIVED
            await venue.tell(opened(7, 3))
            await desk.until(lambda: bool(desk.all_of(PositionReported)))
            assert (len(venue.mains), len(venue.streams)) == (1, 1)

    asyncio.run(main())


def test_messages_glued_together_are_read_one_by_one() -> None:
    async def main() -> None:
        venue = ScriptedXapi()
        async with running(venue, on_sockets) as (_, desk):
            glued = b"".join(codec.encode_streamed(opened(number, 100 + number)) for number in range(1, 51))
            await venue.streams[-1].send(glued + b"\n\n\n" + glued)
            await desk.until(lambda: len({one.position.position_id for one in desk.all_of(PositionReported)}) == 50)
            assert (len(venue.mains), len(venue.streams)) == (1, 1)

    asyncio.run(main())


@pytest.mark.parametrize("served", WAYS)
def test_a_list_of_30_mb_is_read_whole_and_the_link_lives(served: Served) -> None:
    async def main() -> None:
        rows = tuple(
            msgspec.structs.replace(EURUSD, symbol=f"SYM{number:05}", description="Ünïcode € " * 16)
            for number in range(36_000)
        )
        assert len(codec.encode_reply(rows)) > LARGE_BYTES
        venue = ScriptedXapi(symbols=rows)
        async with running(venue, served, wait=False) as (connection, desk):
            await desk.until(lambda: connection.instrument("SYM35999") is not None)
            listed = [one for event in desk.all_of(InstrumentsListed) for one in event.instruments]
            assert len({one.symbol for one in listed}) == len(rows)
            await desk.until(lambda: desk.live)
            assert await ordered(desk, connection) is Outcome.RECEIVED
            assert (len(venue.mains), venue.commands().count("getAllSymbols")) == (1, 1)

    asyncio.run(main())
