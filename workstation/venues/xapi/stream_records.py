"""The records that XAPI 2.5.0 streams; see :mod:`workstation.venues.xapi.records` for the kinds of field."""

import msgspec
from msgspec import UNSET, UnsetType, field

from workstation.venues.xapi.records import Extra, ExtraNumber, Flag, Floating, Number, Record, Text, Time, Whole


class StreamingBalance(Record, frozen=True):
    """STREAMING_BALANCE_RECORD: no currency, and other spelling than getMarginLevel."""

    balance: Floating = None
    credit: Floating = None
    equity: Floating = None
    margin: Floating = None
    margin_free: Floating = None
    margin_level: Floating = None


class StreamingCandle(Record, frozen=True):
    """STREAMING_CANDLE_RECORD: a one-minute candle in plain prices."""

    close: Floating = None
    ctm: Time = None
    ctm_string: Text = None
    high: Floating = None
    low: Floating = None
    open: Floating = None
    quote_id: Number = None
    symbol: Text = None
    vol: Floating = None


class StreamingKeepAlive(Record, frozen=True):
    """STREAMING_KEEP_ALIVE_RECORD: comes every 3 seconds."""

    timestamp: Time = None


class StreamingNews(Record, frozen=True):
    """STREAMING_NEWS_RECORD."""

    body: Text = None
    key: Text = None
    time: Time = None
    title: Text = None
    topics: msgspec.Raw | UnsetType = UNSET


class StreamingProfit(Record, frozen=True):
    """STREAMING_PROFIT_RECORD: running profit of one open position."""

    order: Number = None
    order2: Number = None
    position: Number = None
    profit: Floating = None


class StreamingTick(Record, frozen=True):
    """STREAMING_TICK_RECORD: a quote of one level; the frame that comes thousands of times a second."""

    ask: Floating = None
    ask_volume: Whole = None
    bid: Floating = None
    bid_volume: Whole = None
    high: Floating = None
    level: Number = None
    low: Floating = None
    quote_id: Number = None
    spread_raw: Floating = None
    spread_table: Floating = None
    symbol: Text = None
    timestamp: Time = None
    exemode: ExtraNumber = UNSET


class StreamingTrade(Record, frozen=True):
    """STREAMING_TRADE_RECORD: opened, pending, changed, ending or closed, by `type`, `state` and `closed`."""

    close_price: Floating = field(default=None, name="close_price")
    close_time: Time = field(default=None, name="close_time")
    closed: Flag = None
    cmd: Number = None
    comment: Text = None
    commission: Floating = None
    custom_comment: Text = None
    digits: Number = None
    expiration: Time = None
    margin_rate: Floating = field(default=None, name="margin_rate")
    offset: Whole = None
    open_price: Floating = field(default=None, name="open_price")
    open_time: Time = field(default=None, name="open_time")
    order: Number = None
    order2: Number = None
    position: Number = None
    profit: Floating = None
    sl: Floating = None
    state: Text = None
    storage: Floating = None
    symbol: Text = None
    tp: Floating = None
    type: Number = None
    volume: Floating = None
    nominal_value: Extra = UNSET


class StreamingTradeStatus(Record, frozen=True):
    """STREAMING_TRADE_STATUS_RECORD: what became of a trade request; see RequestStatus."""

    custom_comment: Text = None
    message: Text = None
    order: Number = None
    price: Floating = None
    request_status: Number = None


StreamRecord = (
    StreamingBalance
    | StreamingCandle
    | StreamingKeepAlive
    | StreamingNews
    | StreamingProfit
    | StreamingTick
    | StreamingTrade
    | StreamingTradeStatus
)
