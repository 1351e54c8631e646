"""What can be asked of a venue besides orders: each question is a value, each answer another.

A connection answers those whose feed its capabilities name, through :meth:`VenueConnection.query`. Asking changes
nothing at the venue. `watch` is not a question but a wish that outlives reconnects.
"""

from dataclasses import dataclass

from workstation.domain.estimates import Estimate
from workstation.domain.identity import AccountKey, InstrumentKey
from workstation.domain.market_data import CalendarEvent, CandlePeriod, Candles, Fact, NewsItem, Quote, TradingHours
from workstation.domain.orders import OrderTerms
from workstation.domain.trade_history import ClosedTrade, IntroducedTrade


@dataclass(frozen=True, slots=True, kw_only=True)
class CandlesQuery:
    """Candles of `period` from `start_ns` to `end_ns` (0: until now). Answer: :class:`Candles`."""

    key: InstrumentKey
    period: CandlePeriod
    start_ns: int
    end_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesQuery:
    """The present quotes of some instruments, once. Answer: :class:`QuotesAnswer`."""

    keys: tuple[InstrumentKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsQuery:
    """News from `start_ns` to `end_ns` (0: until now). Answer: :class:`NewsAnswer`."""

    start_ns: int
    end_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarQuery:
    """The economic calendar. Answer: :class:`CalendarAnswer`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradingHoursQuery:
    """When instruments trade. Answer: :class:`HoursAnswer`."""

    keys: tuple[InstrumentKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentFactsQuery:
    """Everything the venue says of one instrument, fresh. Answer: :class:`FactsAnswer`."""

    key: InstrumentKey


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFactsQuery:
    """Everything the venue says of the login and account: user data, server time, version. Answer: FactsAnswer."""

    account: AccountKey


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateQuery:
    """What an order with these terms would cost and bring; one failed figure fails no other. Answer: Estimate."""

    terms: OrderTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeHistoryQuery:
    """Closed trades and account movements. Answer: :class:`HistoryAnswer`."""

    account: AccountKey
    start_ns: int
    end_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroducedTradesQuery:
    """Trades of customers introduced by this login. Answer: :class:`IntroducedAnswer`."""

    account: AccountKey
    start_ns: int
    end_ns: int


VenueQuery = (
    CandlesQuery
    | QuotesQuery
    | NewsQuery
    | CalendarQuery
    | TradingHoursQuery
    | InstrumentFactsQuery
    | AccountFactsQuery
    | EstimateQuery
    | TradeHistoryQuery
    | IntroducedTradesQuery
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesAnswer:
    """Quotes; an instrument without one is left out."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsAnswer:
    """News, newest first."""

    items: tuple[NewsItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAnswer:
    """Events in order of time."""

    events: tuple[CalendarEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursAnswer:
    """Hours; an instrument the venue knows none of is left out."""

    hours: tuple[TradingHours, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsAnswer:
    """Named values in the venue's order."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryAnswer:
    """Lines of the history, newest first."""

    trades: tuple[ClosedTrade, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroducedAnswer:
    """Introduced trades, newest first."""

    trades: tuple[IntroducedTrade, ...]


QueryResult = (
    Candles
    | QuotesAnswer
    | NewsAnswer
    | CalendarAnswer
    | HoursAnswer
    | FactsAnswer
    | Estimate
    | HistoryAnswer
    | IntroducedAnswer
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What one connection shall keep telling: quotes, depth and one-minute candles of these symbols."""

    quotes: frozenset[str] = frozenset()
    depth: frozenset[str] = frozenset()
    candles: frozenset[str] = frozenset()
