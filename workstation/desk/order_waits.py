"""Waiting until orders have come to some state, with a deadline by the desk's own clock.

For what must go step by step: flatten (cancel, then close) and groups (one leg, then the next). Nothing here asks or
sends; it only looks at every change of an order, and at the time.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workstation.domain.identity import ClOrdID
from workstation.domain.orders import Order
from workstation.runtime.clock import Clock


@dataclass(slots=True)
class _Wait:
    left: set[ClOrdID]
    is_there: Callable[[Order], bool]
    until_s: float
    over: "asyncio.Future[bool]"


class OrderWaits:
    """Everyone who waits; :meth:`order_changed` and :meth:`look` wake them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waits: list[_Wait] = []

    def __len__(self) -> int:
        return len(self._waits)

    async def until(self, orders: Iterable[Order], is_there: Callable[[Order], bool], within_s: float) -> bool:
        """Return True when every order `is_there` at some moment, False when `within_s` seconds ended first."""
        left = {order.cl_ord_id for order in orders if not is_there(order)}
        if not left:
            return True
        over: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        wait = _Wait(left, is_there, self._clock.monotonic_s() + within_s, over)
        self._waits.append(wait)
        try:
            return await over
        finally:
            self._waits.remove(wait)

    def order_changed(self, order: Order) -> None:
        """Take a change."""
        for wait in self._waits:
            if order.cl_ord_id in wait.left and wait.is_there(order):
                wait.left.discard(order.cl_ord_id)
                if not wait.left:
                    _end(wait, come=True)

    def look(self) -> None:
        """End the waits whose time is up."""
        for wait in self._waits:
            if self._clock.monotonic_s() >= wait.until_s:
                _end(wait, come=False)


def _end(wait: _Wait, *, come: bool) -> None:
    if not wait.over.done():
        wait.over.set_result(come)
