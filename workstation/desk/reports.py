"""Taking in what venues report about orders.

A report is an order's full state and replaces what is held, whatever was missed before; hearing it twice changes
nothing. Three exceptions, each because a venue's word can be older than our request: while a replacement or a cancel
of ours is unanswered, "working" does not end the waiting; while a replacement is unresolved, "cancelled" of the old
number does not end the order, since the new number may be on its way; and trades only ever grow.

An order nobody knows yet is tied to our open request if exactly one fits (:mod:`workstation.desk.attribution`). A key
that the venue echoes is believed unless number and terms both speak against it: another installation on the same
account may have given the same key. All others were entered elsewhere; their key is made of connection and number, so
that it is the same after every reload and restart.
"""

from dataclasses import fields, replace
from operator import attrgetter

from workstation.desk.attribution import Purpose, Unresolved, attributes_of, looks_like, shows_replacement
from workstation.desk.floor import Floor
from workstation.desk.last_words import words_of
from workstation.desk.messages import SendStage
from workstation.desk.open_requests import Owed
from workstation.desk.order_book import Traded
from workstation.desk.story import changes_told
from workstation.desk.trades import traded_so_far, with_trades
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.domain.order_states import TRANSITIONS, OrderEvent, OrdStatus, Verdict
from workstation.domain.order_terms import OrdType
from workstation.domain.orders import Order, OrderTerms, OverfillError
from workstation.runtime.quick_records import quick_replace
from workstation.venues.base import OrderReport

_changed = quick_replace(Order)
_STILL_WORKING = frozenset({OrderEvent.REPORT_NEW, OrderEvent.REPORT_PENDING_NEW})


