"""One side of one contract's book: the resting orders in price-time priority.

Only numbers are kept here; the orders themselves belong to the engine. A price's queue is a dict, because a dict
keeps the order of arrival and lets an order leave from the middle at once.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from decimal import Decimal

from workstation.domain.order_terms import Side


class RestingOrders:
    """The queue of each price, best price first, earliest order first."""

    def __init__(self, side: Side) -> None:
        """Make an empty side."""
        self._sign = -1 if side is Side.BUY else 1
        self._ranks: list[Decimal] = []  # price times sign, ascending: the best price is first on both sides
        self._queues: dict[Decimal, dict[int, None]] = {}

    def add(self, number: int, price: Decimal) -> None:
        """Put an order at the end of its price's queue."""
        queue = self._queues.get(price)
        if queue is None:
            queue = self._queues[price] = {}
            insort(self._ranks, price * self._sign)
        queue[number] = None

    def remove(self, number: int, price: Decimal) -> None:
        """Take an order out; the order must be there."""
        queue = self._queues[price]
        del queue[number]
        if not queue:
            del self._queues[price]
            del self._ranks[bisect_left(self._ranks, price * self._sign)]

    def holds(self, number: int, price: Decimal) -> bool:
        """Say whether an order rests at this price."""
        return number in self._queues.get(price, ())

    def rename(self, number: int, successor: int, price: Decimal) -> None:
        """Give the place of `number` to `successor`: its priority is kept."""
        queue = self._queues[price]
        self._queues[price] = {(successor if held == number else held): None for held in queue}

    @property
    def best_price(self) -> Decimal | None:
        """The price next in turn, or None when nothing rests."""
        return self._ranks[0] * self._sign if self._ranks else None

    def first(self) -> int | None:
        """Return the number of the order next in turn, or None."""
        best = self.best_price
        return None if best is None else next(iter(self._queues[best]))

    def in_turn(self) -> Iterator[tuple[Decimal, int]]:
        """Yield price and number of every order in priority; the side must not change meanwhile."""
        for rank in self._ranks:
            price = rank * self._sign
            for number in self._queues[price]:
                yield price, number
