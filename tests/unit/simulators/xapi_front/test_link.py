import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.support.xapi_raw_client import WAYS, SocketPipe, XapiRawClient, xapi_pair, xapi_socket
from workstation.simulators.faults import parse_faults
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.simulators.xapi_front.manners import Manners

Steps = Callable[[Simulator, XapiRawClient, XapiRawClient, str], Awaitable[None]]
ORDER = {"type": 0, "cmd": 0, "symbol": "EURUSD", "volume": 0.1, "price": 1}


def options(*faults: dict[str, object], **manners: object) -> SimulatorOptions:
    strict = Manners(**({"pace_s": 0.0} | manners))  # type: ignore[arg-type]
    return SimulatorOptions(seed=1, step_s=None, faults=parse_faults({"xapi": list(faults)}), xapi_manners=strict)


def run(steps: Steps, *faults: dict[str, object], way: str = "sockets", **manners: object) -> None:
    async def main() -> None:
        async with (
            running_simulator(options(*faults, **manners)) as simulator,
            xapi_pair(simulator.xapi, way) as (client, stream, session_id),
        ):
            await steps(simulator, client, stream, session_id)

    asyncio.run(main())


def positions(simulator: Simulator) -> int:
    return len(simulator.otc.dealer.books[simulator.xapi.user_id].positions)


def test_a_dropped_reply_is_lost_while_the_deal_is_done() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await stream.say("getTradeStatus", streamSessionId=session_id)
        await stream.say("ping", streamSessionId=session_id)
        await client.say("tradeTransaction", arguments={"tradeTransInfo": ORDER})
        assert (await client.ask("getVersion"))["returnData"] == {"version": "2.5.0"}
        await stream.streamed("tradeStatus", requestStatus=3)
        assert positions(simulator) == 1

    run(steps, {"do": "drop", "message": "tradeTransaction"})


def test_a_dropped_request_changes_nothing() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await client.say("tradeTransaction", arguments={"tradeTransInfo": ORDER})
        assert await client.data("getTrades", {"openedOnly": True}) == []

    run(steps, {"do": "drop", "message": "tradeTransactionRequest"})


def test_a_request_is_done_twice() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await stream.say("getTradeStatus", streamSessionId=session_id)
        first = await client.trade(**ORDER)
        second = (await client.receive())["returnData"]["order"]
        await stream.streamed("tradeStatus", order=first)
        await stream.streamed("tradeStatus", order=second)
        assert positions(simulator) == 2

    run(steps, {"do": "duplicate", "message": "tradeTransactionRequest"})


def test_a_request_can_be_rejected_without_being_done() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        reply = await client.ask("tradeTransaction", {"tradeTransInfo": ORDER}, customTag="t")
        assert (reply["errorCode"], reply["errorDescr"], reply["customTag"]) == ("BE099", "no today", "t")
        await stream.say("getNews", streamSessionId=session_id)
        assert (await stream.receive())["errorDescr"] == "no news"

    reject = {"do": "reject", "message": "tradeTransactionRequest", "text": "no today"}
    run(steps, reject, {"do": "reject", "message": "getNewsRequest", "text": "no news"})


def test_replies_change_places() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await client.say("getVersion", customTag=1)
        await client.say("getServerTime", customTag=2)
        assert [(await client.receive())["customTag"] for _ in range(2)] == [2, 1]

    run(steps, {"do": "reorder", "message": "getVersion"})


def test_a_delayed_reply_is_overtaken() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await client.say("getChartLastRequest", arguments={"info": {}}, customTag=1)
        assert (await client.ask("getServerTime", customTag=2))["customTag"] == 2

    run(steps, {"do": "delay", "message": "getChartLast", "seconds": 3600})


def test_keep_alive_goes_on_while_ticks_stop() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await stream.say("getTickPrices", streamSessionId=session_id, symbol="EURUSD")
        await stream.say("getKeepAlive", streamSessionId=session_id)
        await stream.streamed("keepAlive")
        simulator.move(100)
        await stream.say("nothing")
        await stream.until(lambda message: "errorCode" in message)
        assert {message.get("command") for message in stream.kept} == {"keepAlive", None}

    run(steps, {"do": "drop", "message": "tickPrices", "count": None})


@pytest.mark.parametrize("way", WAYS)
def test_a_connection_is_closed_in_place_of_a_message(way: str) -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await client.say("getVersion")
        assert await client.is_dropped()

    run(steps, {"do": "close", "message": "getVersionRequest", "code": 4001}, way=way)


