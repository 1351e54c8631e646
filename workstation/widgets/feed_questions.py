"""One question put to every venue that has the feed for it: news, calendar. Asked again when a link comes back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from workstation.desk.commands import AskVenue, Refused, VenueAnswered
from workstation.domain.capabilities import Feed
from workstation.domain.identity import ConnectionID
from workstation.services.desk_client import EngineGone
from workstation.venues.base import ConnectionStatus, Lamp
from workstation.venues.queries import VenueQuery
from workstation.widgets.screen import Screen

_LIVE = frozenset({Lamp.LIVE, Lamp.DEGRADED, Lamp.STALE})


class FeedQuestions(QObject):
    """Asks nothing until :meth:`ask_all` was called once."""

    answered = Signal(object, object)
    """ConnectionID and QueryResult"""
    refused = Signal(object, str)
    """ConnectionID and why it does not answer"""

    def __init__(self, screen: Screen, feed: Feed, query: Callable[[], VenueQuery], parent: QObject) -> None:
        super().__init__(parent)
        self._screen = screen
        self._feed = feed
        self._query = query
        self._is_asking = False
        self._open: set[ConnectionID] = set()
        self._asked_live: set[ConnectionID] = set()
        screen.services.connections.statuses_changed.connect(self._statuses_changed)
        screen.services.connections.connections_changed.connect(self._ask_new)

    def connections(self) -> list[ConnectionID]:
        """Return the connections whose venues have the feed."""
        known = self._screen.services.connections.capabilities
        return [connection_id for connection_id, capabilities in known.items() if self._feed in capabilities.feeds]

    def without_feed(self) -> list[str]:
        """Return the names of the venues that have no such feed, each once."""
        known = self._screen.services.connections.capabilities.values()
        return sorted({capabilities.title for capabilities in known if self._feed not in capabilities.feeds})

    def ask_all(self) -> None:
        """Ask every connection that is live; the others are asked when they are."""
        self._is_asking = True
        for connection_id in self.connections():
            if self._is_live(connection_id):
                self._ask(connection_id)

    def _ask_new(self) -> None:
        if self._is_asking:
            for connection_id in self.connections():
                if self._is_live(connection_id) and connection_id not in self._asked_live:
                    self._ask(connection_id)

    def _statuses_changed(self, statuses: list[ConnectionStatus]) -> None:
        for status in statuses:
            if status.worst not in _LIVE:
                self._asked_live.discard(status.connection_id)
        self._ask_new()

    def _is_live(self, connection_id: ConnectionID) -> bool:
        status = self._screen.services.connections.statuses.get(connection_id)
        return status is not None and status.worst in _LIVE

    def _ask(self, connection_id: ConnectionID) -> None:
        if connection_id not in self._open:
            self._open.add(connection_id)
            self._asked_live.add(connection_id)
            name = f"{self._feed.value.lower()} of {connection_id}"
            self._screen.tasks.start(self._ask_one(connection_id), name)

    async def _ask_one(self, connection_id: ConnectionID) -> None:
        try:
            answer = await self._screen.desk.ask(AskVenue(connection_id=connection_id, query=self._query()))
        except EngineGone:
            return  # the window says so already
        finally:
            self._open.discard(connection_id)
        if isinstance(answer, VenueAnswered):
            self.answered.emit(connection_id, answer.result)
        elif isinstance(answer, Refused):
            self.refused.emit(connection_id, " ".join(f"{one.text} {one.cure}".strip() for one in answer.findings))
