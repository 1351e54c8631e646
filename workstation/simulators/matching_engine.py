"""The matching engine that all built-in venues share: price-time priority, exact and deterministic.

Rules:

- A trade happens at the resting order's price; the best price goes first, at one price the earliest order.
- A market order never rests: what finds nobody is canceled. The same holds for IMMEDIATE_OR_CANCEL; FILL_OR_KILL
  trades in full at once or not at all.
- A stop waits outside the book and is triggered by a trade at its price or beyond; stops hit by one trade enter in
  the order in which they were placed.
- A replacement keeps its place in the queue only when nothing but a smaller quantity is asked for. What has traded
  counts: the new quantity is the whole order's, and must be more than that.

There is no clock, no randomness and no I/O here. Whether an order makes sense (tick, margin, account) was decided
before it comes here; whether it can still be changed is decided here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from workstation.domain.order_terms import Side, TimeInForce
from workstation.simulators.engine_orders import EngineEvent, EngineOrder, Happening, OrderTicket, Stage
from workstation.simulators.resting_orders import RestingOrders

_NOBODY_LEFT = "The rest found nobody to trade with"
_NOT_IN_FULL = "Not enough to fill the order in full"


class UnknownOrder(LookupError):
    """No open order has this number."""


class TooLate(ValueError):
    """The order can no longer be changed like that; the text says why."""


@dataclass(slots=True)
class _Book:
    sides: dict[Side, RestingOrders] = field(default_factory=lambda: {side: RestingOrders(side) for side in Side})
    stops: dict[int, None] = field(default_factory=dict)
    last_px: Decimal | None = None


class MatchingEngine:
    """The books of all contracts and their open orders; closed orders are forgotten."""

    def __init__(self, last_prices: dict[str, Decimal]) -> None:
        """Open one book per symbol, with the price it last traded at."""
        self._books = {symbol: _Book(last_px=price) for symbol, price in last_prices.items()}
        self._orders: dict[int, EngineOrder] = {}

    def last_px(self, symbol: str) -> Decimal | None:
        """Return the price of the latest trade."""
        return self._books[symbol].last_px

    def best_px(self, symbol: str, side: Side) -> Decimal | None:
        """Return the best bid (BUY) or ask (SELL), or None when that side is empty."""
        return self._books[symbol].sides[side].best_price

    def depth(self, symbol: str, side: Side) -> list[tuple[Decimal, Decimal]]:
        """Return price and quantity of each level of one side, best first."""
        levels: dict[Decimal, Decimal] = {}
        for price, number in self._books[symbol].sides[side].in_turn():
            levels[price] = levels.get(price, Decimal(0)) + self._orders[number].leaves_qty
        return list(levels.items())

    def open_order(self, number: int) -> EngineOrder:
        """Return one open order.

        Raises:
            UnknownOrder: no open order has this number.
        """
        try:
            return self._orders[number]
        except KeyError:
            raise UnknownOrder(f"order {number} is not working") from None

    def is_open(self, number: int) -> bool:
        """Say whether an order with this number can still trade."""
        return number in self._orders

    def open_orders(self) -> tuple[EngineOrder, ...]:
        """Return all open orders, oldest number first."""
        return tuple(self._orders[number] for number in sorted(self._orders))

    def enter(self, order: EngineOrder) -> list[EngineEvent]:
        """Take a new order in and match it.

        Raises:
            ValueError: its number is in use.
        """
        if order.number in self._orders:
            raise ValueError(f"order number {order.number} is in use")
        entered = replace(order, stage=Stage.WORKING)
        events = [EngineEvent(happening=Happening.ENTERED, order=entered)]
        self._admit(entered, events)
        return events

    def cancel(self, number: int, now_ns: int, text: str = "") -> list[EngineEvent]:
        """Take an open order out.

        Raises:
            UnknownOrder: no open order has this number.
        """
        return [self._end(self.open_order(number), Happening.CANCELED, Stage.CANCELED, now_ns, text)]

    def vet_replace(self, number: int, ticket: OrderTicket) -> EngineOrder:
        """Return the order that `ticket` would replace.

        Raises:
            UnknownOrder: no open order has this number.
            TooLate: as much as the new quantity has traded, or another contract or side is asked for.
        """
        old = self.open_order(number)
        if (old.ticket.symbol, old.ticket.side) != (ticket.symbol, ticket.side):
            raise TooLate("Contract and side of an order cannot be changed")
        if ticket.order_qty <= old.cum_qty:
            raise TooLate(f"Too late to replace: {old.cum_qty} already filled")
        return old

    def replace(
        self, number: int, ticket: OrderTicket, now_ns: int, *, new_number: int | None = None
    ) -> list[EngineEvent]:
        """Put other terms in the place of an open order, under a new number if one is given.

        Raises:
            UnknownOrder, TooLate: as :meth:`vet_replace`; nothing has changed.
        """
        old = self.vet_replace(number, ticket)
        keeps_its_place = self._keeps_its_place(old, ticket)
        successor = replace(old, ticket=ticket, changed_ns=now_ns, triggered=old.triggered and keeps_its_place)
        if new_number is not None:
            successor = replace(successor, number=new_number, replaces=number, entered_ns=now_ns)
        events = self._replacement_events(old, successor)
        if keeps_its_place:
            self._take_over(old, successor)
            return events
        self._take_out(old)
        self._admit(successor, events)
        return events

    def expire(self, now_ns: int) -> list[EngineEvent]:
        """End the good-till-date orders whose time has come."""
        due = [order for order in self.open_orders() if (order.ticket.expire_ns or now_ns + 1) <= now_ns]
        return self._expire_all(due, now_ns)

    def end_day(self, now_ns: int) -> list[EngineEvent]:
        """End the orders that are good for the day."""
        day_orders = [order for order in self.open_orders() if order.ticket.time_in_force is TimeInForce.DAY]
        return self._expire_all(day_orders, now_ns)

    def _expire_all(self, orders: Iterable[EngineOrder], now_ns: int) -> list[EngineEvent]:
        return [self._end(order, Happening.EXPIRED, Stage.EXPIRED, now_ns, "") for order in orders]

    @staticmethod
    def _replacement_events(old: EngineOrder, successor: EngineOrder) -> list[EngineEvent]:
        if successor.number == old.number:
            return [EngineEvent(happening=Happening.REPLACED, order=successor)]
        gone = replace(old, stage=Stage.REPLACED, changed_ns=successor.changed_ns)
        return [
            EngineEvent(happening=Happening.ENTERED, order=successor),
            EngineEvent(happening=Happening.REPLACED, order=gone),
        ]

    @staticmethod
    def _keeps_its_place(old: EngineOrder, ticket: OrderTicket) -> bool:
        smaller = ticket.order_qty <= old.ticket.order_qty
        return smaller and replace(ticket, order_qty=old.ticket.order_qty) == old.ticket

    def _take_over(self, old: EngineOrder, successor: EngineOrder) -> None:
        book = self._books[old.ticket.symbol]
        if old.waits_for_trigger:
            book.stops = {(successor.number if held == old.number else held): None for held in book.stops}
        elif old.limit_px is not None:
            book.sides[old.ticket.side].rename(old.number, successor.number, old.limit_px)
        del self._orders[old.number]
        self._orders[successor.number] = successor

    def _admit(self, order: EngineOrder, events: list[EngineEvent]) -> None:
        book = self._books[order.ticket.symbol]
        self._orders[order.number] = order
        if order.waits_for_trigger:
            book.stops[order.number] = None
        else:
            self._execute(order, events)
        self._fire_stops(book, order.changed_ns, events)

    def _fire_stops(self, book: _Book, now_ns: int, events: list[EngineEvent]) -> None:
        """Trigger what the last trade hit, again and again: each triggered stop may trade and hit others."""
        while True:
            number = next((n for n in book.stops if self._orders[n].hit_by(book.last_px)), None)
            if number is None:
                return
            del book.stops[number]
            order = replace(self._orders[number], triggered=True, changed_ns=now_ns)
            self._orders[number] = order
            events.append(EngineEvent(happening=Happening.TRIGGERED, order=order))
            self._execute(order, events)

    def _execute(self, order: EngineOrder, events: list[EngineEvent]) -> None:
        if order.ticket.time_in_force is TimeInForce.FILL_OR_KILL and not self._can_fill(order):
            events.append(self._end(order, Happening.CANCELED, Stage.CANCELED, order.changed_ns, _NOT_IN_FULL))
            return
        order = self._match(order, events)
        if not order.is_open:
            return
        if order.may_rest and order.limit_px is not None:
            self._books[order.ticket.symbol].sides[order.ticket.side].add(order.number, order.limit_px)
        else:
            events.append(self._end(order, Happening.CANCELED, Stage.CANCELED, order.changed_ns, _NOBODY_LEFT))

    def _can_fill(self, order: EngineOrder) -> bool:
        missing = order.leaves_qty
        for price, number in self._books[order.ticket.symbol].sides[opposite(order.ticket.side)].in_turn():
            if missing <= 0 or not order.reaches(price):
                break
            missing -= self._orders[number].leaves_qty
        return missing <= 0

    def _match(self, order: EngineOrder, events: list[EngineEvent]) -> EngineOrder:
        book = self._books[order.ticket.symbol]
        others = book.sides[opposite(order.ticket.side)]
        while order.is_open:
            price, number = others.best_price, others.first()
            if price is None or number is None or not order.reaches(price):
                break
            resting = self._orders[number]
            quantity = min(order.leaves_qty, resting.leaves_qty)
            book.last_px = price
            self._trade(resting, quantity, price, order.changed_ns, events)
            if not self._orders.get(number):
                others.remove(number, price)
            order = self._trade(order, quantity, price, order.changed_ns, events)
        return order

    def _trade(
        self, order: EngineOrder, quantity: Decimal, price: Decimal, now_ns: int, events: list[EngineEvent]
    ) -> EngineOrder:
        cum_qty = order.cum_qty + quantity
        after = replace(
            order,
            cum_qty=cum_qty,
            cum_value=order.cum_value + quantity * price,
            stage=Stage.FILLED if cum_qty == order.ticket.order_qty else Stage.WORKING,
            changed_ns=now_ns,
        )
        if after.is_open:
            self._orders[order.number] = after
        else:
            del self._orders[order.number]
        events.append(EngineEvent(happening=Happening.TRADED, order=after, last_qty=quantity, last_px=price))
        return after

    def _end(self, order: EngineOrder, happening: Happening, stage: Stage, now_ns: int, text: str) -> EngineEvent:
        self._take_out(order)
        return EngineEvent(happening=happening, order=replace(order, stage=stage, changed_ns=now_ns), text=text)

    def _take_out(self, order: EngineOrder) -> None:
        """Forget an open order, wherever it is: waiting as a stop, resting, or just being matched."""
        book = self._books[order.ticket.symbol]
        del self._orders[order.number]
        if order.number in book.stops:
            del book.stops[order.number]
        elif order.limit_px is not None and book.sides[order.ticket.side].holds(order.number, order.limit_px):
            book.sides[order.ticket.side].remove(order.number, order.limit_px)


def opposite(side: Side) -> Side:
    """Return the side that `side` trades with."""
    return Side.SELL if side is Side.BUY else Side.BUY
