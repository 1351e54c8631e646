"""Closing an order in doubt by hand, on what the broker said: for the doubt that no book will ever settle.

Nothing is sent. It is allowed only while the order is IN DOUBT and after the venue was asked about it at least twice,
so that a doubt which the books are about to settle is left to them. What the trader says is journaled as his word,
never shown as a trade of the venue's, and moves no position: those come from the venue. Later news of the venue
about the order counts before it (:mod:`workstation.desk.reports`).
"""

from dataclasses import replace
from decimal import Decimal

from workstation.desk.commands import BrokersWord, Done, Doubt, Finding, ReadDoubt, Refused, SettleByHand
from workstation.desk.floor import Floor
from workstation.desk.gates import hard
from workstation.desk.messages import SendStage
from workstation.desk.wording import clock_text, number_text, price_text
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.domain.order_terms import TimeInForce
from workstation.domain.orders import Order, OrderTerms, SettledByHand
from workstation.venues.base import Severity

LEAST_ASKED = 2
_DAY_NS = 24 * 3600 * 1_000_000_000
_WORKING_DAY_NS = 8 * 3600 * 1_000_000_000
"""An order younger than this is of the same trading day, whatever the calendar says."""


class HandSettlement:
    """Says what is known of an order in doubt, and closes it on the trader's word."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def doubt(self, command: ReadDoubt) -> Doubt | Refused:
        """Say what is known; changes nothing."""
        order = self._floor.book.get(command.cl_ord_id)
        if order is None:
            return Refused(findings=(_unknown(command.cl_ord_id),))
        asked = self._floor.watch.asked(order)
        return Doubt(
            cl_ord_id=order.cl_ord_id,
            asked=asked.times,
            books=asked.books,
            book_ns=asked.book_ns,
            missing=self._missing(order),
            obstacle=self._obstacle(order),
            words=_possible(order),
            suggested=self._suggested(order),
        )

    def settle(self, command: SettleByHand) -> Done | Refused:
        """Close the order on the broker's word, if nothing stands against it."""
        floor, order = self._floor, self._floor.book.get(command.cl_ord_id)
        if order is None:
            return Refused(findings=(_unknown(command.cl_ord_id),))
        floor.recorder.click(
            "SETTLE_BY_HAND",
            command.gesture,
            cl_ord_id=order.cl_ord_id,
            connection_id=order.terms.account.connection_id,
            said=command.said.value,
            typed=command.typed,
            cum_qty=None if command.cum_qty is None else str(command.cum_qty),
            avg_px=None if command.avg_px is None else str(command.avg_px),
        )
        wrong = self._obstacle(order) or _wrong(order, command)
        if wrong:
            return Refused(findings=(hard("settle_by_hand", wrong),))
        return Done(text=self._close(order, command))

    # -- what is known -------------------------------------------------------------------------------------------

    def _obstacle(self, order: Order) -> str:
        if order.ord_status is not OrdStatus.IN_DOUBT:
            return f"Order {order.cl_ord_id} is not in doubt any more, so there is nothing to settle."
        if self._floor.recorder.journal.fault:
            return f"It could not be written to the journal. {self._floor.recorder.journal.fault}"
        asked = self._floor.watch.asked(order).times
        if asked < LEAST_ASKED:
            return f"The venue was asked about it {asked} of {LEAST_ASKED} times since; its books may still settle it."
        return ""

    def _missing(self, order: Order) -> str:
        unresolved = self._floor.requests.get(order.cl_ord_id)
        asked = self._floor.watch.asked(order)
        if unresolved is not None and unresolved.why_open:
            return f"Its books do not settle it: {unresolved.why_open}."
        if not asked.books:
            return "No complete book of the venue has come back since."
        if order.order_id is not None:
            return f"The venue's book of {clock_text(asked.book_ns)} does not say how number {order.order_id} ended."
        return f"The venue's book of {clock_text(asked.book_ns)} does not show it, which alone proves nothing."

    def _suggested(self, order: Order) -> BrokersWord | None:
        now_ns = self._floor.clock.now_ns()
        of_earlier_day = order.created_ns // _DAY_NS < now_ns // _DAY_NS
        old = now_ns - order.created_ns >= _WORKING_DAY_NS
        vanished = order.order_id is not None and self._floor.watch.asked(order).books > 0
        if order.terms.time_in_force is TimeInForce.DAY and vanished and of_earlier_day and old:
            return BrokersWord.EXPIRED
        return None

    # -- closing -------------------------------------------------------------------------------------------------

    def _close(self, order: Order, command: SettleByHand) -> str:
        floor, cum_qty = self._floor, _traded(order, command)
        said, seen = self._said(order, command), floor.last_words.of(order.cl_ord_id)
        settled = replace(
            order,
            terms=_terms(order, cum_qty),
            pending_terms=None,
            cum_qty=cum_qty,
            avg_px=_average(order, command),
            text=f"Settled by hand: {said}",
            by_hand=SettledByHand(cum_qty=order.cum_qty, avg_px=order.avg_px, seen=seen),
        )
        after = settled.moved(_event(settled, command.said), at_ns=floor.clock.now_ns())
        floor.put(after)
        placed = command.said is not BrokersWord.NEVER_PLACED
        floor.progress.reach(order.cl_ord_id, SendStage.ACCEPTED if placed else SendStage.REFUSED, after.text)
        text = (
            f"{floor.naming(after)} was settled by hand: {said} The venue has not confirmed it. Positions are still "
            "the venue's own, and later news of the venue about this order counts before your word."
        )
        floor.activity.order(after, text, Severity.WARNING)
        return text

    def _said(self, order: Order, command: SettleByHand) -> str:
        """Say what the trader reports of the broker."""
        cum_qty, terms = _traded(order, command), order.terms
        instrument = self._floor.instrument(terms.account, terms.symbol)
        traded = "nothing traded"
        if cum_qty:
            traded = (
                f"{number_text(cum_qty)} traded at an average of {price_text(_average(order, command), instrument)}"
            )
        ended = {
            BrokersWord.TRADED: "",
            BrokersWord.CANCELED: "it was cancelled, ",
            BrokersWord.EXPIRED: "it expired with its day, ",
            BrokersWord.NEVER_PLACED: "it was never placed, ",
        }
        return f"you said that the broker reports: {ended[command.said]}{traded}."


