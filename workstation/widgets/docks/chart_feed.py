"""What the chart is told: history asked of the venue, live minutes and quotes, and in words whatever stands in the way.

History comes in pieces: about two screens at first, more when the trader scrolls back. Where a piece is empty (a
weekend, a holiday) a longer one is asked for. An answer to a question about another symbol or period is dropped. After
every reconnect, and when a candle longer than a minute is over, the last candles are asked for once more, because what
was built here of minutes is only as complete as what arrived.
"""

from PySide6.QtCore import QObject, Signal

from workstation.desk.commands import AskVenue, Refused, VenueAnswered
from workstation.domain.capabilities import Feed
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import CandlePeriod, Candles, LiveCandle, Quote
from workstation.item_models.candle_series import MINUTE_NS, CandleSeries, SeriesChange
from workstation.item_models.words import word
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Channel, ConnectionStatus, Lamp
from workstation.venues.queries import CandlesQuery
from workstation.widgets.screen import Screen

FIRST_CANDLES = 600
OLDER_CANDLES = 1_500
MOST_ASKED = 40_000
"""Venues refuse longer stretches; XAPI from 50,000 candles on."""
_ENOUGH = 50
_LONGER = 8
_RECENT = 3


class ChartFeed(QObject):
    """One series at a time, with everything that keeps it current."""

    replaced = Signal()
    """:attr:`series` is another one."""
    changed = Signal(object)
    """SeriesChange"""
    said = Signal()
    """:attr:`note` or :attr:`warning` changed."""

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.key: InstrumentKey | None = None
        self.series = CandleSeries(CandlePeriod.M15)
        self.note = "Choose a symbol: type two letters above, or take one from a dock with the same link letter."
        """What is said instead of candles; empty while there are some."""
        self.warning = ""
        """What is wrong with the candles that are shown."""
        self._asked = 0
        self._choice = 0
        self._fetching_older = False
        self._waits = False
        self._older_span = OLDER_CANDLES
        self._was_live = False
        self._checked_ns = 0
        """The start of the last candle but one, as far as the venue was asked for it."""
        services = screen.services
        services.market.candles_added.connect(self._take_minutes)
        services.market.quotes_changed.connect(self._take_quotes)
        services.connections.statuses_changed.connect(self._take_statuses)
        services.connections.connections_changed.connect(self._connections_changed)

    @property
    def has_feed(self) -> bool:
        """Whether the venue of the chosen symbol gives candles."""
        return self.key is not None and self.key.connection_id in feeding(self._screen)

    def choose(self, key: InstrumentKey, period: CandlePeriod) -> None:
        """Show another symbol or period."""
        self.key = key
        self._choice += 1
        self.series = CandleSeries(period)
        self._fetching_older = False
        self._older_span = OLDER_CANDLES
        self._checked_ns = 0
        self._say("", "")
        self._start()
        self.replaced.emit()

    def refresh(self) -> None:
        """Ask for what may have been missed while nobody looked and nothing was streamed."""
        if self.series.candles and self.has_feed and self._is_live():
            self._screen.tasks.start(self._fetch_recent(self._choice), "candles since the chart was last seen")

    def ask_older(self) -> None:
        """Ask for candles before the oldest, unless that is being done or there are none."""
        if self._fetching_older or self.series.complete or not self.series.candles or not self.has_feed:
            return
        self._fetching_older = True
        self._screen.tasks.start(self._fetch_older(self._choice), "older candles of the chart")

    def _start(self) -> None:
        """Begin with the history, or say why there is none."""
        assert self.key is not None, "nothing was chosen yet"
        connections = self._screen.services.connections
        capabilities = connections.capabilities.get(self.key.connection_id)
        self._was_live = self._is_live()
        self._waits = capabilities is None
        if capabilities is None:
            self._say(f"{self.key.symbol}: waiting for its connection ({self.key.connection_id}).", "")
        elif Feed.CANDLES not in capabilities.feeds:
            self._say(f"{self.key.symbol}: no feed. {capabilities.title} gives no candles; it is for orders only.", "")
        else:
            self._say(f"{self.key.symbol}: loading candles …", "")
            self._screen.tasks.start(self._fetch_first(self._choice), "candles of the chart")

    async def _fetch_first(self, choice: int) -> None:
        """Ask for the last candles, further back while there are hardly any."""
        span = FIRST_CANDLES
        while True:
            start_ns = max(0, self._screen.clock.now_ns() - self._length_ns(span))
            refusal = await self._fetch(choice, start_ns)
            if choice != self._choice:
                return
            has_enough = len(self.series.candles) >= _ENOUGH or self.series.complete
            if refusal or has_enough or span >= MOST_ASKED or not start_ns:
                break
            span = min(span * _LONGER, MOST_ASKED)
        self._tell_end(refusal)

    def _tell_end(self, refusal: str) -> None:
        symbol = self.key.symbol if self.key is not None else ""
        if self.series.candles:
            self._say("", f"Candles are missing: {refusal}" if refusal else self._staleness())
        elif refusal:
            self._say(f"{symbol}: no candles. {refusal}", "")
        else:
            self._say(f"{symbol}: the venue has no candles of this length.", "")

    async def _fetch_older(self, choice: int) -> None:
        oldest_ns = self.series.candles[0].start_ns
        start_ns = max(0, oldest_ns - self._length_ns(self._older_span))
        refusal = await self._fetch(choice, start_ns, oldest_ns)
        if choice != self._choice:
            return
        self._fetching_older = False
        if refusal:
            self._say(self.note, f"No older candles: {refusal}")
            self.series.complete = True  # scrolling must not ask again and again; choosing the symbol anew does
        elif self.series.candles[0].start_ns == oldest_ns and not self.series.complete:
            self.series.complete = self._older_span >= MOST_ASKED
            self._older_span = min(self._older_span * _LONGER, MOST_ASKED)
            self.ask_older()

    async def _fetch_recent(self, choice: int) -> None:
        """Ask for the last candles once more, from the last one the history had."""
        candles = self.series.candles
        start_ns = candles[max(0, len(candles) - _RECENT)].start_ns - self._length_ns(1)
        refusal = await self._fetch(choice, start_ns)
        if refusal and choice == self._choice:
            self._say(self.note, f"The last candles could not be checked: {refusal}")

    async def _fetch(self, choice: int, start_ns: int, end_ns: int = 0) -> str:
        """Ask for one piece and take it over; return why there is none, or nothing."""
        key = self.key
        assert key is not None, "nothing was chosen yet"
        self._asked += 1
        asked, as_of_ns = self._asked, self._venue_now_ns(key)
        query = CandlesQuery(key=key, period=self.series.period, start_ns=start_ns, end_ns=end_ns)
        try:
            answer = await self._screen.desk.ask(AskVenue(connection_id=key.connection_id, query=query))
        except EngineGone:
            return "the trading engine stopped. Restart the program."
        if choice != self._choice:
            return ""
        if isinstance(answer, VenueAnswered) and isinstance(answer.result, Candles):
            self._tell(self.series.take_history(answer.result, as_of_ns=as_of_ns, asked=asked))
            return ""
        findings = answer.findings if isinstance(answer, Refused) else ()
        said = " ".join(f"{finding.text} {finding.cure}".strip() for finding in findings)
        return said or "the venue did not say why."

    def _take_minutes(self, minutes: list[LiveCandle]) -> None:
        mine = [minute for minute in minutes if minute.key == self.key]
        if mine and self.has_feed:
            self._tell_live(self.series.take_minutes(mine))

    def _take_quotes(self, quotes: list[Quote]) -> None:
        for quote in quotes:
            if quote.key == self.key:
                self._tell_live(self.series.take_quote(quote))

    def _tell_live(self, change: SeriesChange | None) -> None:
        """Tell a live change; a candle that is over is checked against the venue's own."""
        before = self.series.candles[-2].start_ns if len(self.series.candles) > 1 else 0
        self._tell(change)
        is_long = self.series.period > CandlePeriod.M1
        if change is not None and is_long and before > self._checked_ns:
            first_time, self._checked_ns = not self._checked_ns, before
            if not first_time:
                self._screen.tasks.start(self._fetch_recent(self._choice), "last candles of the chart")

    def _tell(self, change: SeriesChange | None) -> None:
        if change is not None:
            if self.note:
                self._say("", self.warning)
            self.changed.emit(change)

    def _take_statuses(self, statuses: list[ConnectionStatus]) -> None:
        if self.key is None or all(status.connection_id != self.key.connection_id for status in statuses):
            return
        was_live, self._was_live = self._was_live, self._is_live()
        if self._was_live and not was_live and self.has_feed:
            fetch = self._fetch_recent if self.series.candles else self._fetch_first
            self._screen.tasks.start(fetch(self._choice), "candles after a reconnect")
        if self.series.candles and self._was_live != was_live:
            self._say("", self._staleness())

    def _connections_changed(self) -> None:
        if self.key is not None and not self.series.candles and self.has_feed and self._waits:
            self._start()

    def _staleness(self) -> str:
        """Return what is to be said while the feed does not run."""
        if self.key is None or self._is_live():
            return ""
        connections = self._screen.services.connections
        profile = connections.profiles.get(self.key.connection_id)
        name = profile.name if profile is not None else str(self.key.connection_id)
        return f"The feed is stale: {name} is “{word(self._lamp())}”. The last candle may not be the market's."

    def _is_live(self) -> bool:
        return self._lamp() in (Lamp.LIVE, Lamp.DEGRADED)

    def _lamp(self) -> Lamp:
        """Return the lamp of the data channel; of the whole connection where it has none."""
        key = self.key
        status = self._screen.services.connections.statuses.get(key.connection_id) if key is not None else None
        if status is None:
            return Lamp.OFF
        return dict(status.lamps).get(Channel.DATA, status.worst)

    def _venue_now_ns(self, key: InstrumentKey) -> int:
        """Return the venue's time as its last quote told it; our own clock for want of one."""
        quote = self._screen.services.market.quotes.get(key)
        return quote.transact_time_ns if quote is not None and quote.transact_time_ns else self._screen.clock.now_ns()

    def _length_ns(self, candles: int) -> int:
        return candles * int(self.series.period) * MINUTE_NS

    def _say(self, note: str, warning: str) -> None:
        if (note, warning) != (self.note, self.warning):
            self.note, self.warning = note, warning
            self.said.emit()


def feeding(screen: Screen) -> list[ConnectionID]:
    """Return the connections whose venues give candles."""
    known = screen.services.connections.capabilities
    return [connection_id for connection_id, capabilities in known.items() if Feed.CANDLES in capabilities.feeds]
