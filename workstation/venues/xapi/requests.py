"""Our requests into XAPI's tradeTransaction; no I/O.

Every order carries our key in `customComment`, because records give it back: an order in doubt is found by it. A
change repeats the whole set, since an absent value removes what is held, and repeats the comment, since the record
keeps that of the last change. CLOSE, MODIFY and DELETE name the record's own number, never that of a request.

The unit of `offset` is not documented. Other distances of the API are in pips, so a trailing distance is sent as whole
pips: inferred, and this module and :mod:`mapping` are the only places that rest on it.
"""

from collections.abc import Callable
from decimal import Decimal

from workstation.domain.instrument import Instrument
from workstation.domain.order_requests import (
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderRequest,
    PositionAmendRequest,
)
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.venues.base import NotExpressible
from workstation.venues.xapi.capabilities import FORMS
from workstation.venues.xapi.messages import TradeTransInfo
from workstation.venues.xapi.pacing import Rank
from workstation.venues.xapi.words import Cmd, TransactionType

ZERO = Decimal(0)
_CMD = {
    (OrdType.MARKET, Side.BUY): Cmd.BUY,
    (OrdType.MARKET, Side.SELL): Cmd.SELL,
    (OrdType.LIMIT, Side.BUY): Cmd.BUY_LIMIT,
    (OrdType.LIMIT, Side.SELL): Cmd.SELL_LIMIT,
    (OrdType.STOP, Side.BUY): Cmd.BUY_STOP,
    (OrdType.STOP, Side.SELL): Cmd.SELL_STOP,
}
FormOfCmd = {int(cmd): form for form, cmd in _CMD.items()}
"""Type and side of each operation code that is an order."""

MarketPrice = Callable[[str, Side], Decimal]
"""The price at which a symbol would trade now; it is not used by the venue, yet must be there."""
SymbolOf = Callable[[int], str]
"""The symbol of a pending order, empty when the number is unknown."""
InstrumentOf = Callable[[str], Instrument | None]


