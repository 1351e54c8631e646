"""The records hold the fields of the document with its kinds; the lists are written from chapters 5 and 6."""

import re

from tests.support.xapi_front_bench import FrontBench, Message, front_bench

FLOATING = re.compile(r"-?\d+\.\d+(E-?\d+)?")

SYMBOL = """ask bid categoryName contractSize currency currencyPair currencyProfit description expiration groupName high
initialMargin instantMaxVolume leverage longOnly lotMax lotMin lotStep low marginHedged marginHedgedStrong
marginMaintenance marginMode percentage pipsPrecision precision profitMode quoteId shortSelling spreadRaw spreadTable
starting stepRuleId stopsLevel swap_rollover3days swapEnable swapLong swapShort swapType symbol tickSize tickValue time
timeString trailingEnabled type"""
SYMBOL_FLOATS = """ask bid high leverage lotMax lotMin lotStep low percentage spreadRaw spreadTable swapLong swapShort
tickSize tickValue"""
TRADE = """close_price close_time close_timeString closed cmd comment commission customComment digits expiration
expirationString margin_rate offset open_price open_time open_timeString order order2 position profit sl storage symbol
timestamp tp volume"""
TRADE_FLOATS = "close_price commission margin_rate open_price profit sl storage tp volume"
STREAMED_TRADE = """close_price close_time closed cmd comment commission customComment digits expiration margin_rate
offset open_price open_time order order2 position profit sl state storage symbol tp type volume"""
TICK = "ask askVolume bid bidVolume high level low spreadRaw spreadTable symbol timestamp"
TICK_FLOATS = "ask bid high low spreadRaw spreadTable"
BEYOND_THE_DOCUMENT = {"exemode", "nominalValue"}


def check(record: Message, names: str) -> None:
    assert set(record) - BEYOND_THE_DOCUMENT == set(names.split())


def check_floats(text: bytes, names: str) -> None:
    """See that these fields are written with a fraction."""
    for name in names.split():
        for value in re.findall(rf'"{name}":([^,}}\]]+)', text.decode()):
            assert value == "null" or FLOATING.fullmatch(value), (name, value)


def test_symbols_have_every_field_of_the_document() -> None:
    bench = front_bench()
    for record in bench.data("getAllSymbols"):
        check(record, SYMBOL)
        assert record["marginMode"] in (101, 102, 103)
        assert record["quoteId"] in (1, 2, 3, 4)
        assert record["profitMode"] in (5, 6)
    text = bench.raw("getAllSymbols")
    check_floats(text, SYMBOL_FLOATS)
    for name in ("contractSize", "precision", "pipsPrecision", "time", "stopsLevel", "type", "instantMaxVolume"):
        assert all(value.isdigit() for value in re.findall(rf'"{name}":([^,}}]+)', text.decode()))


def test_the_spread_is_told_in_price_and_in_pips() -> None:
    record = front_bench().data("getSymbol", {"symbol": "EURUSD"})
    assert record["spreadRaw"] == record["ask"] - record["bid"]
    assert record["spreadTable"] == record["spreadRaw"] * 10_000


def test_trades_have_every_field_of_the_document() -> None:
    bench = front_bench()
    bench.subscribe("getTrades")
    position = bench.bought()
    bench.trade(type=0, cmd=2, symbol="EURUSD", volume=0.1, price=1.1, expiration=bench.venue.now_ms() + 10_000)
    bench.trade(type=2, cmd=0, symbol="EURUSD", volume=0.1, price=1, order=position["order"])
    for record in (position, *bench.data("getTrades", {"openedOnly": False}), *bench.data("getTradesHistory", {})):
        check(record, TRADE)
        assert record["closed"] is (record["close_time"] is not None) is (record["close_timeString"] is not None)
    check_floats(bench.raw("getTradesHistory", {}), TRADE_FLOATS)
    streamed = [message["data"] for message in bench.heard()]
    for record in streamed:
        check(record, STREAMED_TRADE)
        assert record["state"] in ("Modified", "Deleted")
        assert (record["profit"] is None) is (record["type"] == 1)


def test_a_booking_has_no_symbol() -> None:
    deposit = front_bench().data("getTradesHistory", {"start": 0, "end": 0})[-1]
    assert (deposit["cmd"], deposit["symbol"], deposit["profit"], deposit["closed"]) == (6, None, 100_000, True)


def test_ticks_have_every_field_of_the_document() -> None:
    bench = front_bench()
    bench.subscribe("getTickPrices", symbol="GOLD")
    for record in bench.data("getTickPrices", {"symbols": ["GOLD"], "level": -1, "timestamp": 0})["quotations"]:
        check(record, TICK)
    check_floats(bench.raw("getTickPrices", {"symbols": ["GOLD"], "level": -1, "timestamp": 0}), TICK_FLOATS)
    for record in bench.heard_of("tickPrices"):
        check(record, f"{TICK} quoteId")


def test_the_other_records_have_every_field_of_the_document() -> None:
    bench = front_bench()
    check(bench.data("getCalendar")[0], "country current forecast impact period previous time title")
    check(bench.data("getNews", {"start": 0, "end": 0})[0], "body bodylen key time timeString title")
    check(bench.data("getStepRules")[0], "id name steps")
    check(bench.data("getStepRules")[0]["steps"][0], "fromValue step")
    [hours] = bench.data("getTradingHours", {"symbols": ["EURUSD"]})
    check(hours, "symbol quotes trading")
    check(hours["quotes"][0], "day fromT toT")
    check(bench.data("getMarginLevel"), "balance credit currency equity margin margin_free margin_level")
    check_floats(bench.raw("getMarginLevel"), "balance credit equity margin margin_free margin_level")
    chart = bench.data("getChartRangeRequest", chart_info(bench))
    check(chart["rateInfos"][0], "close ctm ctmString high low open vol")
    check_floats(bench.raw("getChartRangeRequest", chart_info(bench)), "close high low open vol")


def chart_info(bench: FrontBench) -> Message:
    return {"info": {"period": 60, "start": bench.venue.now_ms(), "end": 0, "ticks": -5, "symbol": "EURUSD"}}
