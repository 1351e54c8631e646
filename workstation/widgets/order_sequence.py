"""Several orders under one confirmation: all are checked first, then sent one after the other and followed.

Nothing is sent while anything hard stands against one of them. With `in_turn` the next one goes only after the one
before has filled completely; otherwise each goes whatever became of the others. An order in doubt, a refusal or the
trader's own stop ends an `in_turn` sequence, and what was not done is said. No widget here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from workstation.desk.commands import Checked, CheckOrder, Finding, Hardness, PlaceOrder, Refused, Sent
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms
from workstation.services.desk_client import EngineGone
from workstation.widgets.judged_send import ENGINE_GONE, PAUSE_S
from workstation.widgets.screen import Screen


class StepState(Enum):
    """How far one order of a sequence is; the value is the word shown."""

    WAITING = "not sent"
    SENDING = "being sent"
    SENT = "on the wire, not accepted yet"
    FILLED = "filled"
    ENDED = "ended unfilled"
    REFUSED = "refused"
    IN_DOUBT = "IN DOUBT: it may have traded"
    STOPPED = "not sent: stopped"


_OVER = frozenset({StepState.FILLED, StepState.ENDED, StepState.REFUSED, StepState.STOPPED})


@dataclass(slots=True)
class Step:
    """One order of the sequence."""

    terms: OrderTerms
    state: StepState = StepState.WAITING
    text: str = ""
    cl_ord_id: ClOrdID | None = None
    accepted: tuple[str, ...] = ()


class OrderSequence(QObject):
    """Checks, sends and follows the orders."""

    changed = Signal()
    finished = Signal()
    """Every order has ended, or will not be sent."""

    def __init__(
        self, terms: Sequence[OrderTerms], gesture: str, screen: Screen, *, in_turn: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.steps = [Step(one) for one in terms]
        self.findings: tuple[Finding, ...] = ()
        self.checked = False
        self.running = False
        self.notice = ""
        self._gesture, self._screen, self._in_turn = gesture, screen, in_turn
        self._confirmed: frozenset[str] = frozenset()
        self._since_s = screen.clock.monotonic_s()
        self._stopped = False
        screen.services.orders.orders_changed.connect(self._take_orders)
        screen.tasks.start(self._check(), "orders: check")

    @property
    def can_send(self) -> bool:
        """Whether the whole sequence may begin."""
        return self.checked and not self.running and not self._stopped and not self.unconfirmed

    @property
    def unconfirmed(self) -> tuple[Finding, ...]:
        """What stands in the way."""
        return tuple(one for one in self.findings if one.hardness is Hardness.HARD or one.gate not in self._confirmed)

    @property
    def is_over(self) -> bool:
        """Whether every order has ended or will not be sent."""
        return all(step.state in _OVER for step in self.steps)

    def confirmed_findings(self) -> frozenset[Finding]:
        """Return the soft findings that have their tick."""
        return frozenset(one for one in self.findings if one.hardness is Hardness.SOFT and one.gate in self._confirmed)

    def confirm(self, finding: Finding, confirmed: bool) -> None:
        """Set or take away the tick of one soft finding."""
        if not self.running and finding.hardness is Hardness.SOFT:
            gates = {finding.gate}
            self._confirmed = self._confirmed | gates if confirmed else self._confirmed - gates
            self.changed.emit()

    def send(self) -> bool:
        """Begin; say whether it did."""
        if not self.can_send or self._screen.clock.monotonic_s() - self._since_s < PAUSE_S:
            return False
        self.running = True
        self.changed.emit()
        self._go_on()
        return True

    def stop(self) -> None:
        """Send nothing more; what is on its way is not called back."""
        self._stopped = True
        for step in self.steps:
            if step.state is StepState.WAITING:
                step.state = StepState.STOPPED
        self._tell()

    # -- checking ------------------------------------------------------------------------------------------------

    async def _check(self) -> None:
        found: dict[tuple[str, str], Finding] = {}
        try:
            for step in self.steps:
                answer = await self._screen.desk.ask(CheckOrder(terms=step.terms))
                if isinstance(answer, Checked):
                    found.update(((one.gate, one.text), one) for one in answer.findings)
        except EngineGone:
            self.notice = "The engine stopped before it answered. Nothing was sent."
        else:
            self.findings, self.checked = tuple(found.values()), True
        self.changed.emit()

    # -- sending -------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Send what may go now: the next one, or all of them."""
        for step in self.steps:
            if step.state is StepState.WAITING and not self._stopped:
                step.state = StepState.SENDING
                self._screen.tasks.start(self._send(step), "orders: send")
                if self._in_turn:
                    break
        self._tell()

    async def _send(self, step: Step) -> None:
        accepted = tuple(sorted(self._confirmed))
        try:
            answer = await self._screen.desk.ask(PlaceOrder(terms=step.terms, gesture=self._gesture, accepted=accepted))
        except EngineGone:
            step.state, self.notice = StepState.IN_DOUBT, ENGINE_GONE
            self._tell()
            return
        if isinstance(answer, Sent):
            step.cl_ord_id, step.state = answer.cl_ord_id, StepState.SENT
            order = self._screen.services.orders.orders.get(answer.cl_ord_id)
            if order is not None:
                self._follow(step, order)
        elif isinstance(answer, Refused):
            step.state = StepState.REFUSED
            step.text = " ".join(finding.text for finding in answer.findings)
        self._after(step)

    def _take_orders(self, orders: list[Order]) -> None:
        for order in orders:
            for step in self.steps:
                if step.cl_ord_id == order.cl_ord_id and step.state in (StepState.SENT, StepState.IN_DOUBT):
                    self._follow(step, order)
                    self._after(step)

    def _follow(self, step: Step, order: Order) -> None:
        step.text = order.text
        if order.ord_status is OrdStatus.FILLED:
            step.state = StepState.FILLED
        elif order.ord_status is OrdStatus.IN_DOUBT:
            step.state = StepState.IN_DOUBT
        elif order.ord_status in (OrdStatus.REJECTED, OrdStatus.NOT_PLACED):
            step.state = StepState.REFUSED
        elif order.is_closed:
            step.state = StepState.ENDED

    def _after(self, step: Step) -> None:
        """Go on after a fill; end an `in_turn` sequence after anything that is certainly no fill."""
        if self._in_turn and step.state is StepState.FILLED:
            self._go_on()
        elif self._in_turn and step.state in (StepState.REFUSED, StepState.ENDED, StepState.IN_DOUBT):
            self.stop()
        else:
            self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        if self.running and self.is_over:
            self.finished.emit()
