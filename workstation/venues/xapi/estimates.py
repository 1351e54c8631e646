"""What an order would cost and bring: the venue's own calculations, and two of ours where it has none.

Each figure is asked for by itself, so that one that fails takes no other with it. Swap and the cost of the spread are
own estimates in the instrument's currency: the venue calculates neither.
"""

from collections.abc import Awaitable, Callable
from decimal import Decimal

from workstation.domain.estimates import Estimate, EstimateKind, Figure
from workstation.domain.instrument import Instrument
from workstation.domain.order_terms import OrdType, PositionEffect, Side
from workstation.domain.orders import OrderTerms
from workstation.venues.base import QueryRefused
from workstation.venues.xapi.asking import Asker
from workstation.venues.xapi.messages import GetCommissionDef, GetMarginTrade, GetProfitCalculation
from workstation.venues.xapi.records import CommissionDef, MarginTrade, ProfitCalculation, SymbolRecord
from workstation.venues.xapi.requests import MarketPrice
from workstation.venues.xapi.words import Cmd

VENUES_OWN = "venue's own calculation"
NOT_APPLICABLE = "the venue says that it does not apply"
_PIPS = 0
"""swapType of a swap in points; the others have no documented unit."""


async def estimate(
    asker: Asker,
    terms: OrderTerms,
    symbol: SymbolRecord | None,
    instrument: Instrument | None,
    market_price: MarketPrice,
    *,
    currency: str,
) -> Estimate:
    """Return all figures that apply to `terms`; `currency` is the account's."""
    opens = terms.position_effect is not PositionEffect.CLOSE
    figures: list[Figure] = []
    if opens:
        figures.append(await _asked(EstimateKind.MARGIN, currency, lambda: _margin(asker, terms)))
        figures.append(await _asked(EstimateKind.COMMISSION, currency, lambda: _commission(asker, terms)))
    entry = entry_price(terms, market_price)
    for kind, exit_px in (
        (EstimateKind.PROFIT_AT_STOP_LOSS, terms.stop_loss),
        (EstimateKind.PROFIT_AT_TAKE_PROFIT, terms.take_profit),
    ):
        if exit_px is not None and opens:
            figures.append(await _asked(kind, currency, lambda px=exit_px: _profit(asker, terms, entry, px)))  # type: ignore[misc]
    if symbol is not None and instrument is not None and opens:
        figures += [swap_per_day(terms, symbol, instrument), spread_cost(terms, symbol, instrument, market_price)]
    return Estimate(figures=tuple(figures))


def entry_price(terms: OrderTerms, market_price: MarketPrice) -> Decimal:
    """Return the price at which the order is expected to trade."""
    if terms.ord_type is OrdType.LIMIT and terms.price is not None:
        return terms.price
    if terms.ord_type is OrdType.STOP and terms.stop_px is not None:
        return terms.stop_px
    return market_price(terms.symbol, terms.side)


async def _asked(kind: EstimateKind, currency: str, ask: Callable[[], Awaitable[Decimal | None]]) -> Figure:
    try:
        amount = await ask()
    except QueryRefused as error:
        return Figure(kind=kind, amount=None, currency=currency, source=str(error))
    return Figure(kind=kind, amount=amount, currency=currency, source=NOT_APPLICABLE if amount is None else VENUES_OWN)


async def _margin(asker: Asker, terms: OrderTerms) -> Decimal | None:
    return (await asker.ask(GetMarginTrade(symbol=terms.symbol, volume=terms.order_qty), MarginTrade)).margin


async def _commission(asker: Asker, terms: OrderTerms) -> Decimal | None:
    return (await asker.ask(GetCommissionDef(symbol=terms.symbol, volume=terms.order_qty), CommissionDef)).commission


async def _profit(asker: Asker, terms: OrderTerms, entry: Decimal, exit_px: Decimal) -> Decimal | None:
    question = GetProfitCalculation(
        close_price=exit_px,
        cmd=int(Cmd.BUY if terms.side is Side.BUY else Cmd.SELL),
        open_price=entry,
        symbol=terms.symbol,
        volume=terms.order_qty,
    )
    return (await asker.ask(question, ProfitCalculation)).profit


def swap_per_day(terms: OrderTerms, symbol: SymbolRecord, instrument: Instrument) -> Figure:
    """Return the swap of one day: pips times pip, contract size and lots."""
    pips = symbol.swap_long if terms.side is Side.BUY else symbol.swap_short
    amount: Decimal | None = None
    source = "own estimate from the swap in pips, contract size and volume"
    if symbol.swap_enable is False:
        amount, source = Decimal(0), "the venue adds no swap to this instrument"
    elif symbol.swap_type not in (None, _PIPS):
        source = f"not known: the unit of this instrument's swap (type {symbol.swap_type}) is not documented"
    elif pips is None or instrument.pip_size is None:
        source = "not known: the venue gives no swap or no pip for this instrument"
    else:
        amount = pips * instrument.pip_size * instrument.multiplier * terms.order_qty
    return Figure(kind=EstimateKind.SWAP_PER_DAY, amount=amount, currency=instrument.currency, source=source)


def spread_cost(terms: OrderTerms, symbol: SymbolRecord, instrument: Instrument, market_price: MarketPrice) -> Figure:
    """Return what the spread takes: ask less bid, times contract size and lots."""
    spread = market_price(terms.symbol, Side.BUY) - market_price(terms.symbol, Side.SELL)
    known = symbol.bid is not None and symbol.ask is not None
    return Figure(
        kind=EstimateKind.SPREAD_COST,
        amount=spread * instrument.multiplier * terms.order_qty if known else None,
        currency=instrument.currency,
        source="own estimate from the present spread, contract size and volume" if known else "not known: no prices",
    )
