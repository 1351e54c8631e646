"""What outlives one connection: the account's books, our requests, the symbols; and what becomes of news about them.

Everything the venue says ends here as events for the desk. A request's fate is told once as
:class:`RequestAnswered`; what is learnt after it was given up as unknown is told as a report.
"""

from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import ClOrdID, OrderID
from workstation.domain.market_data import NewsItem
from workstation.domain.order_requests import NewOrderSingle
from workstation.domain.order_states import OrderEvent
from workstation.venues.base import (
    AccountsListed,
    BalanceReported,
    Direction,
    EventSink,
    Outcome,
    PositionReported,
    RequestAnswered,
    Severity,
    VenueUnreachable,
)
from workstation.venues.xapi import books
from workstation.venues.xapi.books import BooksRead
from workstation.venues.xapi.codec import HotTick, StreamRefused, UnknownStreamed
from workstation.venues.xapi.error_codes import Follows, error_code, told
from workstation.venues.xapi.journal import frame_seen
from workstation.venues.xapi.mapping import XapiMapping, ns_of
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.numbers import Numbers
from workstation.venues.xapi.outcomes import Seen
from workstation.venues.xapi.quotes import QuoteMill
from workstation.venues.xapi.records import MarginLevel, UserData
from workstation.venues.xapi.stream_records import (
    StreamingBalance,
    StreamingCandle,
    StreamingNews,
    StreamingProfit,
    StreamingTick,
    StreamingTrade,
    StreamingTradeStatus,
    StreamRecord,
)
from workstation.venues.xapi.symbols import SymbolList
from workstation.venues.xapi.trade_book import TradeBook
from workstation.venues.xapi.trade_requests import Fate, RequestBook, TradeRequest
from workstation.venues.xapi.words import TransactionType

_OUTCOMES = {Fate.ACCEPTED: Outcome.RECEIVED, Fate.UNKNOWN: Outcome.UNKNOWN}
_MOST_HELD = 10_000
FIRST_HISTORY_NS = 7 * 24 * 3600 * 1_000_000_000
"""How far back the first books of a run look: an order in doubt since a crash before the weekend is still found."""
CLOCKS_APART_NS = 300 * 1_000_000_000
Streamed = StreamRecord | HotTick | UnknownStreamed | StreamRefused


class SessionStale(VenueUnreachable):
    """The stream's token is not valid any more: only a new login helps."""


