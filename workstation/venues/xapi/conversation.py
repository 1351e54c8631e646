"""The rules of the main connection from login to logout: no socket, no clock, no await.

Replies and the passing of time go in; frames to send and what happened come out. One conversation lives as long as one
connection; trade requests outlive it in their :class:`RequestBook`.

    LOGIN -> OPEN -> LEAVING

The login leaves at once, since a connection that is silent for a second may be closed; everything else waits for its
reply and then for its turn. Every request carries a tag, and a reply belongs to the request whose tag it returns,
whatever the order. A refused login is final: trying it again could lock the account.
"""

import math
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum

from workstation.domain.order_requests import OrderRequest, orders_of
from workstation.venues.base import MalformedFrame, NotAuthorised, VenueUnreachable
from workstation.venues.xapi import messages as xapi
from workstation.venues.xapi.codec import MAX_COMMAND_BYTES, Reply, answer_of, decode_reply, encode_request
from workstation.venues.xapi.error_codes import Follows, error_code, told
from workstation.venues.xapi.journal import journaled
from workstation.venues.xapi.large_replies import read_in_steps
from workstation.venues.xapi.moment import Moment
from workstation.venues.xapi.outcomes import (
    Answered,
    Decided,
    LoggedIn,
    NotSent,
    Outcome,
    Refused,
    Seen,
    Unanswered,
)
from workstation.venues.xapi.pacing import GAP_S, PacedQueue, Rank
from workstation.venues.xapi.records import OrderNumber, TransactionStatus
from workstation.venues.xapi.requests import rank_of
from workstation.venues.xapi.trade_requests import RequestBook, TradeRequest

LOGIN_TAG = "login"
PING_AFTER_S = 15.0
"""Silence after which the venue is asked whether it is there; far below the ten minutes it allows."""
BLOCK_S = 600
SUSPECT_S = 5.0
_DEADLINES_S = {xapi.Login: 15.0, xapi.Ping: 10.0, xapi.GetAllSymbols: 120.0, xapi.GetTradesHistory: 60.0}
_READ_S = 30.0


NEVER = Moment(0.0, 0)


class Phase(Enum):
    """Where the conversation stands."""

    LOGIN = "LOGIN"
    OPEN = "OPEN"
    LEAVING = "LEAVING"


class LoginBlocked(NotAuthorised):
    """The venue disabled the pair of login and password until `until_ns` (epoch nanoseconds)."""

    def __init__(self, text: str, until_ns: int) -> None:
        super().__init__(text)
        self.until_ns = until_ns


class Overloaded(VenueUnreachable):
    """The venue asks for a pause before the next try."""


@dataclass(slots=True, kw_only=True)
class Pending:
    """One request that waits for its turn or its reply."""

    tag: str
    arguments: xapi.Arguments
    frame: bytes
    order_request: OrderRequest | None = None
    sent: Moment = NEVER


