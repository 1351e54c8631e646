"""Short ways to write orders, shared by the tests of the simulators."""

from decimal import Decimal

from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.simulators.engine_orders import EngineOrder, OrderTicket

SYMBOL = "ZCZ26"


def ticket(
    side: Side = Side.BUY,
    qty: str = "1",
    price: str | None = None,
    *,
    stop_px: str | None = None,
    time_in_force: TimeInForce = TimeInForce.DAY,
    symbol: str = SYMBOL,
    expire_ns: int | None = None,
) -> OrderTicket:
    """Return a ticket whose type follows from its prices."""
    types = {
        (True, False): OrdType.LIMIT,
        (False, False): OrdType.MARKET,
        (False, True): OrdType.STOP,
        (True, True): OrdType.STOP_LIMIT,
    }
    return OrderTicket(
        symbol=symbol,
        side=side,
        ord_type=types[price is not None, stop_px is not None],
        time_in_force=time_in_force,
        order_qty=Decimal(qty),
        price=None if price is None else Decimal(price),
        stop_px=None if stop_px is None else Decimal(stop_px),
        expire_ns=expire_ns,
    )


def order(number: int, wanted: OrderTicket, *, owner: str = "17014", now_ns: int = 0) -> EngineOrder:
    """Return an order that asks for `wanted`."""
    return EngineOrder(number=number, owner=owner, ticket=wanted, entered_ns=now_ns, changed_ns=now_ns)
