"""The commands of XAPI 2.5.0 on the main connection, each with the type of its answer.

Parameters go in ``arguments``. None means absent there, because the venue counts an absent number as 0 and may refuse
a null. Records are in :mod:`workstation.venues.xapi.records`.
"""

from typing import Annotated, ClassVar

import msgspec

from workstation.venues.xapi import records
from workstation.venues.xapi.records import Flag, Floating, Number, Record, Text, Time, Whole


class Arguments(Record, frozen=True):
    """Base of the main connection's requests. `answer` is the type of returnData, None where there is none."""

    command: ClassVar[str] = ""
    answer: ClassVar[object] = None


class Login(Arguments, frozen=True):
    """Starts a session; the reply holds streamSessionId at its top level."""

    command: ClassVar[str] = "login"
    user_id: Text = None
    password: Text = None
    app_id: Text = None
    app_name: Text = None


class Logout(Arguments, frozen=True):
    """Ends the session and its stream."""

    command: ClassVar[str] = "logout"


class GetAllSymbols(Arguments, frozen=True):
    """All instruments; large."""

    command: ClassVar[str] = "getAllSymbols"
    answer: ClassVar[object] = tuple[records.SymbolRecord, ...]


class GetCalendar(Arguments, frozen=True):
    """The economic calendar."""

    command: ClassVar[str] = "getCalendar"
    answer: ClassVar[object] = tuple[records.CalendarRecord, ...]


class ChartLastInfo(Record, frozen=True):
    """CHART_LAST_INFO_RECORD: candles after `start` (excluded) until now; `period` in minutes."""

    period: Number = None
    start: Time = None
    symbol: Text = None


class GetChartLastRequest(Arguments, frozen=True):
    """Candles until now."""

    command: ClassVar[str] = "getChartLastRequest"
    answer: ClassVar[object] = records.ChartAnswer
    info: ChartLastInfo | None = None


class ChartRangeInfo(Record, frozen=True):
    """CHART_RANGE_INFO_RECORD: `ticks` above 0 counts candles from `start`, below 0 back from it; `end` is ignored."""

    end: Time = None
    period: Number = None
    start: Time = None
    symbol: Text = None
    ticks: Number = None


class GetChartRangeRequest(Arguments, frozen=True):
    """Candles of a range; more than 50,000 are refused (EX009)."""

    command: ClassVar[str] = "getChartRangeRequest"
    answer: ClassVar[object] = records.ChartAnswer
    info: ChartRangeInfo | None = None


class GetCommissionDef(Arguments, frozen=True):
    """Expected commission."""

    command: ClassVar[str] = "getCommissionDef"
    answer: ClassVar[object] = records.CommissionDef
    symbol: Text = None
    volume: Floating = None


class GetCurrentUserData(Arguments, frozen=True):
    """The account's currency, group and leverage."""

    command: ClassVar[str] = "getCurrentUserData"
    answer: ClassVar[object] = records.UserData


class GetIbsHistory(Arguments, frozen=True):
    """Trades of introduced customers."""

    command: ClassVar[str] = "getIbsHistory"
    answer: ClassVar[object] = tuple[records.IbRecord, ...]
    end: Time = None
    start: Time = None


class GetMarginLevel(Arguments, frozen=True):
    """The account's money."""

    command: ClassVar[str] = "getMarginLevel"
    answer: ClassVar[object] = records.MarginLevel


class GetMarginTrade(Arguments, frozen=True):
    """Expected margin."""

    command: ClassVar[str] = "getMarginTrade"
    answer: ClassVar[object] = records.MarginTrade
    symbol: Text = None
    volume: Floating = None


class GetNews(Arguments, frozen=True):
    """News of a range; `end` 0 is now."""

    command: ClassVar[str] = "getNews"
    answer: ClassVar[object] = tuple[records.NewsTopicRecord, ...]
    end: Time = None
    start: Time = None


