import asyncio
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.support.fake_clock import FakeClock
from tests.support.xapi_asker import TableAsker
from tests.support.xapi_bench import CONNECTION, EURUSD, KEY, RULE, closed, opened, profile, record, terms
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import CandlePeriod, Candles, HoursKind, HoursSession, Impact
from workstation.domain.order_terms import Side
from workstation.domain.trade_history import CloseReason, HistoryKind
from workstation.venues import queries as ask
from workstation.venues.base import QueryRefused, VenueEvent
from workstation.venues.xapi import records
from workstation.venues.xapi.answers import Answers
from workstation.venues.xapi.mapping import XapiMapping
from workstation.venues.xapi.messages import GetNews, GetTickPrices
from workstation.venues.xapi.quotes import QuoteMill
from workstation.venues.xapi.symbols import SymbolList

D = Decimal
EUR = InstrumentKey(CONNECTION, "EURUSD")


def answered(query: ask.VenueQuery, **table: Any) -> tuple[Any, TableAsker]:
    events: list[VenueEvent] = []
    symbols = SymbolList(CONNECTION, events.append)
    mill = QuoteMill(CONNECTION, events.append)
    asyncio.run(symbols.load(TableAsker(getAllSymbols=(EURUSD,), getStepRules=(RULE,)), mill, 0.0))
    asker = TableAsker(**table)
    answers = Answers(
        asker=asker,
        connection_id=CONNECTION,
        mapping=XapiMapping(profile(), "1000", symbols.instrument),
        symbols=symbols,
        mill=mill,
        clock=FakeClock(),
    )
    return asyncio.run(answers.answer(query)), asker


def test_candles() -> None:
    query = ask.CandlesQuery(key=EUR, period=CandlePeriod.H1, start_ns=1_799_999_000 * 10**9)
    rate = records.RateInfoRecord(ctm=1_799_999_000_000, open=D(1), high=D(1), low=D(0), close=D(0))
    found, _ = answered(query, getChartLastRequest=records.ChartAnswer(digits=1, rate_infos=(rate,)))
    assert isinstance(found, Candles)
    assert found.candles[0].high_px == D("0.2")


def test_quotes_of_a_closed_market_are_left_out() -> None:
    tick = records.TickRecord(symbol="EURUSD", bid=D(1), ask=D(2), level=0, timestamp=5)
    query = ask.QuotesQuery(keys=(EUR, InstrumentKey(CONNECTION, "GOLD")))
    found, asker = answered(query, getTickPrices=records.Quotations(quotations=(tick,)))
    assert [(quote.key, quote.bid_px) for quote in found.quotes] == [(EUR, 1)]
    assert asker.asked == [GetTickPrices(level=0, symbols=("EURUSD", "GOLD"), timestamp=0)]


def test_news_comes_newest_first_with_its_body_untouched() -> None:
    topics = (
        records.NewsTopicRecord(key="a", time=1_000, title="old", body="<b>x</b>"),
        records.NewsTopicRecord(time=2_000, title="new"),
    )
    found, asker = answered(ask.NewsQuery(start_ns=5_000_000), getNews=topics)
    assert [(item.news_key, item.title, item.body) for item in found.items] == [
        ("2000", "new", ""),
        ("a", "old", "<b>x</b>"),
    ]
    assert asker.asked == [GetNews(start=5, end=0)]


def test_the_calendar_is_in_order_of_time_and_knows_impacts() -> None:
    events = (
        records.CalendarRecord(time=2_000, impact="3", title="b", current="1.5"),
        records.CalendarRecord(time=1_000, impact="9", title="a"),
    )
    found, _ = answered(ask.CalendarQuery(), getCalendar=events)
    assert [(event.title, event.impact, event.current) for event in found.events] == [
        ("a", Impact.UNKNOWN, ""),
        ("b", Impact.HIGH, "1.5"),
    ]


