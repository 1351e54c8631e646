"""The built-in QST venue without sockets: a market held still, a venue, and sessions that tests drive by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from tests.support.qst_raw_client import login, oe_login
from workstation.simulators.market import Market
from workstation.simulators.qst_front.session import Session
from workstation.simulators.qst_front.venue import Credentials, QstVenue
from workstation.venues.qst.messages import Notification, OETextNotification, Order, Request, ServerMessage

NOW_NS = 1_795_222_800_000_000_000  # 2026-11-21 01:00 UTC
CORN = "ZCZ26"
_Kind = TypeVar("_Kind")


@dataclass
class Listening:
    """A listener that keeps what it is told."""

    told: list[Notification] = field(default_factory=list)
    taken_over: bool = False

    def notify(self, notifications: Iterable[Notification]) -> None:
        self.told.extend(notifications)

    def take_over(self) -> None:
        self.taken_over = True


@dataclass
class Bench:
    """A venue, and one client's session with the requests numbered by hand."""

    market: Market
    venue: QstVenue
    session: Session
    wakes: list[None]
    next_id: int = 1

    def send(self, request: Request) -> list[ServerMessage]:
        """Hand in a request and return what went out because of it, answer and notifications in order."""
        self.session.outbox.clear()
        self.session.receive(self.next_id, request)
        self.session.answer_login()
        self.next_id += 1
        return self.sent()

    def sent(self) -> list[ServerMessage]:
        return [message for _, message in self.session.outbox]

    def log_in(self, client_id: str = "") -> None:
        self.send(login(self.venue.credentials, client_id))
        self.send(oe_login(self.venue.credentials))
        self.session.outbox.clear()


def bench(backlog: int = 1000) -> Bench:
    market = Market(seed=1, now_ns=NOW_NS)
    return second_client(market, QstVenue(market, Credentials(), lambda: NOW_NS), backlog)


def second_client(market: Market, venue: QstVenue, backlog: int = 1000) -> Bench:
    wakes: list[None] = []
    return Bench(market, venue, Session(venue, lambda: wakes.append(None), backlog), wakes)


def only(messages: list[ServerMessage], kind: type[_Kind]) -> _Kind:
    """Return the one message of this kind."""
    [found] = [message for message in messages if isinstance(message, kind)]
    return found


def statuses(messages: list[ServerMessage]) -> list[str]:
    return [message.status for message in messages if isinstance(message, Order)]


def errors(messages: list[ServerMessage]) -> list[str]:
    """Return the bodies of the error texts."""
    texts = [message for message in messages if isinstance(message, OETextNotification)]
    return [text.body for text in texts if text.title.endswith("Error Message")]
