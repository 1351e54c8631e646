"""Gates about changing what is attached to an open position. The terms are the position's own, with the new stops."""

from collections.abc import Iterator

from workstation.desk.attachment_gates import ATTACHMENT_GATES
from workstation.desk.commands import Finding
from workstation.desk.desk_gates import DESK_GATES
from workstation.desk.gates import GateContext, hard
from workstation.desk.terms_gates import instrument_is_known


def venue_amends_positions(context: GateContext) -> Iterator[Finding]:
    """Stop the change where the venue cannot change a position."""
    offered = context.capabilities
    if offered is not None and not offered.amends_positions:
        yield hard(
            "position",
            f"{offered.title} holds no stops on positions.",
            "Place a stop or limit order instead.",
        )


def position_is_open(context: GateContext) -> Iterator[Finding]:
    """Require an open position."""
    if context.position is None or not context.position.net_qty:
        yield hard(
            "position",
            f"{context.account_name} has no open position {context.terms.position_id} in {context.terms.symbol}.",
            "It may have been closed already. Look at the positions.",
        )


def nothing_is_under_way(context: GateContext) -> Iterator[Finding]:
    """Require that no other request of ours about this position is without an end."""
    number = context.terms.position_id
    if context.amendment_under_way:
        yield hard(
            "under_way",
            f"A change of position {number} is under way and has no end yet.",
            "Wait until the venue shows what is in force.",
        )
    elif context.closing_qty:
        yield hard("under_way", f"An order that closes position {number} is under way.", "Wait for its end.")


def something_changes(context: GateContext) -> Iterator[Finding]:
    """Require a new stop loss, take profit or trailing distance."""
    position, terms = context.position, context.terms
    if position is None:
        return
    held = (position.stop_loss, position.take_profit, position.trailing_offset)
    if held == (terms.stop_loss, terms.take_profit, terms.trailing_offset):
        yield hard(
            "unchanged",
            f"Nothing of position {position.position_id} would change.",
            "Change stop loss, take profit or trailing distance.",
        )


POSITION_GATES = (
    *DESK_GATES,
    venue_amends_positions,
    instrument_is_known,
    position_is_open,
    nothing_is_under_way,
    *ATTACHMENT_GATES,
    something_changes,
)
