"""One login at XAPI, kept up until the trader must help.

One login is one account. A refused login ends it: trying the same pair again would have the venue disable it for ten
minutes, each time anew. Everything else is tried again, waiting longer each time. Links are encrypted and verified;
without encryption they may only lead to this computer, which the profile itself enforces.
"""

import asyncio
import itertools
import math
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile
from workstation.domain.identity import AccountKey
from workstation.domain.instrument import Instrument
from workstation.domain.order_requests import OrderRequest, account_of, orders_of
from workstation.runtime.backoff import Backoff
from workstation.runtime.clock import Clock, SystemClock
from workstation.venues.base import (
    ConnectionStatus,
    Direction,
    EventSink,
    MalformedFrame,
    NotAuthorised,
    NotExpressible,
    Outgoing,
    Severity,
    TextNotified,
    VenueError,
    VenueKind,
    VenueUnreachable,
)
from workstation.venues.queries import QueryResult, VenueQuery, Watch
from workstation.venues.xapi.answers import Answers
from workstation.venues.xapi.capabilities import xapi_capabilities
from workstation.venues.xapi.codec import MAX_COMMAND_BYTES, encode_request
from workstation.venues.xapi.conversation import LoginBlocked, Overloaded
from workstation.venues.xapi.credentials import Credentials
from workstation.venues.xapi.journal import frame_seen
from workstation.venues.xapi.ledger import Ledger
from workstation.venues.xapi.link_status import LinkFacts, LinkState, RoundTrips, status_of
from workstation.venues.xapi.messages import TradeTransaction
from workstation.venues.xapi.requests import Translator
from workstation.venues.xapi.session import Session, Surroundings, Timing
from workstation.venues.xapi.transports import dial

STABLE_S = 20.0
"""How long a session must have been ready before its loss is met with the shortest wait again."""
OVERLOADED_PAUSE_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class XapiOutgoing(Outgoing):
    """A request in its wire form, with the transaction that the frame holds."""

    tag: str
    transaction: TradeTransaction


