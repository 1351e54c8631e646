"""Splitting one quantity over several accounts: in equal parts, by ratio, or as typed; always in whole lots.

The largest remainders get the lots that are left over, the first account first among equals, so that no part is a lot
or more away from its exact share. What cannot be given out in whole lots is the remainder: it is shown, never rounded
away. Parts and remainder add up to the total, exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction

from workstation.domain.identity import AccountKey

_EXACT = Context(prec=60)


class AllocationMethod(Enum):
    """How the total is split."""

    EQUAL = "EQUAL"
    RATIO = "RATIO"
    CUSTOM = "CUSTOM"


class NotAllocable(ValueError):
    """The total cannot be split like this; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One account's part: `weight` counts for RATIO, `order_qty` for CUSTOM; `lot` is the smallest step there."""

    account: AccountKey
    lot: Decimal
    weight: Decimal = Decimal(1)
    order_qty: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """What each account gets, in the order of the shares, and what is left over (negative: more than the total)."""

    parts: tuple[Decimal, ...]
    remainder: Decimal


def allocate(total: Decimal, shares: Sequence[Share], method: AllocationMethod) -> Allocation:
    """Split `total`.

    Raises:
        NotAllocable: there is nothing to split, nobody to give it to, or a weight or lot makes no sense.
    """
    if not shares:
        raise NotAllocable("Choose at least one account.")
    if any(share.lot <= 0 for share in shares):
        raise NotAllocable("The lot of an account is not known.")
    if method is AllocationMethod.CUSTOM:
        parts = tuple(share.order_qty for share in shares)
        return Allocation(parts=parts, remainder=total - sum(parts, Decimal(0)))
    if total <= 0:
        raise NotAllocable("The total must be above zero.")
    weights = [share.weight if method is AllocationMethod.RATIO else Decimal(1) for share in shares]
    if any(weight < 0 for weight in weights) or not any(weights):
        raise NotAllocable("Ratios must not be negative, and one must be above zero.")
    return _by_largest_remainder(total, shares, weights)


def _by_largest_remainder(total: Decimal, shares: Sequence[Share], weights: list[Decimal]) -> Allocation:
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    exact = [Fraction(total) * Fraction(weight) / whole for weight in weights]
    lots = [Fraction(share.lot) for share in shares]
    counts = [share // lot for share, lot in zip(exact, lots, strict=True)]
    left = Fraction(total) - sum((count * lot for count, lot in zip(counts, lots, strict=True)), Fraction(0))
    missing = [(share - count * lot) / lot for share, count, lot in zip(exact, counts, lots, strict=True)]
    for place in sorted(range(len(shares)), key=lambda place: -missing[place]):
        if missing[place] > 0 and lots[place] <= left:
            counts[place] += 1
            left -= lots[place]
    parts = tuple(_EXACT.multiply(Decimal(count), share.lot) for count, share in zip(counts, shares, strict=True))
    return Allocation(parts=parts, remainder=_EXACT.subtract(total, sum(parts, Decimal(0))))
