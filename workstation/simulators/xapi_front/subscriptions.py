"""What one login session wants to hear on a stream connection, and when it last heard it."""

import math
from dataclasses import dataclass, field

DEFAULT_INTERVAL_MS = 200
"""Between two ticks of a symbol, if the client names none."""


@dataclass(slots=True)
class TickWish:
    """One symbol's quotes: how often at most, and how deep; `max_level` None means all levels."""

    interval_s: float
    max_level: int | None
    told_s: float = -math.inf
    is_due: bool = False

    def may_be_told(self, now_s: float) -> bool:
        """Say whether the interval since the last telling is over; takes note of the telling if so."""
        if now_s - self.told_s < self.interval_s:
            self.is_due = True
            return False
        self.told_s = now_s
        self.is_due = False
        return True


@dataclass(slots=True)
class Subscriptions:
    """The wishes of one session; `streams` holds those without parameters, by their names on the wire."""

    user_id: str
    streams: set[str] = field(default_factory=set)
    ticks: dict[str, TickWish] = field(default_factory=dict)
    candles: set[str] = field(default_factory=set)
    money_is_due: bool = False
    money_told_s: float = -math.inf
    alive_told_s: float = -math.inf
    profits: dict[int, object] = field(default_factory=dict)
    balance: object = None


def tick_wish(interval_ms: int, max_level: int | None) -> TickWish:
    """Return the wish for a symbol's quotes; an interval of 0 means the venue's own."""
    return TickWish((interval_ms or DEFAULT_INTERVAL_MS) / 1000, max_level)
