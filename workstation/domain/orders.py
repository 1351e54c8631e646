"""An order as its venue last described it, and the events that change it."""

import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from workstation.domain.identity import AccountKey, ClOrdID, OrderID
from workstation.domain.order_states import CLOSED, TRANSITIONS, OrderEvent, OrdStatus, Verdict
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.shared_values import shared

ZERO = Decimal(0)


_FIGURES_OF_TERMS = ("order_qty", "price", "stop_px", "stop_loss", "take_profit", "trailing_offset")
_set = object.__setattr__  # the one way into a frozen record, used only while it is made


def _share_figures(record: object, names: tuple[str, ...]) -> None:
    """Let `record` hold figures that other orders hold too."""
    for name in names:
        value = getattr(record, name)
        if value is not None and (one := shared(value)) is not value:
            _set(record, name, one)


class OverfillError(ValueError):
    """More was traded than ordered: the books must be reloaded, nothing may be assumed."""


class IllegalTransition(ValueError):
    """Our own request makes no sense in the order's present state; nothing was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What the trader asks for: everything of an order that is chosen before it is sent.

    Quantities count lots of the instrument, prices are in its currency. `expire_date_ms` (epoch milliseconds,
    UTC) goes with GOOD_TILL_DATE only. `stop_loss` and `take_profit` are prices, `trailing_offset` a distance in
    price: they are attached to the position that the order opens and held by the venue; None means none.
    `position_id` names the position that a closing order closes, where the venue holds positions apart.
    """

    account: AccountKey
    symbol: str
    side: Side
    ord_type: OrdType
    time_in_force: TimeInForce
    order_qty: Decimal
    price: Decimal | None = None
    stop_px: Decimal | None = None
    expire_date_ms: int | None = None
    position_effect: PositionEffect | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_offset: Decimal | None = None
    position_id: str | None = None

    def __post_init__(self) -> None:
        _share_figures(self, _FIGURES_OF_TERMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledByHand:
    """What the venue had reported traded of an order before the trader closed it by hand.

    The venue's later word counts before the trader's: then these figures stand again, and its report is applied to
    them. `seen` is what the venue's report said that left the order in doubt, empty for none: to hear it again is no
    news.
    """

    cum_qty: Decimal
    avg_px: Decimal | None
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order. `terms` are in force at the venue; `pending_terms` were asked for by an unanswered replace.

    `order_id` is None until the venue has named it. `venue_status` and `text` are the venue's own words,
    unchanged. `ours` is False for an order that was entered elsewhere. `by_hand` is set while the order is closed on
    the trader's word alone.
    """

    cl_ord_id: ClOrdID
    terms: OrderTerms
    ord_status: OrdStatus
    order_id: OrderID | None = None
    cum_qty: Decimal = ZERO
    avg_px: Decimal | None = None
    venue_status: str = ""
    text: str = ""
    pending_terms: OrderTerms | None = None
    created_ns: int = 0
    updated_ns: int = 0
    ours: bool = True
    by_hand: SettledByHand | None = None

    def __post_init__(self) -> None:
        _share_figures(self, ("cum_qty", "avg_px"))
        if self.updated_ns == self.created_ns:
            _set(self, "updated_ns", self.created_ns)
        if self.venue_status:
            _set(self, "venue_status", sys.intern(self.venue_status))

    @property
    def leaves_qty(self) -> Decimal:
        """Quantity that may still trade (FIX 151)."""
        return ZERO if self.is_closed else max(ZERO, self.terms.order_qty - self.cum_qty)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to trade."""
        return self.ord_status in CLOSED

    def moved(self, event: OrderEvent, *, at_ns: int) -> Self:
        """Return this order after `event`; stale news returns it unchanged.

        Raises:
            IllegalTransition: `event` is a request of ours that this state does not allow.
        """
        verdict, status = TRANSITIONS[self.ord_status, event]
        if verdict is Verdict.ILLEGAL:
            raise IllegalTransition(f"order {self.cl_ord_id} is {self.ord_status.value}: {event.value} makes no sense")
        if verdict is Verdict.STALE:
            return self
        if status is OrdStatus.NEW and self.cum_qty > 0:
            status = OrdStatus.PARTIALLY_FILLED
        return replace(self, ord_status=status, updated_ns=at_ns)

    def traded(self, *, cum_qty: Decimal, avg_px: Decimal | None) -> Self:
        """Return this order with the venue's cumulative trades; they never shrink, late reports are ignored.

        Raises:
            OverfillError: more traded than ordered.
        """
        if cum_qty <= self.cum_qty:
            return self
        if cum_qty > self.terms.order_qty:
            raise OverfillError(f"order {self.cl_ord_id}: {cum_qty} traded of {self.terms.order_qty}")
        return replace(self, cum_qty=cum_qty, avg_px=avg_px)