class Conversation:
    """The main connection's rules. `trips_ms` collects the round trips of small requests."""

    def __init__(self, login: xapi.Login, requests: RequestBook, gap_s: float = GAP_S) -> None:
        self.phase = Phase.LOGIN
        self.outcomes: list[Outcome] = []
        self.trips_ms: list[float] = []
        self._requests = requests
        self._queue: PacedQueue[Pending] = PacedQueue(gap_s)
        self._waiting: dict[str, Pending] = {}
        self._first: Pending | None = Pending(tag=LOGIN_TAG, arguments=login, frame=encode_request(login, LOGIN_TAG))
        self._last_in_s = 0.0
        self._recent: deque[tuple[str, int, float]] = deque(maxlen=8)
        self._pings = 0

    # -- what goes out ---------------------------------------------------------------------------------------------

    def ask(self, tag: str, arguments: xapi.Arguments, rank: Rank = Rank.READ) -> None:
        """Queue a question.

        Raises:
            ValueError: it is larger than the venue takes; whoever asks must split it.
        """
        frame = encode_request(arguments, tag)
        if len(frame) > MAX_COMMAND_BYTES:
            raise ValueError(f"{arguments.command} of {len(frame)} bytes")
        self._queue.add(Pending(tag=tag, arguments=arguments, frame=frame), rank)

    def submit(self, tag: str, request: OrderRequest, arguments: xapi.TradeTransaction, frame: bytes) -> None:
        """Queue an order request in its wire form."""
        pending = Pending(tag=tag, arguments=arguments, frame=frame, order_request=request)
        info = arguments.trade_trans_info
        self._queue.add(pending, rank_of(info) if info is not None else Rank.TRADE)

    def take(self, now: Moment) -> tuple[str, bytes] | None:
        """Return the tag and frame that may go now; it counts as sent."""
        pending = self._next(now)
        if pending is None:
            return None
        pending.sent = now
        self._waiting[pending.tag] = pending
        self._recent.append((pending.arguments.command, len(pending.frame), now.s))
        if pending.order_request is not None and isinstance(pending.arguments, xapi.TradeTransaction):
            info = pending.arguments.trade_trans_info or xapi.TradeTransInfo()
            self._requests.sent(
                TradeRequest(tag=pending.tag, request=pending.order_request, info=info, sent_s=now.s, sent_ns=now.ns)
            )
        elif journaled(pending.arguments):
            self.outcomes.append(Seen(outgoing=True, name=pending.arguments.command, frame=pending.frame))
        return pending.tag, pending.frame

    def _next(self, now: Moment) -> Pending | None:
        if self._first is not None:
            first, self._first = self._first, None
            self._last_in_s = now.s
            self._queue.passed(now.s)
            return first
        return self._queue.take(now.s) if self.phase is not Phase.LOGIN else None

    def wait_s(self, now_s: float) -> float:
        """Return the seconds until something may go; infinite when nothing waits."""
        if self._first is not None:
            return 0.0
        return self._queue.wait_s(now_s) if self.phase is not Phase.LOGIN else math.inf

    @property
    def queued(self) -> int:
        """How many requests wait for their turn."""
        return len(self._queue)

    def queue_delay_ms(self, now_s: float) -> int:
        """Return how long the last of them still waits."""
        return int(self._queue.backlog_s(now_s) * 1000)

    def order_delay_ms(self, now_s: float) -> int:
        """Return how long the last order request still waits."""
        return int(self._queue.backlog_s(now_s, Rank.TRADE) * 1000)

    def withdraw(self, why: str) -> None:
        """Take back every order request that waits, cancels excepted."""
        gone = self._queue.withdraw(lambda rank, item: item.order_request is not None and rank is not Rank.CANCEL)
        self.outcomes += [NotSent(tag=each.tag, text=why) for each in gone]

    def drop(self, tag: str) -> None:
        """Take back one request that waits, because nobody wants it any more."""
        self._queue.withdraw(lambda _, item: item.tag == tag)

    # -- what comes in ---------------------------------------------------------------------------------------------

    def heard(self, now_s: float) -> None:
        """Take note that bytes came, whole message or not: a large reply may be a long time on its way."""
        self._last_in_s = now_s

    def receive(self, frame: bytes, now: Moment) -> None:
        """Take a reply.

        Raises:
            MalformedFrame: it breaks the protocol.
            NotAuthorised: the login was refused.
            VenueUnreachable: the session is gone.
        """
        reply = decode_reply(frame)
        pending = self._of(reply, now)
        if pending is not None:
            kind = pending.arguments.answer if reply.ok else None
            self._replied(pending, reply, answer_of(reply.return_data, kind), frame, now)

    def receive_large(self, frame: bytes, now: Moment) -> Generator[None, None, None]:
        """Take a large reply in steps; raises as :meth:`receive`."""
        self._last_in_s = now.s
        reply, answer = yield from read_in_steps(frame, self._kind_of)
        pending = self._of(reply, now)
        if pending is not None:
            self._replied(pending, reply, answer, frame, now)

    def _kind_of(self, tag: str | None) -> object:
        pending = self._waiting.get(tag or "")
        return None if pending is None else pending.arguments.answer

    def _of(self, reply: Reply, now: Moment) -> Pending | None:
        self._last_in_s = now.s
        pending = self._waiting.pop(reply.custom_tag or "", None)
        if pending is None and self.phase is Phase.LOGIN:
            pending = self._waiting.pop(LOGIN_TAG, None)  # an error so early is about the login, tagged or not
        if pending is None and not reply.ok:
            self._session_error(reply)
        return pending

    def _replied(self, pending: Pending, reply: Reply, answer: object, frame: bytes, now: Moment) -> None:
        if journaled(pending.arguments):
            keys = () if pending.order_request is None else orders_of(pending.order_request)
            self.outcomes.append(Seen(outgoing=False, name=pending.arguments.command, frame=frame, keys=keys))
        if len(frame) < MAX_COMMAND_BYTES:
            self.trips_ms.append((now.s - pending.sent.s) * 1000)
        if pending.tag == LOGIN_TAG:
            self._logged_in(reply, now)
        elif pending.order_request is not None:
            self._trade_replied(pending, reply, answer, now)
        elif not reply.ok:
            self._session_error(reply)
            self.outcomes.append(Refused(tag=pending.tag, code=reply.error_code, words=reply.error_descr))
        else:
            if isinstance(answer, TransactionStatus):
                self.decide(self._requests.status(answer, now.s))
            self.outcomes.append(Answered(tag=pending.tag, answer=answer, asked_ns=pending.sent.ns))

    def _logged_in(self, reply: Reply, now: Moment) -> None:
        if not reply.ok:
            raise _login_refused(reply.error_code, reply.error_descr, now)
        self.phase = Phase.OPEN
        self.outcomes.append(LoggedIn(stream_session_id=reply.stream_session_id))

    def _trade_replied(self, pending: Pending, reply: Reply, answer: object, now: Moment) -> None:
        request = self._requests.by_tag(pending.tag)
        if request is None:
            return
        if not reply.ok:
            self.decide(self._requests.refused(request, reply.error_code, reply.error_descr))
            self._session_error(reply)
            return
        number = answer.order if isinstance(answer, OrderNumber) else None
        if number is None:
            raise MalformedFrame(f"a trade request was taken without a number: {reply.return_data!r}")
        self.decide(self._requests.replied(request, number, now.s))

    def decide(self, requests: list[TradeRequest]) -> None:
        """Tell what became of requests."""
        self.outcomes += [Decided(request=each) for each in requests]

    def _session_error(self, reply: Reply) -> None:
        if error_code(reply.error_code).follows is Follows.LOG_IN_AGAIN:
            raise VenueUnreachable(
                f"The session ended: {told(reply.error_code, reply.error_descr)} The program logs in again by itself."
            )

    # -- the passing of time ---------------------------------------------------------------------------------------

    def tick(self, now: Moment) -> None:
        """Do what time alone requires.

        Raises:
            VenueUnreachable: the login or a ping was not answered in time.
        """
        for pending in list(self._waiting.values()):
            limit_s = _DEADLINES_S.get(type(pending.arguments), _READ_S)
            about_life = isinstance(pending.arguments, xapi.Login | xapi.Ping)
            since_s = max(pending.sent.s, self._last_in_s) if about_life else pending.sent.s
            if now.s - since_s < limit_s or pending.order_request is not None:
                continue
            if about_life:
                what = pending.arguments.command
                raise VenueUnreachable(f"XAPI did not answer {what} within {limit_s:.0f} s; the link was dropped.")
            del self._waiting[pending.tag]
            self.outcomes.append(Unanswered(tag=pending.tag))
        asks, late = self._requests.due(now.s)
        self.decide(late)
        for number in asks if self.phase is Phase.OPEN else ():
            self.ask_fate(number)
        if self.phase is Phase.OPEN and now.s - self._last_in_s >= PING_AFTER_S and not self._pinging:
            self._pings += 1
            self.ask(f"ping{self._pings}", xapi.Ping(), Rank.FATE)

    def ask_fate(self, number: int) -> None:
        """Ask what became of a request of ours."""
        self._pings += 1
        self.ask(f"fate{self._pings}", xapi.TradeTransactionStatus(order=number), Rank.FATE)

    @property
    def _pinging(self) -> bool:
        waiting = any(isinstance(each.arguments, xapi.Ping) for each in self._waiting.values())
        return waiting or len(self._queue) > 0

    def silent_s(self, now_s: float) -> float:
        """Return for how long a reply is owed with nothing heard since; 0 when none is owed."""
        owed = [each.sent.s for each in self._waiting.values()]
        return now_s - max(min(owed), self._last_in_s) if owed else 0.0

    def leave(self) -> None:
        """Log out, ahead of whatever waits."""
        self.phase = Phase.LEAVING
        why = "The connection is being closed."
        for each in self._queue.withdraw(lambda rank, _: rank is not Rank.CANCEL):
            self._end_unsent(each, why)
        self.ask("logout", xapi.Logout(), Rank.CANCEL)

    @property
    def owes_logout(self) -> bool:
        """Whether the logout was sent and not answered yet."""
        return any(isinstance(each.arguments, xapi.Logout) for each in self._waiting.values())

    def lose(self, why: str) -> None:
        """End everything that waits, because the link is gone."""
        self.decide(self._requests.lost(f"{why} Whether it happened is not known."))
        for each in self._queue.withdraw(lambda _rank, _item: True):
            self._end_unsent(each, why)
        for each in self._waiting.values():
            if each.order_request is None:
                self.outcomes.append(Unanswered(tag=each.tag, lost=True))
        self._waiting.clear()

    def _end_unsent(self, pending: Pending, why: str) -> None:
        if pending.order_request is not None:
            self.outcomes.append(NotSent(tag=pending.tag, text=why))
        else:
            self.outcomes.append(Unanswered(tag=pending.tag, lost=True))

    def last_words(self, now_s: float) -> str:
        """Say what was sent last: the venue closes without a word on a breach of its rules."""
        sent = [f"{name} of {size} bytes {now_s - at_s:.2f} s before" for name, size, at_s in self._recent]
        return f" Sent last: {'; '.join(sent[-3:])}." if sent else ""


def _login_refused(code: str, words: str, now: Moment) -> Exception:
    text = f"XAPI refused the login: {told(code, words)}"
    match error_code(code).follows:
        case Follows.WAIT_TEN_MINUTES:
            return LoginBlocked(f"{text} It is not tried again by itself.", now.ns + BLOCK_S * 1_000_000_000)
        case Follows.SLOW_DOWN:
            return Overloaded(text)
        case Follows.RECONCILE | Follows.LOG_IN_AGAIN | Follows.IGNORE:
            return VenueUnreachable(text)
        case _:
            return NotAuthorised(f"{text} It was tried once and is not tried again by itself.")