class ReportIntake:
    """Applies :class:`OrderReport` to the book."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def take(self, report: OrderReport, source: str) -> ClOrdID:
        """Apply `report`; `source` names it as evidence ("order book of 09:41:07"). Returns the order's key."""
        place = report.terms.account.connection_id
        order = self._known(place, report)
        former = order is not None and report.order_id != order.order_id and self._is_former(place, order, report)
        if order is None:
            order = self._tied(report) or self._adopted(place, report)
        self._floor.recorder.release(place, order.cl_ord_id)
        if former:
            self._take_former(order, report)
        else:
            self._apply(order, report, source)
        return order.cl_ord_id

    # -- which order it is ---------------------------------------------------------------------------------------

    def _known(self, place: ConnectionID, report: OrderReport) -> Order | None:
        echoed = None if report.cl_ord_id is None else self._floor.book.get(report.cl_ord_id)
        if echoed is not None and not self._is_anothers(place, echoed, report):
            return echoed
        order = self._floor.book.by_number(place, report.order_id)
        if order is None or not self._is_reused(order, report):
            return order
        if not order.is_closed:
            lost = replace(order, text=f"The venue gave number {report.order_id} to another order.", order_id=None)
            self._floor.put(lost.moved(OrderEvent.MISSING, at_ns=self._floor.clock.now_ns()))
        return None

    def _is_anothers(self, place: ConnectionID, order: Order, report: OrderReport) -> bool:
        """Say whether `report`, which echoes the key of `order`, is of another order: its number and terms are others.

        While the venue has not named the order, its number says nothing, and of its terms only what no venue shows in
        another way: account, symbol and side.
        """
        if self._floor.book.by_number(place, report.order_id) is order:
            return False
        unresolved = self._floor.requests.get(order.cl_ord_id)
        if unresolved is not None and looks_like(unresolved, report.terms):
            return False
        asked = [terms for terms in (order.terms, order.pending_terms) if terms is not None]
        if order.order_id is None:
            return not any(_same_place(terms, report.terms) for terms in asked)
        return not any(_can_be(terms, report.terms) for terms in asked)

    def _is_reused(self, order: Order, report: OrderReport) -> bool:
        """Say whether a number now belongs to another order, because the venue counts afresh."""
        old, new = order.terms, report.terms
        if (old.account, old.symbol, old.side) != (new.account, new.symbol, new.side):
            return True
        if not order.is_closed or TRANSITIONS[order.ord_status, report.event][0] is not Verdict.STALE:
            return False
        return report.transact_time_ns > order.updated_ns and len(self._floor.requests.candidates(report)) == 1

    def _is_former(self, place: ConnectionID, order: Order, report: OrderReport) -> bool:
        return order.order_id is not None and self._floor.book.by_number(place, report.order_id) is order

    def _tied(self, report: OrderReport) -> Order | None:
        candidates = [
            one
            for one in self._floor.requests.candidates(report)
            if not one.ambiguous and report.cl_ord_id in (None, one.cl_ord_id)
        ]
        if len(candidates) != 1:
            return None
        unresolved = candidates[0]
        order = self._floor.book.get(unresolved.cl_ord_id)
        if order is not None and unresolved.purpose is Purpose.REPLACE:
            self._renumber(order, unresolved, report)
        return order

    def _renumber(self, order: Order, unresolved: Unresolved, report: OrderReport) -> None:
        """Take note of what was traded under the old number, if the venue counts afresh under the new one."""
        counted = self._floor.book.earlier(order.cl_ord_id).qty + (report.cum_qty or 0)
        rest_only = report.terms.order_qty != unresolved.terms.order_qty
        if order.cum_qty == 0 or not (rest_only or counted < order.cum_qty):
            return
        value = None if order.avg_px is None else order.cum_qty * order.avg_px
        self._floor.book.set_earlier(order.cl_ord_id, Traded(order.cum_qty, value))
        self._floor.recorder.fact(
            order.cl_ord_id,
            order.terms.account.connection_id,
            f"The venue counts trades afresh under number {report.order_id}.",
            earlier_qty=str(order.cum_qty),
            earlier_value=None if value is None else str(value),
        )

    def _adopted(self, place: ConnectionID, report: OrderReport) -> Order:
        key, again = ClOrdID(f"{place}:{report.order_id}"), 1
        while self._floor.book.get(key) is not None:
            again += 1
            key = ClOrdID(f"{place}:{report.order_id}~{again}")
        now_ns = self._floor.clock.now_ns()
        self._floor.first_seen_ns[key] = now_ns
        return Order(
            cl_ord_id=key,
            terms=report.terms,
            ord_status=OrdStatus.PENDING_NEW,
            created_ns=report.transact_time_ns or now_ns,
            ours=False,
        )

    # -- what becomes of it --------------------------------------------------------------------------------------

    def _reopened(self, order: Order) -> Order:
        """Undo what the trader settled by hand, because the venue has news of the order after all: its word counts."""
        before = order.by_hand
        again = replace(order, ord_status=OrdStatus.IN_DOUBT, text="", by_hand=None)
        if before is not None:
            again = replace(again, cum_qty=before.cum_qty, avg_px=before.avg_px)
        self._floor.put(again)
        return again

    def _apply(self, order: Order, report: OrderReport, source: str) -> None:
        if order.by_hand is not None:
            if words_of(report) == order.by_hand.seen:
                return  # no news: the trader knew it when he settled the order
            order, source = self._reopened(order), f"{source}; it counts before what was settled by hand"
        event = self._tempered(order, report)
        try:
            after = self._with_facts(order, report, event)
        except OverfillError as error:
            after = self._overfilled(replace(order, order_id=report.order_id), str(error))
        if after.is_closed and after.pending_terms is not None:
            after = replace(after, pending_terms=None)
        self._floor.last_words.note(after, report)
        known = self._floor.book.get(order.cl_ord_id)
        if known is not None and _says_the_same(after, order):
            self._floor.confirm(known)
            return
        self._floor.put(after)
        self._resolve(after)
        settled = order.ord_status is OrdStatus.IN_DOUBT and after.ord_status is not OrdStatus.IN_DOUBT
        text, severity = changes_told(self._floor, known, after, source if settled else "")
        if text:
            self._floor.activity.order(after, text, severity)

    def _tempered(self, order: Order, report: OrderReport) -> OrderEvent:
        """Return the report's event, less what an unanswered request of ours makes doubtful."""
        unresolved = self._floor.requests.get(order.cl_ord_id)
        event = report.event
        if unresolved is not None and unresolved.purpose is Purpose.REPLACE and not order.is_closed:
            if report.order_id != order.order_id or shows_replacement(unresolved, order, report):
                self._floor.requests.drop(order.cl_ord_id)
                return event
            if event is OrderEvent.REPORT_CANCELED:
                unresolved.old_canceled = True
                return waiting_event(order)
            return waiting_event(order) if event in _STILL_WORKING else event
        if event in _STILL_WORKING and order.cl_ord_id in self._floor.requests.cancels_under_way:
            return OrderEvent.REPORT_PENDING_CANCEL
        return event

    def _with_facts(self, order: Order, report: OrderReport, event: OrderEvent) -> Order:
        earlier = self._floor.book.earlier(order.cl_ord_id)
        cum_qty, avg_px = traded_so_far(order, report, earlier)
        if TRANSITIONS[order.ord_status, event][0] is not Verdict.STALE:
            if order.order_id not in (None, report.order_id):
                self._floor.book.remember_number(order, report.order_id)
            order = _changed(
                order,
                order_id=report.order_id,
                terms=_merged(order.terms, report, earlier),
                venue_status=report.venue_status,
                text=report.text or ("" if order.ord_status is OrdStatus.IN_DOUBT else order.text),
                pending_terms=order.pending_terms if self._floor.requests.get(order.cl_ord_id) else None,
            )
        if event is OrderEvent.REPORT_FILLED and report.cum_qty is None:
            cum_qty, avg_px = order.terms.order_qty, report.avg_px or order.avg_px
        return with_trades(order, cum_qty, avg_px).moved(event, at_ns=self._floor.clock.now_ns())

    def _overfilled(self, order: Order, text: str) -> Order:
        lost = replace(order, text=f"More was reported traded than ordered ({text}). Check the account at the broker.")
        return lost.moved(OrderEvent.LOSE_SIGHT, at_ns=self._floor.clock.now_ns())

    def _take_former(self, order: Order, report: OrderReport) -> None:
        """Take the trades that were made under a former number; it can bring nothing else."""
        earlier = self._floor.book.earlier(order.cl_ord_id)
        if report.cum_qty is None or report.cum_qty <= max(
            earlier.qty, order.cum_qty if not earlier.qty else earlier.qty
        ):
            return
        cum_qty = report.cum_qty
        if earlier.qty and len(self._floor.book.numbers_of(order.cl_ord_id)) == 2:
            value = None if report.avg_px is None else report.cum_qty * report.avg_px
            self._floor.book.set_earlier(order.cl_ord_id, Traded(report.cum_qty, value))
            cum_qty = order.cum_qty + report.cum_qty - earlier.qty
        try:
            after = with_trades(order, cum_qty, None if earlier.qty else report.avg_px)
        except OverfillError as error:
            after = self._overfilled(order, str(error))
        self._floor.put(after)

    def _resolve(self, order: Order) -> None:
        """Resolve the placement of an order that has a number now; an owed cancel can go."""
        requests = self._floor.requests
        unresolved = requests.get(order.cl_ord_id)
        if unresolved is not None and unresolved.purpose is Purpose.NEW:
            requests.drop(order.cl_ord_id)
        if requests.cancels_owed.get(order.cl_ord_id) is Owed.NO_NUMBER:
            requests.owe(order.cl_ord_id, Owed.NOW)
        if order.ord_status in (OrdStatus.REJECTED, OrdStatus.NOT_PLACED):
            self._floor.progress.reach(order.cl_ord_id, SendStage.REFUSED, order.text)
        elif order.ord_status is OrdStatus.IN_DOUBT:
            self._floor.progress.reach(order.cl_ord_id, SendStage.IN_DOUBT, order.text)
        elif order.ord_status not in WAITING_STATES:
            self._floor.progress.reach(order.cl_ord_id, SendStage.ACCEPTED, order.text)


