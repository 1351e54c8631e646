import json
from decimal import Decimal

import pytest

from tests.support.xapi_front_bench import FrontBench, front_bench
from workstation.simulators.xapi_front.main_session import MainSession
from workstation.simulators.xapi_front.outbox import Ending
from workstation.simulators.xapi_front.venue import PASSWORD

PIP = Decimal("0.00010")


def test_every_stream_starts_and_stops() -> None:
    bench = front_bench()
    for name in ("Balance", "KeepAlive", "News", "Profits", "Trades", "TradeStatus"):
        bench.subscribe(f"get{name}")
    for name in ("TickPrices", "Candles"):
        bench.subscribe(f"get{name}", symbol="EURUSD")
    bench.bought()
    bench.pass_time(200)
    bench.market.step(bench.venue.now_ms())
    bench.market.move_to("EURUSD", Decimal("1.15900"), bench.venue.now_ms())
    bench.pass_time(60)
    assert {message["command"] for message in bench.heard()} == {
        *("balance", "candle", "keepAlive", "news", "profit", "tickPrices", "trade", "tradeStatus")
    }
    for name in ("Balance", "KeepAlive", "News", "Profits", "Trades", "TradeStatus"):
        bench.stream.receive({"command": f"stop{name}"})
    for name in ("TickPrices", "Candles"):
        bench.stream.receive({"command": f"stop{name}", "symbol": "EURUSD"})
    bench.bought()
    bench.market.move_to("EURUSD", Decimal("1.16000"), bench.venue.now_ms())
    bench.pass_time(200)
    assert bench.heard() == []


def test_ping_says_nothing_and_nothing_is_acknowledged() -> None:
    bench = front_bench()
    bench.subscribe("ping")
    bench.subscribe("getTrades")
    assert bench.heard() == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"command": "getKeepAlive", "streamSessionId": "old"}, "BE117"),
        ({"command": "getKeepAlive"}, "EX000"),
        ({"command": "getVersion"}, "BE104"),
        ({"command": "stopNothing"}, "BE104"),
        ({}, "EX000"),
        ({"command": "stopTickPrices"}, "EX000"),
    ],
)
def test_a_wrong_command_is_answered(fields: dict[str, object], code: str) -> None:
    bench = front_bench()
    bench.subscribe("getKeepAlive")
    bench.heard()
    bench.stream.receive({**fields, "customTag": "t"})
    [message] = bench.heard()
    assert (message["status"], message["errorCode"], message["customTag"]) == (False, code, "t")
    assert bench.stream.outbox.ending is None


def test_an_unknown_symbol_is_answered() -> None:
    bench = front_bench()
    bench.subscribe("getTickPrices", symbol="NONE")
    bench.subscribe("getCandles", symbol="NONE")
    assert [message["errorCode"] for message in bench.heard()] == ["BE115", "BE115"]


@pytest.mark.parametrize(("max_level", "levels"), [(None, 5), (0, 1), (2, 3)])
def test_quotes_come_in_levels_up_to_the_one_wanted(max_level: int | None, levels: int) -> None:
    bench = front_bench()
    bench.subscribe("getTickPrices", symbol="EURUSD", maxLevel=max_level)
    assert [tick["level"] for tick in bench.heard_of("tickPrices")] == list(range(levels))


def test_quotes_come_no_faster_than_wanted_and_the_last_is_never_lost() -> None:
    bench = front_bench()
    bench.subscribe("getTickPrices", symbol="EURUSD", minArrivalTime=1000, maxLevel=0)
    bench.subscribe("getTickPrices", symbol="EURUSD", minArrivalTime=1000, maxLevel=0)
    bench.heard()
    for turn in range(1, 4):
        bench.market.move_to("EURUSD", Decimal("1.15000") + turn * PIP, bench.venue.now_ms())
    bench.pass_time(0.9)
    assert bench.heard() == []
    bench.pass_time(0.2)
    assert [tick["bid"] for tick in bench.heard_of("tickPrices")] == [Decimal("1.15030")]
    bench.pass_time(2)
    assert bench.heard() == []
    bench.market.move_to("EURUSD", Decimal("1.15500"), bench.venue.now_ms())
    assert [tick["bid"] for tick in bench.heard_of("tickPrices")] == [Decimal("1.15500")]


