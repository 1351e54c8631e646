"""The choke point for positions: another stop loss, take profit or trailing distance goes through here, nowhere else.

click → gates → verdict → wire form → one commit of intent and frame → wire, as for orders. "Received" is not "in
force": only the venue's own position says that. Without an answer the change is IN DOUBT, which is said, and the next
report of the position settles it. Nothing is ever sent again.
"""

from workstation.desk.amendment_answers import say_of_amendment
from workstation.desk.amendments import Amendment, Amendments, AmendState, place_of
from workstation.desk.commands import AmendPosition, Checked, Finding, Refused, Sent
from workstation.desk.context import context_of
from workstation.desk.floor import Floor
from workstation.desk.gates import GateContext, ask, hard, standing
from workstation.desk.locks import Locks
from workstation.desk.messages import ActivityKind, SendStage
from workstation.desk.order_keys import OF_POSITION_CHANGES, OrderKeys
from workstation.desk.position_gates import POSITION_GATES
from workstation.desk.wording import stops_text
from workstation.domain.account import Position
from workstation.domain.order_requests import PositionAmendRequest
from workstation.domain.order_terms import OrdType, Side, TimeInForce
from workstation.domain.orders import ZERO, OrderTerms
from workstation.storage.journal_faults import JournalFailed
from workstation.venues.base import NotExpressible, Outgoing, Severity, VenueConnection, VenueUnreachable