WAITING_STATES = frozenset(
    {
        OrdStatus.PENDING_NEW,
        OrdStatus.PENDING_AUTHORISATION,
        OrdStatus.PENDING_REPLACE,
        OrdStatus.PENDING_CANCEL,
        OrdStatus.IN_DOUBT,
    }
)
"""States in which the trader's latest request is not decided yet."""


def waiting_event(order: Order) -> OrderEvent:
    """Return the event that leaves `order` waiting as it is: in doubt, for a cancel, or for a replacement."""
    if order.ord_status is OrdStatus.IN_DOUBT:
        return OrderEvent.LOSE_SIGHT
    if order.ord_status is OrdStatus.PENDING_CANCEL:
        return OrderEvent.REPORT_PENDING_CANCEL
    return OrderEvent.REPORT_PENDING_REPLACE


_facts = attrgetter(*(field.name for field in fields(Order) if field.name != "updated_ns"))


def _same_place(asked: OrderTerms, said: OrderTerms) -> bool:
    return (asked.account, asked.symbol, asked.side) == (said.account, said.symbol, said.side)


def _can_be(asked: OrderTerms, said: OrderTerms) -> bool:
    """Say whether a venue may show an order with the terms `asked` as `said` under a number we do not know.

    One that traded while nobody listened may be known only from the position that it made (XAPI): as a market order, of
    what was left of that.
    """
    if said.ord_type is OrdType.MARKET:
        return _same_place(asked, said) and said.order_qty <= asked.order_qty
    return attributes_of(asked) == attributes_of(said)


def _says_the_same(after: Order, before: Order) -> bool:
    """Say whether nothing but the time has changed."""
    return bool(_facts(after) == _facts(before))


def _merged(terms: OrderTerms, report: OrderReport, earlier: Traded) -> OrderTerms:
    """Return the venue's terms; what it does not state stays as we asked for it."""
    said = report.terms
    if not earlier.qty and terms.expire_date_ms is None and terms.position_effect is None:
        return said
    return replace(
        said,
        order_qty=said.order_qty + earlier.qty,
        expire_date_ms=said.expire_date_ms if said.expire_date_ms is not None else terms.expire_date_ms,
        position_effect=said.position_effect if said.position_effect is not None else terms.position_effect,
    )