class GetProfitCalculation(Arguments, frozen=True):
    """Expected profit of a theoretical trade."""

    command: ClassVar[str] = "getProfitCalculation"
    answer: ClassVar[object] = records.ProfitCalculation
    close_price: Floating = None
    cmd: Number = None
    open_price: Floating = None
    symbol: Text = None
    volume: Floating = None


class GetServerTime(Arguments, frozen=True):
    """The server's clock."""

    command: ClassVar[str] = "getServerTime"
    answer: ClassVar[object] = records.ServerTime


class GetStepRules(Arguments, frozen=True):
    """The volume steps that symbols refer to."""

    command: ClassVar[str] = "getStepRules"
    answer: ClassVar[object] = tuple[records.StepRuleRecord, ...]


class GetSymbol(Arguments, frozen=True):
    """One instrument."""

    command: ClassVar[str] = "getSymbol"
    answer: ClassVar[object] = records.SymbolRecord
    symbol: Text = None


class GetTickPrices(Arguments, frozen=True):
    """Quotes that changed since `timestamp`; `level` -1 all, 0 base."""

    command: ClassVar[str] = "getTickPrices"
    answer: ClassVar[object] = records.Quotations
    level: Number = None
    symbols: tuple[str, ...] | None = None
    timestamp: Time = None


class GetTradeRecords(Arguments, frozen=True):
    """Trades by position number."""

    command: ClassVar[str] = "getTradeRecords"
    answer: ClassVar[object] = tuple[records.TradeRecord, ...]
    orders: tuple[Annotated[int, msgspec.Meta(ge=-records.MOST, le=records.MOST)], ...] | None = None


class GetTrades(Arguments, frozen=True):
    """Open positions and pending orders."""

    command: ClassVar[str] = "getTrades"
    answer: ClassVar[object] = tuple[records.TradeRecord, ...]
    opened_only: Flag = None


class GetTradesHistory(Arguments, frozen=True):
    """Closed trades; `start` 0 is a month ago, `end` 0 is now."""

    command: ClassVar[str] = "getTradesHistory"
    answer: ClassVar[object] = tuple[records.TradeRecord, ...]
    end: Time = None
    start: Time = None


class GetTradingHours(Arguments, frozen=True):
    """When symbols are quoted and traded."""

    command: ClassVar[str] = "getTradingHours"
    answer: ClassVar[object] = tuple[records.TradingHoursRecord, ...]
    symbols: tuple[str, ...] | None = None


class GetVersion(Arguments, frozen=True):
    """The server's version of the API."""

    command: ClassVar[str] = "getVersion"
    answer: ClassVar[object] = records.Version


class Ping(Arguments, frozen=True):
    """Keeps the session; at least every 10 minutes when nothing else is sent."""

    command: ClassVar[str] = "ping"


class TradeTransInfo(Record, frozen=True):
    """TRADE_TRANS_INFO: `order` is 0 for OPEN, else the number of the position or pending order."""

    cmd: Number = None
    custom_comment: Text = None
    expiration: Time = None
    offset: Whole = None
    order: Number = None
    price: Floating = None
    sl: Floating = None
    symbol: Text = None
    tp: Floating = None
    type: Number = None
    volume: Floating = None


class TradeTransaction(Arguments, frozen=True):
    """Every order, change, close and cancel; the reply only says that the server took it."""

    command: ClassVar[str] = "tradeTransaction"
    answer: ClassVar[object] = records.OrderNumber
    trade_trans_info: TradeTransInfo | None = None


class TradeTransactionStatus(Arguments, frozen=True):
    """Asks what became of the request with this number."""

    command: ClassVar[str] = "tradeTransactionStatus"
    answer: ClassVar[object] = records.TransactionStatus
    order: Number = None


MAIN_COMMANDS: dict[str, type[Arguments]] = {kind.command: kind for kind in Arguments.__subclasses__()}
