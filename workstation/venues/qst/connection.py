"""One login at QST over a WebSocket, kept up until the trader must help.

A refused login and a place taken by another end it: trying again would lock the account, or evict the other station
for ever (QST spec 6). Everything else is tried again, waiting longer each time. The link is encrypted and verified;
without encryption it may only lead to this computer, which the profile itself enforces.
"""

import asyncio
import itertools
import math
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from workstation.domain.capabilities import Capabilities
from workstation.domain.connection import ConnectionProfile, is_loopback
from workstation.domain.identity import AccountKey
from workstation.domain.instrument import Instrument
from workstation.domain.order_requests import OrderRequest, account_of, orders_of
from workstation.runtime.backoff import Backoff
from workstation.runtime.clock import Clock, SystemClock
from workstation.venues.base import (
    ConnectionStatus,
    Direction,
    EventSink,
    FrameSeen,
    InstrumentsListed,
    MalformedFrame,
    NotAuthorised,
    NotExpressible,
    Outgoing,
    ProtocolViolation,
    QueryRefused,
    SessionTaken,
    Severity,
    TextNotified,
    VenueError,
    VenueEvent,
    VenueKind,
    VenueUnreachable,
)
from workstation.venues.qst.accounts import AccountDirectory
from workstation.venues.qst.binding import MAX_FRAME_BYTES
from workstation.venues.qst.capabilities import qst_capabilities
from workstation.venues.qst.close_reasons import ReadTooSlowly
from workstation.venues.qst.codec import Codec, default_codec
from workstation.venues.qst.coercion import Unwritable
from workstation.venues.qst.conversation import Conversation, Phase
from workstation.venues.qst.credentials import Credentials, PasswordHash, given_as_is
from workstation.venues.qst.link import QstLink, Timing
from workstation.venues.qst.link_status import LinkFacts, LinkState, RoundTrips, made_of, status_of
from workstation.venues.qst.mapping import QstMapping
from workstation.venues.qst.messages import Request
from workstation.venues.qst.outbound import Sendable
from workstation.venues.qst.products import load_products
from workstation.venues.qst.requests import to_qst
from workstation.venues.queries import QueryResult, VenueQuery, Watch

_WRITE_LIMIT_BYTES = 1024 * 1024

