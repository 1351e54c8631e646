"""What venues tell about the market: quotes, depth, candles, news, the calendar, hours.

Values are immutable. A quote is made thousands of times a second, so it is a struct that the garbage collector does
not track; everything in it is immutable too. None is "the venue does not say", never zero. Times are epoch
nanoseconds, UTC.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum

import msgspec

from workstation.domain.identity import ConnectionID, InstrumentKey


class Quote(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The best prices of one instrument. `received_ns` is our clock: the age of a quote is counted from it."""

    key: InstrumentKey
    bid_px: Decimal | None = None
    ask_px: Decimal | None = None
    bid_qty: Decimal | None = None
    ask_qty: Decimal | None = None
    high_px: Decimal | None = None
    low_px: Decimal | None = None
    prev_close_px: Decimal | None = None
    transact_time_ns: int = 0
    received_ns: int = 0

    @property
    def spread(self) -> Decimal | None:
        """Ask less bid; negative when the venue says so."""
        return None if self.bid_px is None or self.ask_px is None else self.ask_px - self.bid_px

    @property
    def change(self) -> Decimal | None:
        """Bid less the close of the day before."""
        return None if self.bid_px is None or self.prev_close_px is None else self.bid_px - self.prev_close_px


@dataclass(frozen=True, slots=True)
class DepthLevel:
    """One price of one side and what is offered there; None where the venue gives no quantity."""

    price: Decimal
    qty: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """The levels a venue shows, best first."""

    key: InstrumentKey
    bids: tuple[DepthLevel, ...]
    asks: tuple[DepthLevel, ...]
    transact_time_ns: int = 0
    received_ns: int = 0


class CandlePeriod(IntEnum):
    """Length of a candle, in minutes."""

    M1 = 1
    M5 = 5
    M15 = 15
    M30 = 30
    H1 = 60
    H4 = 240
    D1 = 1440
    W1 = 10080
    MN1 = 43200


class Candle(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Prices of one period that began at `start_ns`."""

    start_ns: int
    open_px: Decimal
    high_px: Decimal
    low_px: Decimal
    close_px: Decimal
    volume: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCandle:
    """A finished or growing one-minute candle as the venue streams it."""

    key: InstrumentKey
    candle: Candle


@dataclass(frozen=True, slots=True, kw_only=True)
class Candles:
    """Candles, oldest first, gaps not filled in. `earliest` says that the venue has no older ones."""

    key: InstrumentKey
    period: CandlePeriod
    candles: tuple[Candle, ...]
    earliest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One piece of news. `body` is the venue's HTML, not cleaned: whoever shows it must clean it."""

    connection_id: ConnectionID
    news_key: str
    title: str
    body: str
    transact_time_ns: int


class Impact(IntEnum):
    """How much a calendar event is expected to move the market."""

    UNKNOWN = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One announced figure. `current` is empty until it is released; figures are the venue's own texts."""

    connection_id: ConnectionID
    country: str
    title: str
    impact: Impact
    period: str
    previous: str
    forecast: str
    current: str
    transact_time_ns: int


class HoursKind(Enum):
    """What goes on in a session."""

    QUOTES = "QUOTES"
    TRADING = "TRADING"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSession:
    """One stretch of a week: ISO weekday 1 to 7 and milliseconds since midnight, in the venue's time zone."""

    kind: HoursKind
    weekday: int
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TradingHours:
    """When an instrument is quoted and traded. `zone` is an IANA name ("Europe/Warsaw")."""

    key: InstrumentKey
    zone: str
    sessions: tuple[HoursSession, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One named value as the venue states it, for people to read; `note` says what it means."""

    name: str
    text: str
    note: str = ""
