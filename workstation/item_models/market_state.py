"""Whether market data can be trusted now: does the venue have the feed, is its line up, how old is the value.

A value is fresh only while all three say so. Everything else carries a word, because an old price that looks like a
new one costs money. The heartbeat of a line is no news: only a quote makes a quote younger.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workstation.domain.capabilities import Feed
from workstation.domain.identity import ConnectionID
from workstation.item_models.number_text import UNKNOWN, age_text
from workstation.item_models.words import word
from workstation.services.subjects import Services
from workstation.venues.base import Channel, ConnectionStatus, Lamp

STALE_AFTER_NS = 15 * 1_000_000_000
NO_FEED = "no feed"


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh a value is, and the word for it; `exists` is False where there is no value at all."""

    is_fresh: bool
    text: str
    exists: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketState:
    """What is known of the connections' feeds; looked up when a text is made, never stored in a row."""

    has: Callable[[ConnectionID, Feed], bool]
    data_lamp: Callable[[ConnectionID], Lamp]
    title_of: Callable[[ConnectionID], str]
    now_ns: Callable[[], int]

    @classmethod
    def of(cls, services: Services, now_ns: Callable[[], int]) -> "MarketState":
        """Look at the connections as the services know them."""
        connections = services.connections

        def has(connection_id: ConnectionID, feed: Feed) -> bool:
            known = connections.capabilities.get(connection_id)
            return known is not None and feed in known.feeds

        def lamp(connection_id: ConnectionID) -> Lamp:
            return data_lamp(connections.statuses.get(connection_id))

        def title(connection_id: ConnectionID) -> str:
            known = connections.capabilities.get(connection_id)
            return known.title if known is not None else connection_id

        return cls(has=has, data_lamp=lamp, title_of=title, now_ns=now_ns)

    def freshness(self, connection_id: ConnectionID, received_ns: int, feed: Feed = Feed.QUOTES) -> Freshness:
        """Judge a value that came at `received_ns` (0: none came yet)."""
        if not self.has(connection_id, feed):
            return Freshness(False, NO_FEED, exists=False)
        lamp = self.data_lamp(connection_id)
        line = "" if lamp is Lamp.LIVE else word(lamp)
        if not received_ns:
            return Freshness(False, line or UNKNOWN, exists=False)
        now_ns = self.now_ns()
        age = age_text(received_ns, now_ns)
        if not line and now_ns - received_ns <= STALE_AFTER_NS:
            return Freshness(True, age)
        return Freshness(False, ", ".join(filter(None, (f"stale {age}", "" if lamp is Lamp.STALE else line))))


def data_lamp(status: ConnectionStatus | None) -> Lamp:
    """Return what the line of the market data claims; the worst of all lines where data has none of its own."""
    if status is None:
        return Lamp.OFF
    own = next((lamp for channel, lamp in status.lamps if channel is Channel.DATA), None)
    return status.worst if own is None else own
