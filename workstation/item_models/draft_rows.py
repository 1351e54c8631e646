"""A saved draft as a row among the orders.

It is an order that was never placed and is marked so by its own type: everything that acts on open orders passes it by,
because to all of them it is closed.
"""

from dataclasses import dataclass

from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms

DRAFT_WORD = "Draft"
_TEXT = "Not sent. Opens in the ticket; nothing leaves before you review and send it there."


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow(Order):
    """The row of a draft; its key is the draft's own, no order has it."""


def draft_row(key: str, terms: OrderTerms, saved_ns: int) -> DraftRow:
    """Return the row of the draft `key`, saved at `saved_ns` (epoch nanoseconds)."""
    return DraftRow(
        cl_ord_id=ClOrdID(key),
        terms=terms,
        ord_status=OrdStatus.NOT_PLACED,
        text=_TEXT,
        created_ns=saved_ns,
        updated_ns=saved_ns,
    )
