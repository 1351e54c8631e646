"""The way of one order through the ticket: typed, checked, reviewed, sent, settled.

    EDITING --review--> CHECKING --nothing hard--> REVIEW --send--> SENDING --on its way--> SENT --settled--> EDITING

Rules, each there because money was lost without it:

- What is sent are the terms that were reviewed, not what the fields hold by then; any edit leaves the review.
- Send is dead for the first 300 ms of a review, and while a soft finding is not confirmed by its own tick.
- Nothing is sent twice: SENDING and SENT take no further send, and an unanswered request is never repeated.
- The fields are cleared only when the venue has accepted; a refusal puts everything back.

No widget here: the ticket shows this and calls it.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from workstation.desk.commands import (
    Checked,
    CheckOrder,
    Finding,
    Hardness,
    PlaceOrder,
    Refused,
    ReplaceOrder,
    Sent,
)
from workstation.desk.messages import SendProgress, SendStage
from workstation.domain.identity import ClOrdID
from workstation.domain.orders import Order, OrderTerms
from workstation.runtime.clock import Clock
from workstation.services.desk_client import DeskClient, EngineGone
from workstation.services.subjects import OrderService
from workstation.widgets.screen import Tasks
from workstation.widgets.ticket.sending import SentOrder

REVIEW_PAUSE_S = 0.3
"""How long a review must stand before it can be sent: a bounced key or a double click is faster."""

ENGINE_GONE = "The engine stopped before it answered. Restart the program; nothing typed here is lost."
ENGINE_GONE_SENDING = (
    "The engine stopped before it answered: this order may or may not have been sent. "
    "Do not send it again. Restart the program and look for it in the orders."
)


class Stage(Enum):
    """Where the order is."""

    EDITING = "EDITING"
    CHECKING = "CHECKING"
    REVIEW = "REVIEW"
    SENDING = "SENDING"
    SENT = "SENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Complete terms as typed; `replaces` names the order they would amend."""

    terms: OrderTerms
    replaces: ClOrdID | None = None


