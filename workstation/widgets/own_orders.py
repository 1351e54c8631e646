"""The trader's working orders in one instrument, kept up change by change: nobody walks the whole book for a frame."""

from collections.abc import Iterable

from workstation.domain.identity import ClOrdID, InstrumentKey
from workstation.domain.orders import Order


class OwnOrders:
    """Those of all accounts of the instrument's connection."""

    def __init__(self) -> None:
        self._key: InstrumentKey | None = None
        self._working: dict[ClOrdID, Order] = {}

    def follow(self, key: InstrumentKey | None, orders: Iterable[Order]) -> None:
        """Turn to an instrument; `orders` are all orders there are, looked through only if it is another one."""
        if key != self._key:
            self._key, self._working = key, {}
            self.take(orders)

    def take(self, orders: Iterable[Order]) -> bool:
        """Take changed orders, oldest first; say whether one of them is in the instrument."""
        if self._key is None:
            return False
        connection_id, symbol, moved = self._key.connection_id, self._key.symbol, False
        for order in orders:
            terms = order.terms
            if terms.symbol != symbol or terms.account.connection_id != connection_id:
                continue
            moved = True
            if order.is_closed:
                self._working.pop(order.cl_ord_id, None)
            else:
                self._working[order.cl_ord_id] = order
        return moved

    def working(self) -> tuple[Order, ...]:
        """Return them, in the order in which they came."""
        return tuple(self._working.values())