def test_a_half_closed_connection_says_no_more_but_listens() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await stream.say("getTradeStatus", streamSessionId=session_id)
        await client.say("getVersion")
        assert await client.is_dropped()
        await client.say("tradeTransaction", arguments={"tradeTransInfo": ORDER})
        await stream.streamed("tradeStatus", requestStatus=3)
        assert positions(simulator) == 1

    run(steps, {"do": "half_close", "message": "getVersion"})


def test_a_silent_connection_stays_open_and_answers_nothing() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await client.say("getVersion")
        await client.say("tradeTransaction", arguments={"tradeTransInfo": ORDER})
        async with xapi_socket(simulator.xapi) as other:
            await other.log_in(simulator.xapi)
            assert await other.data("getTrades", {"openedOnly": True}) == []
            assert len(simulator.xapi.venue.mains) == 2

    run(steps, {"do": "silence", "message": "getVersionRequest"})


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", ["hello", "[1]", '{"command": "' + "x" * 1100 + '"}'])
def test_a_breach_drops_without_a_word(way: str, text: str) -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        client.kept.clear()
        await client.send(text)
        assert await client.is_dropped()
        assert client.kept == []
        assert await stream.is_dropped()

    async def main_steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await stream.say("getTrades", streamSessionId=session_id)
        await client.ask("ping")
        await steps(simulator, client, stream, session_id)

    run(main_steps, way=way)


def test_a_websocket_message_that_ends_inside_a_value_drops() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        await client.send('{"command":')
        assert await client.is_dropped()

    run(steps, way="WebSocket")


@pytest.mark.parametrize("way", WAYS)
def test_the_sixth_quick_request_in_a_row_drops(way: str) -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        client.kept.clear()
        for _ in range(5):
            assert await client.ask("ping") == {"status": True}
        await client.say("ping")
        assert await client.is_dropped()
        assert len(client.kept) == 5
        assert simulator.xapi.venue.too_quick == 6

    run(steps, way=way, pace_s=3600.0)


@pytest.mark.parametrize("way", WAYS)
def test_a_connection_that_says_nothing_at_first_is_dropped(way: str) -> None:
    async def main() -> None:
        async with running_simulator(options(first_data_s=0.05, stream_first_data_s=0.05)) as simulator:
            for streams in (False, True):
                async with WAYS[way](simulator.xapi, streams=streams) as client:
                    assert await client.is_dropped()
                    assert client.kept == []

    asyncio.run(main())


def test_a_stream_may_be_opened_ahead_of_the_login() -> None:
    async def main() -> None:
        async with (
            running_simulator(options(first_data_s=20.0)) as simulator,
            xapi_socket(simulator.xapi) as client,
            xapi_socket(simulator.xapi, streams=True) as stream,
        ):
            await stream.say("getKeepAlive", streamSessionId=await client.log_in(simulator.xapi))
            await stream.streamed("keepAlive")

    asyncio.run(main())


@pytest.mark.parametrize("way", WAYS)
def test_a_connection_too_many_is_told_and_closed(way: str) -> None:
    async def main() -> None:
        async with (
            running_simulator(options(connections=2)) as simulator,
            xapi_pair(simulator.xapi, way) as (client, _, _),
        ):
            for streams in (False, True):
                async with WAYS[way](simulator.xapi, streams=streams) as third:
                    assert (await third.receive())["errorCode"] == "EX008"
                    assert await third.is_dropped()
            assert await client.ask("ping") == {"status": True}

    asyncio.run(main())


def test_a_client_that_reads_nothing_is_dropped_and_blocks_nobody() -> None:
    async def steps(simulator: Simulator, client: XapiRawClient, stream: XapiRawClient, session_id: str) -> None:
        for symbol in simulator.otc.board.symbols:
            await stream.say("getTickPrices", streamSessionId=session_id, symbol=symbol, minArrivalTime=1)
        await stream.streamed("tickPrices", symbol=symbol, level=4)
        assert isinstance(stream.pipe, SocketPipe)
        stream.pipe.writer.transport.pause_reading()  # type: ignore[attr-defined]
        while simulator.xapi.venue.streams:
            simulator.move(50)
            assert await client.ask("ping") == {"status": True}

    run(steps, backlog=2000)
