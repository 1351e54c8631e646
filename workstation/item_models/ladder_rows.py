"""What stands on each price of a ladder: the venue's levels, the trader's own orders, the averages of what he holds.

Rows are numbered by price: row number times row size is the price, so a row never changes its meaning while the market
moves. A row can stand for several ticks; a bid then counts for the row below its price and an ask for the row above
it, so that none looks better than it is. Quantities that a venue does not give are blank, never zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from workstation.domain.account import Position
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Depth, DepthLevel, Quote
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side
from workstation.domain.orders import Order
from workstation.item_models.number_text import net_qty_text

MULTIPLES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
MOST_ROWS_BETWEEN = 6
_WIDE = Context(prec=60)
_UNSURE = frozenset({OrdStatus.IN_DOUBT, OrdStatus.PENDING_NEW, OrdStatus.PENDING_REPLACE, OrdStatus.UNRECOGNISED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRow:
    """One price. `own_buys` and `own_sells` are what is left of own orders there, None for none.

    `is_bid` and `is_ask` say that the venue shows a level there, also where it gives no quantity; `unsure` that an own
    order there is not confirmed by the venue.
    """

    number: int
    price: Decimal
    is_bid: bool = False
    is_ask: bool = False
    bid_qty: Decimal | None = None
    ask_qty: Decimal | None = None
    bid_share: float = 0.0
    ask_share: float = 0.0
    own_buys: Decimal | None = None
    own_sells: Decimal | None = None
    unsure: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderMarket:
    """Everything that a ladder of one instrument shows. `multiple` is how many ticks a row stands for."""

    instrument: Instrument
    multiple: int = 1
    quote: Quote | None = None
    depth: Depth | None = None
    orders: tuple[Order, ...] = ()
    positions: tuple[Position, ...] = ()

    @property
    def row_size(self) -> Decimal:
        """The distance in price from one row to the next."""
        return self.instrument.tick_size * self.multiple

    @property
    def bids(self) -> tuple[DepthLevel, ...]:
        """The venue's bids, best first; without depth the best one alone."""
        if self.depth is not None and self.depth.bids:
            return self.depth.bids
        quote = self.quote
        return () if quote is None or quote.bid_px is None else (DepthLevel(quote.bid_px, quote.bid_qty),)

    @property
    def asks(self) -> tuple[DepthLevel, ...]:
        """The venue's asks, best first; without depth the best one alone."""
        if self.depth is not None and self.depth.asks:
            return self.depth.asks
        quote = self.quote
        return () if quote is None or quote.ask_px is None else (DepthLevel(quote.ask_px, quote.ask_qty),)

    def number(self, price: Decimal, rounding: str = ROUND_HALF_EVEN) -> int:
        """Return the row on which `price` stands."""
        return int(_WIDE.divide(price, self.row_size).to_integral_value(rounding))

    def price(self, number: int) -> Decimal:
        """Return the price of a row."""
        return _WIDE.multiply(self.row_size, Decimal(number))

    def middle(self) -> int | None:
        """Return the row in the middle of the market, None while there is none."""
        best = [levels[0].price for levels in (self.bids, self.asks) if levels]
        if not best or not all(price.is_finite() for price in best):
            return None
        return self.number(_WIDE.divide(sum(best, Decimal(0)), Decimal(len(best))))


def fitting_multiple(market: LadderMarket) -> int:
    """Return how many ticks a row should stand for, so that bid and ask are a few rows apart; 1 without both."""
    if not market.bids or not market.asks:
        return 1
    spread = abs(market.asks[0].price - market.bids[0].price)
    if not spread.is_finite():
        return 1
    ticks = _WIDE.divide(spread, market.instrument.tick_size)
    return next((each for each in MULTIPLES if ticks <= each * MOST_ROWS_BETWEEN), MULTIPLES[-1])


def ladder_rows(market: LadderMarket) -> dict[int, LadderRow]:
    """Return every row on which anything stands."""
    rows: dict[int, LadderRow] = {}
    _place_levels(market, rows)
    _place_orders(market, rows)
    _place_positions(market, rows)
    return rows


def empty_row(market: LadderMarket, number: int) -> LadderRow:
    """Return a row on which nothing stands."""
    return LadderRow(number=number, price=market.price(number))


def _place_levels(market: LadderMarket, rows: dict[int, LadderRow]) -> None:
    bids, asks = _summed(market, market.bids, ROUND_FLOOR), _summed(market, market.asks, ROUND_CEILING)
    most = max((qty for qty in (*bids.values(), *asks.values()) if qty is not None), default=Decimal(0))
    for number, qty in bids.items():
        row = rows.get(number) or empty_row(market, number)
        rows[number] = replace(row, is_bid=True, bid_qty=qty, bid_share=_share(qty, most))
    for number, qty in asks.items():
        row = rows.get(number) or empty_row(market, number)
        rows[number] = replace(row, is_ask=True, ask_qty=qty, ask_share=_share(qty, most))
    for levels, rounding, name in ((market.bids, ROUND_FLOOR, "bid"), (market.asks, ROUND_CEILING, "ask")):
        if levels and levels[0].price.is_finite():
            _mark(market, rows, market.number(levels[0].price, rounding), name)


def _summed(market: LadderMarket, levels: Iterable[DepthLevel], rounding: str) -> dict[int, Decimal | None]:
    """Return the quantity per row; None where no level of the row has one."""
    summed: dict[int, Decimal | None] = {}
    for level in levels:
        if not level.price.is_finite():
            continue
        number = market.number(level.price, rounding)
        before, qty = summed.get(number), level.qty
        summed[number] = qty if before is None else before if qty is None else before + qty
    return summed


def _place_orders(market: LadderMarket, rows: dict[int, LadderRow]) -> None:
    for order in market.orders:
        price = order.terms.price if order.terms.price is not None else order.terms.stop_px
        if price is None or order.is_closed or not price.is_finite():
            continue
        number = market.number(price)
        row = rows.get(number) or empty_row(market, number)
        unsure = row.unsure or order.ord_status in _UNSURE
        if order.terms.side is Side.BUY:
            rows[number] = replace(row, own_buys=(row.own_buys or Decimal(0)) + order.leaves_qty, unsure=unsure)
        else:
            rows[number] = replace(row, own_sells=(row.own_sells or Decimal(0)) + order.leaves_qty, unsure=unsure)


def _place_positions(market: LadderMarket, rows: dict[int, LadderRow]) -> None:
    for position in market.positions:
        if position.net_qty and position.avg_px is not None and position.avg_px.is_finite():
            _mark(market, rows, market.number(position.avg_px), f"avg {net_qty_text(position.net_qty)}")


def _mark(market: LadderMarket, rows: dict[int, LadderRow], number: int, mark: str) -> None:
    row = rows.get(number) or empty_row(market, number)
    rows[number] = replace(row, marks=(*row.marks, mark))


def _share(qty: Decimal | None, most: Decimal) -> float:
    """Return how long the bar of a quantity is beside the longest; a length on screen, no amount."""
    return float(qty / most) if qty is not None and most else 0.0
