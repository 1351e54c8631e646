"""How changes of positions end: by the venue's refusal, or by what it shows of the position.

RECEIVED means that the venue has it, no more. UNKNOWN puts the change IN DOUBT: the old stops or the new ones may be in
force, which the trader must know at once. The books are asked for by the same rhythm as for orders in doubt.

In the journal a change has no ANSWER before its end, so that one without an end is told again at every start, however
the program ended.
"""

from workstation.desk.amendments import Amendment, Amendments, AmendState, place_of
from workstation.desk.evidence import APART_NS
from workstation.desk.floor import Floor
from workstation.desk.messages import ActivityKind, SendStage
from workstation.desk.watch import FIRST_ASKS_S, THEN_EVERY_S
from workstation.desk.wording import stops_text
from workstation.domain.account import Position
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.order_requests import PositionAmendRequest
from workstation.storage.amendment_records import amendment_of_body
from workstation.storage.journal_rows import Row
from workstation.storage.order_records import UnreadableOrder
from workstation.venues.base import BookLoaded, Outcome, RequestAnswered, Severity

DOUBT = "The old stops or the new ones may be in force. The desk asks the venue by itself; nothing is sent again."


class AmendmentAnswers:
    """Takes answers and positions, and settles the changes they speak of. `under_way` are those without an end."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.under_way = Amendments()

    def take(self, answer: RequestAnswered, request: PositionAmendRequest) -> None:
        """Apply one answer; one that comes after the end is only recorded."""
        floor, amendment = self._floor, self.under_way.find(request)
        if amendment is None or answer.outcome is Outcome.REFUSED:
            floor.recorder.answered(request, answer.outcome, answer.text, answer.order_id)
        else:
            self._note(request, answer.outcome, answer.text)
        if amendment is None:
            return
        if answer.outcome is Outcome.REFUSED:
            self._forget(amendment, SendStage.REFUSED, answer.text)
            self._say(request, f"refused: {answer.text} The old stops stay in force.", Severity.ERROR)
        elif answer.outcome is Outcome.UNKNOWN:
            self._doubt(amendment, answer.text or "No answer came.")
        elif amendment.state is not AmendState.IN_DOUBT:
            self._wait(amendment, AmendState.RECEIVED, first_ask=1)
            floor.progress.reach(request.cl_ord_id, SendStage.RECEIVED, answer.text)
            self._say(request, "received by the venue; not in force yet.")
            self.position_told(floor.money.position(*place_of(request)))

    def position_told(self, position: Position | None, *, asked_ns: int = 0) -> None:
        """Settle the change of `position` by what it shows; `asked_ns` is set when it came with complete books."""
        amendment = None if position is None else self.under_way.get(position.place)
        if position is None or amendment is None or amendment.state in (AmendState.ANNOUNCED, AmendState.SENT):
            return
        request = amendment.request
        if not position.net_qty:
            self._end(amendment, SendStage.REFUSED, "The position is closed.")
            self._say(request, "the position is closed, so no stop of it is in force any more.", Severity.WARNING)
        elif amendment.is_in_force(position):
            doubt = "no longer in doubt: " if amendment.state is AmendState.IN_DOUBT else ""
            self._end(amendment, SendStage.ACCEPTED, "")
            self._say(request, f"{doubt}in force, as the venue shows ({self._held(position)}).", Severity.SUCCESS)
        elif _is_late_enough(amendment, asked_ns):
            held = self._held(position)
            self._end(amendment, SendStage.REFUSED, f"Not in force: the venue shows {held}.")
            self._say(request, f"not in force: the venue shows {held}.", Severity.WARNING)

    def books_loaded(self, loaded: BookLoaded) -> None:
        """Settle by an account's complete books; a position that they do not hold is closed, and was told as flat."""
        for position in loaded.positions:
            self.position_told(position, asked_ns=loaded.asked_ns)
        for amendment in self.under_way.of_account(loaded.account):
            self.position_told(self._floor.money.position(*amendment.place), asked_ns=loaded.asked_ns)

    def nobody_answers(self, connection_id: ConnectionID, why: str) -> None:
        """Put in doubt what a connection that is gone still owed an answer."""
        for amendment in self.under_way.of_connection(connection_id):
            if amendment.state is AmendState.SENT:
                self._note(amendment.request, Outcome.UNKNOWN, why)
                self._doubt(amendment, why)

    def restore(self, rows: list[Row]) -> None:
        """Tell of the changes that had no end when the program last ended; the books settle them."""
        for row in rows:
            if row.body.get("request") != "AMEND_POSITION" or row.cl_ord_id is None:
                continue
            try:
                request = amendment_of_body(row.cl_ord_id, row.body.get("amendment"))
            except UnreadableOrder as error:
                self._floor.activity.say(f"{row.cl_ord_id}: {error}. Compare with the broker.", Severity.ERROR)
                continue
            amendment = Amendment(request, AmendState.SENT, row.time_ns, 0.0, sent_ns=row.time_ns)
            self.under_way.put(amendment)
            self._doubt(amendment, "The program ended before the venue showed what became of it.")

    def due_accounts(self) -> tuple[AccountKey, ...]:
        """Return the accounts whose books are to be asked for now, and plan their next time."""
        now_s = self._floor.clock.monotonic_s()
        accounts: dict[AccountKey, None] = {}
        for amendment in self.under_way:
            if amendment.state not in (AmendState.RECEIVED, AmendState.IN_DOUBT) or amendment.due_s > now_s:
                continue
            accounts[amendment.request.account] = None
            amendment.asked += 1
            later = FIRST_ASKS_S[amendment.asked] if amendment.asked < len(FIRST_ASKS_S) else THEN_EVERY_S
            amendment.due_s = now_s + later
        return tuple(accounts)

    def _doubt(self, amendment: Amendment, why: str) -> None:
        if amendment.state is AmendState.IN_DOUBT:
            return
        request = amendment.request
        self._wait(amendment, AmendState.IN_DOUBT, first_ask=0)
        self._floor.progress.reach(request.cl_ord_id, SendStage.IN_DOUBT, why)
        asked = stops_text(request, self._floor.instrument(request.account, request.symbol))
        self._say(request, f"IN DOUBT ({asked}): {why} {DOUBT}", Severity.ERROR)

    def _wait(self, amendment: Amendment, state: AmendState, *, first_ask: int) -> None:
        clock = self._floor.clock
        amendment.state, amendment.since_ns, amendment.asked = state, clock.now_ns(), first_ask
        amendment.due_s = clock.monotonic_s() + FIRST_ASKS_S[first_ask]

    def _note(self, request: PositionAmendRequest, outcome: Outcome, text: str) -> None:
        """Record what was heard of a change that has no end yet."""
        words = f"{_HEARD[outcome]} {text}".rstrip()
        self._floor.recorder.fact(request.cl_ord_id, request.account.connection_id, words, outcome=outcome.value)

    def _end(self, amendment: Amendment, stage: SendStage, text: str) -> None:
        """End a change by what the venue shows of its position."""
        in_force = stage is SendStage.ACCEPTED
        self._floor.recorder.answer(amendment.request, "IN_FORCE" if in_force else "NOT_IN_FORCE", text)
        self._forget(amendment, stage, text)

    def _forget(self, amendment: Amendment, stage: SendStage, text: str) -> None:
        self.under_way.drop(amendment)
        self._floor.progress.reach(amendment.request.cl_ord_id, stage, text)

    def _held(self, position: Position) -> str:
        return stops_text(position, self._floor.instrument(position.key, position.symbol))

    def _say(self, request: PositionAmendRequest, words: str, severity: Severity = Severity.INFO) -> None:
        say_of_amendment(self._floor, request, words, severity)


_HEARD = {
    Outcome.RECEIVED: "The venue received the change of the position; not in force yet.",
    Outcome.UNKNOWN: "No answer to the change of the position: it may or may not have happened.",
}


def _is_late_enough(amendment: Amendment, asked_ns: int) -> bool:
    """Say whether books that were asked for at `asked_ns`, 0 for none, can prove that a change is not in force."""
    if amendment.state is AmendState.IN_DOUBT:
        return asked_ns >= amendment.sent_ns + APART_NS
    return asked_ns > amendment.since_ns


def say_of_amendment(floor: Floor, request: PositionAmendRequest, words: str, severity: Severity) -> None:
    """Say something about one change in the activity log."""
    subject = f"Change {request.cl_ord_id} of position {request.position_id}"
    where = f"({request.symbol}, {floor.money.name(request.account)})"
    floor.activity.say(f"{subject} {where}: {words}", severity, ActivityKind.ORDERS, account=request.account)
