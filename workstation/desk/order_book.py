"""All orders the desk knows, by our key and by the venue's number.

Our key never changes; a venue's number may, because some venues give a replaced order a new one. So one order can have
several numbers: the latest stands in the order, the former ones still lead to it. Where a venue counts trades afresh
under a new number, `earlier` holds what was traded under the former ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.domain.orders import ZERO, Order


@dataclass(frozen=True, slots=True)
class Traded:
    """An exact sum of trades: quantity, and quantity times price (None when no price was given)."""

    qty: Decimal = ZERO
    value: Decimal | None = ZERO


NOTHING_TRADED = Traded()


class OrderBook:
    """Orders of all connections. Holds values only: nothing here is journaled or shown."""

    def __init__(self) -> None:
        self._orders: dict[ClOrdID, Order] = {}
        self._by_number: dict[tuple[ConnectionID, OrderID], ClOrdID] = {}
        self._open: dict[ClOrdID, None] = {}
        self._earlier: dict[ClOrdID, Traded] = {}

    def __len__(self) -> int:
        return len(self._orders)

    def __iter__(self) -> Iterator[Order]:
        return iter(list(self._orders.values()))

    def put(self, order: Order) -> None:
        """Hold `order` in place of what was held under its key."""
        self._orders[order.cl_ord_id] = order
        if order.order_id is not None:
            self._by_number[order.terms.account.connection_id, order.order_id] = order.cl_ord_id
        if order.is_closed:
            self._open.pop(order.cl_ord_id, None)
        else:
            self._open[order.cl_ord_id] = None

    def get(self, cl_ord_id: ClOrdID) -> Order | None:
        """Return the order with our key."""
        return self._orders.get(cl_ord_id)

    def by_number(self, connection_id: ConnectionID, order_id: OrderID) -> Order | None:
        """Return the order that has or had this number at this connection."""
        cl_ord_id = self._by_number.get((connection_id, order_id))
        return None if cl_ord_id is None else self._orders[cl_ord_id]

    def remember_number(self, order: Order, order_id: OrderID) -> None:
        """Let a further number of `order` lead to it."""
        self._by_number[order.terms.account.connection_id, order_id] = order.cl_ord_id

    def numbers_of(self, cl_ord_id: ClOrdID) -> tuple[OrderID, ...]:
        """Return every number the order has or had."""
        return tuple(number for (_, number), owner in self._by_number.items() if owner == cl_ord_id)

    def forget_numbers(self, connection_id: ConnectionID) -> None:
        """Forget all numbers of a connection, because its venue starts to count afresh."""
        self._by_number = {key: owner for key, owner in self._by_number.items() if key[0] != connection_id}

    def open_orders(self) -> tuple[Order, ...]:
        """Return the orders that may still trade, oldest key first."""
        return tuple(self._orders[cl_ord_id] for cl_ord_id in self._open)

    def open_at(self, connection_id: ConnectionID) -> tuple[Order, ...]:
        """Return the orders of one connection that may still trade."""
        return tuple(order for order in self.open_orders() if order.terms.account.connection_id == connection_id)

    def open_of(self, account: AccountKey) -> tuple[Order, ...]:
        """Return the orders of one account that may still trade."""
        return tuple(order for order in self.open_orders() if order.terms.account == account)

    def earlier(self, cl_ord_id: ClOrdID) -> Traded:
        """Return what was traded under former numbers and is not counted under the present one."""
        return self._earlier.get(cl_ord_id, NOTHING_TRADED)

    def set_earlier(self, cl_ord_id: ClOrdID, traded: Traded) -> None:
        """Take note of what was traded under former numbers."""
        self._earlier[cl_ord_id] = traded