class Translator:
    """Puts requests into the venue's words."""

    def __init__(self, instrument: InstrumentOf, market_price: MarketPrice, symbol_of: SymbolOf) -> None:
        self._instrument = instrument
        self._market_price = market_price
        self._symbol_of = symbol_of

    def info(self, request: OrderRequest) -> TradeTransInfo:
        """Return the transaction for `request`.

        Raises:
            NotExpressible: XAPI has no words for it; the text says which value and why.
        """
        match request:
            case NewOrderSingle():
                return self._new(request)
            case OrderCancelReplaceRequest():
                return self._replace(request)
            case PositionAmendRequest():
                return self._amend(request)
            case OrderCancelRequest():
                return self._cancel(request)
            case _:
                raise NotExpressible("XAPI cancels orders one by one. Nothing was sent.")

    def _new(self, request: NewOrderSingle) -> TradeTransInfo:
        terms = request.terms
        if terms.position_effect is PositionEffect.CLOSE or terms.position_id:
            return self._close(request)
        return self._order(terms, TransactionType.OPEN, 0, request.cl_ord_id)

    def _order(self, terms: OrderTerms, kind: TransactionType, number: int, comment: str) -> TradeTransInfo:
        return TradeTransInfo(
            cmd=_cmd(terms),
            custom_comment=comment,
            expiration=_expiration(terms),
            offset=self._offset(terms.symbol, terms.trailing_offset),
            order=number,
            price=self._price(terms),
            sl=terms.stop_loss or ZERO,
            symbol=terms.symbol,
            tp=terms.take_profit or ZERO,
            type=kind,
            volume=terms.order_qty,
        )

    def _close(self, request: NewOrderSingle) -> TradeTransInfo:
        terms = request.terms
        if terms.ord_type is not OrdType.MARKET:
            raise NotExpressible("XAPI closes a position at the market only. Use its stop loss or take profit instead.")
        if not terms.position_id:
            raise NotExpressible("XAPI closes a position by its number. Close it from its row.")
        if (terms.stop_loss, terms.take_profit, terms.trailing_offset) != (None,) * 3:
            raise NotExpressible("A closing order opens nothing, so it carries no stop loss, take profit or trailing.")
        _cmd(terms)
        return TradeTransInfo(
            cmd=Cmd.BUY if terms.side is Side.SELL else Cmd.SELL,  # the position's own, as most clients send
            custom_comment=request.cl_ord_id,
            expiration=0,
            offset=ZERO,
            order=_number(terms.position_id),
            price=self._market_price(terms.symbol, terms.side),
            sl=ZERO,
            symbol=terms.symbol,
            tp=ZERO,
            type=TransactionType.CLOSE,
            volume=terms.order_qty,
        )

    def _replace(self, request: OrderCancelReplaceRequest) -> TradeTransInfo:
        if request.terms.ord_type is OrdType.MARKET:
            raise NotExpressible("A market order cannot be changed.")
        return self._order(request.terms, TransactionType.MODIFY, _number(request.order_id), request.cl_ord_id)

    def _amend(self, request: PositionAmendRequest) -> TradeTransInfo:
        closing = Side.SELL if request.side is Side.BUY else Side.BUY
        return TradeTransInfo(
            cmd=Cmd.BUY if request.side is Side.BUY else Cmd.SELL,
            custom_comment=request.comment,  # never the change's own key: the position would be taken for its order
            expiration=0,
            offset=self._offset(request.symbol, request.trailing_offset),
            order=_number(request.position_id),
            price=self._market_price(request.symbol, closing),
            sl=request.stop_loss or ZERO,
            symbol=request.symbol,
            tp=request.take_profit or ZERO,
            type=TransactionType.MODIFY,
            volume=request.qty,
        )

    def _cancel(self, request: OrderCancelRequest) -> TradeTransInfo:
        if len(request.order_ids) != 1 or not request.order_ids[0]:
            raise NotExpressible("XAPI cancels one order by its number; this one has none yet. Nothing was sent.")
        number = _number(request.order_ids[0])
        symbol = self._symbol_of(number)
        if not symbol:
            raise NotExpressible(f"Order {number} is not among the venue's pending orders. Load the books again.")
        return TradeTransInfo(
            cmd=Cmd.BUY,
            custom_comment=request.cl_ord_ids[0] if request.cl_ord_ids else "",
            expiration=0,
            offset=ZERO,
            order=number,
            price=self._market_price(symbol, Side.BUY),
            sl=ZERO,
            symbol=symbol,
            tp=ZERO,
            type=TransactionType.DELETE,
            volume=ZERO,
        )

    def _price(self, terms: OrderTerms) -> Decimal:
        if terms.ord_type is OrdType.MARKET:
            return self._market_price(terms.symbol, terms.side)
        price = terms.price if terms.ord_type is OrdType.LIMIT else terms.stop_px
        if price is None or not price.is_finite():
            raise NotExpressible("The order has no price, and XAPI needs one.")
        return price

    def _offset(self, symbol: str, distance: Decimal | None) -> Decimal:
        if distance is None:
            return ZERO
        instrument = self._instrument(symbol)
        if instrument is None or instrument.pip_size is None:
            raise NotExpressible(f"The size of a pip of {symbol} is not known, and a trailing stop is counted in pips.")
        pips = distance / instrument.pip_size
        if pips != pips.to_integral_value() or pips <= 0:
            raise NotExpressible(f"A trailing stop of {symbol} is a whole number of pips of {instrument.pip_size}.")
        return pips.to_integral_value()


def rank_of(info: TradeTransInfo) -> Rank:
    """Return how soon a transaction goes: cancels first, then closes."""
    if info.type == TransactionType.DELETE:
        return Rank.CANCEL
    return Rank.CLOSE if info.type == TransactionType.CLOSE else Rank.TRADE


def _cmd(terms: OrderTerms) -> int:
    if (terms.ord_type, terms.time_in_force) not in FORMS:
        raise NotExpressible(f"XAPI has no {terms.ord_type.value} order with {terms.time_in_force.value}.")
    return int(_CMD[terms.ord_type, terms.side])


def _expiration(terms: OrderTerms) -> int:
    if terms.time_in_force is not TimeInForce.GOOD_TILL_DATE:
        return 0
    if not terms.expire_date_ms:
        raise NotExpressible("A good-till-date order needs the time at which it expires.")
    return terms.expire_date_ms


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise NotExpressible(f"{text!r} is no order or position number of XAPI.")
    return int(text)
