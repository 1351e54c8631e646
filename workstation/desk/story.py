"""What is said in the activity log when an order changes."""

from workstation.desk.floor import Floor
from workstation.desk.trades import execution_of
from workstation.desk.wording import STATUS_WORDS, number_text, price_text
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.venues.base import Severity

_SEVERITIES = {
    OrdStatus.FILLED: Severity.SUCCESS,
    OrdStatus.PARTIALLY_FILLED: Severity.SUCCESS,
    OrdStatus.REJECTED: Severity.ERROR,
    OrdStatus.IN_DOUBT: Severity.ERROR,
    OrdStatus.NOT_PLACED: Severity.WARNING,
    OrdStatus.EXPIRED: Severity.WARNING,
    OrdStatus.SUSPENDED: Severity.WARNING,
    OrdStatus.UNRECOGNISED: Severity.WARNING,
}


def changes_told(floor: Floor, before: Order | None, after: Order, evidence: str) -> tuple[str, Severity]:
    """Return the sentence about a change and how much it wants the trader's eyes; empty when nothing is worth saying.

    `evidence` names what settled an order that was in doubt.
    """
    severity = _SEVERITIES.get(after.ord_status, Severity.INFO)
    subject = floor.naming(after)
    if evidence:
        settled = Severity.WARNING if severity is Severity.ERROR else Severity.SUCCESS
        return (
            f"{subject} is no longer in doubt: {STATUS_WORDS[after.ord_status]}, {_sums(after)}. {evidence}.",
            settled,
        )
    if before is None:
        where = f"number {after.order_id}"
        return (
            f"{subject}, entered elsewhere, {where}: {STATUS_WORDS[after.ord_status]}, {_sums(after)}.",
            Severity.INFO,
        )
    trade = _trade(floor, before, after)
    if trade:
        return f"{subject}: {trade}.", Severity.SUCCESS
    if before.ord_status is after.ord_status and before.order_id == after.order_id and before.terms == after.terms:
        return "", severity
    number = f", number {after.order_id}" if before.order_id != after.order_id else ""
    words = f" The venue says: {after.text}" if after.text and after.ord_status in _SEVERITIES else ""
    return f"{subject} is {STATUS_WORDS[after.ord_status]}{number}.{words}", severity


def _sums(order: Order) -> str:
    return f"{number_text(order.cum_qty)} of {number_text(order.terms.order_qty)} traded"


def _trade(floor: Floor, before: Order, after: Order) -> str:
    instrument = floor.instrument(after.terms.account, after.terms.symbol)
    execution = execution_of(before, after, instrument)
    if execution is None:
        return ""
    at = "" if execution.last_px is None else f" at {price_text(execution.last_px, instrument)}"
    whole = "filled" if after.ord_status is OrdStatus.FILLED else STATUS_WORDS[after.ord_status]
    return f"{number_text(execution.last_qty)} traded{at}; {_sums(after)}, {whole}"