def _possible(order: Order) -> tuple[BrokersWord, ...]:
    """Return what can be true of an order: one that has a number or trades was placed."""
    if order.order_id is not None or order.cum_qty:
        return (BrokersWord.TRADED, BrokersWord.CANCELED, BrokersWord.EXPIRED)
    return tuple(BrokersWord)


def _wrong(order: Order, command: SettleByHand) -> str:
    """Return what is wrong with what was said; empty when nothing is."""
    if command.typed.strip() not in (order.cl_ord_id, order.order_id):
        return f"The order's key was not typed. Type {order.cl_ord_id}."
    if command.said not in _possible(order):
        return "The venue has named or traded it, so it was placed."
    cum_qty, avg_px = _traded(order, command), _average(order, command)
    if cum_qty < order.cum_qty:
        return f"The venue has reported {number_text(order.cum_qty)} traded already; it cannot be less."
    if cum_qty > _most(order):
        return f"Not more than {number_text(_most(order))} can have traded."
    if command.said is BrokersWord.TRADED and not cum_qty:
        return "Say how much was traded."
    if command.said is BrokersWord.NEVER_PLACED and cum_qty:
        return "What was never placed cannot have traded."
    if cum_qty and avg_px is None:
        return "Say the average price of what was traded."
    return ""


def _traded(order: Order, command: SettleByHand) -> Decimal:
    return order.cum_qty if command.cum_qty is None else command.cum_qty


def _average(order: Order, command: SettleByHand) -> Decimal | None:
    if command.avg_px is not None:
        return command.avg_px
    return order.avg_px if _traded(order, command) == order.cum_qty else None


def _most(order: Order) -> Decimal:
    """Return the largest quantity that can have traded: an unconfirmed replacement may have come into force."""
    pending = order.pending_terms
    return order.terms.order_qty if pending is None else max(order.terms.order_qty, pending.order_qty)


def _terms(order: Order, cum_qty: Decimal) -> OrderTerms:
    """Return the terms that were in force: those asked for, when more was traded than the old ones allow."""
    if order.pending_terms is not None and cum_qty > order.terms.order_qty:
        return order.pending_terms
    return order.terms


def _event(order: Order, said: BrokersWord) -> OrderEvent:
    """Return how the order ended; one that traded in part did not go on working, or it would not be settled."""
    if said is BrokersWord.NEVER_PLACED:
        return OrderEvent.NEVER_PLACED
    if order.cum_qty >= order.terms.order_qty:
        return OrderEvent.REPORT_FILLED
    return OrderEvent.REPORT_EXPIRED if said is BrokersWord.EXPIRED else OrderEvent.REPORT_CANCELED


def _unknown(cl_ord_id: ClOrdID) -> Finding:
    return hard("settle_by_hand", f"There is no order {cl_ord_id} here.", "Choose an order in doubt.")
