"""What we asked of venues and have not seen the end of: placements, replacements and cancels.

Four kinds of memory, all by our key of the order. *Announced*: a placement or replacement that is being written to
disk: it stands in the way of others like it, and nothing the venue says is tied to it yet. *Unresolved*: one that may
have left and whose order was not shown yet.
*Cancels under way*: sent, unanswered. *Cancels owed*: asked for by the trader while nothing could be sent, either for
want of a link or for want of a number; they are sent as soon as that changes, unless the order has ended by then.
"""

from collections.abc import Callable
from enum import Enum

from workstation.desk.attribution import Unresolved, fits
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID
from workstation.venues.base import OrderReport


class Owed(Enum):
    """Why a cancel that the trader asked for was not sent yet."""

    NO_LINK = "NO_LINK"
    NO_NUMBER = "NO_NUMBER"
    NOW = "NOW"
    """Nothing stands against it any more: it goes in this turn."""


class OpenRequests:
    """The desk's memory of requests; values only. `wake` is called when an owed cancel may go."""

    def __init__(self) -> None:
        self._announced: dict[ClOrdID, Unresolved] = {}
        self._unresolved: dict[ClOrdID, Unresolved] = {}
        self._given_up: dict[ClOrdID, Unresolved] = {}
        self.cancels_under_way: set[ClOrdID] = set()
        self.cancels_owed: dict[ClOrdID, Owed] = {}
        self.wake: Callable[[], None] = lambda: None

    def announce(self, unresolved: Unresolved) -> None:
        """Take note of a request that is being written to disk."""
        self._announced[unresolved.cl_ord_id] = unresolved

    def withdraw(self, cl_ord_id: ClOrdID) -> None:
        """Forget an announced request: it was written, or it will not be sent."""
        self._announced.pop(cl_ord_id, None)

    def announced_of(self, account: AccountKey) -> tuple[Unresolved, ...]:
        """Return the announced requests of one account, oldest first."""
        return tuple(one for one in self._announced.values() if one.terms.account == account)

    def add(self, unresolved: Unresolved) -> None:
        """Take note of a request that leaves in this turn."""
        self._unresolved[unresolved.cl_ord_id] = unresolved

    def get(self, cl_ord_id: ClOrdID) -> Unresolved | None:
        """Return the unresolved placement or replacement of an order."""
        return self._unresolved.get(cl_ord_id)

    def drop(self, cl_ord_id: ClOrdID) -> None:
        """Forget it, because it is resolved or was not sent."""
        self._unresolved.pop(cl_ord_id, None)
        self._given_up.pop(cl_ord_id, None)

    def give_up(self, cl_ord_id: ClOrdID, at_ns: int) -> None:
        """Let it block nothing more: the books do not know it. An order dated before `at_ns` may still be it."""
        unresolved = self._unresolved.pop(cl_ord_id, None)
        if unresolved is not None:
            unresolved.given_up_ns = at_ns
            self._given_up[cl_ord_id] = unresolved

    def owe(self, cl_ord_id: ClOrdID, why: Owed) -> None:
        """Remember a cancel that is still to be sent."""
        self.cancels_owed[cl_ord_id] = why
        if why is Owed.NOW:
            self.wake()

    def closed(self, cl_ord_id: ClOrdID) -> None:
        """Forget everything about an order that has ended."""
        self.drop(cl_ord_id)
        self.cancels_under_way.discard(cl_ord_id)
        self.cancels_owed.pop(cl_ord_id, None)

    def of_account(self, account: AccountKey) -> tuple[Unresolved, ...]:
        """Return the unresolved requests of one account, oldest first."""
        return tuple(one for one in self._unresolved.values() if one.terms.account == account)

    def of_connection(self, connection_id: ConnectionID) -> tuple[Unresolved, ...]:
        """Return the unresolved requests of one connection, oldest first."""
        return tuple(one for one in self._unresolved.values() if one.terms.account.connection_id == connection_id)

    def candidates(self, report: OrderReport) -> list[Unresolved]:
        """Return the requests that may have made the unseen order of `report`."""
        waiting = [one for one in self._unresolved.values() if fits(one, report)]
        return waiting or [one for one in self._given_up.values() if fits(one, report)]
