"""The price axis of one instrument as rows, with what stands on each price.

The axis is stable: a price keeps its row, whatever the market does, until :meth:`LadderModel.centre_on` lays another
stretch of prices. News is conflated per frame, and only rows on which something changed are announced.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from workstation.domain.account import Position
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Depth, Quote
from workstation.domain.orders import Order
from workstation.item_models.columns import PLAIN, Align, Column, Dress, Sorts, Tone
from workstation.item_models.ladder_rows import LadderMarket, LadderRow, empty_row, ladder_rows
from workstation.item_models.number_text import NONE, price_text, qty_text
from workstation.item_models.row_model import RowModel

HALF = 200
"""Rows above and below the middle of the axis."""
OWN_BUYS, BIDS, PRICE, ASKS, OWN_SELLS, MARKS = range(6)


class LadderModel(RowModel[int, LadderRow]):
    """One row per price; rows are known by their number (:mod:`workstation.item_models.ladder_rows`)."""

    market_shown = Signal()
    """The rows show the latest market."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._market: LadderMarket | None = None
        self._news: dict[str, Any] = {}
        self._axis: range = range(0)
        self._filled: dict[int, LadderRow] = {}
        self._dirty = False
        self._is_fresh = True
        super().__init__(_columns(lambda: self.market), parent=parent)
        self.frame_clock.is_calm = True
        self.sort(PRICE, Qt.SortOrder.DescendingOrder)

    @property
    def market(self) -> LadderMarket | None:
        """Everything that is known of the instrument; None for no instrument."""
        if self._news and self._market is not None:
            self._market = replace(self._market, **self._news)
        self._news = {}
        return self._market

    @property
    def axis(self) -> range:
        """The numbers of the rows that there are."""
        return self._axis

    def show_instrument(self, instrument: Instrument | None, multiple: int = 1) -> None:
        """Begin anew with another instrument or another row size; None shows nothing."""
        self._clear()
        self._news = {}
        self._market = None if instrument is None else LadderMarket(instrument=instrument, multiple=multiple)

    def set_multiple(self, multiple: int) -> None:
        """Let a row stand for another number of ticks; the axis must be laid anew."""
        market = self.market
        if market is not None and market.multiple != multiple:
            self._clear()
            self._market = replace(market, multiple=multiple)

    def set_quote(self, quote: Quote | None) -> None:
        """Take the best prices."""
        self._alter(quote=quote)

    def set_depth(self, depth: Depth | None) -> None:
        """Take the venue's levels."""
        self._alter(depth=depth)

    def set_orders(self, orders: tuple[Order, ...]) -> None:
        """Take the trader's working orders in the instrument."""
        self._alter(orders=orders)

    def set_positions(self, positions: tuple[Position, ...]) -> None:
        """Take the trader's positions in the instrument."""
        self._alter(positions=positions)

    def set_fresh(self, is_fresh: bool) -> None:
        """Say whether the venue's levels can be relied on; else they are struck through."""
        if is_fresh != self._is_fresh:
            self._is_fresh = is_fresh
            self.refresh_texts()

    def centre_on(self, number: int) -> None:
        """Lay the axis around a row; rows that both axes have stay as they are."""
        market = self.market
        if market is None:
            return
        before, self._axis = self._axis, range(number - HALF, number + HALF + 1)
        self.remove([each for each in before if each not in self._axis])
        self._filled = ladder_rows(market)
        fresh = [each for each in self._axis if each not in before]
        self.put_many([self._filled.get(each) or empty_row(market, each) for each in fresh])
        self._dirty = True
        self.flush()
        self.finish_arranging()

    def key_of(self, record: LadderRow) -> int:
        """Return the row's number."""
        return record.number

    def dress(self, record: LadderRow) -> Dress:
        """Return the row's colours: sides for quantities, an edge where an own order works."""
        bars = {}
        if record.bid_share:
            bars[BIDS] = record.bid_share * 0.79  # a full bar would take the colour of a warning
        if record.ask_share:
            bars[ASKS] = record.ask_share * 0.79
        edge = Tone.BUY if record.own_buys is not None else Tone.SELL if record.own_sells is not None else None
        if edge is None and not bars and not (record.is_bid or record.is_ask or record.marks):
            return PLAIN
        tones = {BIDS: Tone.BUY, OWN_BUYS: Tone.BUY, ASKS: Tone.SELL, OWN_SELLS: Tone.SELL}
        struck = frozenset() if self._is_fresh else frozenset({BIDS, ASKS})
        best = "bid" in record.marks or "ask" in record.marks
        return Dress(edge=edge, bars=bars, tones=tones, struck=struck, strong=best and self._is_fresh)

    def _clear(self) -> None:
        self.remove(list(self._axis))
        self._axis, self._filled = range(0), {}

    def _alter(self, **news: object) -> None:
        if self._market is not None:
            self._news.update(news)
            self._dirty = True
            self.frame_clock.request()

    def _frame(self) -> bool:
        told = False
        if self._dirty and not self._busy:
            self._dirty, told = False, True
            self._pending.extend(self._changed_rows())
        more = super()._frame()
        if told:
            self.market_shown.emit()
        return more

    def _changed_rows(self) -> list[LadderRow]:
        market = self.market
        if market is None:
            return []
        before, self._filled = self._filled, ladder_rows(market)
        changed = []
        for number in before.keys() | self._filled.keys():
            row = self._filled.get(number) or empty_row(market, number)
            if number in self._axis and row != self.get(number):
                changed.append(row)
        return changed


def _columns(market: Callable[[], LadderMarket | None]) -> tuple[Column[LadderRow], ...]:
    def price(row: LadderRow) -> str:
        shown = market()
        return price_text(row.price, shown.instrument if shown is not None else None)

    def own(qty: Decimal | None, row: LadderRow) -> str:
        return NONE if qty is None else f"{qty_text(qty)}{' ?' if row.unsure else ''}"

    def level(is_there: bool, qty: Decimal | None) -> str:
        return NONE if not is_there else "•" if qty is None else qty_text(qty)

    def column(key: str, title: str, tooltip: str, text: Callable[[LadderRow], str], width: int) -> Column[LadderRow]:
        return Column(
            key=key,
            title=title,
            tooltip=tooltip,
            text=text,
            sort_key=lambda row: row.number,
            sorts=Sorts.NUMBERS,
            align=Align.TEXT if key == "marks" else Align.NUMBER,
            width=width,
        )

    unsure = "; ? is not confirmed by the venue"
    no_qty = "; • is a level without a quantity"
    return (
        column("own_buys", "Buys", f"Left of your own buy orders{unsure}", lambda row: own(row.own_buys, row), 6),
        column("bids", "Bid qty", f"Wanted by the market{no_qty}", lambda row: level(row.is_bid, row.bid_qty), 10),
        column("price", "Price", "A click brings the price to the ticket; nothing is sent", price, 9),
        column("asks", "Ask qty", f"Offered by the market{no_qty}", lambda row: level(row.is_ask, row.ask_qty), 10),
        column("own_sells", "Sells", f"Left of your own sell orders{unsure}", lambda row: own(row.own_sells, row), 6),
        column("marks", "", "Best bid and ask; what you hold, at its average", lambda row: ", ".join(row.marks), 12),
    )
