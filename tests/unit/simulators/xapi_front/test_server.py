import asyncio
import socket
from decimal import Decimal

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.xapi_raw_client import xapi_socket, xapi_websocket
from workstation.runtime.clock import SystemClock
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.xapi_front.manners import Manners
from workstation.simulators.xapi_front.server import PortRefused, XapiOptions, serving_xapi
from workstation.simulators.xapi_front.venue import XapiVenue


def venue() -> XapiVenue:
    clock = SystemClock()
    return XapiVenue(OtcMarket(seed=1, now_ms=clock.now_ns() // 1_000_000), clock, Manners(pace_s=0))


def test_it_announces_where_it_is_and_what_it_lists() -> None:
    async def main() -> None:
        async with serving_xapi(venue(), XapiOptions()) as front:
            told = front.announcement
            assert set(told) == {
                *("host", "main_port", "stream_port", "ws_url", "tls", "user_id", "password", "instruments")
            }
            assert (told["host"], told["tls"]) == ("127.0.0.1", False)
            listed = told["instruments"]
            assert isinstance(listed, list)
            assert len(listed) >= 40
            for row in listed:
                assert all(isinstance(value, str) for value in row.values())
                assert Decimal(row["bid"]) < Decimal(row["ask"])
                assert Decimal(row["bid"]) % Decimal(row["tick_size"]) == 0
            async with xapi_socket(front) as client:
                await client.log_in(front)
            async with xapi_websocket(front) as client:
                await client.log_in(front, front.venue.user_ids[1])

    asyncio.run(main())


@pytest.mark.parametrize("path", ["/real", "/realStream", "/", "/demo2", ""])
def test_only_the_demo_paths_are_served(path: str) -> None:
    async def main() -> None:
        async with serving_xapi(venue(), XapiOptions()) as front:
            with pytest.raises(InvalidStatus) as refused:
                await connect(front.ws_url + path)
            assert refused.value.response.status_code == 403

    asyncio.run(main())


@pytest.mark.parametrize("which", ["main", "stream", "ws"])
def test_a_port_in_use_is_named(which: str) -> None:
    async def main() -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            options = XapiOptions(**{f"{which}_port": port})
            with pytest.raises(PortRefused) as refused:
                async with serving_xapi(venue(), options):
                    pass
        assert (refused.value.option, refused.value.port) == (f"--port-xapi-{which}", port)

    asyncio.run(main())


def test_the_end_of_the_server_ends_every_connection() -> None:
    async def main() -> None:
        house = venue()
        async with serving_xapi(house, XapiOptions()) as front:
            socket_client, websocket_client = xapi_socket(front), xapi_websocket(front, streams=True)
            client, stream = await socket_client.__aenter__(), await websocket_client.__aenter__()
            await stream.say("getKeepAlive", streamSessionId=await client.log_in(front))
            await stream.streamed("keepAlive")
        assert await client.is_dropped()
        assert await stream.is_dropped()
        assert (house.mains, house.streams) == ([], [])
        await socket_client.__aexit__(None, None, None)
        await websocket_client.__aexit__(None, None, None)

    asyncio.run(main())


def test_an_error_of_the_caller_comes_out_as_it_is() -> None:
    async def main() -> None:
        async with serving_xapi(venue(), XapiOptions()):
            raise KeyError("the caller's own")

    with pytest.raises(KeyError):
        asyncio.run(main())
