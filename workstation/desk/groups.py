"""One intent, several accounts: check all, journal the group, send leg by leg, classify, apply the stated policy.

Every leg goes through the order desk like any other order, so no gate is passed over and nothing has a second way out.
The slowest venue is sent to first, so that the legs arrive closest together. Never retried by itself; a leg that has
traded cannot be cancelled, and the receipt says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from workstation.desk.cancel_desk import CancelDesk
from workstation.desk.commands import CancelOrders, CheckOrder, PlaceOrder, Refused, Sent
from workstation.desk.findings import Finding
from workstation.desk.floor import Floor
from workstation.desk.gates import hard, standing
from workstation.desk.group_commands import (
    CheckGroup,
    GroupChecked,
    GroupPolicy,
    GroupReceipt,
    LegReceipt,
    LegState,
    PlaceGroup,
)
from workstation.desk.messages import ActivityKind
from workstation.desk.order_desk import OrderDesk
from workstation.desk.wording import STATUS_WORDS, number_text
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms
from workstation.storage.journal_faults import JournalFailed
from workstation.storage.order_records import terms_body
from workstation.storage.records import Record, RecordKind
from workstation.venues.base import Severity

DECIDED_WITHIN_S = 10.0
"""How long a venue may take for its yes or no before the leg is reported as waiting."""
_STOPPING = frozenset({GroupPolicy.STOP_AT_FIRST_REJECT, GroupPolicy.CANCEL_REST_ON_REJECT})
_REFUSED = frozenset({OrdStatus.REJECTED, OrdStatus.NOT_PLACED})
_UNDECIDED = frozenset({OrdStatus.PENDING_NEW, OrdStatus.PENDING_AUTHORISATION})
_NS_PER_S = 1_000_000_000


@dataclass(slots=True)
class _Run:
    """One group on its way: receipts by the leg's place in the trader's order, and when the wire was reached."""

    group_id: str
    command: PlaceGroup
    legs: list[LegReceipt]
    sent_ns: list[int]


class GroupDesk:
    """Checks and sends groups."""

    def __init__(self, floor: Floor, orders: OrderDesk, cancels: CancelDesk) -> None:
        self._floor = floor
        self._orders = orders
        self._cancels = cancels
        self._last_number = 0

    def check(self, command: CheckGroup) -> GroupChecked:
        """Say what stands against each leg; sends and records nothing."""
        return GroupChecked(findings=tuple(self._findings(terms) for terms in command.legs))

    async def place(self, command: PlaceGroup) -> GroupReceipt | Refused:
        """Send the group under its policy; returns when every leg is decided, or has had its time."""
        against = self._against(command)
        if against:
            return self._refused(command, against)
        run = _Run(
            self._new_id(), command, [LegReceipt(terms=one, state=LegState.NOT_SENT) for one in command.legs], []
        )
        try:
            await self._floor.recorder.journal.commit([self._record(run)])
        except JournalFailed as error:
            return self._refused(command, (hard("journal", f"The group could not be written to the journal. {error}"),))
        await self._send(run)
        await self._decided(run, range(len(run.legs)))
        if command.policy is GroupPolicy.CANCEL_REST_ON_REJECT and self._has_reject(run):
            await self._cancel_rest(run)
        return self._receipt(run)

    # -- before anything leaves ----------------------------------------------------------------------------------

    def _findings(self, terms: OrderTerms) -> tuple[Finding, ...]:
        return self._orders.check(CheckOrder(terms=terms)).findings

    def _against(self, command: PlaceGroup) -> tuple[Finding, ...]:
        accounts = [terms.account for terms in command.legs]
        if not accounts or len(command.accepted) != len(accounts):
            return (hard("group", "The group has no legs.", "Choose at least one account."),)
        if len(set(accounts)) < len(accounts):
            return (hard("group", "An account is in the group twice.", "Take it out once."),)
        if command.policy is not GroupPolicy.CHECK_ALL_FIRST:
            return ()
        found = []
        for terms, accepted in zip(command.legs, command.accepted, strict=True):
            name = self._floor.money.name(terms.account)
            found += [replace(one, text=f"{name}: {one.text}") for one in standing(self._findings(terms), accepted)]
        return tuple(found)

    def _refused(self, command: PlaceGroup, findings: tuple[Finding, ...]) -> Refused:
        count = len(command.legs)
        text = f"Group order for {count} accounts: nothing was sent. {findings[0].text}"
        self._floor.activity.say(text, Severity.WARNING, ActivityKind.RULES)
        return Refused(findings=findings)

    def _new_id(self) -> str:
        self._last_number = max(self._last_number + 1, self._floor.clock.now_ns() // _NS_PER_S)
        return f"G{self._last_number}"

    def _record(self, run: _Run) -> Record:
        command = run.command
        body = {
            "action": "PLACE_GROUP",
            "gesture": command.gesture,
            "group": run.group_id,
            "policy": command.policy.value,
            "legs": [terms_body(terms) for terms in command.legs],
            "accepted": [list(gates) for gates in command.accepted],
        }
        return Record(kind=RecordKind.CLICK, time_ns=self._floor.clock.now_ns(), body=body)

    # -- sending -------------------------------------------------------------------------------------------------

    async def _send(self, run: _Run) -> None:
        """Send leg by leg, the slowest venue first, until the policy says stop."""
        policy = run.command.policy
        for place in sorted(range(len(run.legs)), key=self._slowest_first(run)):
            refused = await self._send_leg(run, place)
            if policy is GroupPolicy.STOP_AT_FIRST_REJECT:
                await self._decided(run, [place])
                refused = run.legs[place].state is not LegState.ACCEPTED
            if refused and policy in _STOPPING:
                return

    async def _send_leg(self, run: _Run, place: int) -> bool:
        """Send one leg; say whether the desk refused it."""
        command, terms = run.command, run.command.legs[place]
        gesture = f"{command.gesture}, {run.group_id} leg {place + 1} of {len(run.legs)}"
        answer = await self._orders.place(PlaceOrder(terms=terms, gesture=gesture, accepted=command.accepted[place]))
        if isinstance(answer, Sent):
            run.sent_ns.append(self._floor.clock.now_ns())
            run.legs[place] = replace(run.legs[place], cl_ord_id=answer.cl_ord_id, state=LegState.WAITING)
            return False
        text = " ".join(f"{one.text} {one.cure}".strip() for one in answer.findings)
        run.legs[place] = replace(run.legs[place], text=text)
        return True

    def _slowest_first(self, run: _Run) -> Callable[[int], tuple[float, int]]:
        def key(place: int) -> tuple[float, int]:
            status = self._floor.venues.status(run.legs[place].terms.account.connection_id)
            round_trip = status.round_trip_ms if status is not None else None
            return -(round_trip or 0.0), place

        return key

    # -- what became of them -------------------------------------------------------------------------------------

    async def _decided(self, run: _Run, places: Iterable[int]) -> None:
        """Wait for the venues' yes or no to these legs, then write down what is known."""
        legs = [(place, order) for place in places if (order := self._order(run, place)) is not None]
        await self._floor.waits.until([order for _, order in legs], _is_decided, DECIDED_WITHIN_S)
        for place, _ in legs:
            order = self._order(run, place)
            if order is not None:
                run.legs[place] = _classified(run.legs[place], order)

    def _order(self, run: _Run, place: int) -> Order | None:
        key = run.legs[place].cl_ord_id
        return None if key is None else self._floor.book.get(key)

    @staticmethod
    def _has_reject(run: _Run) -> bool:
        return any(leg.state is LegState.REJECTED or (leg.cl_ord_id is None and leg.text) for leg in run.legs)

    async def _cancel_rest(self, run: _Run) -> None:
        """Cancel the legs that still work; what has traded stays traded."""
        open_legs = [
            place
            for place in range(len(run.legs))
            if (order := self._order(run, place)) is not None and not order.is_closed
        ]
        keys = tuple(key for place in open_legs if (key := run.legs[place].cl_ord_id) is not None)
        if not keys:
            return
        gesture = f"{run.group_id}: cancel the rest after a refused leg"
        answer = await self._cancels.cancel(CancelOrders(cl_ord_ids=keys, gesture=gesture))
        orders = [order for place in open_legs if (order := self._order(run, place)) is not None]
        await self._floor.waits.until(orders, lambda order: order.is_closed, DECIDED_WITHIN_S)
        failed = dict(answer.failed)
        for place in open_legs:
            leg, order = run.legs[place], self._order(run, place)
            if order is not None:
                leg = _classified(leg, order)
            text = failed.get(leg.cl_ord_id, leg.text) if leg.cl_ord_id is not None else leg.text
            run.legs[place] = replace(leg, state=LegState.CANCEL_SENT, text=text)

    def _receipt(self, run: _Run) -> GroupReceipt:
        spread_ns = run.sent_ns[-1] - run.sent_ns[0] if len(run.sent_ns) > 1 else 0
        counts = {state: sum(leg.state is state for leg in run.legs) for state in LegState}
        parts = [f"{count} {_STATE_WORDS[state]}" for state, count in counts.items() if count]
        total = sum((leg.terms.order_qty for leg in run.legs), Decimal(0))
        done = sum((leg.cum_qty for leg in run.legs), Decimal(0))
        text = (
            f"Group {run.group_id}, {len(run.legs)} accounts, {number_text(total)} in all: {', '.join(parts)}; "
            f"{number_text(done)} traded so far."
        )
        clean = counts[LegState.ACCEPTED] == len(run.legs)
        self._floor.activity.say(text, Severity.SUCCESS if clean else Severity.WARNING, ActivityKind.ORDERS)
        return GroupReceipt(
            group_id=run.group_id, policy=run.command.policy, legs=tuple(run.legs), spread_ns=spread_ns, text=text
        )


def _is_decided(order: Order) -> bool:
    return order.ord_status not in _UNDECIDED


def _classified(leg: LegReceipt, order: Order) -> LegReceipt:
    """Return the leg with what its order says of it now."""
    if order.ord_status in _REFUSED:
        state = LegState.REJECTED
    elif order.ord_status is OrdStatus.IN_DOUBT:
        state = LegState.IN_DOUBT
    else:
        state = LegState.ACCEPTED if _is_decided(order) else LegState.WAITING
    words = f"{STATUS_WORDS[order.ord_status]}{f': {order.text}' if order.text else ''}"
    return replace(leg, state=state, text=words, cum_qty=order.cum_qty)


_STATE_WORDS = {
    LegState.ACCEPTED: "accepted",
    LegState.REJECTED: "rejected",
    LegState.IN_DOUBT: "IN DOUBT",
    LegState.WAITING: "without an answer yet",
    LegState.CANCEL_SENT: "being cancelled",
    LegState.NOT_SENT: "not sent",
}
