"""The records of XAPI 2.5.0, field for field as the document lists them, in its order.

The document's kinds of number are kept apart, because some clients cast straight to one of them: a ``Floating`` is
written with a fraction (``4000.0``), a ``Whole`` and all integers without. Reading takes either everywhere. Any field
may be null or absent, because live servers leave out what they do not use. A field whose default is UNSET is not in
the document but was seen on the wire: it is kept when it comes and never written unless set. Times are milliseconds
since 1970 UTC. Code numbers stay plain integers: an unknown one is shown as a number, never refused.
"""

from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

MOST = 2**63 - 1
"""Numbers of the API fit 64 bits."""

Floating = Decimal | None
Whole = Annotated[Decimal | None, Meta(extra={"whole": True})]
"""A "Number" that counts something: a whole number in the document, read exactly if it should have a fraction."""
Number = Annotated[int, Meta(ge=-MOST, le=MOST)] | None
Time = Annotated[int, Meta(ge=-MOST, le=MOST)] | None
Text = str | None
Flag = bool | None
Extra = Decimal | UnsetType | None
ExtraNumber = Annotated[int, Meta(ge=-MOST, le=MOST)] | UnsetType | None


class Record(msgspec.Struct, kw_only=True, frozen=True, rename="camel", gc=False):
    """Base of all records; the names on the wire are in camel case unless a field says otherwise."""


class SymbolRecord(Record, frozen=True):
    """SYMBOL_RECORD: one instrument. `instant_max_volume` is in lots times 100, `stops_level` and swaps in pips."""

    ask: Floating = None
    bid: Floating = None
    category_name: Text = None
    contract_size: Whole = None
    currency: Text = None
    currency_pair: Flag = None
    currency_profit: Text = None
    description: Text = None
    expiration: Time = None
    group_name: Text = None
    high: Floating = None
    initial_margin: Whole = None
    instant_max_volume: Whole = None
    leverage: Floating = None
    long_only: Flag = None
    lot_max: Floating = None
    lot_min: Floating = None
    lot_step: Floating = None
    low: Floating = None
    margin_hedged: Whole = None
    margin_hedged_strong: Flag = None
    margin_maintenance: Whole = None
    margin_mode: Number = None
    percentage: Floating = None
    pips_precision: Number = None
    precision: Number = None
    profit_mode: Number = None
    quote_id: Number = None
    short_selling: Flag = None
    spread_raw: Floating = None
    spread_table: Floating = None
    starting: Time = None
    step_rule_id: Number = None
    stops_level: Whole = None
    swap_rollover3days: Number = field(default=None, name="swap_rollover3days")
    swap_enable: Flag = None
    swap_long: Floating = None
    swap_short: Floating = None
    swap_type: Number = None
    symbol: Text = None
    tick_size: Floating = None
    tick_value: Floating = None
    time: Time = None
    time_string: Text = None
    trailing_enabled: Flag = None
    type: Number = None
    exemode: ExtraNumber = UNSET
    quote_id_cross: ExtraNumber = UNSET


class CalendarRecord(Record, frozen=True):
    """CALENDAR_RECORD: one announced figure; `current` is empty until it is released."""

    country: Text = None
    current: Text = None
    forecast: Text = None
    impact: Text = None
    period: Text = None
    previous: Text = None
    time: Time = None
    title: Text = None


class RateInfoRecord(Record, frozen=True):
    """RATE_INFO_RECORD: a candle in units of 10^-digits; `high`, `low` and `close` are shifts from `open`."""

    close: Floating = None
    ctm: Time = None
    ctm_string: Text = None
    high: Floating = None
    low: Floating = None
    open: Floating = None
    vol: Floating = None


class ChartAnswer(Record, frozen=True):
    """Candles of a chart request."""

    digits: Number = None
    rate_infos: tuple[RateInfoRecord, ...] | None = None


class CommissionDef(Record, frozen=True):
    """Expected commission in the account's currency."""

    commission: Floating = None
    rate_of_exchange: Floating = None


class UserData(Record, frozen=True):
    """The login's data. `leverage` is inactive; leverage is `leverage_multiplier` divided by 100."""

    company_unit: Number = None
    currency: Text = None
    group: Text = None
    ib_account: Flag = None
    leverage: Number = None
    leverage_multiplier: Floating = None
    spread_type: Text = None
    trailing_stop: Flag = None


