"""When to ask a venue's books again by itself.

An order in doubt is asked about 2, 5 and 15 seconds after it fell into doubt, then every 30 seconds, until it is
settled. An order whose request was received but led to nothing visible is asked about from 5 seconds on. Asking
changes nothing at the venue; nothing is ever sent again.
"""

from dataclasses import dataclass

from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.runtime.clock import Clock

FIRST_ASKS_S = (2.0, 5.0, 15.0)
THEN_EVERY_S = 30.0

_WAITING = frozenset({OrdStatus.PENDING_NEW, OrdStatus.PENDING_REPLACE, OrdStatus.PENDING_CANCEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How often a doubt was asked about since it began, and how many complete books came back, the last at `book_ns`.

    `book_ns` is when that book was asked for, epoch nanoseconds; 0 for none.
    """

    times: int = 0
    books: int = 0
    book_ns: int = 0


@dataclass(slots=True)
class _Watched:
    account: AccountKey
    in_doubt: bool
    since_s: float
    since_ns: int
    asked: int
    due_s: float
    by_hand: int = 0
    books: int = 0
    book_ns: int = 0


class Watch:
    """The orders that need the venue's books, and when."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._watched: dict[ClOrdID, _Watched] = {}
        self._hurried: dict[AccountKey, None] = {}

    def __len__(self) -> int:
        return len(self._watched)

    def note(self, order: Order) -> None:
        """Watch `order` from now on if its state wants evidence, else no more."""
        in_doubt = order.ord_status is OrdStatus.IN_DOUBT
        if not in_doubt and order.ord_status not in _WAITING:
            self._watched.pop(order.cl_ord_id, None)
            return
        held = self._watched.get(order.cl_ord_id)
        if held is None or held.in_doubt is not in_doubt:
            now_s = self._clock.monotonic_s()
            asked = 0 if in_doubt else 1
            due_s = now_s + FIRST_ASKS_S[asked]
            self._watched[order.cl_ord_id] = _Watched(
                order.terms.account, in_doubt, now_s, order.updated_ns, asked, due_s
            )

    def hurry(self, order: Order) -> None:
        """Ask about this order at the next turn, because there is news that only the books can confirm."""
        self._hurried[order.terms.account] = None

    def asked_by_hand(self, cl_ord_id: ClOrdID) -> None:
        """Count a question that the trader had asked about this order."""
        if (held := self._watched.get(cl_ord_id)) is not None:
            held.by_hand += 1

    def book_came(self, account: AccountKey, asked_ns: int) -> None:
        """Count a complete book of `account` for the doubts that are older than the question for it."""
        for held in self._watched.values():
            if held.account == account and asked_ns >= held.since_ns:
                held.books += 1
                held.book_ns = asked_ns

    def asked(self, order: Order) -> Asked:
        """Return how often an order in doubt was asked about since it fell into doubt."""
        held = self._watched.get(order.cl_ord_id)
        if held is None or not held.in_doubt:
            return Asked()
        return Asked(times=held.asked + held.by_hand, books=held.books, book_ns=held.book_ns)

    def due_accounts(self) -> tuple[AccountKey, ...]:
        """Return the accounts whose books are to be asked for now, and plan their next time."""
        now_s = self._clock.monotonic_s()
        accounts, self._hurried = self._hurried, {}
        for held in self._watched.values():
            if held.due_s <= now_s:
                accounts[held.account] = None
                held.asked += 1
                held.due_s = _due_s(held, now_s)
        return tuple(accounts)


def _due_s(held: _Watched, now_s: float) -> float:
    if held.asked < len(FIRST_ASKS_S):
        return max(held.since_s + FIRST_ASKS_S[held.asked], now_s + 1.0)
    return now_s + THEN_EVERY_S
