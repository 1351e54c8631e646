"""The commands a logged-in client can send on the main connection, and what each returns (XAPI 2.5.0, chapter 5.3).

Each command is a function of a desk: the market, whose account it is, and what time it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workstation.simulators.otc.account_books import AccountBooks
from workstation.simulators.otc.deals import Deal, Operation, TradeRequest
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.otc.quote_board import Quote
from workstation.simulators.otc.refusals import Refused
from workstation.simulators.otc.symbols import STEP_RULES, Symbol
from workstation.simulators.otc.venue_time import DAY_MS, short_text
from workstation.simulators.xapi_front.arguments import Arguments
from workstation.simulators.xapi_front.charts import chart_last, chart_range
from workstation.simulators.xapi_front.records import (
    Record,
    calendar_record,
    hours_record,
    margin_level_record,
    news_record,
    step_rule_record,
    symbol_record,
    tick_record,
    trade_record,
)
from workstation.simulators.xapi_front.wire_text import floating

VERSION = "2.5.0"
LAST_MONTH_MS = 30 * DAY_MS


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a command is carried out."""

    market: OtcMarket
    user_id: str
    now_ms: int

    @property
    def books(self) -> AccountBooks:
        """The customer's books."""
        return self.market.dealer.books[self.user_id]

    def symbol(self, name: str) -> Symbol:
        """Return a listed symbol.

        Raises:
            Refused: it is not listed.
        """
        found = self.market.board.symbols.get(name)
        if found is None:
            raise Refused("BE115")
        return found

    def quote(self, name: str) -> Quote:
        """Return a listed symbol's quote; Refused as :meth:`symbol`."""
        return self.market.board.quote(self.symbol(name).symbol)

    def record(self, deal: Deal) -> Record:
        """Return a deal as the wire has it, valued now."""
        return trade_record(self.books.valued(deal), self.market.board.symbols.get(deal.symbol))


Command = Callable[[Desk, Arguments], Any]


def _all_symbols(desk: Desk, _: Arguments) -> list[Record]:
    return [symbol_record(desk.market.board.quote(name)) for name in desk.market.board.symbols]


def _symbol(desk: Desk, arguments: Arguments) -> Record:
    return symbol_record(desk.quote(arguments.text("symbol")))


def _calendar(desk: Desk, _: Arguments) -> list[Record]:
    return [calendar_record(release) for release in desk.market.calendar(desk.now_ms)]


def _chart_last(desk: Desk, arguments: Arguments) -> Record:
    info = arguments.inner("info")
    return chart_last(desk.market.candles, desk.symbol(info.text("symbol")), info, desk.now_ms)


def _chart_range(desk: Desk, arguments: Arguments) -> Record:
    info = arguments.inner("info")
    return chart_range(desk.market.candles, desk.symbol(info.text("symbol")), info, desk.now_ms)


def _commission(desk: Desk, arguments: Arguments) -> Record:
    symbol = desk.symbol(arguments.text("symbol"))
    fee = desk.books.commission_of(symbol, _volume(arguments))
    rate = desk.books.rate(symbol.currency).quantize(Decimal("0.0001"))
    return {"commission": floating(fee), "rateOfExchange": floating(rate)}


def _user_data(desk: Desk, _: Arguments) -> Record:
    customer = desk.books.customer
    return {
        "companyUnit": 8,
        "currency": customer.currency,
        "group": customer.group,
        "ibAccount": False,
        "leverage": 1,
        "leverageMultiplier": Decimal("1.0"),
        "spreadType": "FLOAT",
        "trailingStop": True,
    }


def _ibs_history(_desk: Desk, arguments: Arguments) -> list[Record]:
    """Return nothing, checked: no account here introduces customers."""
    arguments.instant("start")
    arguments.instant("end")
    return []


def _margin_level(desk: Desk, _: Arguments) -> Record:
    return margin_level_record(desk.books.funds(), desk.books.customer.currency)


def _margin_trade(desk: Desk, arguments: Arguments) -> Record:
    symbol = desk.symbol(arguments.text("symbol"))
    return {"margin": floating(desk.books.margin_of(symbol, _volume(arguments)))}


def _news(desk: Desk, arguments: Arguments) -> list[Record]:
    end_ms = arguments.instant("end") or desk.now_ms
    return [news_record(topic) for topic in reversed(desk.market.news.between(arguments.instant("start"), end_ms))]


