"""What the lamps of an XAPI connection say, from facts about its links. No clock, no I/O.

A green lamp is a claim. Trading is green once the books are read. When the stream is gone while the main connection
lives, orders are still allowed, their fate is asked for, the books are read again and again, and prices are stale.
"""

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from workstation.domain.connection import ConnectionProfile
from workstation.venues.base import Channel, ConnectionStatus, Lamp

SLOW_MS = 1_000.0
QUEUE_SHOWN_MS = 500
"""A shorter wait for a turn is the rule here and not worth a word."""
SUSPECT_AFTER_S = 5.0
_ALL = (Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM, Channel.DATA)


class LinkState(Enum):
    """What the connection is doing about its main link."""

    OFF = Lamp.OFF
    CONNECTING = Lamp.CONNECTING
    UP = Lamp.LIVE
    RECONNECTING = Lamp.RECONNECTING
    NEEDS_YOU = Lamp.NEEDS_YOU
    BLOCKED = Lamp.BLOCKED


class StreamState(Enum):
    """Where the stream stands."""

    WAITING = "WAITING"
    CONNECTING = "CONNECTING"
    UP = "UP"
    DOWN = "DOWN"


class RoundTrips:
    """The last round trips in milliseconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=200)

    def add(self, milliseconds: float) -> None:
        """Take one measurement."""
        self._times.append(milliseconds)

    @property
    def last_ms(self) -> float | None:
        """The latest, None before the first."""
        return self._times[-1] if self._times else None

    @property
    def p99_ms(self) -> float | None:
        """The time that 99 of 100 did not exceed."""
        ranked = sorted(self._times)
        return ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)] if ranked else None


@dataclass(slots=True)
class LinkFacts:
    """What is known of the links; times are epoch nanoseconds, `silent_s` and `life_s` seconds.

    `silent_s` counts while a reply is owed, `life_s` since the last keepAlive. `books_read` and `stream_synced` say
    that complete books were read at all, and once more after the stream was subscribed; `served` that this session
    was ready before: orders go on while a stream that came back is brought up to date.
    """

    link: LinkState = LinkState.OFF
    logged_in: bool = False
    books_read: bool = False
    books_whole: bool = True
    stream: StreamState = StreamState.WAITING
    stream_synced: bool = False
    served: bool = False
    stream_error: str = ""
    silent_s: float = 0.0
    life_s: float = 0.0
    queued: int = 0
    queue_delay_ms: int = 0
    order_delay_ms: int = 0
    session_started_ns: int = 0
    last_in_ns: int = 0
    last_out_ns: int = 0
    retry_at_ns: int = 0
    retry_count: int = 0
    last_error: str = ""

    @property
    def ready(self) -> bool:
        """Whether the books are known, and the stream is synced, known to be down, or back from that."""
        settled = self.stream_synced or self.stream is StreamState.DOWN or self.served
        return self.logged_in and self.books_read and settled

    def new_session(self) -> None:
        """Forget what belonged to the last main link."""
        self.logged_in = self.books_read = self.stream_synced = self.served = False
        self.stream, self.stream_error = StreamState.WAITING, ""
        self.silent_s = self.life_s = 0.0
        self.queued = self.queue_delay_ms = self.order_delay_ms = self.session_started_ns = 0


def status_of(profile: ConnectionProfile, facts: LinkFacts, trips: RoundTrips) -> ConnectionStatus:
    """Return the connection's lamps and the facts behind them."""
    lamps, detail = _lamps(facts, trips)
    waits = facts.queue_delay_ms >= QUEUE_SHOWN_MS
    return ConnectionStatus(
        connection_id=profile.connection_id,
        venue=profile.venue,
        lamps=tuple(zip(_ALL, lamps, strict=True)),
        detail=detail,
        endpoint=profile.url,
        session_started_ns=facts.session_started_ns,
        last_in_ns=facts.last_in_ns,
        last_out_ns=facts.last_out_ns,
        round_trip_ms=trips.last_ms,
        round_trip_p99_ms=trips.p99_ms,
        retry_at_ns=facts.retry_at_ns,
        retry_count=facts.retry_count,
        queued=facts.queued if waits else 0,
        queue_delay_ms=facts.queue_delay_ms if waits else 0,
        last_error=facts.last_error,
    )


def _lamps(facts: LinkFacts, trips: RoundTrips) -> tuple[tuple[Lamp, ...], str]:
    if facts.link is not LinkState.UP:
        lamp: Lamp = facts.link.value
        return (lamp,) * len(_ALL), _word(facts)
    if not facts.logged_in:
        return (Lamp.CONNECTING,) * len(_ALL), "connecting 1/3: login"
    if not facts.books_read:
        return (Lamp.LIVE, Lamp.SYNCING, Lamp.SYNCING, Lamp.CONNECTING), "syncing 2/3: instruments and books"
    if not facts.ready:
        if facts.silent_s >= SUSPECT_AFTER_S:
            return (Lamp.SUSPECT, Lamp.SUSPECT, Lamp.SYNCING, Lamp.CONNECTING), _silent(facts)
        return (Lamp.LIVE, Lamp.SYNCING, Lamp.SYNCING, Lamp.CONNECTING), "syncing 3/3: stream"
    return _ready_lamps(facts, trips)


def _ready_lamps(facts: LinkFacts, trips: RoundTrips) -> tuple[tuple[Lamp, ...], str]:
    stream, data, text = Lamp.LIVE, Lamp.LIVE, ""
    if facts.stream is not StreamState.UP:
        stream, data = Lamp.DEGRADED, Lamp.STALE
        text = "the stream is down: prices are stale, orders go on" + (
            f" ({facts.stream_error})" if facts.stream_error else ""
        )
    elif not facts.stream_synced:
        stream, data, text = Lamp.DEGRADED, Lamp.STALE, "the stream is back: the books are read once more"
    elif facts.life_s >= SUSPECT_AFTER_S:
        stream, data = Lamp.DEGRADED, Lamp.SUSPECT
        text = f"the stream has been silent for {facts.life_s:.0f} s"
    if not facts.books_whole:
        stream, text = Lamp.DEGRADED, text or "some orders could not be read"
    if facts.silent_s >= SUSPECT_AFTER_S:
        return (Lamp.SUSPECT, Lamp.SUSPECT, stream, data), _silent(facts)
    waits = facts.order_delay_ms >= QUEUE_SHOWN_MS
    if (trips.last_ms or 0.0) >= SLOW_MS or waits:
        queue = f", queue {facts.queued}" if waits else ""
        return (Lamp.LIVE, Lamp.DEGRADED, stream, data), text or f"{(trips.last_ms or 0.0) / 1000:.1f} s{queue}"
    return (Lamp.LIVE, Lamp.LIVE, stream, data), text


def _silent(facts: LinkFacts) -> str:
    return f"no answer for {facts.silent_s:.0f} s, checking"


def _word(facts: LinkFacts) -> str:
    if facts.link is LinkState.BLOCKED:
        until = datetime.fromtimestamp(facts.retry_at_ns // 1_000_000_000, UTC)
        return f"login blocked by the venue until {until:%H:%M:%S} UTC"
    return _WORDS[facts.link].format(count=facts.retry_count)


_WORDS = {
    LinkState.OFF: "off",
    LinkState.CONNECTING: "connecting",
    LinkState.RECONNECTING: "waiting to reconnect (try {count})",
    LinkState.NEEDS_YOU: "needs you",
}
