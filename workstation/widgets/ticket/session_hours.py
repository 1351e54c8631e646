"""Whether the market of the ticket's instrument is open, by the venue's own hours; asked once per instrument and run.

It fills no field and blocks nothing: where the venue tells no hours, or does not answer, the session is unknown.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.desk.commands import AskVenue, VenueAnswered
from workstation.domain.capabilities import Capabilities, Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import TradingHours
from workstation.services.desk_client import EngineGone
from workstation.venues.queries import HoursAnswer, TradingHoursQuery
from workstation.widgets.screen import Screen

REST_MS = 400
"""A symbol that is still being typed is not asked about."""


class SessionHours(QObject):
    """Keeps the hours of the instruments that were in the ticket."""

    changed = Signal()

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._wanted: InstrumentKey | None = None
        self._known: dict[InstrumentKey, TradingHours | None] = {}
        self._soon = QTimer(self, singleShot=True, interval=REST_MS)
        self._soon.timeout.connect(self._ask)

    def of(self, key: InstrumentKey | None, capabilities: Capabilities | None) -> TradingHours | None:
        """Return the hours of `key` as far as they are known, and have them asked for where the venue tells them."""
        told = key is not None and capabilities is not None and Feed.TRADING_HOURS in capabilities.feeds
        wanted = key if told else None
        if wanted != self._wanted:
            self._wanted = wanted
            if wanted is not None and wanted not in self._known:
                self._soon.start()
        return None if wanted is None else self._known.get(wanted)

    def _ask(self) -> None:
        if self._wanted is not None and self._wanted not in self._known:
            self._screen.tasks.start(self._ask_about(self._wanted), "ticket: trading hours")

    async def _ask_about(self, key: InstrumentKey) -> None:
        self._known[key] = None
        try:
            answer = await self._screen.desk.ask(
                AskVenue(connection_id=key.connection_id, query=TradingHoursQuery(keys=(key,)))
            )
        except EngineGone:
            return
        if isinstance(answer, VenueAnswered) and isinstance(answer.result, HoursAnswer):
            self._known[key] = next((hours for hours in answer.result.hours if hours.key == key), None)
            self.changed.emit()
        else:
            del self._known[key]  # the venue may answer another time
