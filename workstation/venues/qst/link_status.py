"""What the lamps of a QST connection say, from the state of its link. No clock, no I/O.

A green lamp is a claim, so it is given only to a link that answered lately, with all books loaded and order entry
up; slow or silent links say so.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum

from workstation.domain.connection import ConnectionProfile
from workstation.venues.base import Channel, ConnectionStatus, Lamp
from workstation.venues.qst.conversation import Conversation, Phase

SLOW_MS = 1_000.0
QUEUE_SHOWN_AFTER_S = 1.0
SUSPECT_AFTER_S = 9.0
DEAD_AFTER_S = 20.0

_ALL = (Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM)


class LinkState(Enum):
    """What the connection is doing about its link."""

    OFF = Lamp.OFF
    CONNECTING = Lamp.CONNECTING
    UP = Lamp.LIVE
    RECONNECTING = Lamp.RECONNECTING
    NEEDS_YOU = Lamp.NEEDS_YOU


class RoundTrips:
    """The last round trips in milliseconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=200)
        self._p99_ms: float | None = None

    def add(self, milliseconds: float) -> None:
        """Take one measurement."""
        self._times.append(milliseconds)
        ranked = sorted(self._times)
        self._p99_ms = ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)]

    @property
    def last_ms(self) -> float | None:
        """The latest, None before the first."""
        return self._times[-1] if self._times else None

    @property
    def p99_ms(self) -> float | None:
        """The time that 99 of 100 did not exceed."""
        return self._p99_ms


@dataclass(slots=True)
class LinkFacts:
    """What is known of the link; times are epoch nanoseconds.

    `silent_s` counts seconds without any traffic from there, `queued_s` seconds in which an order request waits.
    """

    link: LinkState = LinkState.OFF
    silent_s: float = 0.0
    queued_s: float = 0.0
    session_started_ns: int = 0
    last_in_ns: int = 0
    last_out_ns: int = 0
    retry_at_ns: int = 0
    retry_count: int = 0
    last_error: str = ""


def status_of(
    profile: ConnectionProfile, facts: LinkFacts, trips: RoundTrips, conversation: Conversation | None
) -> ConnectionStatus:
    """Return the connection's lamps and the facts behind them."""
    lamps, detail = _lamps(facts, trips, conversation)
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
        queued=conversation.queued if conversation is not None else 0,
        last_error=facts.last_error,
    )


def made_of(facts: LinkFacts, trips: RoundTrips, conversation: Conversation | None) -> tuple[object, ...] | None:
    """Return all that the lamps of a ready link and their words follow from; None for a link that is not ready.

    A message seldom changes any of it, and comparing it takes a tenth of the time of working out the lamps.
    """
    if facts.link is not LinkState.UP or conversation is None or conversation.phase is not Phase.READY:
        return None
    return (
        conversation,
        conversation.books_complete,
        conversation.trading.lamp,
        conversation.trading.text,
        facts.silent_s,
        facts.queued_s,
        conversation.queued if facts.queued_s else 0,
        facts.session_started_ns,
        facts.retry_at_ns,
        facts.last_error,
        trips.last_ms,
    )


def _lamps(
    facts: LinkFacts, trips: RoundTrips, conversation: Conversation | None
) -> tuple[tuple[Lamp, Lamp, Lamp], str]:
    if facts.link is not LinkState.UP or conversation is None:
        lamp: Lamp = facts.link.value
        return (lamp, lamp, lamp), _WORDS[facts.link].format(count=facts.retry_count)
    if conversation.phase is Phase.LEAVING:
        return (Lamp.OFF, Lamp.OFF, Lamp.OFF), conversation.detail
    if conversation.phase is Phase.READY:
        return _ready_lamps(facts, trips, conversation)
    login = Lamp.CONNECTING if conversation.phase in (Phase.OPENING, Phase.LOGIN) else Lamp.LIVE
    rest = Lamp.SYNCING if conversation.phase is Phase.SYNCING else Lamp.CONNECTING
    word = "syncing" if conversation.phase is Phase.SYNCING else "connecting"
    return (login, rest, rest), f"{word} {conversation.detail}"


def _ready_lamps(
    facts: LinkFacts, trips: RoundTrips, conversation: Conversation
) -> tuple[tuple[Lamp, Lamp, Lamp], str]:
    stream = Lamp.LIVE if conversation.books_complete else Lamp.DEGRADED
    trading, text = conversation.trading.lamp, conversation.trading.text
    if facts.silent_s >= SUSPECT_AFTER_S:
        silent = f"no traffic for {facts.silent_s:.0f} s, checking"
        return (Lamp.SUSPECT, _worse(trading, Lamp.SUSPECT), Lamp.SUSPECT), text or silent
    slow = trips.last_ms or 0.0
    waits = facts.queued_s >= QUEUE_SHOWN_AFTER_S
    if slow >= SLOW_MS or waits:
        queue = f", queue {conversation.queued}" if waits else ""
        return (
            (Lamp.LIVE, _worse(trading, Lamp.DEGRADED), _worse(stream, Lamp.DEGRADED)),
            text or f"{slow / 1000:.1f} s{queue}",
        )
    unread = "" if conversation.books_complete else "some orders could not be read"
    return (Lamp.LIVE, trading, stream), text or unread


def _worse(one: Lamp, other: Lamp) -> Lamp:
    order = list(Lamp)
    return max(one, other, key=order.index)


_WORDS = {
    LinkState.OFF: "off",
    LinkState.CONNECTING: "connecting",
    LinkState.UP: "connecting",
    LinkState.RECONNECTING: "waiting to reconnect (try {count})",
    LinkState.NEEDS_YOU: "needs you",
}