def test_as_fast_as_possible_is_at_once() -> None:
    bench = front_bench()
    bench.subscribe("getTickPrices", symbol="EURUSD", minArrivalTime=1, maxLevel=0)
    bench.heard()
    for _ in range(5):
        bench.clock.advance(0.002)
        bench.market.move_to("EURUSD", Decimal("1.15000"), bench.venue.now_ms())
    assert len(bench.heard()) == 5


def test_keep_alive_comes_every_three_seconds() -> None:
    bench = front_bench()
    bench.subscribe("getKeepAlive")
    for _ in range(100):
        bench.pass_time(0.1)
    assert len(bench.heard_of("keepAlive")) == 4


def test_a_candle_comes_when_its_minute_is_over() -> None:
    bench = front_bench()
    bench.subscribe("getCandles", symbol="EURUSD")
    bench.market.move_to("EURUSD", Decimal("1.15000"), bench.venue.now_ms())
    minute = bench.venue.now_ms() // 60_000 * 60_000
    bench.pass_time(61)
    [candle] = bench.heard_of("candle")
    assert (candle["ctm"], candle["close"], candle["symbol"]) == (minute, Decimal("1.15000"), "EURUSD")
    bench.pass_time(61)
    assert bench.heard() == []


def test_money_is_told_when_it_changes_and_not_too_often() -> None:
    bench = front_bench()
    bench.bought()
    bench.subscribe("getBalance")
    bench.subscribe("getProfits")
    bench.pass_time(0.1)
    assert [message["command"] for message in bench.heard()] == ["profit", "balance"]
    for turn in range(5):
        bench.market.move_to("EURUSD", Decimal("1.15900") + turn * PIP, bench.venue.now_ms())
        bench.pass_time(0.05)
    assert bench.heard() == []
    bench.pass_time(0.5)
    told = bench.heard()
    assert [message["command"] for message in told] == ["profit", "balance"]
    assert told[1]["data"]["equity"] - told[1]["data"]["balance"] == told[0]["data"]["profit"]
    bench.pass_time(5)
    assert bench.heard() == []


def other_login(bench: FrontBench) -> tuple[MainSession, str]:
    """Log the second account in on a connection of its own."""
    session = MainSession(bench.venue, lambda: None)
    session.receive({"command": "login", "arguments": {"userId": bench.venue.user_ids[1], "password": PASSWORD}})
    [(_, text)] = session.outbox.waiting
    return session, json.loads(text)["streamSessionId"]


def test_a_deal_is_told_to_its_owner_only() -> None:
    bench = front_bench()
    _, session_id = other_login(bench)
    bench.stream.receive({"command": "getTrades", "streamSessionId": session_id})
    bench.bought()
    assert bench.heard() == []
    bench.subscribe("getTrades")
    bench.bought()
    assert [data["type"] for data in bench.heard_of("trade")] == [1, 0]


def test_a_connection_lives_as_long_as_one_of_its_sessions() -> None:
    bench = front_bench()
    second, session_id = other_login(bench)
    bench.subscribe("getKeepAlive")
    bench.stream.receive({"command": "getKeepAlive", "streamSessionId": session_id})
    second.gone()
    assert bench.stream.outbox.ending is None
    bench.ask("logout")
    assert bench.stream.outbox.ending is Ending.AFTER_OUTBOX


def test_a_stream_that_is_not_read_ends() -> None:
    bench = front_bench(backlog=50)
    bench.subscribe("getTickPrices", symbol="EURUSD", minArrivalTime=1)
    for _ in range(20):
        bench.clock.advance(0.01)
        bench.market.move_to("EURUSD", Decimal("1.15000"), bench.venue.now_ms())
    assert bench.stream.outbox.ending is Ending.DROP
