"""What the status strip counts, as values and sentences: no widget, so that each figure can be tested alone."""

from collections.abc import Iterable
from decimal import Decimal

from workstation.desk.messages import DeskState
from workstation.domain.account import Balance
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.item_models.number_text import UNKNOWN, pnl_text, time_text


class DoubtCount:
    """How many orders are in doubt, kept up order by order: the strip never walks the whole book."""

    def __init__(self) -> None:
        self._in_doubt: set[str] = set()

    def take(self, orders: Iterable[Order]) -> int:
        """Take one turn's changes and return the count."""
        for order in orders:
            if order.ord_status is OrdStatus.IN_DOUBT:
                self._in_doubt.add(order.cl_ord_id)
            else:
                self._in_doubt.discard(order.cl_ord_id)
        return len(self._in_doubt)


def day_pnl_text(balances: Iterable[Balance]) -> tuple[str, str]:
    """Return the day's profit and loss, currency by currency, and the sentence behind it.

    Currencies are never added up without a rate, and an account whose figure is unknown is named as such.
    """
    held = list(balances)
    sums: dict[str, Decimal] = {}
    for balance in held:
        if balance.day_pnl is not None:
            sums[balance.currency] = sums.get(balance.currency, Decimal(0)) + balance.day_pnl
    known = sum(balance.day_pnl is not None for balance in held)
    if not sums:
        return UNKNOWN, "No account has stated its profit and loss of the day."
    shown = "  ".join(pnl_text(amount, currency) for currency, amount in sorted(sums.items()))
    missing = f" {len(held) - known} of {len(held)} accounts do not state it." if known < len(held) else ""
    return shown, f"Sum of what {known} accounts state as today's profit and loss, per currency.{missing}"


def mode_text(state: DeskState) -> tuple[str, str]:
    """Return the desk's mode in a word or two, and what it means."""
    if state.journal_fault:
        return "cannot send", state.journal_fault
    if state.killed_since_ns:
        since = time_text(state.killed_since_ns)
        return f"KILLED since {since} UTC", "Every send is blocked until the kill is released. Cancels pass."
    if state.locked:
        return "locked", "Sending is locked: F12 unlocks. Cancels pass."
    return "trade", "Orders can be sent after review."
