"""A table of quotes with as many columns as vn.py's TickMonitor, for the benchmark of ticks."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.benchmarks.samples import BASE_NS, INSTRUMENTS, naming
from tests.benchmarks.target import application
from workstation.item_models.column_kinds import figures, instants, words
from workstation.item_models.columns import Column
from workstation.item_models.number_text import price_text, qty_text
from workstation.item_models.row_model import RowModel
from workstation.widgets.fast_table import FastTable

SYMBOLS = 500
_INSTRUMENT = next(iter(INSTRUMENTS.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The latest of one instrument."""

    symbol: str
    last: Decimal
    volume: Decimal
    open: Decimal
    high: Decimal
    low: Decimal
    bid: Decimal
    bid_qty: Decimal
    ask: Decimal
    ask_qty: Decimal
    time_ns: int


def quotes(symbols: int, count: int, seed: int = 1) -> list[Quote]:
    """Return `count` quotes, going round `symbols` instruments; own numbers in every one."""
    dice = random.Random(seed)
    return [_quote(number, symbols, dice) for number in range(count)]


def _quote(number: int, symbols: int, dice: random.Random) -> Quote:
    ticks = dice.randrange(20_000)
    prices = {"last": 0, "open": 0, "high": 20, "low": -20, "bid": -1, "ask": 1}
    return Quote(
        symbol=f"S{number % symbols:04d}",
        volume=Decimal(number),
        bid_qty=Decimal(number % 90 + 1),
        ask_qty=Decimal(number % 70 + 1),
        time_ns=BASE_NS + number * 1_000_000,
        **{name: Decimal(f"{(ticks + off) / 4:.2f}") for name, off in prices.items()},
    )


class QuotesModel(RowModel[str, Quote]):
    """One row per instrument."""

    def __init__(self) -> None:
        super().__init__(_columns())

    def key_of(self, record: Quote) -> str:
        """Return the instrument."""
        return record.symbol


def _columns() -> tuple[Column[Quote], ...]:
    def price(name: str, value: Callable[[Quote], Decimal]) -> Column[Quote]:
        return figures(name, name, name, value, lambda quote: price_text(value(quote), _INSTRUMENT))

    def qty(name: str, value: Callable[[Quote], Decimal]) -> Column[Quote]:
        return figures(name, name, name, value, lambda quote: qty_text(value(quote)), width=7)

    return (
        words("symbol", "Symbol", "The instrument", lambda quote: quote.symbol),
        words("exchange", "Exchange", "Where it trades", lambda _quote: _INSTRUMENT.exchange),
        words("name", "Name", "Its name", lambda _quote: "a future"),
        price("last", lambda quote: quote.last),
        qty("volume", lambda quote: quote.volume),
        price("open", lambda quote: quote.open),
        price("high", lambda quote: quote.high),
        price("low", lambda quote: quote.low),
        price("bid", lambda quote: quote.bid),
        qty("bid qty", lambda quote: quote.bid_qty),
        price("ask", lambda quote: quote.ask),
        qty("ask qty", lambda quote: quote.ask_qty),
        instants("When", lambda quote: quote.time_ns, naming()),
        words("venue", "Venue", "Where from", lambda _quote: "QST"),
    )


def quote_table() -> tuple[FastTable, QuotesModel]:
    """Show the table in a window of its own, as large as the peer's."""
    application()
    table, model = FastTable(), QuotesModel()
    table.setModel(model)
    table.resize(1_200, 800)
    table.show()
    application().processEvents()
    return table, model
