"""The candles of one instrument and period, merged from everything that tells of them.

Three sources, in order of trust:

- History, asked of the venue. Of two answers about one candle the one that was asked later holds.
- The venue's one-minute candles. From the last candle of the history on, larger candles are built of them. A minute may
  come twice, late, or still growing: of its versions the fuller one holds, whichever comes first.
- Quotes. They move the last candle at once, and give way to the venue's own minute as soon as that comes.

So the same news gives the same candles in whatever order it arrives, and nothing late spoils what is newer. What lies
before the last candle of the history is the history's alone. Knows no Qt and no clock.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime

from workstation.domain.market_data import Candle, CandlePeriod, Candles, LiveCandle, Quote

MINUTE_NS = 60 * 10**9
_DAY_NS = 1_440 * MINUTE_NS
_FIRST_MONDAY_NS = 4 * _DAY_NS
_HALF_MONTH_NS = 15 * _DAY_NS


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """What became different: so many candles came in front, and all from index `first` on are to be read again."""

    added_before: int
    first: int


@dataclass(slots=True)
class _Bucket:
    """One candle under construction: what the history says of it, and the minutes since."""

    start_ns: int
    base: Candle | None = None
    as_of_ns: int = 0
    minutes: dict[int, Candle] = field(default_factory=dict)
    quoted: dict[int, Candle] = field(default_factory=dict)
    settled: Candle | None = None
    """Everything but the newest minute, while `settled_before` is that minute."""
    settled_before: int = -1
    newest: int = -1
    """The youngest minute, whoever told of it."""

    def minute(self, minute_ns: int) -> Candle | None:
        """Return what is known of a minute; a quote since the venue's own candle is part of it."""
        return self.quoted.get(minute_ns) or self.minutes.get(minute_ns)

    def put(self, into: dict[int, Candle], minute_ns: int, candle: Candle) -> None:
        """Keep a minute of the venue's (`minutes`) or of quotes (`quoted`)."""
        into[minute_ns] = candle
        self.newest = max(self.newest, minute_ns)


