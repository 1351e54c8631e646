"""The first thing at every start, before anything connects: what the journal knows of orders.

An order with a request that was never answered is IN DOUBT: the program ended before anybody could know. So is one
that the venue received but never showed. Every other open order is shown as last known, and marked so, until the
venue's books say more. Nothing is sent again; a cancel that was still owed is named, so that the trader can give it
again.
"""

from collections import deque
from dataclasses import dataclass, replace
from decimal import Decimal

from workstation.desk.attribution import Purpose, Unresolved
from workstation.desk.floor import Floor
from workstation.desk.order_book import Traded
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.domain.orders import Order
from workstation.storage.journal_rows import Row
from workstation.storage.order_records import UnreadableOrder, order_of_body, terms_of_body
from workstation.storage.records import RecordKind
from workstation.venues.base import Severity

KEPT_NS = 3 * 24 * 3600 * 1_000_000_000
"""Closed orders this old are left in the journal; younger ones may still be named by a venue's book of the day."""

MOST_READ_BACK = 2_000
"""Of closed orders, the rows of the latest so many are read for their former numbers."""

NOT_SYNCED = "As last known before the restart; the venue's books are not loaded yet."
LOST = "The program ended before the venue answered."


@dataclass(slots=True)
class _Past:
    """What an order's rows say beyond its state."""

    placed: Row | None = None
    replaced: Row | None = None
    numbers: tuple[OrderID, ...] = ()
    earlier: Traded | None = None
    cancel_owed: bool = False


class Recovery:
    """Restores the book from the journal."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def restore(self) -> list[Row]:
        """Restore all orders, publish the open and recent ones, and return the requests that were never answered.

        Raises:
            JournalFailed: the journal cannot be read.
        """
        journal = self._floor.recorder.journal
        lost = self._close_intents(journal.open_intents())
        unanswered = {row.cl_ord_id for row in lost}
        replaced = {row.cl_ord_id: row for row in lost if row.body.get("request") == "REPLACE"}
        open_count = doubt_count = 0
        closed: deque[Order] = deque(maxlen=MOST_READ_BACK)
        for row in journal.last_orders():
            order = self._read(row)
            if order is None or (order.is_closed and order.updated_ns < self._floor.clock.now_ns() - KEPT_NS):
                continue
            self._floor.book.put(order)
            if order.is_closed:
                self._floor.publish(order)
                closed.append(order)
                continue
            open_count += 1
            order = _with_lost_replacement(order, replaced.get(order.cl_ord_id))
            doubt_count += self._restore_open(order, order.cl_ord_id in unanswered)
        for order in closed:
            self._restore_numbers(order, self._past_of(order))
        if open_count:
            self._floor.activity.say(
                f"{open_count} orders were open when the program last ended; {doubt_count} of them are IN DOUBT. They "
                "are shown as last known until the venues' books are loaded.",
                Severity.WARNING if doubt_count else Severity.INFO,
            )
        return lost

    def _close_intents(self, intents: list[Row]) -> list[Row]:
        """Write an answer for every request that has none: it will never come.

        The change of a position stays without one until the venue shows its end, so that every start tells it.
        """
        for row in intents:
            if row.body.get("request") == "AMEND_POSITION":
                continue
            if row.cl_ord_id is not None and row.connection_id is not None:
                request = str(row.body.get("request"))
                self._floor.recorder.unanswered(row.cl_ord_id, row.connection_id, request, LOST)
        return intents

    def _read(self, row: Row) -> Order | None:
        try:
            return order_of_body(row.body)
        except UnreadableOrder as error:
            self._floor.activity.say(
                f"Order {row.cl_ord_id} cannot be read from the journal ({error}). Compare with the broker.",
                Severity.ERROR,
            )
            return None

    def _restore_open(self, order: Order, unanswered: bool) -> bool:
        past = self._past_of(order)
        self._restore_numbers(order, past)
        unresolved = self._unresolved(order, past)
        if unresolved is not None:
            self._floor.requests.add(unresolved)
        if past.cancel_owed:
            self._floor.activity.order(
                order,
                f"The cancel of {self._floor.naming(order)} was not sent before the program ended. Cancel it again if "
                "you still want it.",
                Severity.WARNING,
            )
        in_doubt = unanswered or unresolved is not None or order.ord_status is OrdStatus.IN_DOUBT
        if not in_doubt:
            self._floor.show_unconfirmed(order, NOT_SYNCED)
            self._floor.watch.note(order)
            return False
        if order.ord_status is not OrdStatus.IN_DOUBT:
            lost = replace(order, text=LOST)
            order = lost.moved(OrderEvent.LOSE_SIGHT, at_ns=self._floor.clock.now_ns())
        self._floor.put(order)
        return True

    def _restore_numbers(self, order: Order, past: _Past) -> None:
        """Know an order by its former numbers too: the venue's book of the day still lists what was replaced."""
        for number in past.numbers:
            self._floor.book.remember_number(order, number)
        if past.earlier is not None:
            self._floor.book.set_earlier(order.cl_ord_id, past.earlier)

    def _past_of(self, order: Order) -> _Past:
        past = _Past()
        if not order.ours:
            return past
        numbers: dict[OrderID, None] = {}
        for row in self._floor.recorder.journal.read_order(order.cl_ord_id):
            body = row.body
            if row.kind is RecordKind.INTENT:
                self._take_intent(past, row)
            elif row.kind is RecordKind.ORDER and isinstance(number := body.get("order_id"), str):
                numbers[OrderID(number)] = None
            elif row.kind is RecordKind.NOTE and body.get("cancel_owed") is True:
                past.cancel_owed = True
            elif row.kind is RecordKind.NOTE and isinstance(qty := body.get("earlier_qty"), str):
                value = body.get("earlier_value")
                past.earlier = Traded(Decimal(qty), Decimal(value) if isinstance(value, str) else None)
        past.numbers = tuple(numbers)
        return past

    @staticmethod
    def _take_intent(past: _Past, row: Row) -> None:
        request = row.body.get("request")
        if request == "NEW":
            past.placed = row
        elif request == "REPLACE":
            past.replaced = row
        else:
            past.cancel_owed = False

    def _unresolved(self, order: Order, past: _Past) -> Unresolved | None:
        """Return the request whose order the venue never showed."""
        if order.order_id is None:
            row, purpose = past.placed, Purpose.NEW
        elif order.pending_terms is not None:
            row, purpose = past.replaced, Purpose.REPLACE
        else:
            return None
        net_qty = None if row is None else row.body.get("net_qty")
        return Unresolved(
            cl_ord_id=ClOrdID(order.cl_ord_id),
            purpose=purpose,
            terms=order.terms if row is None else terms_of_body(row.body["terms"]),
            sent_ns=order.created_ns if row is None else row.time_ns,
            cum_qty=order.cum_qty,
            answered_ns=self._floor.clock.now_ns(),
            net_qty=Decimal(net_qty) if isinstance(net_qty, str) else None,
        )


def _with_lost_replacement(order: Order, intent: Row | None) -> Order:
    """Return `order` with the terms of its unanswered replacement, which a cancel of the same turn may not have known.

    Its intent counts: the order as the cancel wrote it would let the replacement come back as somebody else's order.
    """
    if intent is None or order.pending_terms is not None:
        return order
    return replace(order, pending_terms=terms_of_body(intent.body["terms"]))
