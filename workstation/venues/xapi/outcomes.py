"""What the main connection's conversation tells its owner."""

from dataclasses import dataclass

from workstation.domain.identity import ClOrdID
from workstation.venues.xapi.trade_requests import TradeRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    """The login was accepted; the id opens the stream."""

    stream_session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question was answered; `asked_ns` is when it left (epoch nanoseconds)."""

    tag: str
    answer: object
    asked_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A question was answered with an error."""

    tag: str
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question got no answer in time, or its link is gone (`lost`)."""

    tag: str
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """A request never left, and never will."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The fate of a trade request is known, or given up for now."""

    request: TradeRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A frame for the journal."""

    outgoing: bool
    name: str
    frame: bytes
    keys: tuple[ClOrdID, ...] = ()


Outcome = LoggedIn | Answered | Refused | Unanswered | NotSent | Decided | Seen
