"""Changes of positions that have no end yet, by position.

ANNOUNCED: being written to disk. SENT: with the socket, unanswered. RECEIVED: the venue has it, no more. IN_DOUBT: no
answer came. An end is what the venue shows of the position: the wanted values settle every one of them. Other values
settle one only if they come with complete books, because a stream may still carry an older state: books asked for after
it was received, or, for one in doubt, so long after the send that the venue can no longer be about to do it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from workstation.domain.account import Position, PositionPlace
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.order_requests import PositionAmendRequest


class AmendState(Enum):
    """How far a change has come."""

    ANNOUNCED = "ANNOUNCED"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    IN_DOUBT = "IN_DOUBT"


@dataclass(slots=True)
class Amendment:
    """One change under way. `since_ns` is when it reached its state; `due_s` when the books are asked for next.

    `sent_ns` is when it left, 0 before.
    """

    request: PositionAmendRequest
    state: AmendState
    since_ns: int
    due_s: float
    asked: int = 0
    sent_ns: int = 0

    @property
    def place(self) -> PositionPlace:
        """The position it changes."""
        return place_of(self.request)

    def is_in_force(self, position: Position) -> bool:
        """Say whether `position` shows what was asked for."""
        wanted = self.request
        return (position.stop_loss, position.take_profit, position.trailing_offset) == (
            wanted.stop_loss,
            wanted.take_profit,
            wanted.trailing_offset,
        )


def place_of(request: PositionAmendRequest) -> PositionPlace:
    """Return the position that `request` changes."""
    return (request.account, request.symbol, request.position_id)


class Amendments:
    """At most one change per position; values only."""

    def __init__(self) -> None:
        self._held: dict[PositionPlace, Amendment] = {}

    def __iter__(self) -> Iterator[Amendment]:
        return iter(list(self._held.values()))

    def get(self, place: PositionPlace) -> Amendment | None:
        """Return the change of a position, None when nothing is under way."""
        return self._held.get(place)

    def find(self, request: PositionAmendRequest) -> Amendment | None:
        """Return the change that `request` made, unless it has ended."""
        held = self._held.get(place_of(request))
        return held if held is not None and held.request.cl_ord_id == request.cl_ord_id else None

    def put(self, amendment: Amendment) -> None:
        """Hold a change."""
        self._held[amendment.place] = amendment

    def drop(self, amendment: Amendment) -> None:
        """Forget a change that has ended."""
        if self._held.get(amendment.place) is amendment:
            del self._held[amendment.place]

    def of_account(self, account: AccountKey) -> tuple[Amendment, ...]:
        """Return the changes of one account."""
        return tuple(one for one in self._held.values() if one.request.account == account)

    def of_connection(self, connection_id: ConnectionID) -> tuple[Amendment, ...]:
        """Return the changes of one connection."""
        return tuple(one for one in self._held.values() if one.request.account.connection_id == connection_id)
