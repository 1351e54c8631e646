"""Every event of every venue, in order, to the part of the desk that it concerns.

What came in is written to the journal before what followed from it. A connection whose lamps fall out of trading
takes its unanswered requests into doubt; one whose lamps come back has its doubts settled, its owed cancels sent, and
tells what changed meanwhile.
"""

from collections.abc import Callable

from workstation.desk.amendment_answers import AmendmentAnswers
from workstation.desk.answers import AnswerIntake
from workstation.desk.away import Away
from workstation.desk.connection_desk import ConnectionDesk
from workstation.desk.floor import Floor
from workstation.desk.link_state import is_linked, may_send
from workstation.desk.reconciliation import Reconciliation
from workstation.desk.reports import ReportIntake
from workstation.desk.wording import clock_text
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.domain.market_data import Depth, LiveCandle, NewsItem, Quote
from workstation.domain.order_requests import PositionAmendRequest
from workstation.domain.order_states import OrdStatus
from workstation.venues.base import (
    AccountsListed,
    ActivityListed,
    BalanceReported,
    BookLoaded,
    ConnectionStatus,
    FrameSeen,
    InstrumentsListed,
    OrderReport,
    PositionReported,
    RequestAnswered,
    TextNotified,
    TradingEvent,
    VenueEvent,
)

NO_ANSWER = "The connection ended before the venue answered."


class EventIntake:
    """Takes what connections report. `connections` is set once, by the engine. `amendments` are those of positions."""

    connections: ConnectionDesk

    def __init__(
        self,
        floor: Floor,
        *,
        reports: ReportIntake,
        answers: AnswerIntake,
        reconciliation: Reconciliation,
        away: Away,
        wake_cancels: Callable[[], None],
    ) -> None:
        self._floor = floor
        self._reports = reports
        self._answers = answers
        self.amendments = AmendmentAnswers(floor)
        self._reconciliation = reconciliation
        self._away = away
        self._wake_cancels = wake_cancels

    def take(self, connection_id: ConnectionID, event: VenueEvent) -> None:
        """Take one event; called on the engine's loop, in the order in which things happened."""
        if isinstance(event, Quote | Depth | LiveCandle | NewsItem):
            self._floor.market.take(event)
        else:
            self._take_trading(connection_id, event)

    def _take_trading(self, connection_id: ConnectionID, event: TradingEvent) -> None:
        if isinstance(event, FrameSeen):
            self._floor.recorder.frame(event, self._owner_of(event))
            return
        if isinstance(event, OrderReport):
            now = clock_text(self._floor.clock.now_ns())
            self._reports.take(event, f"Order report of {now}, number {event.order_id}")
            return
        self._floor.recorder.release(connection_id, None)
        match event:
            case RequestAnswered():
                self._take_answer(event)
            case BookLoaded():
                self._reconciliation.book_loaded(event)
                self.amendments.books_loaded(event)
            case PositionReported() | BalanceReported() | AccountsListed():
                self._take_money(event)
            case TextNotified():
                self._answers.notified(event)
            case ActivityListed():
                self._reconciliation.history_listed(event)
            case InstrumentsListed():
                self._floor.publish(event)
            case ConnectionStatus():
                self._take_status(event)

    def _take_answer(self, answer: RequestAnswered) -> None:
        if isinstance(answer.request, PositionAmendRequest):
            self.amendments.take(answer, answer.request)
        else:
            self._answers.take(answer)

    def _take_money(self, event: PositionReported | BalanceReported | AccountsListed) -> None:
        if isinstance(event, PositionReported):
            self._floor.money.take_position(event.position)
            self.amendments.position_told(event.position)
        elif isinstance(event, BalanceReported):
            self._floor.money.take_balance(event.balance)
        else:
            for account in event.accounts:
                self._floor.money.take_account(account)

    def _owner_of(self, frame: FrameSeen) -> ClOrdID | None:
        if frame.order_id is None:
            return None
        order = self._floor.book.by_number(frame.connection_id, frame.order_id)
        return None if order is None else order.cl_ord_id

    def _take_status(self, status: ConnectionStatus) -> None:
        connection_id = status.connection_id
        if is_linked(self.connections.status(connection_id)) and not is_linked(status):
            self._away.went_dark(connection_id, self._floor.clock.now_ns())
        before = self.connections.take_status(status)
        if before is None:
            return
        if is_linked(before) and not is_linked(status):
            self._reconciliation.link_lost(connection_id)
        if self.connections.connection(connection_id) is None:
            self._nobody_answers(connection_id)
        if may_send(status) and not may_send(before):
            self._reconciliation.settle(connection_id)
            self._away.came_back(connection_id)
        if is_linked(status) and status.lamps != before.lamps:
            self._wake_cancels()

    def _nobody_answers(self, connection_id: ConnectionID) -> None:
        """Give up answers that a connection which is gone still owed."""
        floor, now_ns = self._floor, self._floor.clock.now_ns()
        self.amendments.nobody_answers(connection_id, NO_ANSWER)
        for unresolved in floor.requests.of_connection(connection_id):
            order = floor.book.get(unresolved.cl_ord_id)
            if order is not None and not unresolved.answered_ns:
                unresolved.answered_ns = now_ns
                floor.recorder.unanswered(order.cl_ord_id, connection_id, unresolved.purpose.value, NO_ANSWER)
                self._answers.lost_sight(order, NO_ANSWER)
        for cl_ord_id in list(floor.requests.cancels_under_way):
            order = floor.book.get(cl_ord_id)
            if order is not None and order.terms.account.connection_id == connection_id:
                floor.requests.cancels_under_way.discard(cl_ord_id)
                floor.recorder.unanswered(cl_ord_id, connection_id, "CANCEL", NO_ANSWER)
                if order.ord_status is OrdStatus.PENDING_CANCEL:
                    self._answers.lost_sight(order, NO_ANSWER)
