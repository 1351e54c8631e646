"""How one instrument of a watchlist is written: names, prices, movement, age."""

from dataclasses import dataclass
from decimal import Context, Decimal

from workstation.domain.identity import InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.market_data import Quote
from workstation.item_models.column_kinds import figures, words
from workstation.item_models.columns import Align, Column, Sorts, text_key
from workstation.item_models.market_state import Freshness, MarketState
from workstation.item_models.naming import Naming
from workstation.item_models.number_text import (
    DOWN,
    MINUS,
    NONE,
    NOT_APPLICABLE,
    UNKNOWN,
    UP,
    ZERO,
    is_writable,
    plain_text,
    price_text,
)

_WIDE = Context(prec=60)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """One instrument of a watchlist; `place` counts from 1, the movements are -1, 0 (none known) or 1."""

    key: InstrumentKey
    place: int
    quote: Quote | None = None
    bid_moved: int = 0
    ask_moved: int = 0


def quote_columns(naming: Naming, state: MarketState) -> tuple[Column[QuoteRow], ...]:
    """Return the columns of the quotes."""
    return (_place(), *_names(naming), *_prices(naming), *_movements(naming), _age(state), _venue(naming, state))


def signed_price_text(amount: Decimal | None, instrument: Instrument | None) -> str:
    """Write a difference of prices with arrow and sign, in the instrument's notation; None is unknown."""
    if amount is None or not is_writable(amount):
        return UNKNOWN
    if not amount:
        return ZERO
    return f"{UP} +{price_text(amount, instrument)}" if amount > 0 else f"{DOWN} {price_text(amount, instrument)}"


def change_share(quote: Quote) -> Decimal | None:
    """Return the change since the close of the day before in per cent, None where it cannot be told."""
    if quote.change is None or not quote.prev_close_px or not is_writable(quote.change):
        return None
    return _WIDE.divide(quote.change * 100, quote.prev_close_px)


def _share_text(row: QuoteRow) -> str:
    if row.quote is None or row.quote.change is None:
        return UNKNOWN
    share = change_share(row.quote)
    if share is None:
        return NOT_APPLICABLE
    return f"{share.quantize(_CENT, context=_WIDE):+f} %".replace("-", MINUS)


def _place() -> Column[QuoteRow]:
    return Column(
        key="place",
        title="#",
        tooltip="Your own order: sort by it to drag rows, or to move them with Alt+Up and Alt+Down",
        text=lambda row: str(row.place),
        sort_key=lambda row: row.place,
        sorts=Sorts.NUMBERS,
        align=Align.NUMBER,
        width=4,
    )


def _names(naming: Naming) -> tuple[Column[QuoteRow], ...]:
    def described(row: QuoteRow) -> str:
        found = naming.instrument_of(row.key.connection_id, row.key.symbol)
        return found.description if found is not None else NONE

    def exact(row: QuoteRow) -> str:
        return f"{row.key.symbol} {described(row)}".strip()

    symbol = words("symbol", "Symbol", "The instrument", lambda row: row.key.symbol, exact=exact)
    return symbol, words("description", "Name", "The venue's own name of it", described, width=18, shown=False)


def _prices(naming: Naming) -> tuple[Column[QuoteRow], ...]:
    def quoted(name: str, title: str, tooltip: str, *, moved: str = "", width: int = 10) -> Column[QuoteRow]:
        def value(row: QuoteRow) -> Decimal | None:
            return None if row.quote is None else getattr(row.quote, f"{name}_px", None)

        def text(row: QuoteRow) -> str:
            step, price = getattr(row, moved) if moved else 0, _price(row, value(row), naming)
            return f"{UP if step > 0 else DOWN} {price}" if step else price

        return figures(name, title, tooltip, value, text, width=width)

    best = "Best price at which you can"
    return (
        quoted("bid", "Bid", f"{best} sell; the arrow is its last move", moved="bid_moved", width=12),
        quoted("ask", "Ask", f"{best} buy; the arrow is its last move", moved="ask_moved", width=12),
        _spread(naming),
        quoted("high", "High", "Highest price of the day, as the venue states it"),
        quoted("low", "Low", "Lowest price of the day, as the venue states it"),
    )


def _spread(naming: Naming) -> Column[QuoteRow]:
    def spread(row: QuoteRow) -> Decimal | None:
        return row.quote.spread if row.quote is not None else None

    def in_pips(row: QuoteRow) -> str:
        instrument, value = naming.instrument_of(row.key.connection_id, row.key.symbol), spread(row)
        if value is None or instrument is None or not instrument.pip_size or not is_writable(value):
            return NONE
        return f"{plain_text((value / instrument.pip_size).normalize())} pips"

    return figures(
        "spread",
        "Spread",
        "Ask less bid; negative when the venue says so",
        spread,
        lambda row: _price(row, spread(row), naming),
        exact=in_pips,
        width=9,
    )


def _price(row: QuoteRow, value: Decimal | None, naming: Naming) -> str:
    instrument = naming.instrument_of(row.key.connection_id, row.key.symbol)
    return UNKNOWN if value is None else price_text(value, instrument)


def _movements(naming: Naming) -> tuple[Column[QuoteRow], ...]:
    def change(row: QuoteRow) -> Decimal | None:
        return row.quote.change if row.quote is not None else None

    def text(row: QuoteRow) -> str:
        return signed_price_text(change(row), naming.instrument_of(row.key.connection_id, row.key.symbol))

    def share(row: QuoteRow) -> Decimal | None:
        return change_share(row.quote) if row.quote is not None else None

    since = "since the close of the day before; — where the venue does not state that close"
    return (
        figures("change", "Change", f"Bid {since}", change, text, width=12),
        figures("change_pct", "Change %", f"Bid {since}, in per cent", share, _share_text, exact=_share_text, width=9),
    )


def _age(state: MarketState) -> Column[QuoteRow]:
    return Column(
        key="age",
        title="Age",
        tooltip="How long ago the quote came; stale after 15 s, or when the line is not live",
        text=lambda row: freshness_of(row, state).text,
        sort_key=lambda row: -row.quote.received_ns if row.quote is not None else None,
        sorts=Sorts.NUMBERS,
        width=11,
        live=True,
    )


def _venue(naming: Naming, state: MarketState) -> Column[QuoteRow]:
    return Column(
        key="venue",
        title="Venue",
        tooltip="Where it is",
        text=lambda row: naming.glyph_of(row.key.connection_id),
        sort_key=lambda row: text_key(naming.glyph_of(row.key.connection_id)),
        exact=lambda row: f"{state.title_of(row.key.connection_id)} ({row.key.connection_id})",
        align=Align.MARK,
        width=7,
    )


def freshness_of(row: QuoteRow, state: MarketState) -> Freshness:
    """Return how fresh the prices of a row are now."""
    return state.freshness(row.key.connection_id, row.quote.received_ns if row.quote is not None else 0)
