"""What the dealer refuses, and when.

What can be seen in the request itself is refused in the answer to it (:func:`check_request`). What depends on the
market and the money at the moment of the deal is found out when the request is carried out: the answer was "received"
then, and the refusal comes as a rejected status (:func:`check_market`), as live servers do it.
"""

from collections.abc import Mapping
from decimal import Decimal

from workstation.simulators.otc.account_books import AccountBooks
from workstation.simulators.otc.deals import Deal, Deed, Operation, TradeRequest
from workstation.simulators.otc.quote_board import Quote
from workstation.simulators.otc.refusals import Refused
from workstation.simulators.otc.symbols import STEP_RULES, Symbol

_REQUESTED = (Deed.OPEN, Deed.CLOSE, Deed.MODIFY, Deed.DELETE)


def check_request(request: TradeRequest, symbols: Mapping[str, Symbol], books: AccountBooks, now_ms: int) -> None:
    """Check what needs no market.

    Raises:
        Refused: with the venue's code.
    """
    if request.deed not in _REQUESTED:
        raise Refused("BE102")
    symbol = symbols.get(request.symbol)
    if symbol is None:
        raise Refused("BE094")
    if not symbol.tradable:
        raise Refused("BE018")
    if request.deed == Deed.OPEN:
        _check_open(request, symbol, now_ms)
    else:
        _check_change(request, symbol, _target(request, books), now_ms)


def check_market(
    operation: Operation, quote: Quote, *, price: Decimal, stop_loss: Decimal, take_profit: Decimal
) -> None:
    """Check a pending order's price, and the stops of it or of a position, against the present quote.

    Raises:
        Refused: BE001 for the price, BE002 for a stop on the wrong side or too near.
    """
    distance = quote.symbol.stops_distance
    if operation.is_pending:
        away = quote.ask - price if operation.buys else price - quote.bid
        away = away if operation.is_limit else -away
        if away <= 0 or away < distance:
            raise Refused("BE001")
        reference = price
    else:
        reference = quote.bid if operation.buys else quote.ask
    sign = 1 if operation.buys else -1
    for level, side in ((stop_loss, -sign), (take_profit, sign)):
        away = (level - reference) * side
        if level and (away <= 0 or away < distance):
            raise Refused("BE002")


def check_money(books: AccountBooks, symbol: Symbol, volume: Decimal) -> None:
    """Check that a new position can be paid for.

    Raises:
        Refused: BE009.
    """
    if books.margin_of(symbol, volume) + books.commission_of(symbol, volume) > books.funds().free:
        raise Refused("BE009")


def _check_open(request: TradeRequest, symbol: Symbol, now_ms: int) -> None:
    if not Operation.BUY <= request.operation <= Operation.SELL_STOP:
        raise Refused("BE102")
    operation = Operation(request.operation)
    if not operation.buys and (symbol.long_only or not symbol.short_selling):
        raise Refused("BE012")
    _check_volume(request.volume, symbol)
    if request.price <= 0 or (operation.is_pending and not _on_grid(request.price, symbol)):
        raise Refused("BE001")
    _check_terms(request, symbol, operation, now_ms)


def _check_change(request: TradeRequest, symbol: Symbol, target: Deal, now_ms: int) -> None:
    if target.symbol != request.symbol:
        raise Refused("BE007")
    if request.deed == Deed.CLOSE:
        if target.operation.is_pending:
            raise Refused("BE096")
        rest = target.volume - request.volume
        if rest < 0 or (rest and rest < symbol.lot_min):
            raise Refused("BE003")
        if rest:
            _check_volume(request.volume, symbol)
    elif request.deed == Deed.DELETE:
        if not target.operation.is_pending:
            raise Refused("BE007")
    else:
        if target.operation.is_pending and (request.price <= 0 or not _on_grid(request.price, symbol)):
            raise Refused("BE001")
        _check_terms(request, symbol, target.operation, now_ms)


def _check_terms(request: TradeRequest, symbol: Symbol, operation: Operation, now_ms: int) -> None:
    for level in (request.stop_loss, request.take_profit):
        if level < 0 or not _on_grid(level, symbol):
            raise Refused("BE002")
    if request.offset < 0 or (request.offset and not symbol.trailing):
        raise Refused("BE007")
    if operation.is_pending and 0 < request.expiration_ms <= now_ms:
        raise Refused("BE007")


def _check_volume(volume: Decimal, symbol: Symbol) -> None:
    if not symbol.lot_min <= volume <= symbol.lot_max:
        raise Refused("BE003")
    if volume % symbol.lot_step or volume % STEP_RULES[symbol.step_rule].step_at(volume):
        raise Refused("BE003")


def _on_grid(price: Decimal, symbol: Symbol) -> bool:
    return not price % symbol.tick_size


def _target(request: TradeRequest, books: AccountBooks) -> Deal:
    target = books.find(request.order)
    if target is not None:
        return target
    raise Refused("BE097" if books.was_closed(request.order) else "BE098")