class IbRecord(Record, frozen=True):
    """IB_RECORD: a trade of an introduced customer; null where not allowed to view."""

    close_price: Floating = None
    login: Text = None
    nominal: Floating = None
    open_price: Floating = None
    side: Number = None
    surname: Text = None
    symbol: Text = None
    timestamp: Time = None
    volume: Floating = None


class MarginLevel(Record, frozen=True):
    """The account's money; other spelling than the streamed balance."""

    balance: Floating = None
    credit: Floating = None
    currency: Text = None
    equity: Floating = None
    margin: Floating = None
    margin_free: Floating = field(default=None, name="margin_free")
    margin_level: Floating = field(default=None, name="margin_level")


class MarginTrade(Record, frozen=True):
    """Expected margin in the account's currency."""

    margin: Floating = None


class NewsTopicRecord(Record, frozen=True):
    """NEWS_TOPIC_RECORD: one piece of news, `body` in HTML."""

    body: Text = None
    bodylen: Number = None
    key: Text = None
    time: Time = None
    time_string: Text = None
    title: Text = None


class ProfitCalculation(Record, frozen=True):
    """Expected profit in the account's currency."""

    profit: Floating = None


class ServerTime(Record, frozen=True):
    """The server's clock; the text is its local time and only for show."""

    time: Time = None
    time_string: Text = None


class StepRecord(Record, frozen=True):
    """STEP_RECORD: from this volume on, this step."""

    from_value: Floating = None
    step: Floating = None


class StepRuleRecord(Record, frozen=True):
    """STEP_RULE_RECORD: volume steps that symbols refer to."""

    id: Number = None
    name: Text = None
    steps: tuple[StepRecord, ...] | None = None


class TickRecord(Record, frozen=True):
    """TICK_RECORD: a quote of one level; volumes in lots, null or 0 when nothing is offered."""

    ask: Floating = None
    ask_volume: Whole = None
    bid: Floating = None
    bid_volume: Whole = None
    high: Floating = None
    level: Number = None
    low: Floating = None
    spread_raw: Floating = None
    spread_table: Floating = None
    symbol: Text = None
    timestamp: Time = None
    exemode: ExtraNumber = UNSET


class Quotations(Record, frozen=True):
    """The answer to getTickPrices."""

    quotations: tuple[TickRecord, ...] | None = None


class TradeRecord(Record, frozen=True):
    """TRADE_RECORD: an open position, a pending order, a closed trade or a movement of money."""

    close_price: Floating = field(default=None, name="close_price")
    close_time: Time = field(default=None, name="close_time")
    close_time_string: Text = field(default=None, name="close_timeString")
    closed: Flag = None
    cmd: Number = None
    comment: Text = None
    commission: Floating = None
    custom_comment: Text = None
    digits: Number = None
    expiration: Time = None
    expiration_string: Text = None
    margin_rate: Floating = field(default=None, name="margin_rate")
    offset: Whole = None
    open_price: Floating = field(default=None, name="open_price")
    open_time: Time = field(default=None, name="open_time")
    open_time_string: Text = field(default=None, name="open_timeString")
    order: Number = None
    order2: Number = None
    position: Number = None
    profit: Floating = None
    sl: Floating = None
    storage: Floating = None
    symbol: Text = None
    timestamp: Time = None
    tp: Floating = None
    volume: Floating = None
    nominal_value: Extra = UNSET
    spread: Extra = UNSET
    taxes: Extra = UNSET


class HoursRecord(Record, frozen=True):
    """QUOTES_RECORD and TRADING_RECORD: weekday 1 Monday to 7 Sunday, milliseconds from 00:00 CET/CEST."""

    day: Number = None
    from_t: Time = None
    to_t: Time = None


class TradingHoursRecord(Record, frozen=True):
    """TRADING_HOURS_RECORD: when a symbol is quoted and traded."""

    quotes: tuple[HoursRecord, ...] | None = None
    symbol: Text = None
    trading: tuple[HoursRecord, ...] | None = None


class Version(Record, frozen=True):
    """The server's version of the API."""

    version: Text = None


class OrderNumber(Record, frozen=True):
    """The number of a trade request (R in the docstrings of this package)."""

    order: Number = None


class TransactionStatus(Record, frozen=True):
    """What became of a trade request, asked for; see RequestStatus."""

    ask: Floating = None
    bid: Floating = None
    custom_comment: Text = None
    message: Text = None
    order: Number = None
    request_status: Number = None
