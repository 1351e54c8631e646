"""What the screen asks about one intent for several accounts, and what comes back.

A group is as atomic as several venues allow, which is not atomic: legs are sent one after the other, and a leg that has
traded cannot be taken back. The receipt says what was meant and what became of it, account by account.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from workstation.desk.findings import Finding
from workstation.domain.identity import ClOrdID
from workstation.domain.orders import OrderTerms


class GroupPolicy(Enum):
    """What is done when a leg fails."""

    CHECK_ALL_FIRST = "CHECK_ALL_FIRST"
    """Nothing is sent unless every leg passes its checks; then all are sent, and what a venue refuses is reported."""
    STOP_AT_FIRST_REJECT = "STOP_AT_FIRST_REJECT"
    """Each leg waits for the venue's yes to the one before; the first that gets none ends the sending."""
    SEND_ALL_AND_REPORT = "SEND_ALL_AND_REPORT"
    """Every leg that can be sent is sent, whatever happens to the others."""
    CANCEL_REST_ON_REJECT = "CANCEL_REST_ON_REJECT"
    """All are sent; when one is refused, no further one is sent and those that work are cancelled."""


class LegState(Enum):
    """What became of one leg."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    IN_DOUBT = "IN_DOUBT"
    WAITING = "WAITING"
    """On the wire, and the venue has not said yes or no yet."""
    CANCEL_SENT = "CANCEL_SENT"
    """It was accepted, and its cancel was asked for because another leg was refused; it may have traded by then."""
    NOT_SENT = "NOT_SENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckGroup:
    """Ask what stands against each leg; sends nothing. Answer: :class:`GroupChecked`."""

    legs: tuple[OrderTerms, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChecked:
    """Findings per leg, in the order of the legs, hard ones first."""

    findings: tuple[tuple[Finding, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGroup:
    """Send one order per leg under one policy.

    `accepted` are, per leg, the gates whose soft findings the trader confirmed.
    Answer: :class:`GroupReceipt`, or Refused when nothing was sent at all.
    """

    legs: tuple[OrderTerms, ...]
    policy: GroupPolicy
    gesture: str
    accepted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegReceipt:
    """One leg: what was meant, and what became of it until the receipt was written."""

    terms: OrderTerms
    state: LegState
    text: str = ""
    cl_ord_id: ClOrdID | None = None
    cum_qty: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReceipt:
    """All legs in the trader's own order. `spread_ns` lies between the first and the last send; 0 for one or none."""

    group_id: str
    policy: GroupPolicy
    legs: tuple[LegReceipt, ...]
    spread_ns: int
    text: str