def test_hours_are_in_the_venues_zone_and_only_of_what_was_asked() -> None:
    session = records.HoursRecord(day=2, from_t=63000000, to_t=63300000)
    odd = records.HoursRecord(day=9, from_t=1, to_t=2)
    hours = (
        records.TradingHoursRecord(symbol="EURUSD", quotes=(session, odd), trading=(session,)),
        records.TradingHoursRecord(symbol="OTHER"),
    )
    found, _ = answered(ask.TradingHoursQuery(keys=(EUR,)), getTradingHours=hours)
    [only] = found.hours
    assert (only.key, only.zone) == (EUR, "Europe/Warsaw")
    assert only.sessions == tuple(
        HoursSession(kind=kind, weekday=2, from_ms=63000000, to_ms=63300000)
        for kind in (HoursKind.QUOTES, HoursKind.TRADING)
    )


def test_facts_of_an_instrument_are_fresh() -> None:
    fresh = msgspec.structs.replace(EURUSD, ask=D(9))
    found, _ = answered(ask.InstrumentFactsQuery(key=EUR), getSymbol=fresh)
    told = {fact.name: fact.text for fact in found.facts}
    assert told["ask"] == "9"
    assert told["stepRule"].startswith("Forex")


def test_facts_of_the_account_need_the_user_data_only() -> None:
    table: dict[str, Any] = {"getCurrentUserData": records.UserData(currency="PLN"), "getServerTime": "EX001"}
    found, _ = answered(ask.AccountFactsQuery(account=KEY), **table, getVersion=records.Version(version="2.5.0"))
    told = {fact.name: fact.text for fact in found.facts}
    assert (told["currency"], told["version"]) == ("PLN", "2.5.0")
    assert "time" not in told
    with pytest.raises(QueryRefused):
        answered(ask.AccountFactsQuery(account=KEY), getCurrentUserData="EX011")


def test_an_estimate_is_made_with_the_known_instrument() -> None:
    table: dict[str, Any] = {"getMarginTrade": records.MarginTrade(margin=D(1)), "getCommissionDef": "EX001"}
    found, _ = answered(ask.EstimateQuery(terms=terms()), **table)
    assert len(found.figures) == 4


def test_the_history_tells_trades_and_movements_of_money() -> None:
    trades = (
        record(closed(7, comment="[S/L]", profit=D("-3.5"), storage=D("-0.1"), close_time=3_000)),
        record(opened(1, 1, cmd=6, symbol=None, profit=D(500), open_time=9_000, comment="deposit", close_time=None)),
        record(opened(2, 2, cmd=7, profit=D(5), open_time=1_000)),
    )
    found, _ = answered(ask.TradeHistoryQuery(account=KEY, start_ns=0), getTradesHistory=trades)
    money, trade, credit = found.trades
    assert (money.kind, money.symbol, money.side, money.profit, money.closed_ns) == (
        HistoryKind.BALANCE,
        "",
        None,
        500,
        9_000_000_000,
    )
    assert (trade.kind, trade.symbol, trade.side, trade.qty) == (HistoryKind.TRADE, "EURUSD", Side.BUY, D("0.10"))
    assert (trade.reason, trade.profit, trade.swap, trade.position_id) == (
        CloseReason.STOP_LOSS,
        D("-3.5"),
        D("-0.1"),
        "7",
    )
    assert any(fact.name == "margin_rate" for fact in trade.facts)
    assert credit.kind is HistoryKind.CREDIT
    assert len({line.key for line in found.trades}) == 3


def test_introduced_trades_keep_what_may_not_be_seen_empty() -> None:
    shown = (records.IbRecord(symbol="EURUSD", side=1, timestamp=1_000, volume=D(1)), records.IbRecord())
    found, _ = answered(ask.IntroducedTradesQuery(account=KEY, start_ns=1, end_ns=2), getIbsHistory=shown)
    first, hidden = found.trades
    assert (first.side, first.symbol, first.transact_time_ns, first.login) == (Side.SELL, "EURUSD", 1_000_000_000, None)
    assert (hidden.side, hidden.qty, hidden.transact_time_ns) == (None, None, None)
