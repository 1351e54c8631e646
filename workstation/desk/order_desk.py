"""The one choke point: every new order and every change of one goes through here, and nowhere else.

click → gates → verdict → wire form → one commit of intent, state and frame → wire, the last two in one turn of the
loop. Nothing leaves before its intent is on disk. When the disk fails nothing is sent and everything typed is kept. A
connection that says it could not send is believed: not one byte left, so the order is rejected in our own words,
never in doubt. Everything else that goes wrong after the commit leaves the order in doubt. Nothing is ever sent again
by itself.
"""

from collections import deque
from dataclasses import replace

from workstation.desk.answers import AnswerIntake
from workstation.desk.attachment_gates import ATTACHMENT_GATES
from workstation.desk.attribution import Purpose, Unresolved
from workstation.desk.closing_gates import CLOSING_GATES
from workstation.desk.commands import (
    Checked,
    CheckOrder,
    Finding,
    PlaceOrder,
    Refused,
    ReplaceOrder,
    Sent,
)
from workstation.desk.context import context_of
from workstation.desk.desk_gates import DESK_GATES
from workstation.desk.floor import Floor
from workstation.desk.gates import GateContext, RecentIntent, ask, hard, standing
from workstation.desk.locks import Locks
from workstation.desk.messages import ActivityKind, SendStage
from workstation.desk.order_keys import OF_ORDERS, OrderKeys
from workstation.desk.recorder import request_name
from workstation.desk.reference_gates import REFERENCE_GATES
from workstation.desk.repeat_gates import DUPLICATE_S, REPEAT_GATES
from workstation.desk.replace_gates import REPLACE_GATES
from workstation.desk.terms_gates import TERMS_GATES
from workstation.desk.wording import terms_text
from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import NewOrderSingle, OrderCancelReplaceRequest
from workstation.domain.order_states import TRANSITIONS, OrderEvent, OrdStatus, Verdict
from workstation.domain.orders import Order, OrderTerms
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.order_records import terms_body
from workstation.venues.base import NotExpressible, Outgoing, Severity, VenueConnection, VenueUnreachable

GATES = (
    *DESK_GATES,
    *TERMS_GATES,
    *ATTACHMENT_GATES,
    *CLOSING_GATES,
    *REFERENCE_GATES,
    *REPLACE_GATES,
    *REPEAT_GATES,
)


