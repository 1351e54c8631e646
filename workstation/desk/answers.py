"""Taking in how requests ended.

RECEIVED means that the venue has the request, no more. REFUSED ends it without effect. UNKNOWN, no answer in time or
a link that died first, puts the order IN DOUBT: it may or may not have happened, and only the venue's books can tell.
An answer that comes after the order itself was shown is recorded and changes nothing, because the order's own report
says more.
"""

from dataclasses import replace

from workstation.desk.attribution import Purpose, Unresolved
from workstation.desk.floor import Floor
from workstation.desk.messages import ActivityKind, SendStage
from workstation.desk.open_requests import Owed
from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import NewOrderSingle, OrderCancelReplaceRequest, orders_of
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.domain.orders import Order
from workstation.venues.base import Outcome, RequestAnswered, Severity, TextNotified

WHAT_NEXT = "The desk asks the venue's books by itself; nothing is sent again."


class AnswerIntake:
    """Applies :class:`RequestAnswered` and the venue's texts to the orders they speak of."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def take(self, answer: RequestAnswered) -> None:
        """Apply one answer."""
        floor = self._floor
        floor.recorder.answered(answer.request, answer.outcome, answer.text, answer.order_id)
        if isinstance(answer.request, NewOrderSingle | OrderCancelReplaceRequest):
            order = floor.book.get(answer.request.cl_ord_id)
            unresolved = floor.requests.get(answer.request.cl_ord_id)
            if order is None:
                return
            if unresolved is None or unresolved.terms != answer.request.terms:
                self._late(order, answer)
                return
            unresolved.answered_ns = floor.clock.now_ns()
            take = self._placed if unresolved.purpose is Purpose.NEW else self._replaced
            take(order, unresolved, answer)
            return
        for cl_ord_id in orders_of(answer.request):
            self._cancel_answered(cl_ord_id, answer)

    def notified(self, notice: TextNotified) -> None:
        """Show the venue's words; an error tied to a request makes the desk ask the books, and decides nothing."""
        floor = self._floor
        only = notice.cl_ord_ids[0] if len(notice.cl_ord_ids) == 1 else None
        floor.activity.say(
            notice.text,
            notice.severity,
            ActivityKind.VENUE,
            connection_id=notice.connection_id,
            account=notice.account,
            cl_ord_id=only,
            time_ns=notice.transact_time_ns,
        )
        if notice.severity not in (Severity.ERROR, Severity.WARNING):
            return
        for cl_ord_id in notice.cl_ord_ids:
            self._error_told(cl_ord_id, notice.text)

    def _error_told(self, cl_ord_id: ClOrdID, text: str) -> None:
        order = self._floor.book.get(cl_ord_id)
        if order is None:
            return
        unresolved = self._floor.requests.get(cl_ord_id)
        if unresolved is not None:
            unresolved.refusal, unresolved.refused_ns = text, self._floor.clock.now_ns()
        if order.text != text:
            self._floor.put(replace(order, text=text))
        self._floor.watch.hurry(order)

    def _late(self, order: Order, answer: RequestAnswered) -> None:
        """Take an answer that came after the order was shown."""
        if answer.outcome is Outcome.REFUSED:
            self._floor.activity.order(
                order,
                f"{self._floor.naming(order)}: the venue refused a request after it had shown its effect: "
                f"{answer.text}. The order's own report counts.",
                Severity.WARNING,
            )

    # -- placements ----------------------------------------------------------------------------------------------

    def _placed(self, order: Order, unresolved: Unresolved, answer: RequestAnswered) -> None:
        floor = self._floor
        if answer.order_id is not None and order.order_id is None and answer.outcome is Outcome.RECEIVED:
            order = replace(order, order_id=answer.order_id)
            floor.requests.drop(order.cl_ord_id)
            floor.put(order)
            if order.cl_ord_id in floor.requests.cancels_owed:
                floor.requests.owe(order.cl_ord_id, Owed.NOW)
        if answer.outcome is Outcome.RECEIVED:
            floor.progress.reach(order.cl_ord_id, SendStage.RECEIVED, answer.text)
            floor.activity.order(order, f"{floor.naming(order)} was received by the venue; not accepted yet.")
        elif answer.outcome is Outcome.REFUSED:
            self.refused(order, answer.text)
        else:
            self.lost_sight(order, answer.text)

    def refused(self, order: Order, text: str) -> None:
        """End a new order that the venue refused: nothing works there."""
        floor = self._floor
        rejected = replace(order, text=text).moved(OrderEvent.REPORT_REJECTED, at_ns=floor.clock.now_ns())
        floor.put(rejected)
        floor.progress.reach(order.cl_ord_id, SendStage.REFUSED, text)
        floor.activity.order(
            rejected, f"{floor.naming(order)} was refused: {text} Nothing works at the venue.", Severity.ERROR
        )

    # -- replacements --------------------------------------------------------------------------------------------

    def _replaced(self, order: Order, unresolved: Unresolved, answer: RequestAnswered) -> None:
        floor = self._floor
        if answer.outcome is Outcome.RECEIVED:
            floor.progress.reach(order.cl_ord_id, SendStage.RECEIVED, answer.text)
            floor.activity.order(order, f"The change of {floor.naming(order)} was received; not accepted yet.")
        elif answer.outcome is Outcome.REFUSED:
            self.replace_refused(order, unresolved, answer.text)
        else:
            self.lost_sight(order, answer.text)

    def replace_refused(self, order: Order, unresolved: Unresolved, text: str) -> None:
        """Let the old terms stand, unless the old number was cancelled meanwhile."""
        floor = self._floor
        floor.requests.drop(order.cl_ord_id)
        event = OrderEvent.REPORT_CANCELED if unresolved.old_canceled else OrderEvent.REPLACE_REFUSED
        after = replace(order, text=text, pending_terms=None).moved(event, at_ns=floor.clock.now_ns())
        floor.put(after)
        floor.progress.reach(order.cl_ord_id, SendStage.REFUSED, text)
        stands = "It is cancelled." if unresolved.old_canceled else "Its old terms still stand."
        floor.activity.order(after, f"{floor.naming(after)} was not changed: {text} {stands}", Severity.ERROR)

    # -- cancels -------------------------------------------------------------------------------------------------

    def _cancel_answered(self, cl_ord_id: ClOrdID, answer: RequestAnswered) -> None:
        floor = self._floor
        floor.requests.cancels_under_way.discard(cl_ord_id)
        order = floor.book.get(cl_ord_id)
        if order is None or order.is_closed or answer.outcome is Outcome.RECEIVED:
            return
        if answer.outcome is Outcome.UNKNOWN:
            if order.ord_status is OrdStatus.PENDING_CANCEL:
                self.lost_sight(order, answer.text)
            return
        after = replace(order, text=answer.text).moved(OrderEvent.CANCEL_REFUSED, at_ns=floor.clock.now_ns())
        if floor.requests.get(cl_ord_id) is not None and order.ord_status is OrdStatus.PENDING_CANCEL:
            after = after.moved(OrderEvent.REPORT_PENDING_REPLACE, at_ns=floor.clock.now_ns())
        floor.put(after)
        floor.activity.order(
            after,
            f"{floor.naming(after)} was not cancelled: {answer.text} It may still trade.",
            Severity.ERROR,
        )
        floor.watch.hurry(after)

    def lost_sight(self, order: Order, text: str) -> None:
        """Put `order` in doubt until the venue's books settle it: a request about it has no answer."""
        floor = self._floor
        if order.is_closed or order.ord_status is OrdStatus.IN_DOUBT:
            return
        why = text or "No answer came."
        lost = replace(order, text=why).moved(OrderEvent.LOSE_SIGHT, at_ns=floor.clock.now_ns())
        floor.put(lost)
        floor.progress.reach(order.cl_ord_id, SendStage.IN_DOUBT, why)
        floor.activity.order(
            lost, f"{floor.naming(lost)} is IN DOUBT: {why} It may be working. {WHAT_NEXT}", Severity.ERROR
        )
