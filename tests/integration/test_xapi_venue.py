"""The built-in XAPI venue over real sockets, as clients that others have published talk to it.

The byte sequences below are written as those clients write them: the vendor's Python and Java wrappers, the C# client,
xapi-python, xapi-node and XTBApi. Each logs in, subscribes and trades with the venue's rules as strict as they come.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from tests.support.xapi_raw_client import WAYS, xapi_pair, xapi_socket, xapi_websocket
from workstation.simulators.serve import Simulator, SimulatorOptions, running_simulator
from workstation.simulators.xapi_front.manners import Manners


def run(steps: Callable[[Simulator], Awaitable[None]], **manners: object) -> None:
    async def main() -> None:
        options = SimulatorOptions(seed=1, step_s=0.01, xapi_manners=Manners(**manners))  # type: ignore[arg-type]
        async with running_simulator(options) as simulator, asyncio.timeout(50):
            await steps(simulator)

    asyncio.run(main())


@pytest.mark.parametrize("way", WAYS)
def test_a_day_of_trading(way: str) -> None:
    async def steps(simulator: Simulator) -> None:
        async with xapi_pair(simulator.xapi, way) as (main, stream, session_id):
            for name in ("getTrades", "getTradeStatus", "getBalance", "getProfits", "getKeepAlive"):
                await stream.say(name, streamSessionId=session_id)
            await stream.say("getTickPrices", streamSessionId=session_id, symbol="EURUSD", minArrivalTime=1, maxLevel=0)
            assert len(await main.data("getAllSymbols")) >= 40
            number = await main.trade(type=0, cmd=0, symbol="EURUSD", volume=0.2, price=1, customComment="mine")
            await stream.streamed("tradeStatus", order=number, requestStatus=3, customComment="mine")
            opened = await stream.streamed("trade", order2=number, type=0, state="Modified")
            position = opened["position"]
            await stream.streamed("profit", position=position)
            pending = await main.trade(type=0, cmd=2, symbol="EURUSD", volume=0.1, price=1.1)
            await stream.streamed("trade", order=pending, type=1, state="Modified")
            await main.trade(type=3, cmd=2, symbol="EURUSD", volume=0.1, price=1.1005, order=pending)
            await stream.streamed("trade", order=pending, open_price=Decimal("1.1005"))
            await main.trade(type=4, symbol="EURUSD", order=pending)
            await stream.streamed("trade", order=pending, type=1, state="Deleted")
            await main.trade(type=2, cmd=1, symbol="EURUSD", volume=0.2, price=1, order=position)
            closed = await stream.streamed("trade", position=position, type=2, closed=True)
            assert closed["customComment"] == "mine"
            assert await main.data("getTrades", {"openedOnly": True}) == []
            history = await main.data("getTradesHistory", {"start": 0, "end": 0})
            balance = (await main.data("getMarginLevel"))["balance"]
            assert balance == sum(row["profit"] + row["storage"] + row["commission"] for row in history)
            await stream.streamed("balance", balance=balance)
            await stream.streamed("keepAlive")
            await stream.streamed("tickPrices", symbol="EURUSD")
            assert await main.ask("logout") == {"status": True}
            assert await stream.is_dropped()

    run(steps, pace_s=0)


def test_the_vendors_python_wrapper() -> None:
    """Empty arguments where none are needed, no separator; it sends every 200 ms at most."""

    async def steps(simulator: Simulator) -> None:
        front = simulator.xapi
        async with xapi_socket(front) as main, xapi_socket(front, streams=True) as stream:
            login = {"userId": front.user_id, "password": front.password, "appName": ""}
            reply = await main.ask("login", login)
            session_id = reply["streamSessionId"]
            await stream.say("getTickPrices", symbol="EURUSD", streamSessionId=session_id)
            await stream.say("getTrades", streamSessionId=session_id)
            await stream.streamed("tickPrices", symbol="EURUSD", level=0)
            assert (await main.ask("getServerTime", {}))["status"] is True
            info = {"cmd": 0, "type": 0, "symbol": "EURUSD", "volume": 0.1, "price": 1.16, "order": 0, "expiration": 0}
            reply = await main.ask("tradeTransaction", {"tradeTransInfo": info})
            opened = await stream.streamed("trade", order2=reply["returnData"]["order"], type=0)
            assert (await main.ask("getTradeRecords", {"orders": [opened["order"]]}))["status"] is True
            assert await main.ask("logout", {}) == {"status": True}

    run(steps)


def test_the_java_and_the_c_sharp_client() -> None:
    """Extra fields outside the arguments, values that follow each other at once, indented text with a newline."""

    async def steps(simulator: Simulator) -> None:
        front = simulator.xapi
        login = {"userId": front.user_id, "password": front.password, "appId": "", "appName": ""}
        wrapped = {"command": "login", "arguments": login, "wrapper": "java", "wrapperVersion": "2.5.0"}
        both = json.dumps(wrapped) + json.dumps({"command": "getVersion", "prettyPrint": False})
        async with xapi_socket(front) as main:
            await main.send(both)
            assert (await main.receive())["status"] is True
            assert (await main.receive())["returnData"] == {"version": "2.5.0"}
        indented = json.dumps({"command": "login", "prettyPrint": False, "arguments": login}, indent=2)
        unset = {"cmd": 0, "customComment": None, "expiration": None, "offset": None, "order": None, "price": 1.1}
        info = unset | {"sl": None, "symbol": "EURUSD", "tp": None, "type": 0, "volume": 0.1}
        async with xapi_socket(front) as main:
            await main.send(indented.replace("\n", "\r\n") + "\n")
            assert (await main.receive())["status"] is True
            order = {"command": "tradeTransaction", "arguments": {"tradeTransInfo": info}, "customTag": None}
            text = (json.dumps(order, indent=2) + "\n").encode()
            await main.send(text[:40])
            await main.send(text[40:])
            assert (await main.receive())["returnData"]["order"]

    run(steps)


def test_xapi_python() -> None:
    """Opens both WebSockets first and speaks on the stream only after the login."""

    async def steps(simulator: Simulator) -> None:
        front = simulator.xapi
        async with xapi_websocket(front) as main, xapi_websocket(front, streams=True) as stream:
            reply = await main.ask("login", {"userId": front.user_id, "password": front.password})
            session_id = reply["streamSessionId"]
            await stream.say("getTickPrices", streamSessionId=session_id, symbol="EURUSD", minArrivalTime=0, maxLevel=2)
            await stream.say("getKeepAlive", streamSessionId=session_id)
            await stream.streamed("tickPrices", level=2)
            await stream.streamed("keepAlive")

    run(steps)


def test_xapi_node() -> None:
    """Tags everything, sends bursts of five, leaves out what is 0, orders at price 1 with an expiration."""

    async def steps(simulator: Simulator) -> None:
        front = simulator.xapi
        async with xapi_websocket(front) as main, xapi_websocket(front, streams=True) as stream:
            login = {"userId": front.user_id, "password": front.password, "appName": None}
            reply = await main.ask("login", login, customTag="login_1")
            assert reply["customTag"] == "login_1"
            await stream.say("getTradeStatus", streamSessionId=reply["streamSessionId"])
            await stream.say("ping", streamSessionId=reply["streamSessionId"])
            info = {"customComment": "x1", "expiration": simulator.clock.now_ns() // 1_000_000 + 10_000, "offset": 0}
            info |= {"order": 0, "price": 1, "sl": 0, "symbol": "EURUSD", "tp": 0, "type": 0, "volume": 0.1}
            for turn in range(4):
                await main.say("ping", customTag=f"ping_{turn}")
            await main.say("tradeTransaction", arguments={"tradeTransInfo": info}, customTag="trade_1")
            tags = [(await main.receive())["customTag"] for _ in range(5)]
            assert tags == [*(f"ping_{turn}" for turn in range(4)), "trade_1"]
            status = await stream.streamed("tradeStatus", customComment="x1")
            assert (status["requestStatus"], status["message"]) == (3, None)

    run(steps)


def test_xtbapi() -> None:
    """A number for the user, floats for times, nothing but the least of a trade; reads the status once."""

    async def steps(simulator: Simulator) -> None:
        front = simulator.xapi
        async with xapi_websocket(front) as main:
            await main.ask("login", {"userId": int(front.user_id), "password": front.password})
            start = simulator.clock.now_ns() / 1_000_000 - 3_600_000
            info = {"period": 5, "start": start + 0.5, "symbol": "EURUSD"}
            assert (await main.data("getChartLastRequest", {"info": info}))["rateInfos"]
            info = {"cmd": 0, "symbol": "EURUSD", "type": 0, "volume": 0.1, "price": 1.16}
            number = (await main.data("tradeTransaction", {"tradeTransInfo": info}))["order"]
            while (await main.data("tradeTransactionStatus", {"order": number}))["requestStatus"] == 1:
                assert simulator.otc.dealer.outcome(front.user_id, number) is not None
            [position] = await main.data("getTrades", {"openedOnly": True})
            info = {"cmd": 0, "symbol": "EURUSD", "type": 2, "volume": 0.1, "price": 1, "order": position["position"]}
            await main.data("tradeTransaction", {"tradeTransInfo": info})

    run(steps, pace_s=0)


def test_two_logins_trade_side_by_side() -> None:
    async def steps(simulator: Simulator) -> None:
        front = simulator.xapi
        async with xapi_socket(front) as first, xapi_websocket(front) as second:
            await first.log_in(front)
            await second.log_in(front, front.venue.user_ids[1])
            await first.trade(type=0, cmd=0, symbol="EURUSD", volume=0.1, price=1)
            assert await second.data("getTrades", {"openedOnly": True}) == []
            moneys = [await client.data("getMarginLevel") for client in (first, second)]
            assert [money["currency"] for money in moneys] == ["EUR", "USD"]

    run(steps)


def test_a_new_login_gets_a_new_stream_and_nothing_is_replayed() -> None:
    async def steps(simulator: Simulator) -> None:
        front = simulator.xapi
        async with xapi_pair(front) as (main, stream, old_id):
            await stream.say("getTrades", streamSessionId=old_id)
            await main.trade(type=0, cmd=0, symbol="EURUSD", volume=0.1, price=1)
            await stream.streamed("trade", type=0)
        async with xapi_pair(front) as (main, stream, new_id):
            assert new_id != old_id
            await stream.say("getTrades", streamSessionId=old_id)
            assert (await stream.receive())["errorCode"] == "BE117"
            await stream.say("getTrades", streamSessionId=new_id)
            assert len(await main.data("getTrades", {"openedOnly": True})) == 1
            await main.trade(type=0, cmd=1, symbol="EURUSD", volume=0.1, price=1)
            assert (await stream.streamed("trade", type=0))["cmd"] == 1

    run(steps)
