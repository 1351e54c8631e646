"""One login from its first byte to its end: the main connection, the stream beside it, and keeping the books true.

    login -> user data -> books -> fate of what is unresolved -> money -> symbols -> stream -> books once more

The second reading closes the gap between the first and the subscription. The main connection's end ends the stream;
the stream's end leaves the main connection up: the stream alone is opened again, and meanwhile books, money and watched
quotes are read every few seconds.
"""

import asyncio
import itertools
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from workstation.runtime.backoff import Backoff
from workstation.runtime.clock import Clock
from workstation.runtime.own_task import in_own_task
from workstation.venues.base import MalformedFrame, QueryRefused, Severity, VenueError, VenueUnreachable
from workstation.venues.queries import Watch
from workstation.venues.xapi import messages as xapi
from workstation.venues.xapi import records
from workstation.venues.xapi.asking import VenueRefused, in_small_requests
from workstation.venues.xapi.books import BooksRead
from workstation.venues.xapi.conversation import Conversation, Phase
from workstation.venues.xapi.credentials import Credentials
from workstation.venues.xapi.error_codes import Follows, error_code
from workstation.venues.xapi.gravest import gravest
from workstation.venues.xapi.ledger import Ledger, SessionStale, Streamed
from workstation.venues.xapi.link_status import LinkFacts, RoundTrips, StreamState
from workstation.venues.xapi.main_link import MainLink
from workstation.venues.xapi.mapping import ms_of
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.outcomes import Answered, Decided, LoggedIn, NotSent, Outcome, Refused, Seen, Unanswered
from workstation.venues.xapi.pacing import GAP_S
from workstation.venues.xapi.stream import StreamConversation
from workstation.venues.xapi.stream_link import StreamLink
from workstation.venues.xapi.transports import Transport, dial

