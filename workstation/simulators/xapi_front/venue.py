"""What all connections of the built-in XAPI venue share: the market, who is logged in, and who is told what."""

from collections.abc import Sequence
from typing import Protocol

from workstation.runtime.clock import Clock
from workstation.simulators.otc.candles import Candle
from workstation.simulators.otc.deals import DealTold, Outcome
from workstation.simulators.otc.market import OtcMarket
from workstation.simulators.otc.news_wire import Topic
from workstation.simulators.otc.venue_time import MINUTE_MS
from workstation.simulators.xapi_front.admission import Admission
from workstation.simulators.xapi_front.manners import Manners

PASSWORD = "demo-password"

_NS_PER_MS = 1_000_000


class Idler(Protocol):
    """A main connection, as the venue sees it."""

    def pulse(self, now_s: float) -> None:
        """Do what time alone requires."""


class Listener(Protocol):
    """A stream connection, as the venue sees it."""

    @property
    def candles_wanted(self) -> set[str]:
        """The symbols whose minutes are wanted."""

    def quotes_moved(self, names: Sequence[str], now_s: float) -> None:
        """Tell quotes that have moved."""

    def deal_told(self, user_id: str, told: DealTold) -> None:
        """Tell of a deal."""

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        """Tell how a request ended."""

    def money_changed(self, user_id: str) -> None:
        """Remember that the customer's money is to be told."""

    def candle_finished(self, name: str, candle: Candle) -> None:
        """Tell a minute that is over."""

    def news_written(self, topic: Topic) -> None:
        """Tell a new story."""

    def session_ended(self, session_id: str) -> None:
        """Stop the streams of a session."""

    def pulse(self, now_s: float) -> None:
        """Tell what time has made due."""


class XapiVenue:
    """The venue behind the sockets; observes the dealer and the quotes."""

    def __init__(self, market: OtcMarket, clock: Clock, manners: Manners) -> None:
        """Stand in front of `market`; all its customers have the same password."""
        self.market = market
        self.manners = manners
        self.user_ids = tuple(market.dealer.books)
        self.admission = Admission(dict.fromkeys(self.user_ids, PASSWORD), manners.connections)
        self.mains: list[Idler] = []
        self.streams: list[Listener] = []
        self.too_quick = 0
        """How many requests broke the pace, over all connections."""
        self._clock = clock
        self._minute = self.now_ms() // MINUTE_MS
        market.dealer.observe(self)
        market.on_quotes_moved(self._quotes_moved)

    def now_ms(self) -> int:
        """Return the venue's time."""
        return self._clock.now_ns() // _NS_PER_MS

    def now_s(self) -> float:
        """Return monotonic seconds."""
        return self._clock.monotonic_s()

    def pulse(self) -> None:
        """Do what time alone requires, some twenty times a second."""
        now_ms, now_s = self.now_ms(), self.now_s()
        self.market.pulse(now_ms)
        topic = self.market.news.due(now_ms)
        if topic is not None:
            for stream in tuple(self.streams):
                stream.news_written(topic)
        if now_ms // MINUTE_MS != self._minute:
            self._minute = now_ms // MINUTE_MS
            self._tell_candles(now_ms)
        for connection in (*self.mains, *self.streams):
            connection.pulse(now_s)

    def end_session(self, session_id: str) -> None:
        """End a login session and its streams."""
        self.admission.end(session_id)
        for stream in tuple(self.streams):
            stream.session_ended(session_id)

    def deal_told(self, user_id: str, told: DealTold) -> None:
        """Pass a deal on."""
        for stream in tuple(self.streams):
            stream.deal_told(user_id, told)

    def request_settled(self, user_id: str, outcome: Outcome) -> None:
        """Pass the end of a request on."""
        for stream in tuple(self.streams):
            stream.request_settled(user_id, outcome)

    def money_changed(self, user_id: str) -> None:
        """Pass a change of money on."""
        for stream in tuple(self.streams):
            stream.money_changed(user_id)

    def _quotes_moved(self, names: Sequence[str]) -> None:
        now_s = self.now_s()
        for stream in tuple(self.streams):
            stream.quotes_moved(names, now_s)

    def _tell_candles(self, now_ms: int) -> None:
        for name in sorted({name for stream in self.streams for name in stream.candles_wanted}):
            candle = self.market.candles.finished(name, now_ms)
            if candle is not None and now_ms - candle.start_ms < 2 * MINUTE_MS:
                for stream in tuple(self.streams):
                    stream.candle_finished(name, candle)
