"""Quotes and depth from ticks; no I/O. The path that is walked thousands of times a second.

Level 0 is the quote; each level above is one row of the depth. Level 0 is the depth's first row too, unless a level
above has the same price: the document does not say whether level 1 repeats it. Ticks may come out of order, so one that
is older than the last of its symbol and level is dropped. Depth is told once per turn of reading, not once per level.
"""

from decimal import Decimal

from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Candle, Depth, DepthLevel, LiveCandle, Quote
from workstation.domain.order_terms import Side
from workstation.venues.base import EventSink
from workstation.venues.xapi.codec import HotTick
from workstation.venues.xapi.mapping import ns_of
from workstation.venues.xapi.records import SymbolRecord, TickRecord
from workstation.venues.xapi.stream_records import StreamingCandle, StreamingTick

MOST_LEVELS = 100
Tick = HotTick | StreamingTick | TickRecord


class QuoteMill:
    """Turns ticks into events. `depth` are the symbols whose levels are wanted."""

    def __init__(self, connection_id: ConnectionID, sink: EventSink) -> None:
        self.depth: frozenset[str] = frozenset()
        self._sink = sink
        self._connection_id = connection_id
        self._keys: dict[str, InstrumentKey] = {}
        self._last_ms: dict[str, int] = {}
        self._prices: dict[str, tuple[Decimal | None, Decimal | None]] = {}
        self._levels: dict[str, dict[int, Tick]] = {}
        self._touched: dict[str, int] = {}

    def take(self, tick: Tick, received_ns: int) -> None:
        """Take one tick; what it says goes to the sink, or with :meth:`flush`."""
        symbol = tick.symbol
        if not symbol:
            return
        if symbol in self.depth:
            self._take_level(symbol, tick, received_ns)
        if tick.level:
            return
        stamp = tick.timestamp or 0
        if stamp < self._last_ms.get(symbol, 0):
            return
        self._last_ms[symbol] = stamp
        self._prices[symbol] = (tick.bid, tick.ask)
        self._sink(self.quote(tick, received_ns))

    def quote(self, tick: Tick, received_ns: int) -> Quote:
        """Return the quote of a tick of level 0."""
        stamp = tick.timestamp or 0
        return Quote(
            key=self.key(tick.symbol or ""),
            bid_px=tick.bid,
            ask_px=tick.ask,
            bid_qty=tick.bid_volume,
            ask_qty=tick.ask_volume,
            high_px=tick.high,
            low_px=tick.low,
            transact_time_ns=stamp * 1_000_000,
            received_ns=received_ns,
        )

    def flush(self) -> None:
        """Tell the depth of the symbols whose levels changed."""
        if self._touched:
            touched, self._touched = self._touched, {}
            for symbol, received_ns in touched.items():
                self._sink(self._depth(symbol, received_ns))

    def key(self, symbol: str) -> InstrumentKey:
        """Return the key of a symbol; always the same object."""
        key = self._keys.get(symbol)
        if key is None:
            key = self._keys[symbol] = InstrumentKey(self._connection_id, symbol)
        return key

    def learn(self, symbol: SymbolRecord) -> None:
        """Take the prices that came with the list of symbols, until a tick says better."""
        if symbol.symbol:
            self._prices.setdefault(symbol.symbol, (symbol.bid, symbol.ask))

    def market_price(self, symbol: str, side: Side) -> Decimal:
        """Return the price at which `side` would trade now; 1 when no price was ever heard.

        The venue does not use the price of a market order, yet refuses 0.
        """
        bid, ask = self._prices.get(symbol, (None, None))
        return (ask if side is Side.BUY else bid) or Decimal(1)

    def closing_price(self, symbol: str, net_qty: Decimal) -> Decimal | None:
        """Return the price at which a position could be closed, None when it is not known from a tick."""
        if symbol not in self._last_ms:
            return None
        bid, ask = self._prices[symbol]
        return bid if net_qty > 0 else ask

    def forget(self, symbols: frozenset[str]) -> None:
        """Drop what is kept of symbols that are no longer told."""
        for symbol in symbols:
            self._last_ms.pop(symbol, None)
            self._levels.pop(symbol, None)
            self._touched.pop(symbol, None)

    def candle(self, record: StreamingCandle) -> LiveCandle | None:
        """Return a streamed one-minute candle, None when a price is missing."""
        if not record.symbol or None in (record.open, record.high, record.low, record.close):
            return None
        return LiveCandle(
            key=self.key(record.symbol),
            candle=Candle(
                start_ns=ns_of(record.ctm),
                open_px=record.open or Decimal(0),
                high_px=record.high or Decimal(0),
                low_px=record.low or Decimal(0),
                close_px=record.close or Decimal(0),
                volume=record.vol,
            ),
        )

    def _take_level(self, symbol: str, tick: Tick, received_ns: int) -> None:
        levels = self._levels.setdefault(symbol, {})
        level = tick.level or 0
        if not 0 <= level <= MOST_LEVELS:
            return
        before = levels.get(level)
        if before is not None and (tick.timestamp or 0) < (before.timestamp or 0):
            return
        levels[level] = tick
        self._touched[symbol] = received_ns

    def _depth(self, symbol: str, received_ns: int) -> Depth:
        ordered = [tick for _, tick in sorted(self._levels[symbol].items())]
        bids = {tick.bid: DepthLevel(tick.bid, tick.bid_volume) for tick in ordered if tick.bid}
        asks = {tick.ask: DepthLevel(tick.ask, tick.ask_volume) for tick in ordered if tick.ask}
        return Depth(
            key=self.key(symbol),
            bids=tuple(sorted(bids.values(), key=lambda row: row.price, reverse=True)),
            asks=tuple(sorted(asks.values(), key=lambda row: row.price)),
            transact_time_ns=ns_of(max(tick.timestamp or 0 for tick in ordered)),
            received_ns=received_ns,
        )