class XapiConnection:
    """An XAPI login; see :class:`workstation.venues.base.VenueConnection`."""

    def __init__(
        self,
        profile: ConnectionProfile,
        secrets: Mapping[str, str],
        sink: EventSink,
        clock: Clock | None = None,
        *,
        backoff: Backoff | None = None,
        timing: Timing | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._profile = profile
        self._sink = sink
        self._clock = clock or SystemClock()
        self._backoff = backoff or Backoff()
        self._timing = timing or Timing()
        self._capabilities = xapi_capabilities()
        self._facts = LinkFacts()
        self._trips = RoundTrips()
        credentials = Credentials.from_profile(profile, secrets)
        self._ledger = Ledger(profile, credentials.user_id, sink)
        self._around = Surroundings(
            ledger=self._ledger,
            credentials=credentials,
            clock=self._clock,
            timing=self._timing,
            facts=self._facts,
            trips=self._trips,
            tls=tls,
            on_change=self._changed,
        )
        self._translator = Translator(self.instrument, self._ledger.mill.market_price, self._ledger.symbol_of)
        self._numbers = itertools.count(1)
        self._wanted = Watch()
        self._session: Session | None = None
        self._shown: ConnectionStatus | None = None
        self._ready_at_s = math.inf

    @property
    def profile(self) -> ConnectionProfile:
        """The profile it was built from."""
        return self._profile

    @property
    def capabilities(self) -> Capabilities:
        """What XAPI can do."""
        return self._capabilities

    def instrument(self, symbol: str) -> Instrument | None:
        """Return what is known of `symbol`, None until the venue's list was read."""
        return self._ledger.symbols.instrument(symbol)

    async def run(self) -> None:
        """Keep the connection up; see the contract.

        Raises:
            NotAuthorised: only the trader can cure it.
        """
        try:
            while True:
                await self._wait(await self._serve_once())
        except LoginBlocked as error:
            self._facts.retry_at_ns = error.until_ns
            self._show(LinkState.BLOCKED, error=str(error))
            raise
        except NotAuthorised as error:
            self._show(LinkState.NEEDS_YOU, error=str(error))
            raise
        finally:
            if self._facts.link not in (LinkState.NEEDS_YOU, LinkState.BLOCKED):
                self._show(LinkState.OFF)  # however it ended, no lamp may stay green

    def encode(self, request: OrderRequest) -> Outgoing:
        """Put `request` in wire form; see the contract.

        Raises:
            NotExpressible: XAPI has no words for it; the text says which value and why.
        """
        if account_of(request) != self._ledger.mapping.key:
            raise NotExpressible(f"{self._profile.name} does not offer account {account_of(request).account_id}.")
        transaction = TradeTransaction(trade_trans_info=self._translator.info(request))
        request_id = next(self._numbers)
        tag = f"t{request_id}"
        try:
            frame = encode_request(transaction, tag)
        except ValueError as error:
            raise NotExpressible(f"XAPI's wire cannot carry this order: {error}.") from error
        if len(frame) > MAX_COMMAND_BYTES:
            raise NotExpressible(f"XAPI takes {MAX_COMMAND_BYTES} bytes a request; this one has {len(frame)}.")
        return XapiOutgoing(
            request=request,
            frame=frame,
            frame_seen=frame_seen(
                self._profile.connection_id, Direction.OUT, transaction.command, frame, keys=orders_of(request)
            ),
            request_id=request_id,
            tag=tag,
            transaction=transaction,
        )

    async def send(self, outgoing: Outgoing) -> None:
        """Put the frame on the wire when its turn comes; see the contract.

        Raises:
            VenueUnreachable: not one byte left, and none will.
        """
        if not isinstance(outgoing, XapiOutgoing):
            raise TypeError("only what this connection encoded can be sent on it")
        sending = outgoing
        await self._linked().submit(
            sending.tag,
            lambda talk: talk.submit(sending.tag, sending.request, sending.transaction, sending.frame),
        )

    async def reload(self, account: AccountKey | None = None) -> None:
        """Ask for the books; see the contract.

        Raises:
            VenueUnreachable: there is no link to ask on.
        """
        self._linked().want_books()

    def withdraw(self, why: str) -> None:
        """Take back what waits for its turn; see the contract."""
        if self._session is not None:
            self._session.withdraw(why)

    def watch(self, wanted: Watch) -> None:
        """Keep telling just this from now on; see the contract."""
        mill = self._ledger.mill
        mill.forget((self._wanted.quotes | self._wanted.depth) - (wanted.quotes | wanted.depth))
        mill.depth = wanted.depth
        self._wanted = wanted
        if self._session is not None:
            self._session.watch(wanted)

    async def query(self, query: VenueQuery) -> QueryResult:
        """Ask the venue something that changes nothing; see the contract.

        Raises:
            QueryRefused: it said no; the text is fit for the trader.
            VenueUnreachable: there is no link to ask on, or it ended before the answer.
        """
        answers = Answers(
            asker=self._linked(),
            connection_id=self._profile.connection_id,
            mapping=self._ledger.mapping,
            symbols=self._ledger.symbols,
            mill=self._ledger.mill,
            clock=self._clock,
        )
        return await answers.answer(query)

    def _linked(self) -> Session:
        if self._session is None or not self._facts.logged_in:
            raise VenueUnreachable(f"{self._profile.name} is not connected. Nothing was sent.")
        return self._session

    async def _wait(self, error: VenueError) -> None:
        """Show why the link ended and when the next try is, and wait for it."""
        if self._clock.monotonic_s() - self._ready_at_s >= STABLE_S:
            self._backoff.reset()
        self._ready_at_s = math.inf
        delay_s = self._backoff.next_delay_s()
        if isinstance(error, Overloaded):
            delay_s = max(delay_s, OVERLOADED_PAUSE_S)
        self._facts.retry_count += 1
        self._facts.retry_at_ns = self._clock.now_ns() + int(delay_s * 1e9)
        self._show(LinkState.RECONNECTING, error=str(error))
        await asyncio.sleep(delay_s)

    async def _serve_once(self) -> VenueError:
        """Connect, serve until the main connection ends, and return why it did.

        Raises:
            NotAuthorised: no further try makes sense.
        """
        self._show(LinkState.RECONNECTING if self._facts.retry_count else LinkState.CONNECTING)
        try:
            transport = await dial(self._profile.url, self._timing.open_s, self._around.tls)
        except VenueUnreachable as error:
            return error
        self._facts.new_session()
        self._facts.link = LinkState.UP
        session = self._session = Session(transport, self._around, self._wanted)
        try:
            why = await session.serve()
        finally:
            self._session = None
            self._facts.new_session()
        if isinstance(why, MalformedFrame):
            text = f"XAPI broke its own protocol, so the link was dropped: {why}"
            self._sink(TextNotified(connection_id=self._profile.connection_id, severity=Severity.ERROR, text=text))
        if isinstance(why, NotAuthorised):
            raise why
        return why

    def _changed(self) -> None:
        facts = self._facts
        facts.served |= facts.ready
        if facts.ready and math.isinf(self._ready_at_s):
            self._ready_at_s = self._clock.monotonic_s()
            facts.retry_count = facts.retry_at_ns = 0
            facts.last_error = ""
        self._show(facts.link)

    def _show(self, link: LinkState, error: str = "") -> None:
        """Publish the lamps when they, or the facts a person reads, have changed."""
        self._facts.link = link
        self._facts.last_error = error or self._facts.last_error
        status = status_of(self._profile, self._facts, self._trips)
        shown = self._shown
        if shown is None or _readable_part(shown) != _readable_part(status):
            self._shown = status
            self._sink(status)


def factory(profile: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> XapiConnection:
    """Build the connection of a profile; see :data:`workstation.venues.base.VenueFactory`.

    Raises:
        NotAuthorised: the password or a login field is missing.
    """
    return XapiConnection(profile, secrets, sink)


VENUE = VenueKind(factory=factory, capabilities=xapi_capabilities())
"""What the desk needs to offer XAPI."""


def _readable_part(status: ConnectionStatus) -> tuple[object, ...]:
    return (
        status.lamps,
        status.detail,
        status.last_error,
        status.retry_at_ns,
        status.round_trip_ms,
        status.session_started_ns,
        status.queued,
    )
