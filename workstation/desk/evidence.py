"""When the venue's silence about an order proves that it was never placed.

Only a complete book can prove it, asked for at least five seconds after the send: one that came after a fresh login,
or two asked for at least five seconds apart. One asked for sooner may lack what the venue executes a moment later: a
link can die on a request that the venue still reads. And nothing may speak against it: no order of the same looks,
whoever is said to have entered it; no order number in the venue's own history that our books do not know; no change of
the position that our trades do not explain. An order that filled at once and left the book would show in one of these.
When in doubt, it stays in doubt.
"""

from workstation.desk.attribution import CLOCK_TOLERANCE_NS, Purpose, Unresolved, looks_like
from workstation.desk.floor import Floor
from workstation.desk.link_state import may_send
from workstation.desk.wording import clock_text, number_text
from workstation.domain.identity import AccountKey, ConnectionID
from workstation.venues.base import ActivityItem

APART_NS = 5_000_000_000
"""How much later than the send, and than one another, books are asked for that prove something."""


class Evidence:
    """Answers for one unresolved request whether it is proved absent, and what speaks against it."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._histories: dict[AccountKey, tuple[ActivityItem, ...]] = {}
        self._began_ns = floor.clock.now_ns()
        self._dark_ns: dict[ConnectionID, int] = {}

    def link_lost(self, connection_id: ConnectionID) -> None:
        """Take note that whatever is heard of this connection from now on comes after a fresh login."""
        self._dark_ns[connection_id] = self._floor.clock.now_ns()

    def take_history(self, account: AccountKey, items: tuple[ActivityItem, ...]) -> None:
        """Keep the venue's own history of an account."""
        self._histories[account] = items

    def proof_of_absence(self, unresolved: Unresolved) -> str:
        """Return what proves that the venue does not know the order, in words; empty when nothing does yet."""
        if not unresolved.absent_ns or not unresolved.answered_ns:
            return ""
        last_ns = unresolved.absent_ns[-1]
        status = self._floor.venues.status(unresolved.terms.account.connection_id)
        too_early = last_ns < max(unresolved.answered_ns, unresolved.sent_ns + APART_NS)
        if too_early or not may_send(status):
            return ""
        dark_ns = self._dark_ns.get(unresolved.terms.account.connection_id, self._began_ns)
        if unresolved.sent_ns < dark_ns <= last_ns:
            return f"order book of {clock_text(last_ns)}, loaded after a fresh login"
        if last_ns - unresolved.absent_ns[0] >= APART_NS:
            return f"order books of {clock_text(unresolved.absent_ns[0])} and {clock_text(last_ns)}"
        return ""

    def against(self, unresolved: Unresolved) -> str:
        """Return what speaks against "never placed", in words; empty when nothing does."""
        return self._alike(unresolved) or self._in_history(unresolved) or self._in_position(unresolved)

    def _alike(self, unresolved: Unresolved) -> str:
        for order in self._floor.book:
            seen_ns = self._floor.first_seen_ns.get(order.cl_ord_id, 0)
            if not order.ours and seen_ns >= unresolved.sent_ns and looks_like(unresolved, order.terms):
                return f"order number {order.order_id} looks the same and may be it"
        return ""

    def _in_history(self, unresolved: Unresolved) -> str:
        account = unresolved.terms.account
        for item in self._histories.get(account, ()):
            if item.order_id is None or item.transact_time_ns < unresolved.sent_ns - CLOCK_TOLERANCE_NS:
                continue
            if self._floor.book.by_number(account.connection_id, item.order_id) is None:
                return f"the venue's history names order number {item.order_id}, which its book does not hold"
        return ""

    def _in_position(self, unresolved: Unresolved) -> str:
        if unresolved.purpose is Purpose.REPLACE or unresolved.net_qty is None:
            return ""
        account, symbol = unresolved.terms.account, unresolved.terms.symbol
        now_qty = self._floor.money.net_qty(account, symbol)
        if now_qty is None:
            return ""
        explained = unresolved.net_qty
        if unresolved.traded_qty is not None:
            explained += self._floor.money.traded_qty(account, symbol) - unresolved.traded_qty
        if now_qty == explained:
            return ""
        return (
            f"the position in {symbol} is {number_text(now_qty)} where our trades make {number_text(explained)}, so it "
            "may have filled"
        )
