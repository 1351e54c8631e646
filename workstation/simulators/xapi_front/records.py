"""The venue's records (XAPI 2.5.0, chapters 5 and 6), written from the market's values.

A few fields that live servers add beyond the document are here too (`exemode`, `nominalValue`), so that readers prove
that they ignore what they do not know.
"""

from decimal import Decimal
from typing import Any

from workstation.simulators.otc.account_books import CENT, Funds
from workstation.simulators.otc.candles import Candle
from workstation.simulators.otc.deals import ZERO, Deal, DealTold, Deed, Operation, Outcome
from workstation.simulators.otc.economic_calendar import Release
from workstation.simulators.otc.news_wire import Topic
from workstation.simulators.otc.quote_board import Level, Quote
from workstation.simulators.otc.symbols import StepRule, Symbol
from workstation.simulators.otc.trading_hours import Hours, hours_of
from workstation.simulators.otc.venue_time import long_text, short_text
from workstation.simulators.xapi_front.wire_text import floating

Record = dict[str, Any]

_SWAP_IN_POINTS = 0
_ROLLOVER_DAY = 2


def symbol_record(quote: Quote) -> Record:
    """Return a SYMBOL_RECORD."""
    symbol = quote.symbol
    tick = symbol.tick_size if symbol.names_tick else None
    return {
        "symbol": symbol.symbol,
        "description": symbol.description,
        "categoryName": symbol.category,
        "groupName": symbol.group,
        "currency": symbol.currency,
        "currencyProfit": symbol.currency_profit,
        "currencyPair": symbol.is_pair,
        **_prices(quote),
        "percentage": floating(quote.percentage),
        "time": quote.timestamp_ms,
        "timeString": long_text(quote.timestamp_ms),
        "precision": symbol.precision,
        "pipsPrecision": symbol.pips_precision,
        "tickSize": None if tick is None else floating(tick),
        "tickValue": None if tick is None else floating(tick * symbol.contract_size),
        "contractSize": symbol.contract_size,
        "lotMin": floating(symbol.lot_min),
        "lotMax": floating(symbol.lot_max),
        "lotStep": floating(symbol.lot_step),
        "stepRuleId": symbol.step_rule,
        "instantMaxVolume": int(symbol.lot_max * 100),
        "stopsLevel": symbol.stops_level,
        "trailingEnabled": symbol.trailing,
        "longOnly": symbol.long_only,
        "shortSelling": symbol.short_selling,
        **_terms(symbol),
        "exemode": 1,
    }


def _terms(symbol: Symbol) -> Record:
    """Return what a position in the symbol costs and is worth."""
    return {
        "initialMargin": 0,
        "leverage": floating(symbol.leverage),
        "marginHedged": 0,
        "marginHedgedStrong": False,
        "marginMaintenance": None,
        "marginMode": symbol.margin_mode,
        "profitMode": symbol.profit_mode,
        "quoteId": symbol.quote_id,
        "swapEnable": bool(symbol.swap_long or symbol.swap_short),
        "swapLong": floating(symbol.swap_long),
        "swapShort": floating(symbol.swap_short),
        "swapType": _SWAP_IN_POINTS,
        "swap_rollover3days": _ROLLOVER_DAY,
        "starting": None,
        "expiration": symbol.expiration_ms,
        "type": symbol.class_number,
    }


def _prices(quote: Quote) -> Record:
    return {
        "bid": floating(quote.bid),
        "ask": floating(quote.ask),
        "high": floating(quote.high),
        "low": floating(quote.low),
        **_spread(quote.bid, quote.ask, quote.symbol),
    }


def _spread(bid: Decimal, ask: Decimal, symbol: Symbol) -> Record:
    spread = ask - bid
    return {"spreadRaw": floating(spread), "spreadTable": floating((spread / symbol.pip_size).normalize() + ZERO)}


def tick_record(quote: Quote, level: Level) -> Record:
    """Return a TICK_RECORD of one level."""
    return {
        "symbol": quote.symbol.symbol,
        "level": level.number,
        "bid": floating(level.bid),
        "ask": floating(level.ask),
        "bidVolume": level.bid_volume,
        "askVolume": level.ask_volume,
        "high": floating(quote.high),
        "low": floating(quote.low),
        **_spread(level.bid, level.ask, quote.symbol),
        "timestamp": quote.timestamp_ms,
        "exemode": 1,
    }


def streamed_tick(quote: Quote, level: Level) -> Record:
    """Return a STREAMING_TICK_RECORD."""
    return {**tick_record(quote, level), "quoteId": quote.symbol.quote_id}


def rate_info(candle: Candle) -> Record:
    """Return a RATE_INFO_RECORD: `open` in points, the others as shifts from it."""
    return {
        "ctm": candle.start_ms,
        "ctmString": short_text(candle.start_ms),
        "open": floating(Decimal(candle.open)),
        "high": floating(Decimal(candle.high - candle.open)),
        "low": floating(Decimal(candle.low - candle.open)),
        "close": floating(Decimal(candle.close - candle.open)),
        "vol": floating(Decimal(candle.volume)),
    }


