"""How far a sent order has come: written to journal, on the wire, received, and then accepted, refused or in doubt.

Two sources tell it, the desk's progress and the order's own state, in any order and more than once. A later stage is
never undone by an earlier one; accepted and refused are final; in doubt is left by the venue's evidence only.
"""

from dataclasses import dataclass, replace
from typing import Self

from workstation.desk.messages import SendProgress, SendStage
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms

STEPS = (SendStage.JOURNALED, SendStage.ON_THE_WIRE, SendStage.RECEIVED, SendStage.ACCEPTED)
"""The way of an order that is taken."""

STEP_WORDS = {
    SendStage.JOURNALED: "written to journal",
    SendStage.ON_THE_WIRE: "on the wire",
    SendStage.RECEIVED: "received",
    SendStage.ACCEPTED: "accepted",
    SendStage.REFUSED: "refused",
    SendStage.IN_DOUBT: "IN DOUBT",
}

_RANK = {
    SendStage.JOURNALED: 1,
    SendStage.ON_THE_WIRE: 2,
    SendStage.RECEIVED: 3,
    SendStage.IN_DOUBT: 4,
    SendStage.ACCEPTED: 5,
    SendStage.REFUSED: 5,
}
_REFUSED = frozenset({OrdStatus.REJECTED, OrdStatus.NOT_PLACED})
_UNSETTLED = frozenset(
    {OrdStatus.PENDING_NEW, OrdStatus.PENDING_AUTHORISATION, OrdStatus.PENDING_REPLACE, OrdStatus.UNRECOGNISED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOrder:
    """One request on its way. `order` is its latest state, `text` the venue's words, if it said any."""

    cl_ord_id: ClOrdID
    terms: OrderTerms
    is_replace: bool
    stage: SendStage | None = None
    text: str = ""
    order: Order | None = None

    @property
    def settled(self) -> bool:
        """Whether the venue has said yes or no."""
        return self.stage in (SendStage.ACCEPTED, SendStage.REFUSED)

    def after_progress(self, progress: SendProgress) -> Self:
        """Return this after news from the desk; news of another order changes nothing."""
        if progress.cl_ord_id != self.cl_ord_id:
            return self
        return self._at(progress.stage, progress.text)

    def after_order(self, order: Order) -> Self:
        """Return this after a change of the order itself."""
        if order.cl_ord_id != self.cl_ord_id:
            return self
        known = replace(self, order=order)
        stage = known._stage_of_replace(order) if self.is_replace else _stage_of(order)
        return known if stage is None else known._at(stage, order.text)

    def _at(self, stage: SendStage, text: str) -> Self:
        if self.settled or (self.stage is not None and _RANK[stage] < _RANK[self.stage]):
            return self
        return replace(self, stage=stage, text=text or self.text)

    def _stage_of_replace(self, order: Order) -> SendStage | None:
        if order.ord_status is OrdStatus.IN_DOUBT:
            return SendStage.IN_DOUBT
        if order.ord_status in _UNSETTLED:
            return None
        if order.terms == self.terms:
            return SendStage.ACCEPTED
        return SendStage.REFUSED if order.is_closed else None  # closed before the change could take hold


def _stage_of(order: Order) -> SendStage | None:
    if order.ord_status in _UNSETTLED:
        return None
    if order.ord_status in _REFUSED:
        return SendStage.REFUSED
    return SendStage.IN_DOUBT if order.ord_status is OrdStatus.IN_DOUBT else SendStage.ACCEPTED
