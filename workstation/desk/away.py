"""While you were away: what changed at a venue between losing sight of it and seeing its books again."""

from workstation.desk.floor import Floor
from workstation.desk.messages import ActivityKind
from workstation.desk.wording import STATUS_WORDS, clock_text, number_text
from workstation.domain.identity import ClOrdID, ConnectionID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.venues.base import Severity

_MOST_LINES = 50


class Away:
    """Remembers each connection's open orders from the moment it went dark."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._dark: dict[ConnectionID, tuple[int, dict[ClOrdID, Order]]] = {}

    def went_dark(self, connection_id: ConnectionID, since_ns: int) -> None:
        """Remember what was open when sight of a connection was lost; the first time counts."""
        orders = {order.cl_ord_id: order for order in self._floor.book.open_at(connection_id)}
        self._dark.setdefault(connection_id, (since_ns, orders))

    def came_back(self, connection_id: ConnectionID) -> None:
        """Say what changed since; once per absence."""
        since_ns, before = self._dark.pop(connection_id, (0, {}))
        if not before:
            return
        changed = [
            (old, new)
            for key, old in before.items()
            if (new := self._floor.book.get(key)) is not None and _differs(old, new)
        ]
        intro = f"While you were away from {self._floor.venues.name(connection_id)} (since {clock_text(since_ns)})"
        if not changed:
            self._say(connection_id, f"{intro}: nothing changed in {len(before)} open orders.", Severity.INFO)
        for old, new in changed[:_MOST_LINES]:
            severity = Severity.ERROR if new.ord_status is OrdStatus.IN_DOUBT else Severity.WARNING
            self._say(connection_id, f"{intro}: {self._floor.naming(new)} {_change(old, new)}.", severity, new)
        if len(changed) > _MOST_LINES:
            self._say(connection_id, f"{intro}: {len(changed) - _MOST_LINES} more orders changed.", Severity.WARNING)

    def _say(self, connection_id: ConnectionID, text: str, severity: Severity, order: Order | None = None) -> None:
        self._floor.activity.say(
            text,
            severity,
            ActivityKind.ORDERS,
            connection_id=connection_id,
            account=None if order is None else order.terms.account,
            cl_ord_id=None if order is None else order.cl_ord_id,
        )


def _differs(old: Order, new: Order) -> bool:
    return (old.ord_status, old.cum_qty, old.terms) != (new.ord_status, new.cum_qty, new.terms)


def _change(old: Order, new: Order) -> str:
    words = []
    if new.cum_qty != old.cum_qty:
        words.append(f"traded {number_text(new.cum_qty - old.cum_qty)} more")
    if new.ord_status is not old.ord_status:
        words.append(f"went from {STATUS_WORDS[old.ord_status]} to {STATUS_WORDS[new.ord_status]}")
    return " and ".join(words) or "has new terms"
