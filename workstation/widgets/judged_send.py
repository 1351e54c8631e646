"""One request of a dialog, from typing to the venue's yes or no: judged by the desk's own gates while it is typed.

    EDITING --send--> SENDING --with the socket--> SENT --settled--> DONE (or EDITING again after a refusal)

Send is dead while anything hard stands against the request, while a soft finding has no tick of its own, and for the
first 300 ms after the request changed. Nothing is sent twice. Ticks hold for one request: another value wants them
anew. No widget here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from workstation.desk.commands import (
    AmendPosition,
    Checked,
    CheckOrder,
    CheckPosition,
    Finding,
    Hardness,
    PlaceOrder,
    Refused,
    Sent,
)
from workstation.desk.messages import SendProgress, SendStage
from workstation.domain.identity import ClOrdID
from workstation.services.desk_client import EngineGone
from workstation.widgets.screen import Screen

PAUSE_S = 0.3
"""How long a request must stand before it can be sent: a bounced key or a double click is faster."""
ENGINE_GONE = (
    "The engine stopped before it answered: this request may or may not have been sent. Do not send it again. "
    "Restart the program and look at the positions."
)

Check = CheckOrder | CheckPosition
Send = PlaceOrder | AmendPosition


class Phase(Enum):
    """Where the request is."""

    EDITING = "EDITING"
    SENDING = "SENDING"
    SENT = "SENT"
    DONE = "DONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked about, and how it is sent: `send` is given the gates that the trader confirmed."""

    check: Check
    send: Callable[[tuple[str, ...]], Send]


class JudgedSend(QObject):
    """Checks, sends and follows one request at a time."""

    changed = Signal()
    """Phase, findings, progress or notice changed."""
    settled = Signal(object)
    """SendStage: ACCEPTED, REFUSED or IN_DOUBT."""

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.phase = Phase.EDITING
        self.findings: tuple[Finding, ...] = ()
        self.findings_known = False
        self.stage: SendStage | None = None
        self.notice = ""
        self._request: Request | None = None
        self._confirmed: frozenset[str] = frozenset()
        self._proposed_at_s = 0.0
        self._wanted = 0
        self._asking = False
        self._key: ClOrdID | None = None
        self._heard: list[SendProgress] = []
        screen.services.orders.send_progressed.connect(self._take_progress)

    @property
    def can_send(self) -> bool:
        """Whether a send would leave, but for the pause."""
        free = self.phase is Phase.EDITING and self._request is not None and self.findings_known
        return free and not self.unconfirmed

    @property
    def is_proposed(self) -> bool:
        """Whether there is anything to send, and so to judge."""
        return self._request is not None

    @property
    def unconfirmed(self) -> tuple[Finding, ...]:
        """What stands in the way: hard findings, and soft ones without their tick."""
        return tuple(
            finding
            for finding in self.findings
            if finding.hardness is Hardness.HARD or finding.gate not in self._confirmed
        )

    def confirmed_findings(self) -> frozenset[Finding]:
        """Return the soft findings that have their tick."""
        soft = (finding for finding in self.findings if finding.hardness is Hardness.SOFT)
        return frozenset(finding for finding in soft if finding.gate in self._confirmed)

    def propose(self, request: Request | None) -> None:
        """Take what the fields make now (None: nothing that can be sent) and have it checked."""
        if self.phase is not Phase.EDITING:
            return
        before = None if self._request is None else self._request.check
        self._request = request
        if request is None or request.check != before:
            self._confirmed = frozenset()
            self.findings, self.findings_known, self.notice = (), False, ""
            self._proposed_at_s = self._screen.clock.monotonic_s()
            self.recheck()
            self.changed.emit()

    def recheck(self) -> None:
        """Ask again, because something around it moved: a lamp, a lock, the market."""
        self._wanted += 1
        if self.phase is Phase.EDITING and self._request is not None and not self._asking:
            self._asking = True
            self._screen.tasks.start(self._ask_until_current(), "dialog: check")

    def confirm(self, finding: Finding, confirmed: bool) -> None:
        """Set or take away the tick of one soft finding."""
        if self.phase is Phase.EDITING and finding.hardness is Hardness.SOFT:
            gates = {finding.gate}
            self._confirmed = self._confirmed | gates if confirmed else self._confirmed - gates
            self.changed.emit()

    def send(self) -> bool:
        """Send the request; say whether it went to the desk."""
        too_early = self._screen.clock.monotonic_s() - self._proposed_at_s < PAUSE_S
        if not self.can_send or too_early or self._request is None:
            return False
        accepted = tuple(sorted(finding.gate for finding in self.confirmed_findings()))
        self.phase, self.notice, self.stage, self._heard, self._key = Phase.SENDING, "", None, [], None
        self._screen.tasks.start(self._send(self._request.send(accepted)), "dialog: send")
        self.changed.emit()
        return True

    async def _ask_until_current(self) -> None:
        """Ask until the answer is about the latest request; one question at a time."""
        wanted = -1
        try:
            while self._request is not None and self.phase is Phase.EDITING and wanted != self._wanted:
                wanted = self._wanted
                answer = await self._screen.desk.ask(self._request.check)
                if wanted == self._wanted and isinstance(answer, Checked):
                    self._take_findings(answer.findings)
        except EngineGone:
            self._back_to_editing("The engine stopped before it answered. Restart the program.")
        finally:
            self._asking = False

    def _take_findings(self, findings: tuple[Finding, ...]) -> None:
        if self.phase is Phase.EDITING:
            self.findings, self.findings_known = findings, True
            self.changed.emit()

    async def _send(self, command: Send) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone:
            self.phase, self.notice = Phase.DONE, ENGINE_GONE
            self.changed.emit()
            return
        if isinstance(answer, Sent):
            self._key, self.phase = answer.cl_ord_id, Phase.SENT
            for progress in self._heard:
                self._follow(progress)
            self.changed.emit()
        elif isinstance(answer, Refused):
            self.findings, self.findings_known = answer.findings, True
            self._back_to_editing("Nothing was sent. The reasons stand above.")
        else:
            raise TypeError(f"a send was answered by {type(answer).__name__}")

    def _take_progress(self, progress: SendProgress) -> None:
        if self.phase is Phase.SENDING:
            self._heard.append(progress)
        elif self.phase is Phase.SENT:
            self._follow(progress)

    def _follow(self, progress: SendProgress) -> None:
        if progress.cl_ord_id != self._key or self.phase is not Phase.SENT:
            return
        self.stage = progress.stage
        if progress.stage is SendStage.ACCEPTED:
            self.phase = Phase.DONE
        elif progress.stage is SendStage.REFUSED:
            self._back_to_editing(f"The venue refused it: {progress.text or 'no reason was given'}")
        elif progress.stage is SendStage.IN_DOUBT:
            self.notice = f"IN DOUBT: {progress.text} It may have happened. The desk asks the venue by itself."
        self.changed.emit()
        if progress.stage in (SendStage.ACCEPTED, SendStage.REFUSED, SendStage.IN_DOUBT):
            self.settled.emit(progress.stage)

    def _back_to_editing(self, notice: str) -> None:
        self.phase, self.notice = Phase.EDITING, notice
        self._confirmed = frozenset()
        self._proposed_at_s = self._screen.clock.monotonic_s()
        self.changed.emit()
