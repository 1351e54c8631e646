"""The orders that close, halve or turn a position, and what a close is called. Values only."""

from collections.abc import Iterable
from decimal import Decimal

from workstation.domain.account import Position
from workstation.domain.identity import AccountKey
from workstation.domain.market_data import Quote
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.services.subjects import Services


def opposite(position: Position) -> Side:
    """Return the side that closes `position`."""
    return Side.SELL if position.net_qty > 0 else Side.BUY


def close_apart(position: Position, qty: Decimal | None = None) -> OrderTerms:
    """Return the order that closes `qty` (None: all) of a position held apart: at market, all at once or not at all."""
    return OrderTerms(
        account=position.key,
        symbol=position.symbol,
        side=opposite(position),
        ord_type=OrdType.MARKET,
        time_in_force=TimeInForce.FILL_OR_KILL,
        order_qty=abs(position.net_qty) if qty is None else qty,
        position_effect=PositionEffect.CLOSE,
        position_id=position.position_id,
    )


def reverse_apart(position: Position, services: Services) -> tuple[OrderTerms, OrderTerms]:
    """Return the two orders that turn a position over: its close, then as much on the other side, without stops."""
    capabilities = services.connections.capabilities.get(position.key.connection_id)
    opens = capabilities is not None and PositionEffect.OPEN in capabilities.position_effects
    opening = OrderTerms(
        account=position.key,
        symbol=position.symbol,
        side=opposite(position),
        ord_type=OrdType.MARKET,
        time_in_force=TimeInForce.FILL_OR_KILL,
        order_qty=abs(position.net_qty),
        position_effect=PositionEffect.OPEN if opens else None,
    )
    return close_apart(position), opening


def close_all(positions: Iterable[Position], account: AccountKey, symbol: str) -> tuple[OrderTerms, ...]:
    """Return the orders that close every position of one account in one instrument, by number."""
    held = [one for one in positions if (one.key, one.symbol) == (account, symbol) and one.net_qty]
    return tuple(close_apart(one) for one in sorted(held, key=lambda one: one.position_id))


def closing_price(position: Position, quote: Quote | None) -> Decimal | None:
    """Return the price at which `position` could be closed now: the venue's own, else the quote's; None for neither."""
    if position.cur_px is not None:
        return position.cur_px
    if quote is None:
        return None
    return quote.bid_px if position.net_qty > 0 else quote.ask_px
