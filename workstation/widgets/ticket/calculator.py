"""What an order would cost and bring, by the venue's own calculation, asked while the trader types.

One question at a time, a moment after the last change; the latest terms win, an answer about older ones is dropped. It
fills no field and blocks nothing: a figure that failed is unknown.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.desk.commands import AskVenue, Refused, VenueAnswered
from workstation.domain.capabilities import Capabilities, Feed
from workstation.domain.estimates import Estimate
from workstation.domain.orders import OrderTerms
from workstation.services.desk_client import EngineGone
from workstation.venues.queries import EstimateQuery
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.check_view import Estimation

DEBOUNCE_MS = 250
NOTHING = Estimation()


class Calculator(QObject):
    """Keeps the estimation of the terms that were proposed last."""

    changed = Signal()

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._terms: OrderTerms | None = None
        self._asking = False
        self.estimation = NOTHING
        self._soon = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._soon.timeout.connect(self._ask)

    def propose(self, terms: OrderTerms | None, capabilities: Capabilities | None) -> None:
        """Take the terms as they are now (None: no order yet); the figures of older ones stay, marked as waiting."""
        offered = capabilities is not None and Feed.ESTIMATES in capabilities.feeds
        wanted = terms if offered else None
        if wanted == self._terms:
            return
        self._terms = wanted
        if wanted is None:
            self._soon.stop()
            self.estimation = NOTHING
        else:
            self.estimation = Estimation(estimate=self.estimation.estimate, waiting=True)
            self._soon.start()

    def _ask(self) -> None:
        if self._terms is not None and not self._asking:
            self._asking = True
            self._screen.tasks.start(self._ask_until_current(), "ticket: estimate")

    async def _ask_until_current(self) -> None:
        """Ask until the answer is about the latest terms."""
        asked: OrderTerms | None = None
        try:
            while self._terms is not None and asked != self._terms:
                asked = self._terms
                command = AskVenue(connection_id=asked.account.connection_id, query=EstimateQuery(terms=asked))
                answer = await self._screen.desk.ask(command)
                if asked == self._terms:
                    self._take(answer)
        except EngineGone:
            self._show(Estimation(why="the engine has stopped"))
        finally:
            self._asking = False

    def _take(self, answer: object) -> None:
        if isinstance(answer, VenueAnswered) and isinstance(answer.result, Estimate):
            self._show(Estimation(estimate=answer.result))
        elif isinstance(answer, Refused):
            self._show(Estimation(why=" ".join(finding.text for finding in answer.findings)))

    def _show(self, estimation: Estimation) -> None:
        self.estimation = estimation
        self.changed.emit()