class OrderDesk:
    """Places and replaces orders. `keys` names them."""

    def __init__(self, floor: Floor, locks: Locks, answers: AnswerIntake, keys: OrderKeys) -> None:
        self._floor = floor
        self._locks = locks
        self._answers = answers
        self._keys = keys
        self._recent: deque[RecentIntent] = deque(maxlen=1_000)

    def check(self, command: CheckOrder) -> Checked:
        """Say what stands against these terms; sends and records nothing."""
        target = None if command.replaces is None else self._floor.book.get(command.replaces)
        if command.replaces is not None and target is None:
            return Checked(findings=(_unknown_order(command.replaces),))
        return Checked(findings=ask(GATES, self._context(command.terms, target)))

    async def place(self, command: PlaceOrder) -> Sent | Refused:
        """Send a new order, if nothing stands against it."""
        place, terms = command.terms.account.connection_id, command.terms
        self._floor.recorder.click("PLACE", command.gesture, connection_id=place, terms=terms_body(terms))
        refusal = self._verdict("PLACE", self._context(terms, None), command.accepted, None)
        if refusal is not None:
            return refusal
        order = Order(
            cl_ord_id=self._keys.new(OF_ORDERS),
            terms=terms,
            ord_status=OrdStatus.PENDING_NEW,
            created_ns=self._floor.clock.now_ns(),
            updated_ns=self._floor.clock.now_ns(),
        )
        intent = RecentIntent(
            cl_ord_id=order.cl_ord_id, terms=terms, at_s=self._floor.clock.monotonic_s(), at_ns=order.created_ns
        )
        self._recent.append(intent)
        answer = await self._send(NewOrderSingle(cl_ord_id=order.cl_ord_id, terms=terms), order, Purpose.NEW)
        if isinstance(answer, Refused) and intent in self._recent:
            self._recent.remove(intent)
        return answer

    async def replace(self, command: ReplaceOrder) -> Sent | Refused:
        """Give a working order new terms, if nothing stands against it."""
        order = self._floor.book.get(command.cl_ord_id)
        place = command.terms.account.connection_id
        facts = {"cl_ord_id": command.cl_ord_id, "connection_id": place}
        self._floor.recorder.click("REPLACE", command.gesture, **facts, terms=terms_body(command.terms))
        if order is None:
            return Refused(findings=(_unknown_order(command.cl_ord_id),))
        refusal = self._verdict("REPLACE", self._context(command.terms, order), command.accepted, order)
        if refusal is not None or order.order_id is None:
            return refusal or Refused(findings=())
        request = OrderCancelReplaceRequest(cl_ord_id=order.cl_ord_id, order_id=order.order_id, terms=command.terms)
        pending = replace(order, pending_terms=command.terms)
        changed = pending.moved(OrderEvent.SEND_REPLACE, at_ns=self._floor.clock.now_ns())
        return await self._send(request, changed, Purpose.REPLACE)

    # -- gates ---------------------------------------------------------------------------------------------------

    def _verdict(
        self, action: str, context: GateContext, accepted: tuple[str, ...], order: Order | None
    ) -> Refused | None:
        findings = ask(GATES, context)
        left = standing(findings, accepted)
        self._floor.recorder.verdict(
            action,
            findings,
            passed=not left,
            accepted=list(accepted),
            cl_ord_id=None if order is None else order.cl_ord_id,
            connection_id=context.terms.account.connection_id,
        )
        return self._refused(context.terms, left, order) if left else None

    def _context(self, terms: OrderTerms, order: Order | None) -> GateContext:
        now_s = self._floor.clock.monotonic_s()
        while self._recent and now_s - self._recent[0].at_s > DUPLICATE_S:
            self._recent.popleft()
        return context_of(self._floor, self._locks, terms, order, tuple(self._recent))

    def _refused(self, terms: OrderTerms, findings: tuple[Finding, ...], order: Order | None = None) -> Refused:
        floor, account = self._floor, terms.account
        what = terms_text(terms, floor.instrument(account, terms.symbol))
        verb = "Not sent" if order is None else f"Change of order {order.cl_ord_id} not sent"
        floor.activity.say(
            f"{verb}: {what} for {floor.money.name(account)}. {findings[0].text}",
            Severity.WARNING,
            ActivityKind.RULES,
            account=account,
            cl_ord_id=None if order is None else order.cl_ord_id,
        )
        return Refused(findings=findings)

    # -- disk, then wire -----------------------------------------------------------------------------------------

    async def _send(
        self, request: NewOrderSingle | OrderCancelReplaceRequest, order: Order, purpose: Purpose
    ) -> Sent | Refused:
        floor, terms = self._floor, request.terms
        target = order if purpose is Purpose.REPLACE else None
        connection = floor.venues.connection(terms.account.connection_id)
        if connection is None:
            return self._refused(terms, (hard("connection", f"{floor.venue_name(terms.account)} is off."),), target)
        try:
            outgoing = connection.encode(request)
        except NotExpressible as error:
            return self._refused(terms, (hard("expressible", str(error), "Change the order."),), target)
        unresolved, before = self._unresolved(order, terms, purpose), floor.book.get(order.cl_ord_id)
        floor.requests.announce(unresolved)  # before the first await, so that a second click meets it
        try:
            await self._commit(outgoing, order, unresolved)
        except JournalFailed as error:
            self._locks.journal_fault(floor.recorder.journal.fault)
            text = f"It could not be written to the journal, so nothing was sent. {error}"
            return self._refused(terms, (hard("journal", text, "What you typed is kept. Try again later."),), target)
        finally:
            floor.requests.withdraw(order.cl_ord_id)
        return await self._to_the_wire(connection, outgoing, order, self._begin(order, before, unresolved))

    def _unresolved(self, order: Order, terms: OrderTerms, purpose: Purpose) -> Unresolved:
        money, account = self._floor.money, terms.account
        return Unresolved(
            cl_ord_id=order.cl_ord_id,
            purpose=purpose,
            terms=terms,
            sent_ns=self._floor.clock.now_ns(),
            cum_qty=order.cum_qty,
            net_qty=money.expected_qty(account, terms.symbol),
            traded_qty=money.traded_qty(account, terms.symbol),
        )

    async def _commit(self, outgoing: Outgoing, order: Order, unresolved: Unresolved) -> None:
        recorder = self._floor.recorder
        net_qty = None if unresolved.net_qty is None else str(unresolved.net_qty)
        await recorder.journal.commit(
            [
                *recorder.intents(outgoing.request, net_qty=net_qty, request_id=outgoing.request_id),
                recorder.order_record(order),
                *recorder.frame_records(outgoing.frame_seen),
            ]
        )

    def _begin(self, order: Order, before: Order | None, unresolved: Unresolved) -> str:
        """Hold the new state; returns why it must not leave after all, because of what came while the disk was written.

        An order that changed meanwhile is moved from its latest state.
        """
        floor, current = self._floor, self._floor.book.get(order.cl_ord_id)
        unresolved.sent_ns = floor.clock.now_ns()
        if current is before or current is None:
            floor.requests.add(unresolved)
            floor.take(order)
        elif not _takes(current, unresolved.terms):
            floor.put(current)
            return "The order changed before it left."
        else:
            unresolved.cum_qty = current.cum_qty
            floor.requests.add(unresolved)
            latest = replace(current, pending_terms=unresolved.terms)
            floor.put(latest.moved(OrderEvent.SEND_REPLACE, at_ns=unresolved.sent_ns))
        state = self._locks.state
        return "The desk was locked before it left." if state.killed_since_ns or state.locked else ""

    async def _to_the_wire(
        self, connection: VenueConnection, outgoing: Outgoing, order: Order, obstacle: str
    ) -> Sent | Refused:
        floor, key = self._floor, order.cl_ord_id
        floor.progress.begin(key)
        if obstacle:
            return self._not_sent(outgoing, key, obstacle)
        known = False
        try:
            await connection.send(outgoing)
            known = True
        except VenueUnreachable as error:
            known = True
            return self._not_sent(outgoing, key, str(error))
        finally:
            if not known and (lost := floor.book.get(key)) is not None:
                self._answers.lost_sight(lost, "Sending it was interrupted.")
        floor.progress.reach(key, SendStage.ON_THE_WIRE)
        floor.activity.order(order, f"{floor.naming(order)} {_SENT[request_name(outgoing.request)]}; not accepted yet.")
        return Sent(cl_ord_id=key)

    def _not_sent(self, outgoing: Outgoing, key: ClOrdID, why: str) -> Refused:
        """Say that certainly not one byte left, and let the order stand as it did."""
        floor = self._floor
        text = f"Not sent: {why} Nothing reached the venue."
        floor.recorder.answer(outgoing.request, "NOT_SENT", why)
        order, unresolved = floor.book.get(key), floor.requests.get(key)
        if order is not None and unresolved is not None:
            if unresolved.purpose is Purpose.NEW:
                self._answers.refused(order, text)
            else:
                self._answers.replace_refused(order, unresolved, text)
        floor.progress.reach(key, SendStage.REFUSED, text)
        return Refused(findings=(hard("connection", text, "Send it again when the connection is live."),))


_SENT = {"NEW": "is on the wire", "REPLACE": "has its change on the wire"}


def _takes(order: Order, terms: OrderTerms) -> bool:
    """Say whether an order can still be given `terms`."""
    verdict, _ = TRANSITIONS[order.ord_status, OrderEvent.SEND_REPLACE]
    return verdict is Verdict.MOVES and terms.order_qty > order.cum_qty


def _unknown_order(cl_ord_id: ClOrdID) -> Finding:
    return hard("replaceable", f"There is no order {cl_ord_id} here.", "Choose a working order.")
