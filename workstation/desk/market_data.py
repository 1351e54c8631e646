"""The market as the engine knows it: who wants to be told what, the latest quotes, and questions to venues.

Ticks come by the thousand a second. Of each instrument only the latest quote and depth are kept, and the screen is told
at most once in :data:`TOLD_EVERY_S`: the first change at the end of the turn of the loop that brought it, the next ones
together. One-minute candles and news are told one by one, in order. Nothing here is journaled: it is the market's, not
the trader's.

What a dock wants to be told is kept under its name and given to each connection as one wish, again after every new
start of the connection, so that no dock need notice a reconnect.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from workstation.desk.commands import AskVenue, Done, Finding, Hardness, Refused, VenueAnswered, WatchMarket
from workstation.desk.messages import EngineMessage, MarketMoved
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import Depth, LiveCandle, NewsItem, Quote
from workstation.venues.base import MarketEvent, QueryRefused, VenueConnection, VenueUnreachable
from workstation.venues.queries import Watch

TOLD_EVERY_S = 0.004
"""The shortest time between two tellings: a quarter of a frame, so that the screen's own clock sets the pace."""

ConnectionOf = Callable[[ConnectionID], VenueConnection | None]


@dataclass(slots=True)
class _Untold:
    quotes: dict[InstrumentKey, Quote] = field(default_factory=dict)
    depths: dict[InstrumentKey, Depth] = field(default_factory=dict)
    candles: list[LiveCandle] = field(default_factory=list)
    news: list[NewsItem] = field(default_factory=list)

    def moved(self) -> MarketMoved:
        return MarketMoved(
            quotes=tuple(self.quotes.values()),
            depths=tuple(self.depths.values()),
            candles=tuple(self.candles),
            news=tuple(self.news),
        )


class MarketDesk:
    """Latest quotes, wishes and questions; lives on the engine's loop."""

    def __init__(self, publish: Callable[[EngineMessage], None]) -> None:
        self._publish = publish
        self._quotes: dict[InstrumentKey, Quote] = {}
        self._untold = _Untold()
        self._planned = False
        self._told_at_s = 0.0
        self._wishes: dict[str, WatchMarket] = {}
        self._given: dict[ConnectionID, Watch] = {}

    def quote(self, key: InstrumentKey) -> Quote | None:
        """Return the latest quote, however old it is."""
        return self._quotes.get(key)

    # -- what venues tell ----------------------------------------------------------------------------------------

    def take(self, event: MarketEvent) -> None:
        """Take what a venue tells of the market, and plan to tell the screen."""
        if isinstance(event, Quote):
            self._quotes[event.key] = self._untold.quotes[event.key] = event
        elif isinstance(event, Depth):
            self._untold.depths[event.key] = event
        elif isinstance(event, LiveCandle):
            self._untold.candles.append(event)
        else:
            self._untold.news.append(event)
        if not self._planned:
            self._plan()

    def _plan(self) -> None:
        self._planned = True
        loop = asyncio.get_running_loop()
        wait_s = self._told_at_s + TOLD_EVERY_S - loop.time()
        if wait_s > 0:
            loop.call_later(wait_s, self._tell)
        else:
            loop.call_soon(self._tell)

    def _tell(self) -> None:
        self._planned = False
        self._told_at_s = asyncio.get_running_loop().time()
        untold, self._untold = self._untold, _Untold()
        self._publish(untold.moved())

    # -- what docks want -----------------------------------------------------------------------------------------

    def watch(self, command: WatchMarket, connection_of: ConnectionOf) -> Done:
        """Replace one watcher's wish and pass on what changed of them all."""
        if command.quotes or command.depth or command.candles:
            self._wishes[command.watcher] = command
        else:
            self._wishes.pop(command.watcher, None)
        wanted = self._wanted()
        for connection_id in wanted.keys() | self._given.keys():
            connection = connection_of(connection_id)
            watch = wanted.get(connection_id, Watch())
            if connection is not None and self._given.get(connection_id) != watch:
                self._given[connection_id] = watch
                connection.watch(watch)
        return Done()

    def attach(self, connection: VenueConnection) -> None:
        """Give a connection that was just built what is wanted of it."""
        connection_id = connection.profile.connection_id
        watch = self._given[connection_id] = self._wanted().get(connection_id, Watch())
        connection.watch(watch)

    def _wanted(self) -> dict[ConnectionID, Watch]:
        quotes, depth, candles = (defaultdict[ConnectionID, set[str]](set) for _ in range(3))
        for wish in self._wishes.values():
            for asked, sets in ((wish.quotes, quotes), (wish.depth, depth), (wish.candles, candles)):
                for key in asked:
                    sets[key.connection_id].add(key.symbol)
        return {
            connection_id: Watch(
                quotes=frozenset(quotes[connection_id]),
                depth=frozenset(depth[connection_id]),
                candles=frozenset(candles[connection_id]),
            )
            for connection_id in {*quotes, *depth, *candles}
        }

    # -- questions -----------------------------------------------------------------------------------------------

    async def ask(self, command: AskVenue, connection: VenueConnection | None, name: str) -> VenueAnswered | Refused:
        """Pass a question on and its answer back; `name` is what the trader calls the connection."""
        if connection is None:
            return _said_no(f"{name} is not connected.", "Connect it, then ask again.")
        try:
            return VenueAnswered(result=await connection.query(command.query))
        except QueryRefused as error:
            return _said_no(str(error))
        except VenueUnreachable as error:
            return _said_no(str(error), "Ask again when the connection is live.")


def merged(older: MarketMoved, newer: MarketMoved) -> MarketMoved:
    """Return two tellings as one, so that what waits for a stalled screen stays small."""
    quotes = {quote.key: quote for moved in (older, newer) for quote in moved.quotes}
    depths = {depth.key: depth for moved in (older, newer) for depth in moved.depths}
    return MarketMoved(
        quotes=tuple(quotes.values()),
        depths=tuple(depths.values()),
        candles=older.candles + newer.candles,
        news=older.news + newer.news,
    )


def _said_no(text: str, cure: str = "") -> Refused:
    return Refused(findings=(Finding(gate="query", hardness=Hardness.HARD, text=text, cure=cure),))
