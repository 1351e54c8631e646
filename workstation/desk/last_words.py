"""What the venue last reported of each order in doubt.

A doubt that the venue's own report leaves open, such as more traded than ordered, is not ended by hearing the same
again with every book. So the trader's word about it is undone only by a report that says something else than the one
that stood when he gave it.
"""

from decimal import Decimal

from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.venues.base import OrderReport


class LastWords:
    """The last report of every order that was in doubt after it."""

    def __init__(self) -> None:
        self._reports: dict[ClOrdID, OrderReport] = {}

    def note(self, after: Order, report: OrderReport) -> None:
        """Keep `report` if the order is in doubt after it."""
        if after.ord_status is OrdStatus.IN_DOUBT:
            self._reports[after.cl_ord_id] = report
        else:
            self._reports.pop(after.cl_ord_id, None)

    def of(self, cl_ord_id: ClOrdID) -> str:
        """Return what the last report of an order in doubt says, empty when the doubt has another cause."""
        report = self._reports.get(cl_ord_id)
        return "" if report is None else words_of(report)


def words_of(report: OrderReport) -> str:
    """Return what a report says of its order, the same for the same news however often and whenever it is told."""
    terms = report.terms
    figures = (report.cum_qty, report.avg_px, terms.order_qty, terms.price, terms.stop_px)
    said = (report.order_id, report.event.value, report.venue_status, *map(_plain, figures))
    return " ".join(said)


def _plain(value: Decimal | None) -> str:
    return "-" if value is None else f"{value.normalize():f}"
