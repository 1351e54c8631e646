"""The venue's answers to :mod:`workstation.venues.queries`: each question as requests, each reply as domain values."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import (
    CalendarEvent,
    HoursKind,
    HoursSession,
    Impact,
    NewsItem,
    Quote,
    TradingHours,
)
from workstation.domain.order_terms import Side
from workstation.domain.trade_history import ClosedTrade, CloseReason, HistoryKind, IntroducedTrade
from workstation.runtime.clock import Clock
from workstation.venues import queries as ask
from workstation.venues.base import QueryRefused
from workstation.venues.xapi import messages as xapi
from workstation.venues.xapi import records
from workstation.venues.xapi.asking import Asker, in_small_requests
from workstation.venues.xapi.charts import candles
from workstation.venues.xapi.close_comments import close_reason
from workstation.venues.xapi.estimates import estimate
from workstation.venues.xapi.facts import account_facts, facts_of, symbol_facts
from workstation.venues.xapi.mapping import XapiMapping, ms_of, ns_of
from workstation.venues.xapi.quotes import QuoteMill
from workstation.venues.xapi.requests import FormOfCmd
from workstation.venues.xapi.symbols import SymbolList
from workstation.venues.xapi.words import Cmd

ZONE = "Europe/Warsaw"
"""Trading hours count from midnight CET/CEST."""
_PER_STEP = 200
_KINDS = {int(Cmd.BALANCE): HistoryKind.BALANCE, int(Cmd.CREDIT): HistoryKind.CREDIT}
_Record = TypeVar("_Record")


@dataclass(slots=True, kw_only=True)
class Answers:
    """Puts the questions of one login."""

    asker: Asker
    connection_id: ConnectionID
    mapping: XapiMapping
    symbols: SymbolList
    mill: QuoteMill
    clock: Clock

    async def answer(self, query: ask.VenueQuery) -> ask.QueryResult:
        """Return the answer to `query`.

        Raises:
            QueryRefused: the venue said no.
            VenueUnreachable: there is no link, or it ended first.
        """
        match query:
            case ask.CandlesQuery():
                return await candles(self.asker, query, self.clock.now_ns())
            case ask.QuotesQuery():
                return ask.QuotesAnswer(quotes=await self.quotes(query.keys))
            case ask.NewsQuery():
                return await self._news(query)
            case ask.CalendarQuery():
                return await self._calendar()
            case ask.TradingHoursQuery():
                return await self._hours(query)
            case ask.InstrumentFactsQuery():
                return await self._symbol_facts(query)
            case ask.AccountFactsQuery():
                return await self._account_facts()
            case ask.EstimateQuery():
                return await self._estimate(query)
            case ask.TradeHistoryQuery():
                return await self._history(query)
            case ask.IntroducedTradesQuery():
                return await self._introduced(query)

    async def quotes(self, keys: Iterable[InstrumentKey]) -> tuple[Quote, ...]:
        """Return the present quotes; no history can be had from this."""

        def request(symbols: tuple[str, ...]) -> xapi.Arguments:
            return xapi.GetTickPrices(level=0, symbols=symbols, timestamp=0)

        found: list[Quote] = []
        for question, _ in in_small_requests((key.symbol for key in keys), request):
            answer = await self.asker.ask(question, records.Quotations)
            now_ns = self.clock.now_ns()
            found += [self.mill.quote(tick, now_ns) for tick in answer.quotations or () if tick.symbol]
        return tuple(found)

    async def _news(self, query: ask.NewsQuery) -> ask.NewsAnswer:
        question = xapi.GetNews(start=ms_of(query.start_ns), end=ms_of(query.end_ns))
        topics = await self.asker.ask_list(question, records.NewsTopicRecord)
        items = [
            NewsItem(
                connection_id=self.connection_id,
                news_key=topic.key or f"{topic.time}",
                title=topic.title or "",
                body=topic.body or "",
                transact_time_ns=ns_of(topic.time),
            )
            for topic in topics
        ]
        return ask.NewsAnswer(items=tuple(sorted(items, key=lambda item: item.transact_time_ns, reverse=True)))

    async def _calendar(self) -> ask.CalendarAnswer:
        events = await self.asker.ask_list(xapi.GetCalendar(), records.CalendarRecord)
        mapped = [calendar_event(self.connection_id, each) for each in events]
        return ask.CalendarAnswer(events=tuple(sorted(mapped, key=lambda event: event.transact_time_ns)))

    async def _hours(self, query: ask.TradingHoursQuery) -> ask.HoursAnswer:
        wanted = {key.symbol: key for key in query.keys}
        found: list[TradingHours] = []
        for question, _ in in_small_requests(wanted, lambda symbols: xapi.GetTradingHours(symbols=symbols)):
            for each in await self.asker.ask_list(question, records.TradingHoursRecord):
                if each.symbol in wanted:
                    found.append(trading_hours(wanted[each.symbol], each))
        return ask.HoursAnswer(hours=tuple(found))

    async def _symbol_facts(self, query: ask.InstrumentFactsQuery) -> ask.FactsAnswer:
        symbol = await self.asker.ask(xapi.GetSymbol(symbol=query.key.symbol), records.SymbolRecord)
        return ask.FactsAnswer(facts=symbol_facts(symbol, self.symbols.rule_records))

    async def _account_facts(self) -> ask.FactsAnswer:
        user = await self.asker.ask(xapi.GetCurrentUserData(), records.UserData)
        server = await self._or_none(xapi.GetServerTime(), records.ServerTime)
        now_ns = self.clock.now_ns()
        version = await self._or_none(xapi.GetVersion(), records.Version)
        return ask.FactsAnswer(facts=account_facts(user, server, version, now_ns))

    async def _or_none(self, question: xapi.Arguments, kind: type[_Record]) -> _Record | None:
        try:
            return await self.asker.ask(question, kind)
        except QueryRefused:
            return None

    async def _estimate(self, query: ask.EstimateQuery) -> ask.QueryResult:
        symbol = query.terms.symbol
        instrument: Instrument | None = self.symbols.instrument(symbol)
        return await estimate(
            self.asker,
            query.terms,
            self.symbols.record(symbol),
            instrument,
            self.mill.market_price,
            currency=self.mapping.currency,
        )

    async def _history(self, query: ask.TradeHistoryQuery) -> ask.HistoryAnswer:
        question = xapi.GetTradesHistory(start=ms_of(query.start_ns), end=ms_of(query.end_ns))
        trades = await self.asker.ask_list(question, records.TradeRecord)
        lines: list[ClosedTrade] = []
        for begin in range(0, len(trades), _PER_STEP):
            lines += [closed_trade(self.mapping, each) for each in trades[begin : begin + _PER_STEP]]
            await asyncio.sleep(0)  # a year of trades takes a while, and others wait for the loop
        return ask.HistoryAnswer(trades=tuple(sorted(lines, key=lambda line: line.closed_ns, reverse=True)))

    async def _introduced(self, query: ask.IntroducedTradesQuery) -> ask.IntroducedAnswer:
        question = xapi.GetIbsHistory(start=ms_of(query.start_ns), end=ms_of(query.end_ns or self.clock.now_ns()))
        found = [introduced_trade(each) for each in await self.asker.ask_list(question, records.IbRecord)]
        return ask.IntroducedAnswer(trades=tuple(sorted(found, key=lambda each: -(each.transact_time_ns or 0))))


def calendar_event(connection_id: ConnectionID, record: records.CalendarRecord) -> CalendarEvent:
    """Return one announced figure; an impact outside 1 to 3 is not known."""
    impact = Impact(int(record.impact)) if record.impact in ("1", "2", "3") else Impact.UNKNOWN
    return CalendarEvent(
        connection_id=connection_id,
        country=record.country or "",
        title=record.title or "",
        impact=impact,
        period=record.period or "",
        previous=record.previous or "",
        forecast=record.forecast or "",
        current=record.current or "",
        transact_time_ns=ns_of(record.time),
    )


def trading_hours(key: InstrumentKey, record: records.TradingHoursRecord) -> TradingHours:
    """Return the hours of an instrument; sessions that cannot be read are left out."""
    kinds = ((HoursKind.QUOTES, record.quotes), (HoursKind.TRADING, record.trading))
    sessions = [
        HoursSession(kind=kind, weekday=each.day, from_ms=each.from_t, to_ms=each.to_t)
        for kind, listed in kinds
        for each in listed or ()
        if each.day is not None and 1 <= each.day <= 7 and each.from_t is not None and each.to_t is not None
    ]
    return TradingHours(key=key, zone=ZONE, sessions=tuple(sessions))


def closed_trade(mapping: XapiMapping, trade: records.TradeRecord) -> ClosedTrade:
    """Return one line of the history: a closed position, a deposit or withdrawal, or a credit."""
    kind = _KINDS.get(-1 if trade.cmd is None else trade.cmd, HistoryKind.TRADE)
    is_trade = kind is HistoryKind.TRADE
    closed_ns = ns_of(trade.close_time) or ns_of(trade.open_time)
    return ClosedTrade(
        account=mapping.key,
        key=f"{trade.position}:{trade.order}:{trade.close_time or trade.open_time}",
        kind=kind,
        symbol=(trade.symbol or "") if is_trade else "",
        side=_side(trade.cmd) if is_trade else None,
        qty=trade.volume if is_trade else None,
        open_px=trade.open_price if is_trade else None,
        close_px=trade.close_price if is_trade else None,
        opened_ns=ns_of(trade.open_time),
        closed_ns=closed_ns,
        profit=trade.profit,
        commission=trade.commission,
        swap=trade.storage,
        position_id=str(trade.position) if is_trade and trade.position is not None else "",
        reason=close_reason(trade.comment) if is_trade else CloseReason.NOT_SAID,
        comment=trade.comment or trade.custom_comment or "",
        facts=facts_of(trade),
    )


def introduced_trade(record: records.IbRecord) -> IntroducedTrade:
    """Return one trade of an introduced customer; what may not be seen stays None."""
    return IntroducedTrade(
        key=f"{record.login}:{record.symbol}:{record.timestamp}:{record.volume}:{record.open_price}",
        login=record.login,
        surname=record.surname,
        symbol=record.symbol,
        side=_side(record.side),
        qty=record.volume,
        open_px=record.open_price,
        close_px=record.close_price,
        nominal=record.nominal,
        transact_time_ns=None if record.timestamp is None else ns_of(record.timestamp),
    )


def _side(cmd: int | None) -> Side | None:
    return FormOfCmd.get(-1 if cmd is None else cmd, (None, None))[1]
