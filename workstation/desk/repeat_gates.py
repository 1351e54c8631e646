"""Gates against sending the same thing twice.

Two clicks within a third of a second are one click. The same order again within ten seconds is perhaps meant, and
must be confirmed by a gesture of its own. The same order while the first one is in doubt is never sent: the first may
be working. And where the venue shows no key of ours, two open requests that look alike could not be told apart (QST
spec 3.7).
"""

from collections.abc import Iterator

from workstation.desk.attribution import attributes_of
from workstation.desk.commands import Finding
from workstation.desk.gates import GateContext, hard, soft
from workstation.desk.wording import clock_text, terms_text
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import OrderTerms

SAME_CLICK_S = 0.3
DUPLICATE_S = 10.0


def _intent(terms: OrderTerms) -> tuple[object, str, Side, OrdType, object, object, object, object]:
    return (
        terms.account,
        terms.symbol,
        terms.side,
        terms.ord_type,
        terms.order_qty,
        terms.price,
        terms.stop_px,
        terms.position_id,
    )


def not_a_duplicate(context: GateContext) -> Iterator[Finding]:
    """Ask about the same intent within ten seconds; stop it within 0.3 s."""
    if context.replaces is not None:
        return
    for earlier in reversed(context.recent):
        age_s = context.now_s - earlier.at_s
        if age_s >= DUPLICATE_S:
            return
        if _intent(earlier.terms) != _intent(context.terms):
            continue
        same = f"The same order was sent at {clock_text(earlier.at_ns)} as {earlier.cl_ord_id}"
        if age_s < SAME_CLICK_S:
            yield hard("duplicate", f"{same}, less than {SAME_CLICK_S} s ago: this is taken as one click.")
        else:
            yield soft("duplicate", f"{same}, {age_s:.0f} s ago.", "Confirm that a second order is meant.")
        return


def not_in_doubt(context: GateContext) -> Iterator[Finding]:
    """Stop an intent while an earlier one like it is in doubt."""
    if context.replaces is not None:
        return
    for order in context.in_doubt:
        if _intent(order.terms) == _intent(context.terms):
            yield hard(
                "in_doubt",
                f"Order {order.cl_ord_id} ({terms_text(order.terms, context.instrument)}, {context.account_name}) is "
                "IN DOUBT: it may be working. Sending the same order again is blocked.",
                "Wait until the venue's books settle it, or query it now.",
            )
            return


def can_be_told_apart(context: GateContext) -> Iterator[Finding]:
    """Allow one unresolved request per set of attributes where the venue shows no key of ours."""
    offered = context.capabilities
    if offered is None or offered.echoes_cl_ord_id:
        return
    wanted = attributes_of(context.terms)
    own = context.replaces.cl_ord_id if context.replaces is not None else None
    for earlier in context.unresolved:
        if earlier.cl_ord_id != own and wanted in earlier.attributes:
            yield hard(
                "unresolved",
                f"{offered.title} has not yet shown order {earlier.cl_ord_id}, which looks the same. It gives no key "
                "back, so the two could not be told apart.",
                "Wait for the first one's number, a moment as a rule.",
            )
            return


REPEAT_GATES = (not_a_duplicate, not_in_doubt, can_be_told_apart)
