"""Bringing what we hold into line with the venue's complete books.

Every report of a book is applied like any other, which settles most orders in doubt. Then the rest is judged: a request
whose order is not in the book is declared without effect only on proof (:mod:`workstation.desk.evidence`), and an order
that had a number and vanished is in doubt, because its end is unknown. Each settlement names its evidence.
"""

from dataclasses import replace

from workstation.desk.answers import AnswerIntake
from workstation.desk.attribution import Purpose, Unresolved, fits
from workstation.desk.evidence import APART_NS, Evidence
from workstation.desk.floor import Floor
from workstation.desk.messages import SendStage
from workstation.desk.reports import ReportIntake
from workstation.desk.wording import clock_text
from workstation.domain.identity import ClOrdID, ConnectionID, OrderID
from workstation.domain.order_states import OrderEvent, OrdStatus
from workstation.domain.orders import Order
from workstation.venues.base import ActivityListed, BookLoaded, Severity


class Reconciliation:
    """Applies complete books and histories."""

    def __init__(self, floor: Floor, reports: ReportIntake, answers: AnswerIntake) -> None:
        self._floor = floor
        self._reports = reports
        self._answers = answers
        self._evidence = Evidence(floor)

    def book_loaded(self, loaded: BookLoaded) -> None:
        """Apply one account's complete book."""
        floor, account = self._floor, loaded.account
        self._mark_ambiguous(loaded)
        floor.watch.book_came(account, loaded.asked_ns)
        source = f"Order book of {clock_text(loaded.asked_ns)}"
        counted = floor.money.closes.counted()
        seen = {self._reports.take(report, self._named(source, report.order_id)) for report in loaded.reports}
        floor.money.closes.put_back(counted)
        floor.money.take_positions(account, loaded.positions, loaded.asked_ns)
        for unresolved in floor.requests.of_account(account):
            if loaded.asked_ns > unresolved.sent_ns:
                unresolved.absent_ns.append(loaded.asked_ns)
                unresolved.old_listed = unresolved.cl_ord_id in seen
        self._find_missing(loaded, seen, source)
        self.settle(account.connection_id)

    def history_listed(self, listed: ActivityListed) -> None:
        """Show the venue's history and keep it as evidence."""
        book = self._floor.book
        self._evidence.take_history(listed.account, listed.items)

        def order_of(connection_id: ConnectionID, number: OrderID) -> ClOrdID | None:
            order = book.by_number(connection_id, number)
            return None if order is None else order.cl_ord_id

        self._floor.activity.venue_items(listed, order_of)

    def settle(self, connection_id: ConnectionID) -> None:
        """Settle what the books that were loaded so far prove."""
        for unresolved in self._floor.requests.of_connection(connection_id):
            order = self._floor.book.get(unresolved.cl_ord_id)
            if order is not None and unresolved.absent_ns:
                self._judge(order, unresolved)

    def link_lost(self, connection_id: ConnectionID) -> None:
        """Put in doubt what was received but led to nothing visible, once its link is gone."""
        self._evidence.link_lost(connection_id)
        for unresolved in self._floor.requests.of_connection(connection_id):
            order = self._floor.book.get(unresolved.cl_ord_id)
            if order is not None and unresolved.answered_ns:
                self._answers.lost_sight(order, "The link was lost before the venue showed what became of it.")

    # -- judging one request -------------------------------------------------------------------------------------

    def _judge(self, order: Order, unresolved: Unresolved) -> None:
        last_ns = unresolved.absent_ns[-1]
        if unresolved.refusal and unresolved.answered_ns and last_ns > unresolved.refused_ns:
            self._refused_by_text(order, unresolved)
            return
        proof = self._evidence.proof_of_absence(unresolved)
        if not proof:
            self._doubt_in_time(order, unresolved)
            return
        against = self._evidence.against(unresolved)
        if unresolved.ambiguous and not against:
            against = "several orders look the same"
        if against:
            self._stays_open(order, unresolved, against)
        elif unresolved.purpose is Purpose.NEW:
            self._never_placed(order, proof)
        else:
            self._never_replaced(order, unresolved, proof)

    def _doubt_in_time(self, order: Order, unresolved: Unresolved) -> None:
        waited_ns = unresolved.absent_ns[-1] - unresolved.sent_ns
        if unresolved.answered_ns and waited_ns >= APART_NS:
            self._answers.lost_sight(order, "The venue received it, but its order book does not show it.")

    def _refused_by_text(self, order: Order, unresolved: Unresolved) -> None:
        if unresolved.purpose is Purpose.NEW:
            self._answers.refused(order, unresolved.refusal)
        else:
            self._answers.replace_refused(order, unresolved, unresolved.refusal)

    def _stays_open(self, order: Order, unresolved: Unresolved, against: str) -> None:
        self._answers.lost_sight(order, "The venue's order book does not show it.")
        if unresolved.why_open == against:
            return
        unresolved.why_open = against
        doubtful = replace(self._held(order), text=f"Not settled: {against}. Compare with the broker.")
        self._floor.put(doubtful)
        self._floor.activity.order(
            doubtful, f"{self._floor.naming(order)} stays IN DOUBT: {against}. Compare with the broker.", Severity.ERROR
        )

    def _never_placed(self, order: Order, proof: str) -> None:
        self._answers.lost_sight(order, "The venue's order book does not show it.")
        order = replace(self._held(order), text=f"Not placed: the venue does not know it ({proof}).")
        after = order.moved(OrderEvent.NEVER_PLACED, at_ns=self._floor.clock.now_ns())
        self._floor.put(after)
        self._floor.progress.reach(order.cl_ord_id, SendStage.REFUSED, after.text)
        self._floor.activity.order(
            after,
            f"{self._floor.naming(after)} was not placed: the venue does not know it ({proof}). Nothing was traded; "
            "send it again if you still want it.",
            Severity.WARNING,
        )

    def _never_replaced(self, order: Order, unresolved: Unresolved, proof: str) -> None:
        self._floor.requests.drop(order.cl_ord_id)
        event, stands = OrderEvent.REPORT_NEW, "its old terms still stand"
        if unresolved.old_canceled:
            event, stands = OrderEvent.REPORT_CANCELED, "it is cancelled"
        elif not unresolved.old_listed:
            event, stands = OrderEvent.MISSING, "and its old number is gone too, so its end is not known"
        text = f"Not changed: {stands} ({proof})."
        after = replace(order, text=text, pending_terms=None).moved(event, at_ns=self._floor.clock.now_ns())
        self._floor.put(after)
        self._floor.progress.reach(order.cl_ord_id, SendStage.REFUSED, text)
        self._floor.activity.order(
            after, f"{self._floor.naming(after)} was not changed: {stands} ({proof}).", Severity.WARNING
        )

    # -- judging the rest of the book ----------------------------------------------------------------------------

    def _mark_ambiguous(self, loaded: BookLoaded) -> None:
        """Mark requests that several unseen orders fit: none of them is tied."""
        place = loaded.account.connection_id
        unseen = [report for report in loaded.reports if self._floor.book.by_number(place, report.order_id) is None]
        for unresolved in self._floor.requests.of_account(loaded.account):
            if sum(fits(unresolved, report) for report in unseen) > 1:
                unresolved.ambiguous = True

    def _find_missing(self, loaded: BookLoaded, seen: set[ClOrdID], source: str) -> None:
        for order in self._floor.book.open_of(loaded.account):
            known_before = order.updated_ns < loaded.asked_ns and order.order_id is not None
            waiting = self._floor.requests.get(order.cl_ord_id) is not None
            if order.cl_ord_id in seen or not known_before or waiting or order.ord_status is OrdStatus.IN_DOUBT:
                continue
            text = f"{source} no longer holds number {order.order_id}: it ended, but how is not known."
            lost = replace(order, text=text).moved(OrderEvent.MISSING, at_ns=self._floor.clock.now_ns())
            self._floor.put(lost)
            self._floor.activity.order(
                lost,
                f"{self._floor.naming(lost)} is IN DOUBT: {text} It may have filled. Check the position and the "
                "broker's own records.",
                Severity.ERROR,
            )

    def _held(self, order: Order) -> Order:
        return self._floor.book.get(order.cl_ord_id) or order

    @staticmethod
    def _named(source: str, order_id: str) -> str:
        return f"{source}, number {order_id}"
