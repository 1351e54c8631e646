"""What orders of ours have closed of positions that are held apart, and the positions do not show yet.

Between the trade of a closing order and the next report of its position, the position still shows what is closed
already; a second close of it would pass and could open the other side. So trades count against the position until it
shows them. A venue may also tell the smaller position first: then its trade is shown already when it comes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.account import Position, PositionPlace
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.domain.orders import ZERO


@dataclass(frozen=True, slots=True)
class Count:
    """One count: `qty` is what trades closed less what the position shows of it; below zero when it shows more.

    `at_ns` is when it last changed, epoch nanoseconds.
    """

    qty: Decimal
    at_ns: int


class UnshownCloses:
    """Counts by position; values only."""

    def __init__(self) -> None:
        self._counts: dict[PositionPlace, Count] = {}

    def qty(self, place: PositionPlace) -> Decimal:
        """Return how much less than it shows is left of a position."""
        held = self._counts.get(place)
        return ZERO if held is None else max(ZERO, held.qty)

    def traded(self, place: PositionPlace, qty: Decimal, at_ns: int) -> None:
        """Count a trade of an order that closes the position, heard at `at_ns`."""
        self._add(place, qty, at_ns)

    def told(self, before: Position | None, after: Position) -> None:
        """Take what a position shows now; the same quantity again shows nothing of a trade."""
        if not after.net_qty:
            self._counts.pop(after.place, None)
        elif before is not None and abs(after.net_qty) < abs(before.net_qty):
            self._add(after.place, abs(after.net_qty) - abs(before.net_qty), after.transact_time_ns)

    def counted(self) -> Mapping[PositionPlace, Count]:
        """Return all counts, for :meth:`put_back`."""
        return dict(self._counts)

    def put_back(self, counted: Mapping[PositionPlace, Count]) -> None:
        """Undo what was counted since: the positions that came in the same message as those trades show them."""
        self._counts = dict(counted)

    def books_came(self, account: AccountKey, asked_ns: int) -> None:
        """Forget what complete positions, asked for at `asked_ns`, must show, and what they show beyond our trades."""
        gone = [
            place
            for place, held in self._counts.items()
            if place[0] == account and (held.at_ns < asked_ns or held.qty < 0)
        ]
        for place in gone:
            del self._counts[place]

    def forget(self, connection_id: ConnectionID) -> None:
        """Drop what belonged to a removed connection."""
        self._counts = {place: held for place, held in self._counts.items() if place[0].connection_id != connection_id}

    def _add(self, place: PositionPlace, qty: Decimal, at_ns: int) -> None:
        held = self._counts.get(place)
        total = qty if held is None else held.qty + qty
        if total:
            self._counts[place] = Count(total, at_ns)
        else:
            self._counts.pop(place, None)