BOOKS_APART_S = 1.0
"""The shortest time between two readings that nobody asked for."""
BLIND_S = 5.0
"""How often the books are read while the stream is down."""
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds; `retry` makes the waits between attempts to open the stream."""

    tick_s: float = 0.25
    gap_s: float = GAP_S
    open_s: float = 15.0
    leave_s: float = 1.5
    overloaded_s: float = 1.0
    retry: Callable[[], Backoff] = lambda: Backoff(first_s=1.0)


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """What a session works with and does not own."""

    ledger: Ledger
    credentials: Credentials
    clock: Clock
    timing: Timing
    facts: LinkFacts
    trips: RoundTrips
    tls: ssl.SSLContext | None
    on_change: Callable[[], None]


class Session:
    """One login. Built when the main connection is open; of no use once :meth:`serve` has returned."""

    def __init__(self, transport: Transport, around: Surroundings, wanted: Watch) -> None:
        self._around = around
        self._ledger, self._facts, self._clock = around.ledger, around.facts, around.clock
        conversation = Conversation(around.credentials.login, around.ledger.requests, around.timing.gap_s)
        self.main = MainLink(transport, conversation, around.clock, self, around.timing.tick_s)
        self._stream: StreamLink | None = None
        self._wanted = wanted
        self._unquoted = set(wanted.quotes | wanted.depth)
        self._ids = itertools.count(1)
        self._answers: dict[str, asyncio.Future[object]] = {}
        self._commands: dict[str, str] = {}
        self._leaving: dict[str, asyncio.Future[None]] = {}
        self._session_id = ""
        self._logged_in = asyncio.Event()
        self._books_known = asyncio.Event()
        self._books_wanted = False
        self._synchronised = False
        self._last_read_s = 0.0

    # -- life ------------------------------------------------------------------------------------------------------

    async def serve(self) -> VenueError:
        """Log in and serve until the main connection ends; return why it did. Cancelled, it logs out first."""
        why: VenueError = VenueUnreachable("The program closed the connection.")
        try:
            await in_own_task(self._serve(), "XAPI: session")
        except BaseExceptionGroup as group:
            why = gravest(group)
        except asyncio.CancelledError:
            if self._facts.logged_in:
                await self.main.say_goodbye(self._around.timing.leave_s)
            raise
        finally:
            await self.main.close(str(why))
        return why

    async def _serve(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.main.serve(), name="XAPI: main connection")
            tasks.create_task(self._synchronise(), name="XAPI: synchronise")
            tasks.create_task(self._keep_stream(), name="XAPI: stream")
            tasks.create_task(self._keep_books(), name="XAPI: books")

    async def _synchronise(self) -> None:
        await self._logged_in.wait()
        await self._insist("the user data", self._user)
        await self._insist("the order book", self._read_books)
        self._ledger.requests.resume(self._clock.monotonic_s())
        self._books_known.set()
        await self._insist("the balance", self._money)
        if self._ledger.symbols.is_old(self._clock.monotonic_s()):
            await self._insist("the instruments", self._symbols)
            self._books_wanted = True  # trailing distances are in pips, whose size is known only now
        self._synchronised = True

    async def _insist(self, what: str, read: Callable[[], Awaitable[None]]) -> None:
        """Read something that trading rests on until the venue gives it."""
        backoff = self._around.timing.retry()
        while True:
            try:
                return await read()
            except QueryRefused as error:
                self._ledger.book.say(Severity.WARNING, f"XAPI did not give {what}; it is asked for again. {error}")
                self._ledger.flush()
                await asyncio.sleep(backoff.next_delay_s())

    async def _user(self) -> None:
        self._ledger.user(await self.ask(xapi.GetCurrentUserData(), records.UserData))

    async def _money(self) -> None:
        self._ledger.money(await self.ask(xapi.GetMarginLevel(), records.MarginLevel), self._clock.now_ns())

    async def _symbols(self) -> None:
        await self._ledger.symbols.load(self, self._ledger.mill, self._clock.monotonic_s())

    # -- the books -------------------------------------------------------------------------------------------------

    def want_books(self) -> None:
        """Read the books as soon as there is a turn."""
        self._books_wanted = True

    async def _keep_books(self) -> None:
        await self._books_known.wait()
        while True:
            await asyncio.sleep(self._around.timing.tick_s)
            if self._books_due(self._clock.monotonic_s()):
                await self._insist("the order book", self._read_books)
                if self._facts.stream is StreamState.DOWN:
                    await self._insist("the balance", self._money)
                    self._unquoted |= self._wanted.quotes | self._wanted.depth
            if self._synchronised and self._ledger.symbols.is_old(self._clock.monotonic_s()):
                await self._insist("the instruments", self._symbols)
            if self._unquoted and self._facts.ready:
                await self._first_quotes()

    def _books_due(self, now_s: float) -> bool:
        rested_s = now_s - self._last_read_s
        blind = self._facts.stream is StreamState.DOWN and rested_s >= BLIND_S
        return self._books_wanted or blind or (rested_s >= BOOKS_APART_S and self._ledger.book.overdue(now_s))

    async def _read_books(self) -> None:
        self._books_wanted = False
        asked = self.main.now()
        subscribed = self._facts.stream is StreamState.UP
        since_ns = self._ledger.history_since_ns(asked.ns)
        self._ledger.asking_books()
        trades = await self.ask_list(xapi.GetTrades(opened_only=True), records.TradeRecord)
        history = await self.ask_list(xapi.GetTradesHistory(start=ms_of(since_ns), end=0), records.TradeRecord)
        read = BooksRead(trades=trades, history=history, asked_ns=asked.ns, since_ns=since_ns)
        self._facts.books_whole = self._ledger.books_read(read, self.main.now())
        self._last_read_s = self._clock.monotonic_s()
        self._facts.books_read = True
        self._facts.stream_synced = subscribed and self._facts.stream is StreamState.UP
        self._around.on_change()

    # -- the stream ------------------------------------------------------------------------------------------------

    async def _keep_stream(self) -> None:
        await self._books_known.wait()
        backoff = self._around.timing.retry()
        while True:
            try:
                if self._facts.stream is StreamState.WAITING:
                    self._facts.stream = StreamState.CONNECTING
                await self._serve_stream()
            except SessionStale:
                raise
            except (VenueUnreachable, MalformedFrame) as error:
                if self._facts.stream is StreamState.UP:
                    backoff.reset()
                self._facts.stream, self._facts.stream_synced = StreamState.DOWN, False
                self._facts.stream_error = str(error)
                self._around.on_change()
            await asyncio.sleep(backoff.next_delay_s())

    async def _serve_stream(self) -> None:
        """Open the stream and serve it until it ends, always by an error."""
        if not self._session_id:
            raise VenueUnreachable("XAPI's login gave no id for the stream, so it cannot be opened.")
        timing = self._around.timing
        transport = await dial(self._around.credentials.stream_url, timing.open_s, self._around.tls)
        conversation = StreamConversation(self._session_id, timing.gap_s)
        stream = self._stream = StreamLink(transport, conversation, self._clock, self, timing.tick_s)
        try:
            await in_own_task(stream.serve(self._wanted), "XAPI: stream link")
        except BaseExceptionGroup as group:
            raise gravest(group) from group
        finally:
            self._stream = None
            await stream.close()

    def watch(self, wanted: Watch) -> None:
        """Tell just this from now on."""
        told = self._wanted.quotes | self._wanted.depth
        wishes = wanted.quotes | wanted.depth
        self._unquoted = (self._unquoted | (wishes - told)) & wishes
        self._wanted = wanted
        if self._stream is not None:
            self._stream.watch(wanted)

    async def _first_quotes(self) -> None:
        """Ask once for the quotes of what is newly watched: a closed market streams nothing."""
        symbols, self._unquoted = sorted(self._unquoted), set()
        try:
            for question, _ in in_small_requests(
                symbols, lambda taken: xapi.GetTickPrices(level=0, symbols=taken, timestamp=0)
            ):
                answer = await self.ask(question, records.Quotations)
                for tick in answer.quotations or ():
                    self._ledger.mill.take(tick, self._clock.now_ns())
        except QueryRefused as error:
            self._ledger.book.say(Severity.INFO, f"First quotes were not given; the stream brings them. {error}")
            self._ledger.flush()

    def on_streamed(self, record: Streamed, frame: bytes, now: Moment) -> None:
        """Take one message of the stream."""
        self._ledger.streamed(record, frame, now)

    def on_pause(self) -> None:
        """Tell what was gathered."""
        self._ledger.mill.flush()

    def on_subscribed(self) -> None:
        """Take note that the stream tells of the account now: the books are read once more."""
        self._facts.stream, self._facts.stream_error = StreamState.UP, ""
        self._books_wanted = True
        self._around.on_change()

    # -- questions -------------------------------------------------------------------------------------------------

    async def ask(self, arguments: xapi.Arguments, kind: type[_Answer]) -> _Answer:
        """Put a question; see :class:`workstation.venues.xapi.asking.Asker`."""
        answer = await self._ask(arguments)
        if not isinstance(answer, kind):
            raise QueryRefused(f"XAPI answered {arguments.command} with nothing.")
        return answer

    async def ask_list(self, arguments: xapi.Arguments, kind: type[_Answer]) -> tuple[_Answer, ...]:
        """Put a question; see :class:`workstation.venues.xapi.asking.Asker`."""
        answer: Any = await self._ask(arguments)
        return () if answer is None else tuple(answer)

    async def _ask(self, arguments: xapi.Arguments) -> object:
        backoff = Backoff(first_s=self._around.timing.overloaded_s)
        for _ in range(3):
            try:
                return await self._ask_once(arguments)
            except VenueRefused as error:
                if error_code(error.code).follows is not Follows.SLOW_DOWN:
                    raise
                await asyncio.sleep(backoff.next_delay_s())
        return await self._ask_once(arguments)

    async def _ask_once(self, arguments: xapi.Arguments) -> object:
        if self.main.conversation.phase is not Phase.OPEN:
            raise VenueUnreachable("XAPI is not logged in, so nothing can be asked.")
        tag = f"q{next(self._ids)}"
        answer = self._answers[tag] = asyncio.get_running_loop().create_future()
        self._commands[tag] = arguments.command
        try:
            self.main.conversation.ask(tag, arguments)
            self.main.wake()
            return await answer
        except ValueError as error:
            raise QueryRefused(f"XAPI takes no question as long as this: {error}.") from error
        finally:
            self._answers.pop(tag, None)
            self._commands.pop(tag, None)
            self.main.conversation.drop(tag)

    # -- order requests --------------------------------------------------------------------------------------------

    async def submit(self, tag: str, put: Callable[[Conversation], None]) -> None:
        """Queue an order request by `put`; return when its bytes are with the socket.

        Raises:
            VenueUnreachable: not one byte left, and none will.
        """
        if self.main.conversation.phase is not Phase.OPEN:
            raise VenueUnreachable("XAPI is not logged in. Nothing was sent.")
        left = self._leaving[tag] = asyncio.get_running_loop().create_future()
        try:
            put(self.main.conversation)
            self.main.wake()
            await left
        finally:
            self._leaving.pop(tag, None)
            self.main.conversation.drop(tag)

    def withdraw(self, why: str) -> None:
        """Take back every order request that waits, cancels excepted."""
        self.main.conversation.withdraw(why)
        self.main.wake()

    # -- what the main connection tells ----------------------------------------------------------------------------

    def on_left(self, tag: str, now: Moment) -> None:
        """Take note that the bytes of a request are with the socket."""
        self._ledger.left(tag)
        left = self._leaving.get(tag)
        if left is not None and not left.done():
            left.set_result(None)

    def on_outcome(self, outcome: Outcome, now: Moment) -> None:
        """Take what the conversation tells."""
        match outcome:
            case LoggedIn():
                self._session_id = outcome.stream_session_id
                self._facts.logged_in = True
                self._facts.session_started_ns = now.ns
                self._logged_in.set()
            case Answered():
                self._resolve(outcome.tag, outcome.answer)
            case Refused():
                if error_code(outcome.code).follows is Follows.REFRESH_SYMBOLS:
                    self._ledger.symbols.outdate()
                command = self._commands.get(outcome.tag, "it")
                self._fail(outcome.tag, VenueRefused(command, outcome.code, outcome.words))
            case Unanswered():
                lost = VenueUnreachable("The connection to XAPI ended before the answer.")
                self._fail(outcome.tag, lost if outcome.lost else QueryRefused("XAPI gave no answer in time."))
            case NotSent():
                self._fail(outcome.tag, VenueUnreachable(f"{outcome.text} Nothing was sent."))
            case Decided():
                self._ledger.decided(outcome.request, now)
            case Seen():
                self._ledger.seen(outcome)

    def on_change(self) -> None:
        """Bring the facts behind the lamps up to date."""
        now_s, facts, conversation = self._clock.monotonic_s(), self._facts, self.main.conversation
        trips, conversation.trips_ms = conversation.trips_ms, []
        for each in trips:
            self._around.trips.add(each)
        facts.queued, facts.queue_delay_ms = conversation.queued, conversation.queue_delay_ms(now_s)
        facts.order_delay_ms = conversation.order_delay_ms(now_s)
        facts.silent_s = conversation.silent_s(now_s)
        facts.last_in_ns, facts.last_out_ns = self.main.last_in_ns, self.main.last_out_ns
        facts.life_s = now_s - self._stream.conversation.last_life_s if self._stream is not None else 0.0
        self._around.on_change()

    def _resolve(self, tag: str, answer: object) -> None:
        waiting = self._answers.get(tag)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _fail(self, tag: str, error: VenueError) -> None:
        for waiting in (self._answers.get(tag), self._leaving.get(tag)):
            if waiting is not None and not waiting.done():
                waiting.set_exception(error)