class Ledger:
    """The account as this program knows it."""

    def __init__(self, profile: ConnectionProfile, user_id: str, sink: EventSink) -> None:
        self.symbols = SymbolList(profile.connection_id, sink)
        self.mapping = XapiMapping(profile, user_id, self.symbols.instrument)
        self.numbers = Numbers()
        self.book = TradeBook(self.mapping, self.numbers)
        self.requests = RequestBook()
        self.mill = QuoteMill(profile.connection_id, sink)
        self._connection_id = profile.connection_id
        self._sink = sink
        self._since_asked: list[StreamingTrade] | None = None
        self._complete_ns = 0
        self._odd: set[str] = set()
        self._placed: dict[int, str] = {}

    def symbol_of(self, number: int) -> str:
        """Return the symbol of a pending order, also of one that was taken and has not shown yet; else empty."""
        return self.book.symbol_of(number) or self._placed.get(number, "")

    # -- our requests ----------------------------------------------------------------------------------------------

    def left(self, tag: str) -> None:
        """Take note that the bytes of a request left."""
        request = self.requests.by_tag(tag)
        if request is None:
            return
        if isinstance(request.request, NewOrderSingle):
            self.numbers.sent(request.key, request.info.symbol or "", request.sent_ns)
            if request.info.type == TransactionType.CLOSE:
                self.book.closes.append(request)

    def decided(self, request: TradeRequest, now: Moment) -> None:
        """Tell the desk what became of a request."""
        new = isinstance(request.request, NewOrderSingle)
        if new and request.number is not None:
            self.numbers.numbered(request.key, request.number)
            self._placed[request.number] = request.info.symbol or ""
        if request.fate is Fate.ACCEPTED:
            self.book.accepted(request, now.s, now.ns)
        elif request.fate is not Fate.UNKNOWN and request in self.book.closes:
            self.book.closes.remove(request)
        if not request.answered:
            request.answered = True
            self._sink(
                RequestAnswered(
                    request=request.request,
                    outcome=_OUTCOMES.get(request.fate, Outcome.REFUSED),
                    text=_words(request),
                    order_id=OrderID(str(request.number)) if new and request.number is not None else None,
                )
            )
        elif new and request.fate in (Fate.REJECTED, Fate.FAILED, Fate.REFUSED):
            self._refused_late(request, now)
        follows = error_code(request.code).follows if request.code else None
        self.book.wants_books |= request.fate is Fate.UNKNOWN or follows is Follows.REFUSED_AND_RELOAD
        if follows is Follows.REFRESH_SYMBOLS:
            self.symbols.outdate()
        self.flush()

    def _refused_late(self, request: TradeRequest, now: Moment) -> None:
        """Settle an order whose request had been given up as unknown."""
        assert isinstance(request.request, NewOrderSingle)
        self._sink(
            self.mapping.report(
                request.request.terms,
                OrderEvent.REPORT_REJECTED,
                request.number or 0,
                ClOrdID(request.key),
                status=request.fate.value.lower(),
                at_ns=now.ns,
                text=_words(request),
                ours=True,
            )
        )

    # -- what the stream says --------------------------------------------------------------------------------------

    def streamed(self, record: Streamed, frame: bytes, now: Moment) -> None:
        """Take one message of the stream.

        Raises:
            SessionStale: the stream's session is not valid any more.
        """
        match record:
            case HotTick() | StreamingTick():
                self.mill.take(record, now.ns)
            case StreamingTrade():
                self._traded(record, frame, now)
            case StreamingTradeStatus():
                self.seen(Seen(outgoing=False, name="tradeStatus", frame=frame), record.order)
                for request in self.requests.status(record, now.s):
                    self.decided(request, now)
            case StreamingProfit():
                held = self.book.positions.get(record.position or 0)
                if held is not None:
                    self.book.profit(record, self.mill.closing_price(held.symbol, held.net_qty), now.ns)
                    self.flush()
            case StreamingBalance():
                self._sink(BalanceReported(balance=self.mapping.balance(record, now.ns)))
            case StreamingCandle():
                candle = self.mill.candle(record)
                if candle is not None:
                    self._sink(candle)
            case StreamingNews():
                self._news(record)
            case UnknownStreamed():
                self._say_once(f"XAPI streams {record.command!r}, which this program does not know; it is left out.")
            case StreamRefused():
                self._stream_refused(record)

    def _traded(self, record: StreamingTrade, frame: bytes, now: Moment) -> None:
        self.seen(Seen(outgoing=False, name="trade", frame=frame), record.order)
        if self._since_asked is not None and len(self._since_asked) < _MOST_HELD:
            self._since_asked.append(record)
        made_by = self.requests.by_number(record.order2)
        if made_by is not None and isinstance(made_by.request, NewOrderSingle) and record.order2 is not None:
            self.numbers.numbered(made_by.key, record.order2)
        self.book.take(record, now.s, now.ns)
        self.flush()

    def _news(self, record: StreamingNews) -> None:
        self._sink(
            NewsItem(
                connection_id=self._connection_id,
                news_key=record.key or f"{record.time}",
                title=record.title or "",
                body=record.body or "",
                transact_time_ns=ns_of(record.time),
            )
        )

    def _stream_refused(self, record: StreamRefused) -> None:
        text = told(record.error_code, record.error_descr)
        if error_code(record.error_code).follows is Follows.LOG_IN_AGAIN:
            raise SessionStale(f"XAPI ended the stream: {text} The program logs in again by itself.")
        self._say_once(f"XAPI refused a subscription: {text}")

    # -- books and money -------------------------------------------------------------------------------------------

    def asking_books(self) -> None:
        """Keep what the stream tells from now on: the books may be older than it."""
        self._since_asked = []

    def history_since_ns(self, now_ns: int) -> int:
        """Return from when on closed trades are needed: since the last complete books and the oldest open question."""
        oldest_ns = min((each.sent_ns for each in self.requests.unsettled), default=now_ns)
        known_ns = self._complete_ns or now_ns - FIRST_HISTORY_NS
        return max(0, min(oldest_ns, known_ns) - CLOCKS_APART_NS)

    def books_read(self, read: BooksRead, now: Moment) -> bool:
        """Take complete books, then once more what was told while they were on their way; say if all was readable."""
        loaded, whole = books.load(self.book, read, now.ns)
        self.flush()
        if whole:
            self._sink(loaded)
        for report in () if whole else loaded.reports:
            self._sink(report)
        for position in () if whole else loaded.positions:
            self._sink(PositionReported(position=position))
        told_since, self._since_asked = self._since_asked or [], None
        for record in told_since:
            self.book.take(record, now.s, now.ns)
        self.flush()
        if whole:
            self._complete_ns = read.asked_ns
        return whole

    def user(self, user: UserData) -> None:
        """Take the login's data."""
        self.mapping.currency = user.currency or ""
        self._sink(AccountsListed(accounts=(self.mapping.account(),)))

    def money(self, money: MarginLevel, now_ns: int) -> None:
        """Take the account's money."""
        self.mapping.currency = money.currency or self.mapping.currency
        self._sink(BalanceReported(balance=self.mapping.balance(money, now_ns)))

    def seen(self, seen: Seen, number: int | None = None) -> None:
        """Put a frame in the journal."""
        direction = Direction.OUT if seen.outgoing else Direction.IN
        self._sink(frame_seen(self._connection_id, direction, seen.name, seen.frame, keys=seen.keys, number=number))

    def flush(self) -> None:
        """Tell what the book has to tell."""
        told_now, self.book.events = self.book.events, []
        for event in told_now:
            self._sink(event)

    def _say_once(self, text: str) -> None:
        if text not in self._odd and len(self._odd) < 100:
            self._odd.add(text)
            self.book.say(Severity.WARNING, text)
            self.flush()


def _words(request: TradeRequest) -> str:
    match request.fate:
        case Fate.REJECTED:
            return f"XAPI rejected it: {request.text or 'no reason given'}."
        case Fate.FAILED:
            return f"XAPI failed to execute it: {request.text or 'no reason given'}."
        case _:
            return request.text
