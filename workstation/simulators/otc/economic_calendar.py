"""The venue's economic calendar: made-up figures, four a day, from three days back to a week ahead.

What has been released shows a current value, what is still to come an empty one, as the protocol says. A day's
figures depend on the seed and the day alone, so that asking twice gives the same answer.
"""

from dataclasses import dataclass
from random import Random

from workstation.simulators.otc.venue_time import DAY_MS, HOUR_MS, MINUTE_MS, day_start_ms

DAYS_BACK, DAYS_AHEAD = 3, 7
_HOURS = (9, 10, 14, 16)
_PERIODS = ("(SEP)", "(OCT)", "(NOV)", "(Q3)", "")
_FIGURES = (
    ("US", "Initial jobless claims", "3", "{}K", 210, 240),
    ("US", "Consumer price index y/y", "3", "{}.1%", 2, 4),
    ("US", "Crude oil inventories", "2", "{}.4M", -6, 6),
    ("DE", "ZEW economic sentiment", "2", "{}.7", 20, 45),
    ("DE", "Factory orders m/m", "2", "{}.2%", -2, 3),
    ("EU", "Interest rate decision", "3", "{}.15%", 2, 3),
    ("GB", "Retail sales m/m", "2", "{}.3%", -1, 2),
    ("JP", "Tankan large manufacturers", "2", "{}", 8, 16),
    ("CA", "Ivey purchasing index", "2", "{}.3", 48, 60),
    ("PL", "Registered unemployment", "1", "{}.6%", 4, 6),
    ("AU", "Building permits m/m", "1", "{}.0%", -5, 6),
    ("CH", "KOF indicator", "1", "{}.9", 94, 104),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One figure of the calendar; values are texts, empty if there is none (yet)."""

    country: str
    title: str
    impact: str
    period: str
    time_ms: int
    current: str
    forecast: str
    previous: str


def releases(seed: int, now_ms: int) -> list[Release]:
    """Return the calendar as it stands at `now_ms`, earliest first."""
    found: list[Release] = []
    for days in range(-DAYS_BACK, DAYS_AHEAD + 1):
        day_ms = day_start_ms(day_start_ms(now_ms) + days * DAY_MS + DAY_MS // 2)
        rng = Random(f"{seed}:calendar:{day_ms}")
        found += [_release(rng, day_ms + hour * HOUR_MS + rng.choice((0, 30)) * MINUTE_MS, now_ms) for hour in _HOURS]
    return found


def _release(rng: Random, time_ms: int, now_ms: int) -> Release:
    country, title, impact, shape, low, high = rng.choice(_FIGURES)
    previous, forecast, current = (shape.format(rng.randint(low, high)) for _ in range(3))
    return Release(
        country=country,
        title=title,
        impact=impact,
        period=rng.choice(_PERIODS),
        time_ms=time_ms,
        current=current if time_ms <= now_ms else "",
        forecast=forecast if rng.randrange(4) else "",
        previous=previous,
    )