def _profit(desk: Desk, arguments: Arguments) -> Record:
    symbol = desk.symbol(arguments.text("symbol"))
    code = arguments.whole("cmd")
    if not Operation.BUY <= code <= Operation.SELL_STOP:
        raise Refused("BE102")
    opened, closed = arguments.number("openPrice"), arguments.number("closePrice")
    profit = desk.books.estimate(symbol, Operation(code), _volume(arguments), opened, closed)
    return {"profit": floating(profit)}


def _server_time(desk: Desk, _: Arguments) -> Record:
    return {"time": desk.now_ms, "timeString": short_text(desk.now_ms)}


def _step_rules(_desk: Desk, _: Arguments) -> list[Record]:
    return [step_rule_record(rule) for rule in STEP_RULES.values()]


def _tick_prices(desk: Desk, arguments: Arguments) -> Record:
    since_ms, wanted = arguments.instant("timestamp"), arguments.whole("level")
    found: list[Record] = []
    for name in arguments.texts("symbols"):
        quote = desk.quote(name)
        if quote.timestamp_ms >= since_ms:
            levels = desk.market.board.depth(name)
            found += [tick_record(quote, level) for level in levels if wanted in (-1, level.number)]
    return {"quotations": found}


def _trade_records(desk: Desk, arguments: Arguments) -> list[Record]:
    found = [desk.books.find(order) for order in arguments.wholes("orders")]
    return [desk.record(deal) for deal in found if deal is not None]


def _trades(desk: Desk, arguments: Arguments) -> list[Record]:
    """Return positions and pending orders; unless told otherwise what was closed within a day, too."""
    deals = [*desk.books.positions.values(), *desk.books.pendings.values()]
    if not arguments.flag("openedOnly"):
        deals += desk.books.history(desk.now_ms - DAY_MS, desk.now_ms)
    return [desk.record(deal) for deal in deals]


def _history(desk: Desk, arguments: Arguments) -> list[Record]:
    start_ms = arguments.instant("start") or desk.now_ms - LAST_MONTH_MS
    end_ms = arguments.instant("end") or desk.now_ms
    return [desk.record(deal) for deal in reversed(desk.books.history(start_ms, end_ms))]


def _trading_hours(desk: Desk, arguments: Arguments) -> list[Record]:
    return [hours_record(desk.symbol(name)) for name in arguments.texts("symbols")]


def _version(_desk: Desk, _: Arguments) -> Record:
    return {"version": VERSION}


def _transaction(desk: Desk, arguments: Arguments) -> Record:
    asked = arguments.inner("tradeTransInfo")
    request = TradeRequest(
        deed=asked.whole("type"),
        operation=asked.whole("cmd"),
        symbol=asked.text("symbol"),
        volume=asked.number("volume"),
        price=asked.number("price"),
        stop_loss=asked.number("sl"),
        take_profit=asked.number("tp"),
        offset=asked.whole("offset"),
        order=asked.whole("order"),
        expiration_ms=asked.instant("expiration"),
        custom_comment=asked.optional_text("customComment"),
    )
    return {"order": desk.market.dealer.submit(desk.user_id, request, desk.now_ms)}


def _transaction_status(desk: Desk, arguments: Arguments) -> Record:
    outcome = desk.market.dealer.outcome(desk.user_id, arguments.whole("order"))
    if outcome is None:
        raise Refused("BE098")
    quote = desk.quote(outcome.request.symbol)
    return {
        "order": outcome.number,
        "requestStatus": int(outcome.status),
        "message": outcome.message,
        "customComment": outcome.request.custom_comment,
        "ask": floating(quote.ask),
        "bid": floating(quote.bid),
    }


def _volume(arguments: Arguments) -> Decimal:
    volume = arguments.number("volume")
    if volume <= 0:
        raise Refused("BE003")
    return volume


COMMANDS: dict[str, Command] = {
    "getAllSymbols": _all_symbols,
    "getCalendar": _calendar,
    "getChartLastRequest": _chart_last,
    "getChartRangeRequest": _chart_range,
    "getCommissionDef": _commission,
    "getCurrentUserData": _user_data,
    "getIbsHistory": _ibs_history,
    "getMarginLevel": _margin_level,
    "getMarginTrade": _margin_trade,
    "getNews": _news,
    "getProfitCalculation": _profit,
    "getServerTime": _server_time,
    "getStepRules": _step_rules,
    "getSymbol": _symbol,
    "getTickPrices": _tick_prices,
    "getTradeRecords": _trade_records,
    "getTrades": _trades,
    "getTradesHistory": _history,
    "getTradingHours": _trading_hours,
    "getVersion": _version,
    "tradeTransaction": _transaction,
    "tradeTransactionStatus": _transaction_status,
}
"""All that return data; login, logout and ping do not and belong to the session."""
