"""What the screen asks about flattening one contract of one account, and what comes back."""

from dataclasses import dataclass
from decimal import Decimal

from workstation.desk.findings import Finding
from workstation.domain.identity import AccountKey, ClOrdID
from workstation.domain.orders import OrderTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFlatten:
    """Ask what a flatten would do now; sends nothing. Answer: :class:`FlattenPlan` or Refused."""

    account: AccountKey
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlattenPlan:
    """What would be cancelled, then what would be sent to close, and what stands against sending it."""

    cancels: tuple[ClOrdID, ...]
    net_qty: Decimal
    closing: tuple[OrderTerms, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flatten:
    """Cancel what works of one account in one contract, and when it has ended, close the position at the market.

    `accepted` are the gates whose soft findings the trader confirmed. Answer: :class:`Flattened` or Refused.
    """

    account: AccountKey
    symbol: str
    gesture: str
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flattened:
    """What became of it, in one sentence; `residual` is the position that is left, None while it is not known.

    `still_open` are orders that had not ended in time: while there are any, nothing is sent to close.
    """

    cancelled: tuple[ClOrdID, ...]
    still_open: tuple[ClOrdID, ...]
    sent: tuple[ClOrdID, ...]
    residual: Decimal | None
    text: str
