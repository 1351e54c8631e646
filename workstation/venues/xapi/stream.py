"""The rules of the stream connection: subscriptions, life signs, and what is told to whom. No socket, no clock.

The stream belongs to one login: its id changes with every login, and ends with it. Nothing is acknowledged, so what is
subscribed is what was sent. The account's subscriptions end with the logout of the main connection; only what is
watched is stopped one by one. Health is the keepAlive every 3 seconds; 15 seconds without one and the link is dropped.
A keepAlive says that the link lives, not that a price is fresh: the age of a quote counts from its own tick.
"""

from dataclasses import dataclass, field

from workstation.venues.base import VenueUnreachable
from workstation.venues.queries import Watch
from workstation.venues.xapi import stream_messages as xapi
from workstation.venues.xapi.codec import encode_stream_request
from workstation.venues.xapi.pacing import GAP_S, PacedQueue, Rank

DEAD_S = 15.0
SUSPECT_S = 8.0
PING_S = 300.0
"""Well below the ten minutes after which an idle session may end; a subscribed stream only hears, so this counts."""
AS_FAST_AS_POSSIBLE_MS = 1
ALL_LEVELS_OFF = 0
_ACCOUNT = (
    xapi.StreamGetKeepAlive(),
    xapi.StreamGetTradeStatus(),
    xapi.StreamGetTrades(),
    xapi.StreamGetBalance(),
    xapi.StreamGetProfits(),
    xapi.StreamGetNews(),
)
_Wish = tuple[str, str]
"""What is wanted of a symbol: "tick", "depth" (ticks of all levels) or "candle", and the symbol."""


@dataclass(slots=True)
class StreamConversation:
    """One stream connection. `subscribed` says that everything about the account was asked for."""

    session_id: str
    gap_s: float = GAP_S
    subscribed: bool = False
    last_life_s: float = 0.0
    _queue: PacedQueue[xapi.StreamArguments] = field(init=False)
    _told: set[_Wish] = field(default_factory=set)
    _last_sent_s: float = 0.0

    def __post_init__(self) -> None:
        self._queue = PacedQueue(self.gap_s)

    def start(self, watch: Watch, now_s: float) -> None:
        """Ask for everything about the account first, then for what is watched."""
        self.last_life_s = self._last_sent_s = now_s
        for subscription in _ACCOUNT:
            self._queue.add(subscription, Rank.CANCEL)
        self.watch(watch)

    def watch(self, watch: Watch) -> None:
        """Subscribe to what is newly wanted, end what is no longer."""
        wanted = _wishes(watch)
        for kind, symbol in sorted(self._told - wanted):
            if not self._queue.withdraw(lambda _, item, kind=kind, symbol=symbol: _is_for(item, kind, symbol)):  # type: ignore[misc]
                stop = xapi.StopCandles if kind == "candle" else xapi.StopTickPrices
                self._queue.add(stop(symbol=symbol), Rank.TRADE)
        for kind, symbol in sorted(wanted - self._told):
            self._queue.add(_subscription(kind, symbol), Rank.READ)
        self._told = wanted

    def take(self, now_s: float) -> bytes | None:
        """Return the frame that may go now; it counts as sent."""
        item = self._queue.take(now_s)
        if item is None:
            return None
        self._last_sent_s = now_s
        if isinstance(item, xapi.StreamGetNews):  # the last of what belongs to the account
            self.subscribed = True
        return encode_stream_request(item, self.session_id)

    def wait_s(self, now_s: float) -> float:
        """Return the seconds until something may go; infinite when nothing waits."""
        return self._queue.wait_s(now_s)

    def alive(self, now_s: float) -> None:
        """Take note of a keepAlive."""
        self.last_life_s = now_s

    def tick(self, now_s: float) -> None:
        """Do what time alone requires.

        Raises:
            VenueUnreachable: the keepAlive stayed away.
        """
        if now_s - self.last_life_s >= DEAD_S:
            raise VenueUnreachable(f"XAPI's stream was silent for {DEAD_S:.0f} s; it is opened again.")
        if now_s - self._last_sent_s >= PING_S and not len(self._queue):
            self._queue.add(xapi.StreamPing(), Rank.FATE)


def _wishes(watch: Watch) -> set[_Wish]:
    """Return at most one tick subscription a symbol: the venue keeps only one, with or without depth."""
    ticks = {("tick", symbol) for symbol in watch.quotes - watch.depth}
    return ticks | {("depth", symbol) for symbol in watch.depth} | {("candle", symbol) for symbol in watch.candles}


def _subscription(kind: str, symbol: str) -> xapi.StreamArguments:
    if kind == "candle":
        return xapi.StreamGetCandles(symbol=symbol)
    return xapi.StreamGetTickPrices(
        symbol=symbol,
        min_arrival_time=AS_FAST_AS_POSSIBLE_MS,
        max_level=None if kind == "depth" else ALL_LEVELS_OFF,
    )


def _is_for(item: xapi.StreamArguments, kind: str, symbol: str) -> bool:
    return item == _subscription(kind, symbol)