def streamed_candle(symbol: Symbol, candle: Candle) -> Record:
    """Return a STREAMING_CANDLE_RECORD: plain prices."""
    return {
        "symbol": symbol.symbol,
        "ctm": candle.start_ms,
        "ctmString": short_text(candle.start_ms),
        "open": floating(symbol.price(candle.open)),
        "high": floating(symbol.price(candle.high)),
        "low": floating(symbol.price(candle.low)),
        "close": floating(symbol.price(candle.close)),
        "vol": floating(Decimal(candle.volume)),
        "quoteId": symbol.quote_id,
    }


def trade_record(deal: Deal, symbol: Symbol | None) -> Record:
    """Return a TRADE_RECORD; a booking has no symbol."""
    expires, closed = deal.expiration_ms, deal.close_ms
    return {
        **_deal_fields(deal, symbol),
        "symbol": deal.symbol or None,
        "timestamp": deal.changed_ms,
        "open_timeString": long_text(deal.open_ms),
        "close_timeString": None if closed is None else long_text(closed),
        "expirationString": None if expires is None else long_text(expires),
        "profit": floating(deal.profit),
    }


def streamed_trade(told: DealTold, symbol: Symbol) -> Record:
    """Return a STREAMING_TRADE_RECORD."""
    deal = told.deal
    return {
        **_deal_fields(deal, symbol),
        "symbol": deal.symbol,
        "type": int(told.kind),
        "state": "Deleted" if told.gone else "Modified",
        "profit": None if told.kind is Deed.PENDING else floating(deal.profit),
    }


def _deal_fields(deal: Deal, symbol: Symbol | None) -> Record:
    return {
        "order": deal.order,
        "order2": deal.order2,
        "position": deal.position,
        "cmd": int(deal.operation),
        "volume": floating(deal.volume),
        "digits": 0 if symbol is None else symbol.precision,
        "open_price": floating(deal.open_price),
        "open_time": deal.open_ms,
        "close_price": floating(deal.close_price),
        "close_time": deal.close_ms,
        "closed": deal.is_closed,
        "sl": floating(deal.stop_loss),
        "tp": floating(deal.take_profit),
        "offset": deal.offset,
        "expiration": deal.expiration_ms,
        "comment": deal.comment,
        "customComment": deal.custom_comment,
        "commission": floating(deal.commission),
        "storage": floating(deal.storage),
        "margin_rate": floating(deal.margin_rate),
        "nominalValue": floating(_nominal(deal, symbol)),
    }


def _nominal(deal: Deal, symbol: Symbol | None) -> Decimal:
    if symbol is None or deal.operation >= Operation.BALANCE:
        return ZERO
    return (deal.volume * symbol.contract_size * deal.open_price).quantize(CENT)


def profit_record(deal: Deal, profit: Decimal) -> Record:
    """Return a STREAMING_PROFIT_RECORD."""
    return {"order": deal.order, "order2": deal.order2, "position": deal.position, "profit": floating(profit)}


def status_record(outcome: Outcome) -> Record:
    """Return a STREAMING_TRADE_STATUS_RECORD."""
    return {
        "order": outcome.number,
        "requestStatus": int(outcome.status),
        "message": outcome.message,
        "customComment": outcome.request.custom_comment,
        "price": floating(outcome.price),
    }


def margin_level_record(funds: Funds, currency: str) -> Record:
    """Return what getMarginLevel answers."""
    return {
        "balance": floating(funds.balance),
        "credit": floating(funds.credit),
        "currency": currency,
        "equity": floating(funds.equity),
        "margin": floating(funds.margin),
        "margin_free": floating(funds.free),
        "margin_level": floating(funds.level),
    }


def balance_record(funds: Funds) -> Record:
    """Return a STREAMING_BALANCE_RECORD, whose names differ from getMarginLevel's."""
    return {
        "balance": floating(funds.balance),
        "credit": floating(funds.credit),
        "equity": floating(funds.equity),
        "margin": floating(funds.margin),
        "marginFree": floating(funds.free),
        "marginLevel": floating(funds.level),
    }


def streamed_news(topic: Topic) -> Record:
    """Return a STREAMING_NEWS_RECORD."""
    return {"key": topic.key, "time": topic.time_ms, "title": topic.title, "body": topic.body}


def news_record(topic: Topic) -> Record:
    """Return a NEWS_TOPIC_RECORD."""
    return {**streamed_news(topic), "bodylen": len(topic.body), "timeString": short_text(topic.time_ms)}


def calendar_record(release: Release) -> Record:
    """Return a CALENDAR_RECORD."""
    return {
        "country": release.country,
        "title": release.title,
        "impact": release.impact,
        "period": release.period,
        "time": release.time_ms,
        "current": release.current,
        "forecast": release.forecast,
        "previous": release.previous,
    }


def hours_record(symbol: Symbol) -> Record:
    """Return a TRADING_HOURS_RECORD."""
    plan = hours_of(symbol)
    return {"symbol": symbol.symbol, "quotes": _hours(plan.quotes), "trading": _hours(plan.trading)}


def _hours(hours: Hours) -> list[Record]:
    return [{"day": day, "fromT": start, "toT": end} for day, start, end in hours]


def step_rule_record(rule: StepRule) -> Record:
    """Return a STEP_RULE_RECORD."""
    steps = [{"fromValue": floating(start), "step": floating(step)} for start, step in rule.steps]
    return {"id": rule.number, "name": rule.name, "steps": steps}
