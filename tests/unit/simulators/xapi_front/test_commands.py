from decimal import Decimal

import pytest

from tests.support.xapi_front_bench import front_bench
from workstation.simulators.xapi_front.commands import COMMANDS

DOCUMENTED = """getAllSymbols getCalendar getChartLastRequest getChartRangeRequest getCommissionDef getCurrentUserData
getIbsHistory getMarginLevel getMarginTrade getNews getProfitCalculation getServerTime getStepRules getSymbol
getTickPrices getTradeRecords getTrades getTradesHistory getTradingHours getVersion tradeTransaction
tradeTransactionStatus"""


def test_every_documented_command_is_there() -> None:
    assert set(COMMANDS) == set(DOCUMENTED.split())


def test_the_user_is_told_who_he_is() -> None:
    assert front_bench().data("getCurrentUserData") == {
        "companyUnit": 8,
        "currency": "EUR",
        "group": "demo-standard",
        "ibAccount": False,
        "leverage": 1,
        "leverageMultiplier": 1,
        "spreadType": "FLOAT",
        "trailingStop": True,
    }


def test_estimates_are_those_the_deal_then_has() -> None:
    bench = front_bench()
    margin = bench.data("getMarginTrade", {"symbol": "SAP.DE", "volume": 100})["margin"]
    fee = bench.data("getCommissionDef", {"symbol": "SAP.DE", "volume": 100})["commission"]
    quote = bench.data("getSymbol", {"symbol": "SAP.DE"})
    profit = bench.data(
        "getProfitCalculation",
        {
            "symbol": "SAP.DE",
            "cmd": 0,
            "volume": 100,
            "openPrice": float(quote["ask"]),
            "closePrice": float(quote["bid"]),
        },
    )["profit"]
    position = bench.bought(symbol="SAP.DE", volume=100)
    assert bench.data("getMarginLevel")["margin"] == margin
    assert (position["commission"], position["profit"]) == (-fee, profit)
    assert bench.data("getCommissionDef", {"symbol": "EURUSD", "volume": 1}) == {"commission": 0, "rateOfExchange": 1}


def test_times_are_the_venues() -> None:
    bench = front_bench()
    told = bench.data("getServerTime")
    assert abs(told["time"] - bench.venue.now_ms()) <= 1
    assert told["timeString"] == "Jan 15, 2027 9:00:00 AM"
    assert bench.data("getVersion") == {"version": "2.5.0"}
    assert bench.data("getIbsHistory", {"start": 0, "end": 1}) == []


def test_only_quotes_that_changed_are_told_by_level() -> None:
    bench = front_bench()
    before = bench.venue.now_ms()
    bench.clock.advance(1)
    bench.market.move_to("GOLD", Decimal("4100.00"), bench.venue.now_ms())

    def told(timestamp: int, level: int) -> list[tuple[str, int]]:
        asked = {"symbols": ["EURUSD", "GOLD"], "timestamp": timestamp, "level": level}
        return [(row["symbol"], row["level"]) for row in bench.data("getTickPrices", asked)["quotations"]]

    assert told(before + 1, 0) == [("GOLD", 0)]
    assert told(0, 0) == [("EURUSD", 0), ("GOLD", 0)]
    assert told(before + 1, 2) == [("GOLD", 2)]
    assert told(before + 1, -1) == [("GOLD", level) for level in range(5)]


def test_news_of_a_time_come_newest_first() -> None:
    bench = front_bench()
    everything = bench.data("getNews", {"start": 0, "end": 0})
    assert len(everything) == 36
    times = [topic["time"] for topic in everything]
    assert times == sorted(times, reverse=True)
    assert bench.data("getNews", {"start": times[5], "end": times[3]}) == everything[3:6]


def test_trades_can_be_looked_up_by_their_numbers() -> None:
    bench = front_bench()
    position = bench.bought()
    assert bench.data("getTradeRecords", {"orders": [position["order"], 1]})[0]["position"] == position["position"]
    bench.trade(type=2, symbol="EURUSD", volume=0.1, price=1, order=position["order"])
    assert bench.data("getTradeRecords", {"orders": [position["order"]]}) == []
    assert bench.data("getTrades", {"openedOnly": True}) == []
    assert [row["position"] for row in bench.data("getTrades", {"openedOnly": False})] == [position["position"]]
    history = bench.data("getTradesHistory", {"start": 0, "end": 0})
    assert history[0]["position"] == position["position"]
    assert len(history) == 8


def test_a_request_can_be_followed_by_its_number() -> None:
    bench = front_bench()
    number = bench.data("tradeTransaction", {"tradeTransInfo": {"symbol": "EURUSD", "volume": 0.1, "price": 1}})[
        "order"
    ]
    status = bench.data("tradeTransactionStatus", {"order": number})
    assert (status["order"], status["requestStatus"], status["message"], status["customComment"]) == (
        number,
        1,
        None,
        None,
    )
    bench.pass_time(0.1)
    assert bench.data("tradeTransactionStatus", {"order": number})["requestStatus"] == 3


@pytest.mark.parametrize(
    ("command", "arguments", "code"),
    [
        ("getSymbol", {"symbol": "NONE"}, "BE115"),
        ("getSymbol", {}, "EX000"),
        ("getSymbol", None, "EX000"),
        ("getTradingHours", {"symbols": ["NONE"]}, "BE115"),
        ("getTradingHours", {}, "BE106"),
        ("getMarginTrade", {"symbol": "EURUSD", "volume": 0}, "BE003"),
        ("getProfitCalculation", {"symbol": "EURUSD", "volume": 1, "cmd": 6}, "BE102"),
        ("getProfitCalculation", {"symbol": "EURUSD", "volume": 10**16, "openPrice": 10**16, "closePrice": 1}, "EX000"),
        ("tradeTransaction", {}, "BE106"),
        ("tradeTransaction", {"tradeTransInfo": {"volume": 1}}, "EX000"),
        ("tradeTransaction", {"tradeTransInfo": {"symbol": "EURUSD", "volume": 7000}}, "BE003"),
        ("tradeTransactionStatus", {"order": 5}, "BE098"),
        ("getCommissionDef", [1], "EX000"),
    ],
)
def test_what_is_wrong_is_answered_with_a_code(command: str, arguments: object, code: str) -> None:
    assert front_bench().error(command, arguments) == code
