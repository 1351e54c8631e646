"""An instrument's week in the trader's own time, and whether it is open now.

A venue states its hours as wall-clock times of its own zone. Each session is therefore laid on real dates of that zone
before it is turned into the trader's time, so that a change to or from summer time on either side shows up in the week
in which it happens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

from workstation.domain.market_data import HoursKind, HoursSession, TradingHours

_NS = 1_000_000_000
_DAY_MS = 86_400_000
_AHEAD_DAYS = 8
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Span = tuple[int, int]
"""A stretch of time in epoch seconds; the end does not belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHours:
    """One day of the trader's week, as texts; empty where nothing goes on."""

    weekday: int
    day: date
    trading: str
    quotes: str
    is_today: bool


def zone_of(hours: TradingHours) -> tzinfo | None:
    """Return the zone of the venue's hours, None where this computer does not know it."""
    try:
        return ZoneInfo(hours.zone)
    except (ValueError, KeyError, OSError):
        return None


def week_of(hours: TradingHours, now_ns: int, zone: tzinfo) -> tuple[DayHours, ...]:
    """Return the present week, Monday to Sunday, in `zone`; nothing where the venue's zone is not known."""
    venue_zone = zone_of(hours)
    if venue_zone is None:
        return ()
    today = datetime.fromtimestamp(now_ns // _NS, zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    spans = {
        kind: _spans(hours.sessions, kind, venue_zone, monday - timedelta(days=2), monday + timedelta(days=9))
        for kind in HoursKind
    }
    return tuple(
        DayHours(
            weekday=day.isoweekday(),
            day=day,
            trading=_day_text(spans[HoursKind.TRADING], day, zone),
            quotes=_day_text(spans[HoursKind.QUOTES], day, zone),
            is_today=day == today,
        )
        for day in days
    )


def opening_text(hours: TradingHours, kind: HoursKind, now_ns: int) -> str:
    """Return ``open now, closes in 3 h 12 min``, ``opens in 2 d 4 h``, or why neither can be said."""
    venue_zone = zone_of(hours)
    if venue_zone is None:
        return f"open or closed: unknown, because this computer does not know the venue's time zone “{hours.zone}”"
    if not any(session.kind is kind for session in hours.sessions):
        return "open or closed: unknown, the venue states no hours"
    now = now_ns // _NS
    today = datetime.fromtimestamp(now, venue_zone).date()
    last = today + timedelta(days=_AHEAD_DAYS)
    for start, end in _spans(hours.sessions, kind, venue_zone, today - timedelta(days=2), last):
        if start <= now < end:
            # A market that never closes has sessions without a gap up to where we look.
            return (
                "open now" if end - now > (_AHEAD_DAYS - 2) * 86_400 else f"open now, closes in {_in_words(end - now)}"
            )
        if start > now:
            return f"opens in {_in_words(start - now)}"
    return "closed"


def is_open(hours: TradingHours, kind: HoursKind, now_ns: int) -> bool | None:
    """Say whether `kind` goes on now; None where that cannot be told."""
    text = opening_text(hours, kind, now_ns)
    return None if text.startswith("open or closed") else text.startswith("open now")


def _spans(sessions: Sequence[HoursSession], kind: HoursKind, zone: tzinfo, first: date, last: date) -> list[Span]:
    """Return the sessions of `kind` on the zone's dates from `first` to `last`, merged where they touch."""
    laid = sorted(_laid(sessions, kind, zone, first, last))
    merged: list[Span] = []
    for start, end in laid:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _laid(sessions: Sequence[HoursSession], kind: HoursKind, zone: tzinfo, first: date, last: date) -> Iterator[Span]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for session in sessions:
            if session.kind is not kind or session.weekday != day.isoweekday():
                continue
            # A session that ends before it begins goes over midnight.
            to_ms = session.to_ms + (_DAY_MS if session.to_ms < session.from_ms else 0)
            start, end = _instant(day, session.from_ms, zone), _instant(day, to_ms, zone)
            if start < end:
                yield start, end


def _instant(day: date, ms: int, zone: tzinfo) -> int:
    """Return the instant at which the clocks of `zone` show `ms` after midnight of `day`."""
    return int((datetime.combine(day, time()) + timedelta(milliseconds=ms)).replace(tzinfo=zone).timestamp())


def _day_text(spans: Sequence[Span], day: date, zone: tzinfo) -> str:
    begins, ends = _instant(day, 0, zone), _instant(day + timedelta(days=1), 0, zone)
    parts = [(max(start, begins), min(end, ends)) for start, end in spans if start < ends and end > begins]
    return ", ".join(f"{_clock(start, zone)}–{'24:00' if end == ends else _clock(end, zone)}" for start, end in parts)


def _clock(instant: int, zone: tzinfo) -> str:
    return f"{datetime.fromtimestamp(instant, UTC).astimezone(zone):%H:%M}"


def _in_words(seconds: int) -> str:
    minutes = max(1, -(-seconds // 60))
    units = ((1_440, "d"), (60, "h"), (1, "min"))
    parts = []
    for size, name in units:
        count, minutes = divmod(minutes, size)
        parts.append((count, name))
    return next(
        f"{count} {name}" + (f" {less} {lesser}" if less else "")
        for (count, name), (less, lesser) in pairwise([*parts, (0, "")])
        if count
    )