class CandleSeries:
    """Candles, oldest first, in :attr:`candles`; every change is told as a :class:`SeriesChange` or None."""

    def __init__(self, period: CandlePeriod) -> None:
        self.period = period
        self.candles: list[Candle] = []
        self.complete = False
        """The venue has no older candles."""
        self._history: list[Candle] = []
        self._told: dict[int, tuple[int, int]] = {}
        """Of each candle of the history, when it was asked for and what moment it describes."""
        self._tail: list[_Bucket] = []
        self._last_quote_ns = 0

    def take_history(self, answer: Candles, *, as_of_ns: int, asked: int = 0) -> SeriesChange | None:
        """Take an answer of the venue that describes the market at `as_of_ns`, to the question number `asked`."""
        self.complete = self.complete or answer.earliest
        known = {candle.start_ns: candle for candle in self._history}
        for candle in answer.candles:
            if asked >= self._told.get(candle.start_ns, (0, 0))[0] and _is_sound(candle):
                known[candle.start_ns] = candle
                self._told[candle.start_ns] = (asked, as_of_ns)
        if not known:
            return None
        self._history = sorted(known.values(), key=_start)
        self._rebuild_tail()
        return self._renew([*self._history[:-1], *(self._candle_of(bucket) for bucket in self._tail)])

    def take_minutes(self, minutes: list[LiveCandle]) -> SeriesChange | None:
        """Take one-minute candles of the venue, in any order."""
        touched = [place for live in minutes if (place := self._take_minute(live.candle)) is not None]
        return self._renew_tail(min(touched)) if touched else None

    def take_quote(self, quote: Quote) -> SeriesChange | None:
        """Let a quote move the last candle; the candles are those of the bid."""
        time_ns, bid = quote.transact_time_ns or quote.received_ns, quote.bid_px
        if bid is None or not bid.is_finite() or not self._tail or time_ns < self._last_quote_ns:
            return None
        minute_ns = time_ns - time_ns % MINUTE_NS
        newest = self._tail[-1]
        if minute_ns < max(newest.start_ns - newest.start_ns % MINUTE_NS, newest.newest):
            return None
        self._last_quote_ns = time_ns
        place = self._place_of(minute_ns)
        bucket = self._tail[place]
        seen = bucket.minute(minute_ns)
        moved = Candle(start_ns=minute_ns, open_px=bid, high_px=bid, low_px=bid, close_px=bid)
        bucket.put(bucket.quoted, minute_ns, moved if seen is None else _joined(seen, moved, seen.volume))
        return self._renew_tail(place)

    def _take_minute(self, candle: Candle) -> int | None:
        """Keep one minute; return the place in the tail that it changed."""
        minute_ns = candle.start_ns - candle.start_ns % MINUTE_NS
        if not _is_sound(candle) or (self._history and minute_ns < self._history[-1].start_ns):
            return None
        place = self._place_of(minute_ns)
        bucket = self._tail[place]
        before = bucket.minutes.get(minute_ns)
        if before is not None and (before == candle or _fullness(before) > _fullness(candle)):
            return None
        bucket.put(bucket.minutes, minute_ns, candle)
        bucket.quoted.pop(minute_ns, None)
        bucket.settled_before = -1
        return place

    def _place_of(self, minute_ns: int) -> int:
        """Return the place in the tail of the candle that a minute belongs to, made if need be."""
        anchor_ns = self._tail[0].start_ns if self._tail else period_anchor(self.period)
        start_ns = period_start(self.period, minute_ns, anchor_ns)
        if self._history:
            start_ns = max(start_ns, anchor_ns)  # a month may begin on its first day of trading
        place = bisect_left(self._tail, start_ns, key=_bucket_start)
        if place == len(self._tail) or self._tail[place].start_ns != start_ns:
            self._tail.insert(place, _Bucket(start_ns))
        return place

    def _rebuild_tail(self) -> None:
        """Build everything from the last candle of the history on anew."""
        base, old = self._history[-1], self._tail
        self._tail = [_Bucket(base.start_ns, base, self._told[base.start_ns][1])]
        for bucket in old:
            for minute_ns in sorted({*bucket.minutes, *bucket.quoted}):
                if minute_ns >= base.start_ns:
                    into = self._tail[self._place_of(minute_ns)]
                    if minute_ns in bucket.minutes:
                        into.put(into.minutes, minute_ns, bucket.minutes[minute_ns])
                    if minute_ns in bucket.quoted:
                        into.put(into.quoted, minute_ns, bucket.quoted[minute_ns])

    def _renew_tail(self, place: int) -> SeriesChange | None:
        """Write the candles of the tail from `place` on; places before it are as they were."""
        offset = max(0, len(self._history) - 1)
        fresh = [self._candle_of(bucket) for bucket in self._tail[place:]]
        if fresh == self.candles[offset + place :]:
            return None
        is_first = offset + place == 0 and bool(self.candles)
        added = bisect_left(fresh, self.candles[0].start_ns, key=_start) if is_first else 0
        self.candles[offset + place :] = fresh
        return SeriesChange(added, offset + place)

    def _renew(self, fresh: list[Candle]) -> SeriesChange | None:
        old, self.candles = self.candles, fresh
        if old == fresh:
            return None
        added = bisect_left(fresh, old[0].start_ns, key=_start) if old else 0
        pairs = enumerate(zip(old, fresh[added:], strict=False))
        same = next((number for number, (left, right) in pairs if left != right), min(len(old), len(fresh) - added))
        return SeriesChange(added, added + same)

    def _candle_of(self, bucket: _Bucket) -> Candle:
        """Return the candle that a bucket makes; in one step while only its newest minute moves."""
        last = bucket.minute(bucket.newest)
        if last is None:
            assert bucket.base is not None, "a bucket is made for a minute or for the history's last candle"
            return bucket.base
        if bucket.settled_before != bucket.newest:
            minutes = sorted((bucket.minutes | bucket.quoted).items())
            bucket.settled = self._settle(bucket, minutes[:-1])
            bucket.settled_before = bucket.newest
        if bucket.settled is None:
            return _starting(last, bucket.start_ns)
        return self._added(bucket, bucket.settled, bucket.newest, last)

    def _settle(self, bucket: _Bucket, minutes: list[tuple[int, Candle]]) -> Candle | None:
        made = bucket.base
        for minute_ns, candle in minutes:
            made = _starting(candle, bucket.start_ns) if made is None else self._added(bucket, made, minute_ns, candle)
        return made

    def _added(self, bucket: _Bucket, made: Candle, minute_ns: int, candle: Candle) -> Candle:
        """Return `made` with one more minute.

        What the history described already is not counted again: its close is newer than an older minute's, and its
        volume holds it.
        """
        as_of_minute_ns = bucket.as_of_ns - bucket.as_of_ns % MINUTE_NS
        seen = bucket.base is not None and minute_ns <= as_of_minute_ns
        if self.period is CandlePeriod.M1:
            volume = max((one for one in (made.volume, candle.volume) if one is not None), default=None)
        elif seen or candle.volume is None:
            volume = made.volume
        else:
            volume = candle.volume if made.volume is None else made.volume + candle.volume
        joined = _joined(made, candle, volume)
        is_old = bucket.base is not None and minute_ns < as_of_minute_ns and minute_ns not in bucket.quoted
        return _closing(joined, made) if is_old else joined