class PositionDesk:
    """Changes positions. `keys` names its requests."""

    def __init__(self, floor: Floor, locks: Locks, amendments: Amendments, keys: OrderKeys) -> None:
        self._floor = floor
        self._locks = locks
        self._amendments = amendments
        self._keys = keys

    def check(self, command: AmendPosition) -> Checked:
        """Say what stands against this change; sends and records nothing."""
        return Checked(findings=ask(POSITION_GATES, self._context(command)))

    async def amend(self, command: AmendPosition) -> Sent | Refused:
        """Give a position other stops, if nothing stands against it."""
        floor, account = self._floor, command.account
        place = account.connection_id
        facts = {"symbol": command.symbol, "position_id": command.position_id, **_values(command)}
        floor.recorder.click("AMEND_POSITION", command.gesture, connection_id=place, **facts)
        context = self._context(command)
        findings = ask(POSITION_GATES, context)
        left = standing(findings, command.accepted)
        floor.recorder.verdict(
            "AMEND_POSITION", findings, passed=not left, accepted=list(command.accepted), connection_id=place
        )
        if left or context.position is None:
            return self._refused(command, left)
        return await self._send(command, self._request(command, context.position))

    # -- before it is sent ---------------------------------------------------------------------------------------

    def _context(self, command: AmendPosition) -> GateContext:
        floor = self._floor
        position = floor.money.position(command.account, command.symbol, command.position_id)
        net_qty = ZERO if position is None else position.net_qty
        terms = OrderTerms(
            account=command.account,
            symbol=command.symbol,
            side=Side.BUY if net_qty >= 0 else Side.SELL,
            ord_type=OrdType.MARKET,
            time_in_force=TimeInForce.FILL_OR_KILL,
            order_qty=abs(net_qty),
            stop_loss=command.stop_loss,
            take_profit=command.take_profit,
            trailing_offset=command.trailing_offset,
            position_id=command.position_id,
        )
        place = (command.account, command.symbol, command.position_id)
        under_way = self._amendments.get(place) is not None
        return context_of(floor, self._locks, terms, amends_position=True, amendment_under_way=under_way)

    def _request(self, command: AmendPosition, position: Position) -> PositionAmendRequest:
        return PositionAmendRequest(
            cl_ord_id=self._keys.new(OF_POSITION_CHANGES),
            account=command.account,
            symbol=command.symbol,
            position_id=command.position_id,
            side=Side.BUY if position.net_qty > 0 else Side.SELL,
            qty=abs(position.net_qty),
            stop_loss=command.stop_loss,
            take_profit=command.take_profit,
            trailing_offset=command.trailing_offset,
            comment=position.comment,
        )

    def _refused(self, command: AmendPosition, findings: tuple[Finding, ...]) -> Refused:
        floor = self._floor
        why = findings[0].text if findings else "It is gone."
        floor.activity.say(
            f"Change of position {command.position_id} ({command.symbol}, {floor.money.name(command.account)}) not "
            f"sent. {why}",
            Severity.WARNING,
            ActivityKind.RULES,
            account=command.account,
        )
        return Refused(findings=findings)

    # -- disk, then wire -----------------------------------------------------------------------------------------

    async def _send(self, command: AmendPosition, request: PositionAmendRequest) -> Sent | Refused:
        floor = self._floor
        connection = floor.venues.connection(request.account.connection_id)
        if connection is None:
            off = hard("connection", f"{floor.venue_name(request.account)} is off.")
            return self._refused(command, (off,))
        try:
            outgoing = connection.encode(request)
        except NotExpressible as error:
            return self._refused(command, (hard("expressible", str(error), "Change the values."),))
        now_s = floor.clock.monotonic_s()
        amendment = Amendment(request, AmendState.ANNOUNCED, floor.clock.now_ns(), now_s)
        self._amendments.put(amendment)  # before the first await, so that a second click meets it
        written = False
        try:
            await self._commit(outgoing)
            written = True
        except JournalFailed as error:
            self._locks.journal_fault(floor.recorder.journal.fault)
            text = f"It could not be written to the journal, so nothing was sent. {error}"
            return self._refused(command, (hard("journal", text, "Try again later."),))
        finally:
            if not written:
                self._amendments.drop(amendment)
        return await self._to_the_wire(connection, outgoing, amendment)

    async def _commit(self, outgoing: Outgoing) -> None:
        recorder = self._floor.recorder
        records = recorder.intents(outgoing.request, request_id=outgoing.request_id)
        await recorder.journal.commit([*records, *recorder.frame_records(outgoing.frame_seen)])

    async def _to_the_wire(
        self, connection: VenueConnection, outgoing: Outgoing, amendment: Amendment
    ) -> Sent | Refused:
        floor, request = self._floor, amendment.request
        floor.progress.begin(request.cl_ord_id)
        obstacle = self._obstacle(amendment)
        if obstacle:
            return self._not_sent(amendment, obstacle)
        amendment.state = AmendState.SENT
        amendment.since_ns = amendment.sent_ns = floor.clock.now_ns()
        known = False
        try:
            await connection.send(outgoing)
            known = True
        except VenueUnreachable as error:
            known = True
            return self._not_sent(amendment, str(error))
        finally:
            if not known:
                self._amendments.drop(amendment)  # the program is ending: the journal tells it at the next start
        floor.progress.reach(request.cl_ord_id, SendStage.ON_THE_WIRE)
        asked = stops_text(request, floor.instrument(request.account, request.symbol))
        self._say(request, f"on the wire ({asked}); not in force yet.")
        return Sent(cl_ord_id=request.cl_ord_id)

    def _obstacle(self, amendment: Amendment) -> str:
        """Return why it must not leave after all, because of what came while the disk was written."""
        state = self._locks.state
        if state.killed_since_ns or state.locked:
            return "The desk was locked before it left."
        position = self._floor.money.position(*place_of(amendment.request))
        return "" if position is not None and position.net_qty else "The position was closed before it left."

    def _not_sent(self, amendment: Amendment, why: str) -> Refused:
        """Say that certainly not one byte left."""
        request = amendment.request
        text = f"Not sent: {why} Nothing reached the venue; the old stops stay in force."
        self._amendments.drop(amendment)
        self._floor.recorder.answer(request, "NOT_SENT", why)
        self._floor.progress.reach(request.cl_ord_id, SendStage.REFUSED, text)
        self._say(request, f"not sent: {why} The old stops stay in force.", Severity.WARNING)
        return Refused(findings=(hard("connection", text, "Try again when the connection is live."),))

    def _say(self, request: PositionAmendRequest, words: str, severity: Severity = Severity.INFO) -> None:
        say_of_amendment(self._floor, request, words, severity)


def _values(command: AmendPosition) -> dict[str, object]:
    return {
        "stop_loss": None if command.stop_loss is None else str(command.stop_loss),
        "take_profit": None if command.take_profit is None else str(command.take_profit),
        "trailing_offset": None if command.trailing_offset is None else str(command.trailing_offset),
    }
