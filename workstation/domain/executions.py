"""One trade of one order."""

from dataclasses import dataclass
from decimal import Decimal

from workstation.domain.identity import AccountKey, ClOrdID, ExecID
from workstation.domain.order_terms import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """Quantity `last_qty` traded at `last_px`; None when the venue states quantities but no price.

    Venues that report only cumulative figures get one execution per increase, priced from the change of the
    exact sum of quantity times price.
    """

    exec_id: ExecID
    cl_ord_id: ClOrdID
    account: AccountKey
    symbol: str
    side: Side
    last_qty: Decimal
    last_px: Decimal | None
    transact_time_ns: int


def last_px_of(before: tuple[Decimal, Decimal], after: tuple[Decimal, Decimal]) -> Decimal:
    """Return the price of the trade between two (cumulative quantity, average price) pairs.

    Raises:
        ValueError: the quantity did not grow.
    """
    qty = after[0] - before[0]
    if qty <= 0:
        raise ValueError("no trade between equal quantities")
    return (after[0] * after[1] - before[0] * before[1]) / qty