STABLE_S = 20.0
"""How long a link must have been ready before its loss is met with the shortest wait again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QstOutgoing(Outgoing):
    """A request in its wire form, with the message that the frame holds."""

    message: Request


class QstConnection:
    """A QST login; see :class:`workstation.venues.base.VenueConnection`."""

    def __init__(
        self,
        profile: ConnectionProfile,
        secrets: Mapping[str, str],
        sink: EventSink,
        clock: Clock | None = None,
        *,
        codec: Codec | None = None,
        password_hash: PasswordHash = given_as_is,
        backoff: Backoff | None = None,
        timing: Timing | None = None,
    ) -> None:
        self._profile = profile
        self._credentials = Credentials.from_profile(profile, secrets, password_hash)
        self._sink = sink
        self._clock = clock or SystemClock()
        self._codec = codec or default_codec()
        self._backoff = backoff or Backoff()
        self._timing = timing or Timing()
        self._capabilities = qst_capabilities(self._codec)
        self._products = load_products()
        self._accounts = AccountDirectory(profile)
        users = (self._credentials.order_entry.username, self._credentials.login.username)
        self._mapping = QstMapping(self._accounts, self.instrument, users)
        self._ids = itertools.count(1)
        self._facts = LinkFacts()
        self._trips = RoundTrips()
        self._link: QstLink | None = None
        self._shown: ConnectionStatus | None = None
        self._made_of: tuple[object, ...] | None = None
        self._was_ready = False
        self._ready_at_s = math.inf

    @property
    def profile(self) -> ConnectionProfile:
        """The profile it was built from."""
        return self._profile

    @property
    def capabilities(self) -> Capabilities:
        """What QST can do with the definition file at hand."""
        return self._capabilities

    def instrument(self, symbol: str) -> Instrument | None:
        """Return what is known of `symbol`, or None: unknown roots are never guessed."""
        return self._products.instrument(symbol)

    async def run(self) -> None:
        """Keep the connection up; see the contract.

        Raises:
            NotAuthorised, SessionTaken: only the trader can cure it.
            ProtocolViolation: the message definition lacks what is needed; every missing name is listed.
        """
        try:
            if self._codec.binding.problems:
                raise ProtocolViolation(
                    "QST's message definition does not fit this program, so nothing was connected: "
                    + "; ".join(self._codec.binding.problems)
                )
            today = datetime.fromtimestamp(self._clock.now_ns() / 1e9, UTC).date()
            offered = self._products.offered(today)
            self._sink(InstrumentsListed(connection_id=self._profile.connection_id, instruments=offered))
            while True:
                await self._wait(await self._serve_once())
        except (NotAuthorised, SessionTaken, ProtocolViolation) as error:
            self._show(LinkState.NEEDS_YOU, error=str(error))
            raise
        finally:
            if self._facts.link is not LinkState.NEEDS_YOU:  # however it ended, no lamp may stay green
                self._show(LinkState.OFF)

    def encode(self, request: OrderRequest) -> Outgoing:
        """Put `request` in wire form; see the contract.

        Raises:
            NotExpressible: QST has no words for it; the text says which value and why.
        """
        account = account_of(request)
        known = self._accounts.ids
        if account.connection_id != self._profile.connection_id or (known and account.account_id not in known):
            raise NotExpressible(f"{self._profile.name} does not offer account {account.account_id}.")
        conversation = self._link.conversation if self._link is not None else None
        override = conversation.override_for(account.account_id) if conversation is not None else account.account_id
        message = to_qst(request, override)
        request_id = next(self._ids)
        try:
            frame = self._codec.encode_client(message, request_id)
        except Unwritable as error:
            raise NotExpressible(f"QST's wire cannot carry this order: {error}.") from error
        seen = FrameSeen(
            connection_id=self._profile.connection_id,
            direction=Direction.OUT,
            message_type=type(message).__name__,
            body=self._codec.readable(message),
            cl_ord_ids=orders_of(request),
        )
        return QstOutgoing(request=request, frame=frame, frame_seen=seen, request_id=request_id, message=message)

    async def send(self, outgoing: Outgoing) -> None:
        """Put the frame on the wire when the venue's rules allow it; see the contract.

        Raises:
            VenueUnreachable: not one byte left, and none will.
        """
        if self._link is None:
            raise VenueUnreachable(f"{self._profile.name} is not connected. Nothing was sent.")
        if not isinstance(outgoing, QstOutgoing):
            raise TypeError("only what this connection encoded can be sent on it")
        await self._link.send(
            Sendable(
                request_id=outgoing.request_id,
                request=outgoing.request,
                message=outgoing.message,
                frame=outgoing.frame,
            )
        )

    async def reload(self, account: AccountKey | None = None) -> None:
        """Ask for the books of one account or of all; see the contract.

        Raises:
            VenueUnreachable: order entry is not logged in.
        """
        if self._link is None:
            raise VenueUnreachable(f"{self._profile.name} is not connected, so its order book cannot be asked for.")
        await self._link.reload(account.account_id if account is not None else None)

    def withdraw(self, why: str) -> None:
        """Take back what waits for its turn; see the contract."""
        if self._link is not None:
            self._link.withdraw(why)

    def watch(self, wanted: Watch) -> None:
        """QST's order routing sends no market data, so there is nothing to keep telling."""

    async def query(self, query: VenueQuery) -> QueryResult:
        """Answer no question; see the contract.

        Raises:
            QueryRefused: always, because QST's order routing has no feeds.
        """
        raise QueryRefused(f"{self._profile.name}: QST has no words for this question ({type(query).__name__}).")

    async def _wait(self, error: VenueError) -> None:
        """Show why the link ended and when the next try is, and wait for it."""
        if self._clock.monotonic_s() - self._ready_at_s >= STABLE_S:
            self._backoff.reset()
        self._ready_at_s = math.inf
        delay_s = self._backoff.next_delay_s()
        if isinstance(error, ReadTooSlowly):
            delay_s = max(delay_s, self._timing.slow_reader_pause_s)
        self._facts.retry_count += 1
        self._facts.retry_at_ns = self._clock.now_ns() + int(delay_s * 1e9)
        self._show(LinkState.RECONNECTING, error=str(error))
        await asyncio.sleep(delay_s)

    async def _serve_once(self) -> VenueError:
        """Connect, serve until the link ends, and return why it did.

        Raises:
            NotAuthorised, SessionTaken: no further try makes sense.
        """
        self._show(LinkState.RECONNECTING if self._facts.retry_count else LinkState.CONNECTING)
        try:
            socket = await self._dial()
        except VenueUnreachable as error:
            return error
        conversation = Conversation(
            self._credentials, self._mapping, self._codec, self._ids.__next__, again=self._was_ready
        )
        link = self._link = QstLink(
            socket=socket,
            conversation=conversation,
            clock=self._clock,
            timing=self._timing,
            trips=self._trips,
            facts=self._facts,
            owner=self,
        )
        why: VenueError = VenueUnreachable("The program closed the link.")
        try:
            why = await link.serve()
        finally:
            await link.hang_up(str(why))
            self._link = None
        if isinstance(why, MalformedFrame | ProtocolViolation):
            text = f"QST broke its own protocol, so the link was dropped: {why}"
            self._sink(TextNotified(connection_id=self._profile.connection_id, severity=Severity.ERROR, text=text))
        if isinstance(why, NotAuthorised | SessionTaken):
            raise why
        return why

    def on_event(self, event: VenueEvent) -> None:
        """Take an event of the link."""
        self._sink(event)

    def on_change(self) -> None:
        """Take note that the link's state may have changed."""
        conversation = self._link.conversation if self._link is not None else None
        if conversation is not None and conversation.phase is Phase.READY and not self._facts.session_started_ns:
            self._was_ready = True
            self._facts.session_started_ns = self._clock.now_ns()
            self._facts.retry_count = self._facts.retry_at_ns = 0
            self._facts.last_error = ""
            self._ready_at_s = self._clock.monotonic_s()
        self._show(LinkState.UP)

    async def _dial(self) -> ClientConnection:
        host = self._profile.url.partition("://")[2]
        try:
            return await connect(
                self._profile.url,
                max_size=MAX_FRAME_BYTES,
                compression=None,  # nothing to gain on small frames, and a bomb less to fear
                ping_interval=None,
                open_timeout=self._timing.open_s,
                close_timeout=self._timing.leave_s,
                write_limit=_WRITE_LIMIT_BYTES,
                proxy=None if is_loopback(host.partition("/")[0].rpartition(":")[0].strip("[]")) else True,
            )
        except ssl.SSLCertVerificationError as error:
            raise VenueUnreachable(
                f"The certificate of {self._profile.url} is not valid: {error.verify_message}."
            ) from error
        except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed) as error:
            raise VenueUnreachable(
                f"{self._profile.url} cannot be reached: {error or type(error).__name__}."
            ) from error

    def _show(self, link: LinkState, error: str = "") -> None:
        """Publish the lamps when they, or the facts a person reads, have changed."""
        self._facts.link = link
        self._facts.last_error = error or self._facts.last_error
        conversation = self._link.conversation if self._link is not None else None
        made_of_before, self._made_of = self._made_of, made_of(self._facts, self._trips, conversation)
        if self._made_of is not None and self._made_of == made_of_before:
            return
        status = status_of(self._profile, self._facts, self._trips, conversation)
        shown = self._shown
        if shown is None or _readable_part(shown) != _readable_part(status):
            self._shown = status
            self._sink(status)


def factory(profile: ConnectionProfile, secrets: Mapping[str, str], sink: EventSink) -> QstConnection:
    """Build the connection of a profile; see :data:`workstation.venues.base.VenueFactory`.

    Raises:
        NotAuthorised: a secret or a login field is missing.
    """
    return QstConnection(profile, secrets, sink)


VENUE = VenueKind(factory=factory, capabilities=qst_capabilities())
"""What the desk needs to offer QST."""


def _readable_part(status: ConnectionStatus) -> tuple[object, ...]:
    return (
        status.lamps,
        status.detail,
        status.last_error,
        status.retry_at_ns,
        status.round_trip_ms,
        status.session_started_ns,
    )
