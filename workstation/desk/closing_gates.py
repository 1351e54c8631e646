"""Gates about positions: closing one that is held apart, and selling what is not held.

Where a venue holds positions apart, a closing order names its position; it never opens anything, so it is no short. The
quantity of all closing orders under way never exceeds the position, because the second of two closes would be refused
by some venues and open the other side at others.
"""

from collections.abc import Iterator

from workstation.desk.commands import Finding
from workstation.desk.gates import GateContext, hard, soft
from workstation.desk.wording import number_text
from workstation.domain.order_terms import PositionEffect, Side
from workstation.domain.orders import ZERO


def closing_is_named(context: GateContext) -> Iterator[Finding]:
    """Require the position's number of a closing order exactly where positions are held apart."""
    offered, terms = context.capabilities, context.terms
    if offered is None:
        return
    if terms.position_id is not None and not offered.holds_positions_apart:
        yield hard(
            "position", f"{offered.title} holds one position per contract, without a number.", "Close by quantity."
        )
    elif terms.position_id is not None and terms.position_effect is not PositionEffect.CLOSE:
        yield hard("position", "An order that names a position closes it.", "Choose the effect close.")
    elif terms.position_id is None and offered.holds_positions_apart and terms.position_effect is PositionEffect.CLOSE:
        yield hard(
            "position",
            f"{offered.title} holds positions apart: a closing order must name the one it closes.",
            "Close it from the positions.",
        )


def closed_position_is_open(context: GateContext) -> Iterator[Finding]:
    """Require an open position of that number, the opposite side, and no more than is left of it."""
    terms, position, offered = context.terms, context.position, context.capabilities
    if terms.position_id is None or context.amends_position or offered is None or not offered.holds_positions_apart:
        return
    if position is None or not position.net_qty:
        yield hard(
            "position",
            f"{context.account_name} has no open position {terms.position_id} in {terms.symbol}.",
            "It may have been closed already. Look at the positions.",
        )
        return
    held = abs(position.net_qty)
    if terms.side is not (Side.SELL if position.net_qty > 0 else Side.BUY):
        word = "long" if position.net_qty > 0 else "short"
        yield hard(
            "position",
            f"Position {terms.position_id} is {word}: {terms.side.value} does not close it.",
            "Choose the opposite side.",
        )
    left = held - context.closing_qty
    if terms.order_qty > left:
        busy = f", of which {number_text(context.closing_qty)} are being closed already" if context.closing_qty else ""
        yield hard(
            "position",
            f"Position {terms.position_id} holds {number_text(held)}{busy}: {number_text(terms.order_qty)} cannot be "
            "closed.",
            f"Enter {number_text(left)} or less." if left > 0 else "Wait for the end of the order that closes it.",
        )


def short_is_allowed(context: GateContext) -> Iterator[Finding]:
    """Stop the sale of what is not held where the instrument cannot be sold short; a close is no short."""
    terms, instrument = context.terms, context.instrument
    if instrument is None or instrument.allows_short or terms.side is not Side.SELL or terms.position_id is not None:
        return
    offered = context.capabilities
    apart = offered is not None and offered.holds_positions_apart
    if apart:
        yield hard("short", f"{terms.symbol} cannot be sold short.", "Close a long position from the positions.")
    elif context.net_qty is None:
        yield soft(
            "short",
            f"{terms.symbol} cannot be sold short, and what {context.account_name} holds of it is not known.",
            "Confirm that it only sells what is held.",
        )
    elif terms.order_qty > max(context.net_qty, ZERO):
        yield hard(
            "short",
            f"{terms.symbol} cannot be sold short: {context.account_name} holds {number_text(context.net_qty)}, the "
            f"order sells {number_text(terms.order_qty)}.",
            "Sell no more than is held.",
        )


CLOSING_GATES = (closing_is_named, closed_position_is_open, short_is_allowed)
