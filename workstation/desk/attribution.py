"""Tying an order that the venue shows to the request that made it, where the venue shows no key of ours.

Source: QST spec 3.7. An unseen order is ours when account, contract, side, quantity, type, life time and price are
those of an unanswered request, it was entered by our own user (or the venue does not say by whom), and it is dated at
or after the send, less a tolerance for the two clocks. The gates let only one such request be open per set of
attributes, so that the tie is unambiguous; where it is not, nothing is tied and the order stays in doubt.

A replacement may come under a new number. Whether its quantity counts lots already traded differs by venue, so both
are understood (QST spec 3.11).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.order_terms import OrdType, Side, TimeInForce, needs_price, needs_stop_px
from workstation.domain.orders import ZERO, Order, OrderTerms
from workstation.venues.base import OrderReport

CLOCK_TOLERANCE_NS = 10_000_000_000
"""How much earlier than our send the venue may date an order that is ours."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What makes two orders look the same to a venue that shows no key of ours."""

    account: AccountKey
    symbol: str
    side: Side
    ord_type: OrdType
    time_in_force: TimeInForce
    order_qty: Decimal
    price: Decimal | None
    stop_px: Decimal | None


def attributes_of(terms: OrderTerms, order_qty: Decimal | None = None) -> Attributes:
    """Return the attributes of `terms`, with another quantity if one is given."""
    return Attributes(
        account=terms.account,
        symbol=terms.symbol,
        side=terms.side,
        ord_type=terms.ord_type,
        time_in_force=terms.time_in_force,
        order_qty=terms.order_qty if order_qty is None else order_qty,
        price=terms.price if needs_price(terms.ord_type) else None,
        stop_px=terms.stop_px if needs_stop_px(terms.ord_type) else None,
    )


class Purpose(Enum):
    """What an unresolved request was to do."""

    NEW = "NEW"
    REPLACE = "REPLACE"


@dataclass(slots=True, kw_only=True)
class Unresolved:
    """A placement or replacement whose order the venue has not shown yet.

    `sent_ns` is the time of the send, epoch nanoseconds. `answered_ns` is 0 while the request is under way; when it
    is not, no answer will come any more. `absent_ns` are the times at which complete books were asked for that did
    not hold the order. `net_qty` is the position when it was sent and `traded_qty` the trades counted until then
    (None: unknown). `why_open` is the reason, as last told to the trader, why complete books did not settle it.
    `given_up_ns` is when it was declared not placed, 0 for never. `refusal` holds an error text that the venue tied
    to the request, which alone proves nothing. `old_canceled` says that a replaced order's old number was reported
    cancelled, `old_listed` that the last complete book held that number.
    """

    cl_ord_id: ClOrdID
    purpose: Purpose
    terms: OrderTerms
    sent_ns: int
    cum_qty: Decimal = ZERO
    answered_ns: int = 0
    net_qty: Decimal | None = None
    traded_qty: Decimal | None = None
    refusal: str = ""
    refused_ns: int = 0
    given_up_ns: int = 0
    why_open: str = ""
    old_canceled: bool = False
    old_listed: bool = False
    ambiguous: bool = False
    absent_ns: list[int] = field(default_factory=list)

    @property
    def attributes(self) -> tuple[Attributes, ...]:
        """How its order may look at the venue."""
        whole = attributes_of(self.terms)
        if self.purpose is Purpose.NEW or self.cum_qty == 0:
            return (whole,)
        return whole, attributes_of(self.terms, self.terms.order_qty - self.cum_qty)


def looks_like(unresolved: Unresolved, terms: OrderTerms) -> bool:
    """Say whether an order with these terms could be the one, whoever entered it and whenever."""
    return attributes_of(terms) in unresolved.attributes


def fits(unresolved: Unresolved, report: OrderReport) -> bool:
    """Say whether the unseen order of `report` is the one that `unresolved` made."""
    at_ns = report.transact_time_ns
    dated = at_ns == 0 or at_ns >= unresolved.sent_ns - CLOCK_TOLERANCE_NS
    if unresolved.given_up_ns:
        dated = dated and 0 < at_ns <= unresolved.given_up_ns
    return dated and report.entered_by_us is not False and looks_like(unresolved, report.terms)


def shows_replacement(unresolved: Unresolved, order: Order, report: OrderReport) -> bool:
    """Say whether `report`, under the order's own number, already has the terms that were asked for."""
    changed = attributes_of(report.terms) != attributes_of(order.terms)
    return changed and looks_like(unresolved, report.terms)