def period_anchor(period: CandlePeriod) -> int:
    """Return an instant at which a candle of `period` begins, for want of one of the venue's: weeks on Mondays, UTC."""
    return _FIRST_MONDAY_NS if period is CandlePeriod.W1 else 0


def period_start(period: CandlePeriod, time_ns: int, anchor_ns: int) -> int:
    """Return when the candle that holds `time_ns` begins, counted from the start of another one.

    The venue's day may begin at any hour of UTC; months are counted on the venue's calendar by that hour.
    """
    if period is CandlePeriod.MN1:
        offset_ns = anchor_ns - _month_ns(anchor_ns + _HALF_MONTH_NS, 0)
        if abs(offset_ns) > _DAY_NS:
            offset_ns = 0  # the anchor is no start of a month anywhere
        return _month_ns(time_ns - offset_ns, 0) + offset_ns
    length_ns = int(period) * MINUTE_NS
    return anchor_ns + (time_ns - anchor_ns) // length_ns * length_ns


def _month_ns(time_ns: int, default: int) -> int:
    """Return the first instant of the month of `time_ns`, UTC."""
    try:
        day = datetime.fromtimestamp(time_ns // 10**9, UTC)
    except (ValueError, OverflowError, OSError):
        return default
    return int(datetime(day.year, day.month, 1, tzinfo=UTC).timestamp()) * 10**9


def _start(candle: Candle) -> int:
    return candle.start_ns


def _bucket_start(bucket: _Bucket) -> int:
    return bucket.start_ns


def _fullness(candle: Candle) -> tuple[object, object]:
    """Return what only grows while a minute lasts, so that its versions can be put in order."""
    return (candle.volume or 0, candle.high_px - candle.low_px)


def _starting(candle: Candle, start_ns: int) -> Candle:
    return Candle(
        start_ns=start_ns,
        open_px=candle.open_px,
        high_px=candle.high_px,
        low_px=candle.low_px,
        close_px=candle.close_px,
        volume=candle.volume,
    )


def _joined(earlier: Candle, later: Candle, volume: object) -> Candle:
    return Candle(
        start_ns=earlier.start_ns,
        open_px=earlier.open_px,
        high_px=max(earlier.high_px, later.high_px),
        low_px=min(earlier.low_px, later.low_px),
        close_px=later.close_px,
        volume=volume,  # type: ignore[arg-type]
    )


def _closing(candle: Candle, other: Candle) -> Candle:
    return Candle(
        start_ns=candle.start_ns,
        open_px=candle.open_px,
        high_px=candle.high_px,
        low_px=candle.low_px,
        close_px=other.close_px,
        volume=candle.volume,
    )


def _is_sound(candle: Candle) -> bool:
    """Say whether a candle can be put in order and drawn at all."""
    return all(px.is_finite() for px in (candle.open_px, candle.high_px, candle.low_px, candle.close_px))
