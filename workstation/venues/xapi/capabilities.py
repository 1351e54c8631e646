"""What XAPI offers the ticket, and why it offers no more.

A market order trades all of it at once or nothing, so it is FILL_OR_KILL. A pending order is a limit or a stop that
lives until it is cancelled or until its expiration. Positions are held apart, each with its own number, stop loss, take
profit and trailing stop. A pending order's volume cannot be changed.

A request is received first and carried out a moment later, whatever becomes of the link meanwhile: as a rule within a
few tenths of a second, but nothing in the document limits it. Until then no list shows it.
"""

from enum import Enum

from workstation.domain.capabilities import Attachment, Capabilities, Feed
from workstation.domain.order_terms import OrdType, PositionEffect, TimeInForce

FORMS = frozenset(
    {
        (OrdType.MARKET, TimeInForce.FILL_OR_KILL),
        (OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL),
        (OrdType.LIMIT, TimeInForce.GOOD_TILL_DATE),
        (OrdType.STOP, TimeInForce.GOOD_TILL_CANCEL),
        (OrdType.STOP, TimeInForce.GOOD_TILL_DATE),
    }
)
_REFUSALS: dict[Enum, str] = {
    OrdType.STOP_LIMIT: "XAPI has no stop with a limit. Use a stop, or a limit order.",
    TimeInForce.DAY: "XAPI has no day orders. Use good till cancel, or good till date with the time of the close.",
    TimeInForce.IMMEDIATE_OR_CANCEL: "XAPI trades a market order whole or not at all.",
}


def xapi_capabilities() -> Capabilities:
    """Return the vocabulary of XAPI 2.5.0."""
    return Capabilities(
        venue="xapi",
        title="XAPI",
        glyph="X",
        forms=FORMS,
        position_effects=frozenset(PositionEffect),
        refusals=_REFUSALS,
        replaces=True,
        cancels_by_symbol=False,
        echoes_cl_ord_id=True,
        has_market_data=True,
        feeds=frozenset(Feed),
        attachments=frozenset(Attachment),
        holds_positions_apart=True,
        amends_positions=True,
        cancels_many=False,
        replaces_quantity=False,
    )
