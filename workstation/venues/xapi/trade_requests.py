"""What became of our trade requests: one small machine for every kind of them. No clock, no I/O.

    SENT -- error reply ----------------> REFUSED, or UNKNOWN where the code says that it may have happened
    SENT -- reply with number R --------> ACQUIRED    the venue took it, no more
    ACQUIRED -- requestStatus 3, 4, 0 --> ACCEPTED, REJECTED, FAILED
    SENT, ACQUIRED -- time is up, or the link is gone --> UNKNOWN

The status comes on the stream or is asked for, whichever is first counts. It may come before the reply that tells R,
so a status of no known request is held for a while; a request whose reply was lost is found by our key in the status.
UNKNOWN is left again when the venue says more later. Nothing is ever sent again.
"""

from dataclasses import dataclass, field
from enum import Enum

from workstation.domain.order_requests import OrderRequest
from workstation.venues.xapi.error_codes import Follows, error_code, told
from workstation.venues.xapi.messages import TradeTransInfo
from workstation.venues.xapi.records import TransactionStatus
from workstation.venues.xapi.stream_records import StreamingTradeStatus
from workstation.venues.xapi.words import RequestStatus

REPLY_S = 15.0
"""How long the reply may take."""
POLL_AFTER_S = (1.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""The waits before each question about a request that the stream tells nothing of; then the last for ever."""
GIVE_UP_S = 90.0
HELD_S = 60.0
MOST_HELD = 500
MOST_OVER = 5_000
KEPT_S = 900.0
"""How long a request of unknown fate is kept, so that a late word still settles it."""

StatusRecord = TransactionStatus | StreamingTradeStatus


class Fate(Enum):
    """Where a request stands."""

    SENT = "SENT"
    ACQUIRED = "ACQUIRED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    FAILED = "FAILED"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"


DECIDED = frozenset({Fate.ACCEPTED, Fate.REJECTED, Fate.FAILED, Fate.REFUSED})
_FATES = {
    RequestStatus.ERROR: Fate.FAILED,
    RequestStatus.ACCEPTED: Fate.ACCEPTED,
    RequestStatus.REJECTED: Fate.REJECTED,
}


@dataclass(slots=True, kw_only=True, eq=False)
class TradeRequest:
    """One request. `number` is R, None until the venue told it. `answered` says that its end was told to the desk."""

    tag: str
    request: OrderRequest
    info: TradeTransInfo
    sent_s: float
    sent_ns: int
    number: int | None = None
    fate: Fate = Fate.SENT
    text: str = ""
    code: str = ""
    answered: bool = False
    poll_at_s: float = 0.0
    polls: int = 0
    resumed_s: float = 0.0

    @property
    def key(self) -> str:
        """Our key as it stands in the comment."""
        return self.info.custom_comment or ""


@dataclass(slots=True)
class RequestBook:
    """All requests of one login that are not settled, over reconnects."""

    _open: dict[str, TradeRequest] = field(default_factory=dict)
    _numbers: dict[int, TradeRequest] = field(default_factory=dict)
    _held: dict[int, tuple[StatusRecord, float]] = field(default_factory=dict)
    _over: dict[int, None] = field(default_factory=dict)
    """Numbers that are decided: another status of them, which carries the key of later requests too, says nothing."""

    @property
    def unsettled(self) -> list[TradeRequest]:
        """Those whose fate the venue has not told."""
        return [each for each in self._open.values() if each.fate not in DECIDED]

    def by_tag(self, tag: str) -> TradeRequest | None:
        """Return the request with this tag."""
        return self._open.get(tag)

    def by_number(self, number: int | None) -> TradeRequest | None:
        """Return the request that the venue gave this number."""
        return None if number is None else self._numbers.get(number)

    def sent(self, request: TradeRequest) -> None:
        """Take note that a request left."""
        self._open[request.tag] = request

    def replied(self, request: TradeRequest, number: int | None, now_s: float) -> list[TradeRequest]:
        """Take the reply that the venue took it; return it if its fate is known already."""
        if number is None or request.fate in DECIDED:
            return []
        request.number = number
        self._numbers[number] = request
        request.fate = Fate.ACQUIRED  # also when it had been given up: a late reply is followed by a late answer
        request.poll_at_s = now_s + POLL_AFTER_S[0]
        held = self._held.pop(number, None)
        return [] if held is None else self.status(held[0], now_s)

    def refused(self, request: TradeRequest, code: str, words: str) -> list[TradeRequest]:
        """Take an error reply; return the request if that decides it."""
        if request.fate in DECIDED:
            return []
        maybe = error_code(code).follows is Follows.RECONCILE
        request.code = code
        return self._end(request, Fate.UNKNOWN if maybe else Fate.REFUSED, told(code, words))

    def status(self, record: StatusRecord, now_s: float) -> list[TradeRequest]:
        """Take a status, asked for or streamed; return the request that it decides."""
        request = None if record.order in self._over else self._of(record)
        if request is None:
            self._hold(record, now_s)
            return []
        fate = _FATES.get(RequestStatus(record.request_status)) if record.request_status in _CODES else None
        if fate is None or request.fate in DECIDED:
            return []
        if request.number is None and record.order is not None:
            request.number = record.order
            self._numbers[record.order] = request
        return self._end(request, fate, (record.message or "").strip())

    def due(self, now_s: float) -> tuple[list[int], list[TradeRequest]]:
        """Return the numbers to ask about now, and the requests whose time is up."""
        asks: list[int] = []
        late: list[TradeRequest] = []
        for request in list(self._open.values()):
            if request.fate is Fate.SENT and now_s - request.sent_s >= REPLY_S:
                late += self._end(request, Fate.UNKNOWN, "The venue did not answer in time.")
            elif request.fate is Fate.ACQUIRED and now_s - max(request.sent_s, request.resumed_s) >= GIVE_UP_S:
                late += self._end(request, Fate.UNKNOWN, "The venue took it, but never said what became of it.")
            elif request.number is not None and request.fate is Fate.ACQUIRED and now_s >= request.poll_at_s:
                request.polls += 1
                request.poll_at_s = now_s + POLL_AFTER_S[min(request.polls, len(POLL_AFTER_S) - 1)]
                asks.append(request.number)
            elif request.fate is Fate.UNKNOWN and now_s - request.sent_s >= KEPT_S:
                self.forget(request)
        self._held = {number: each for number, each in self._held.items() if now_s - each[1] < HELD_S}
        return asks, late

    def resume(self, now_s: float) -> None:
        """Ask again, after a new login, about everything that has a number and no fate."""
        for request in self._open.values():
            if request.number is not None and request.fate is Fate.UNKNOWN:
                request.fate, request.polls = Fate.ACQUIRED, 0
                request.poll_at_s = request.resumed_s = now_s

    def lost(self, why: str) -> list[TradeRequest]:
        """Put everything under way in doubt, because its link is gone."""
        waiting = [each for each in self._open.values() if each.fate in (Fate.SENT, Fate.ACQUIRED)]
        return [ended for each in waiting for ended in self._end(each, Fate.UNKNOWN, why)]

    def forget(self, request: TradeRequest) -> None:
        """Let go of a request that is settled."""
        self._open.pop(request.tag, None)
        if request.number is not None:
            self._numbers.pop(request.number, None)
            self._over[request.number] = None
            if len(self._over) > MOST_OVER:
                del self._over[next(iter(self._over))]

    def _of(self, record: StatusRecord) -> TradeRequest | None:
        if record.order is not None and record.order in self._numbers:
            return self._numbers[record.order]
        keyed = [
            each
            for each in self._open.values()
            if each.number is None and each.key and each.key == record.custom_comment
        ]
        return keyed[0] if len(keyed) == 1 else None

    def _hold(self, record: StatusRecord, now_s: float) -> None:
        if record.order is not None and record.order not in self._over:
            self._held[record.order] = (record, now_s)
            if len(self._held) > MOST_HELD:
                del self._held[next(iter(self._held))]

    def _end(self, request: TradeRequest, fate: Fate, text: str) -> list[TradeRequest]:
        request.fate, request.text = fate, text
        if fate in DECIDED:
            self.forget(request)
        return [request]


_CODES = frozenset(int(status) for status in RequestStatus)
