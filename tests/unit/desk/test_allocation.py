from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.desk.allocation import Allocation, AllocationMethod, NotAllocable, Share, allocate
from workstation.domain.identity import AccountKey, ConnectionID

EQUAL, RATIO, CUSTOM = AllocationMethod.EQUAL, AllocationMethod.RATIO, AllocationMethod.CUSTOM


def shares(*weights: str, lot: str = "1") -> list[Share]:
    return [
        Share(account=AccountKey(ConnectionID("c"), str(place)), lot=Decimal(lot), weight=Decimal(weight))
        for place, weight in enumerate(weights)
    ]


def parts(allocation: Allocation) -> list[str]:
    return [str(part) for part in allocation.parts]


def test_equal_parts_give_the_odd_lots_to_the_first() -> None:
    assert parts(allocate(Decimal(11), shares("9", "9", "9"), EQUAL)) == ["4", "4", "3"]
    assert allocate(Decimal(11), shares("9", "9", "9"), EQUAL).remainder == 0


def test_ratios_give_the_odd_lots_to_the_largest_remainder() -> None:
    assert parts(allocate(Decimal(10), shares("1", "2", "4"), RATIO)) == ["1", "3", "6"]
    assert parts(allocate(Decimal(100), shares("40", "40", "20"), RATIO)) == ["40", "40", "20"]
    assert parts(allocate(Decimal(5), shares("1", "0"), RATIO)) == ["5", "0"]


def test_what_is_less_than_a_lot_is_the_remainder() -> None:
    split = allocate(Decimal("10.5"), shares("1", "1"), EQUAL)
    assert (parts(split), split.remainder) == (["5", "5"], Decimal("0.5"))
    split = allocate(Decimal("0.05"), shares("1", "1", lot="0.02"), EQUAL)
    assert (parts(split), split.remainder) == (["0.02", "0.02"], Decimal("0.01"))


def test_custom_parts_stay_as_typed_and_the_difference_is_shown() -> None:
    typed = [
        Share(account=AccountKey(ConnectionID("c"), name), lot=Decimal(1), order_qty=Decimal(qty))
        for name, qty in (("a", 3), ("b", 4))
    ]
    assert allocate(Decimal(10), typed, CUSTOM) == Allocation(parts=(Decimal(3), Decimal(4)), remainder=Decimal(3))
    assert allocate(Decimal(5), typed, CUSTOM).remainder == -2


@pytest.mark.parametrize(
    ("total", "given", "method", "why"),
    [
        (Decimal(1), [], EQUAL, "at least one"),
        (Decimal(0), shares("1"), EQUAL, "above zero"),
        (Decimal(1), shares("1", lot="0"), EQUAL, "lot"),
        (Decimal(1), shares("-1", "2"), RATIO, "negative"),
        (Decimal(1), shares("0", "0"), RATIO, "above zero"),
    ],
)
def test_what_makes_no_sense_is_refused(total: Decimal, given: list[Share], method: AllocationMethod, why: str) -> None:
    with pytest.raises(NotAllocable, match=why):
        allocate(total, given, method)


lots = st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(5)])
weights = st.decimals(min_value=0, max_value=1000, places=2)


@given(
    total=st.decimals(min_value="0.01", max_value="1000000", places=2),
    given_shares=st.lists(st.tuples(weights, lots), min_size=1, max_size=8),
    method=st.sampled_from([EQUAL, RATIO]),
)
def test_parts_are_whole_lots_near_their_share_and_add_up_exactly(
    total: Decimal, given_shares: list[tuple[Decimal, Decimal]], method: AllocationMethod
) -> None:
    made = [
        Share(account=AccountKey(ConnectionID("c"), str(place)), lot=lot, weight=weight)
        for place, (weight, lot) in enumerate(given_shares)
    ]
    if method is RATIO and not any(weight for weight, _ in given_shares):
        return
    split = allocate(total, made, method)
    assert sum(split.parts, Decimal(0)) + split.remainder == total
    assert split.remainder >= 0
    whole = sum((one.weight for one in made), Decimal(0)) if method is RATIO else Decimal(len(made))
    for share, part in zip(made, split.parts, strict=True):
        weight = share.weight if method is RATIO else Decimal(1)
        assert part % share.lot == 0
        assert abs(part * whole - total * weight) < share.lot * whole
        assert weight > 0 or part == 0
    same_lot = {share.lot for share in made}
    if len(same_lot) == 1:
        assert split.remainder < same_lot.pop()
