"""Gates about amending a working order."""

from collections.abc import Iterator

from workstation.desk.commands import Finding
from workstation.desk.gates import GateContext, hard
from workstation.desk.wording import STATUS_WORDS, number_text
from workstation.domain.order_states import TRANSITIONS, OrderEvent, Verdict
from workstation.domain.orders import OrderTerms


def venue_replaces(context: GateContext) -> Iterator[Finding]:
    """Stop a replacement where the venue has none."""
    if context.replaces is not None and context.capabilities is not None and not context.capabilities.replaces:
        yield hard(
            "replaceable",
            f"{context.capabilities.title} cannot change a working order.",
            "Cancel it and send a new one.",
        )


def order_is_replaceable(context: GateContext) -> Iterator[Finding]:
    """Require an order that works under a number, with nothing of ours under way."""
    order = context.replaces
    if order is None:
        return
    verdict, _ = TRANSITIONS[order.ord_status, OrderEvent.SEND_REPLACE]
    if any(earlier.cl_ord_id == order.cl_ord_id for earlier in context.unresolved):
        yield hard("replaceable", f"A request about order {order.cl_ord_id} is under way.", "Wait for its end.")
    elif verdict is not Verdict.MOVES:
        yield hard(
            "replaceable",
            f"Order {order.cl_ord_id} is {STATUS_WORDS[order.ord_status]}, so it cannot be changed now.",
            "" if order.is_closed else "Wait for the venue's answer.",
        )
    elif order.order_id is None:
        yield hard(
            "replaceable", f"The venue has not given order {order.cl_ord_id} a number yet.", "Wait for the number."
        )


def same_order_stays(context: GateContext) -> Iterator[Finding]:
    """Require the same account, contract and side, and something that changes."""
    order = context.replaces
    if order is None:
        return
    old, new = order.terms, context.terms
    if _identity(old) != _identity(new):
        yield hard(
            "replaceable",
            f"Account, contract and side of order {order.cl_ord_id} cannot be changed.",
            "Cancel it and send a new one.",
        )
    elif old == new:
        yield hard("unchanged", f"Nothing of order {order.cl_ord_id} would change.", "Change price or quantity.")


def _identity(terms: OrderTerms) -> tuple[object, ...]:
    return terms.account, terms.symbol, terms.side, terms.position_id


def quantity_may_change(context: GateContext) -> Iterator[Finding]:
    """Keep the quantity where the venue changes prices only."""
    order, offered = context.replaces, context.capabilities
    if order is None or offered is None or offered.replaces_quantity:
        return
    if context.terms.order_qty != order.terms.order_qty:
        yield hard(
            "quantity",
            f"{offered.title} cannot change the quantity of a working order: it stays "
            f"{number_text(order.terms.order_qty)}.",
            "Cancel it and send a new one.",
        )


def more_than_filled(context: GateContext) -> Iterator[Finding]:
    """Require a quantity beyond what was traded already."""
    order = context.replaces
    if order is not None and context.terms.order_qty <= order.cum_qty:
        yield hard(
            "filled",
            f"{number_text(order.cum_qty)} of order {order.cl_ord_id} are filled: the new quantity "
            f"{number_text(context.terms.order_qty)} leaves nothing to trade.",
            "Enter the whole quantity, filled lots included, or cancel the rest.",
        )


REPLACE_GATES = (venue_replaces, order_is_replaceable, same_order_stays, quantity_may_change, more_than_filled)