class Dealing(QObject):
    """One order at a time, from typing to the venue's yes or no."""

    changed = Signal()
    """Stage, findings, progress or notice changed."""
    accepted = Signal(object)
    """SentOrder: the venue took what the fields still hold."""
    refused = Signal(object, bool)
    """SentOrder: the venue said no; and whether the fields still hold it."""
    left = Signal(object)
    """ClOrdID: a request is with the socket."""

    def __init__(
        self, desk: DeskClient, tasks: Tasks, clock: Clock, orders: OrderService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._clock, self._orders = desk, tasks, clock, orders
        self.stage = Stage.EDITING
        self.proposal: Proposal | None = None
        self.findings: tuple[Finding, ...] = ()
        self.findings_known = False
        self.sent: SentOrder | None = None
        self.notice = ""
        self._confirmed: frozenset[Finding] = frozenset()
        self._reviewed_at_s = 0.0
        self._wanted = 0
        self._checking = False
        self._heard: list[SendProgress] = []
        orders.orders_changed.connect(self._take_orders)
        orders.send_progressed.connect(self._take_progress)

    @property
    def hard(self) -> tuple[Finding, ...]:
        """Findings that nobody can confirm away."""
        return tuple(finding for finding in self.findings if finding.hardness is Hardness.HARD)

    @property
    def soft(self) -> tuple[Finding, ...]:
        """Findings that the trader may confirm, each on its own."""
        return tuple(finding for finding in self.findings if finding.hardness is Hardness.SOFT)

    @property
    def unconfirmed(self) -> tuple[Finding, ...]:
        """Soft findings without their tick."""
        return tuple(finding for finding in self.soft if finding not in self._confirmed)

    @property
    def can_send(self) -> bool:
        """Whether a send would leave, but for the pause after the review."""
        return self.stage is Stage.REVIEW and not self.hard and not self.unconfirmed

    def is_confirmed(self, finding: Finding) -> bool:
        """Say whether `finding` has its tick."""
        return finding in self._confirmed

    def propose(self, proposal: Proposal | None) -> None:
        """Take what the fields make now (None: no order yet); leaves a review and has new terms checked."""
        if self.stage in (Stage.SENDING, Stage.SENT):
            return
        if proposal == self.proposal:
            return
        self.proposal, self.stage = proposal, Stage.EDITING
        self._confirmed = frozenset()
        self.findings, self.findings_known, self.notice = (), False, ""
        self._check()
        self.changed.emit()

    def recheck(self) -> None:
        """Ask again, because something around the order changed: a lamp, a lock, a position."""
        if self.stage in (Stage.EDITING, Stage.REVIEW):
            self._check()

    def review(self) -> None:
        """Have the order checked afresh; it stands for review when nothing hard is against it."""
        if self.stage is Stage.EDITING and self.proposal is not None:
            self.stage, self.notice = Stage.CHECKING, ""
            self._confirmed = frozenset()
            self._check()
            self.changed.emit()

    def confirm(self, finding: Finding, confirmed: bool) -> None:
        """Set or take away the tick of one soft finding."""
        if self.stage is Stage.REVIEW and finding in self.soft:
            self._confirmed = self._confirmed | {finding} if confirmed else self._confirmed - {finding}
            self.changed.emit()

    def send(self, gesture: str) -> bool:
        """Send what was reviewed; say whether it went to the desk."""
        too_early = self._clock.monotonic_s() - self._reviewed_at_s < REVIEW_PAUSE_S
        if not self.can_send or too_early or self.proposal is None:
            return False
        self.stage, self.notice, self.sent = Stage.SENDING, "", None
        self._heard = []
        self._tasks.start(self._send(self.proposal, gesture), "ticket: send")
        self.changed.emit()
        return True

    def back(self) -> bool:
        """Go back one step; say whether there was one. A request that is out is not called back, only no longer shown.

        Returns:
            False while editing, and while the desk has not answered.
        """
        if self.stage in (Stage.EDITING, Stage.SENDING):
            return False
        self.stage = Stage.EDITING
        self.changed.emit()
        return True

    def _check(self) -> None:
        self._wanted += 1
        if self.proposal is not None and not self._checking:
            self._checking = True
            self._tasks.start(self._ask_until_current(), "ticket: check")

    async def _ask_until_current(self) -> None:
        """Ask until the answer is about the latest terms; one question at a time."""
        wanted = -1
        try:
            while self.proposal is not None and wanted != self._wanted:
                wanted, proposal = self._wanted, self.proposal
                answer = await self._desk.ask(CheckOrder(terms=proposal.terms, replaces=proposal.replaces))
                if not isinstance(answer, Checked):
                    raise TypeError(f"CheckOrder was answered by {type(answer).__name__}")
                if wanted == self._wanted:
                    self._take_findings(answer.findings)
        except EngineGone:
            self._checking = False
            self._stop(ENGINE_GONE)
        finally:
            self._checking = False

    def _take_findings(self, findings: tuple[Finding, ...]) -> None:
        if self.stage in (Stage.SENDING, Stage.SENT):
            return
        self.findings, self.findings_known = findings, True
        self._confirmed &= frozenset(findings)  # a finding whose words changed wants its tick again
        if self.stage is Stage.CHECKING:
            self.stage = Stage.EDITING if self.hard else Stage.REVIEW
            self._reviewed_at_s = self._clock.monotonic_s()
        self.changed.emit()

    async def _send(self, proposal: Proposal, gesture: str) -> None:
        accepted = tuple(finding.gate for finding in self.soft)
        try:
            if proposal.replaces is None:
                command: PlaceOrder | ReplaceOrder = PlaceOrder(
                    terms=proposal.terms, gesture=gesture, accepted=accepted
                )
            else:
                command = ReplaceOrder(
                    cl_ord_id=proposal.replaces, terms=proposal.terms, gesture=gesture, accepted=accepted
                )
            answer = await self._desk.ask(command)
        except EngineGone:
            self._stop(ENGINE_GONE_SENDING)
            return
        if isinstance(answer, Sent):
            self._with_the_socket(answer.cl_ord_id, proposal)
        elif isinstance(answer, Refused):
            self._take_refusal(answer)
        else:
            raise TypeError(f"a send was answered by {type(answer).__name__}")

    def _with_the_socket(self, cl_ord_id: ClOrdID, proposal: Proposal) -> None:
        self.stage = Stage.SENT
        self.sent = SentOrder(cl_ord_id=cl_ord_id, terms=proposal.terms, is_replace=proposal.replaces is not None)
        self.left.emit(cl_ord_id)
        for progress in self._heard:
            self.sent = self.sent.after_progress(progress)
        order = self._orders.orders.get(cl_ord_id)
        self._heard = []
        self._settle(self.sent.after_order(order) if order is not None else self.sent, None)

    def _take_refusal(self, answer: Refused) -> None:
        self.findings, self.findings_known = answer.findings, True
        self._confirmed = frozenset()
        self._stop("Nothing was sent. The reasons stand below; every value is still here.")

    def _take_progress(self, progress: SendProgress) -> None:
        if self.stage is Stage.SENDING:
            self._heard.append(progress)
        elif self.sent is not None:
            self._settle(self.sent.after_progress(progress), self.sent)

    def _take_orders(self, orders: list[Order]) -> None:
        if self.sent is None:
            return
        before = now = self.sent
        for order in orders:
            now = now.after_order(order)
        self._settle(now, before)

    def _settle(self, now: SentOrder, before: SentOrder | None) -> None:
        """Take the latest of a sent order; the first yes or no ends the wait."""
        if now == before:
            return
        self.sent = now
        if now.settled and (before is None or not before.settled):
            shown, self.stage = self.stage is Stage.SENT, Stage.EDITING if self.stage is Stage.SENT else self.stage
            if now.stage is SendStage.REFUSED:
                self._check()
                self.refused.emit(now, shown)
            elif shown:
                self.accepted.emit(now)
        self.changed.emit()

    def _stop(self, notice: str) -> None:
        self.stage, self.notice = Stage.EDITING, notice
        self.changed.emit()
