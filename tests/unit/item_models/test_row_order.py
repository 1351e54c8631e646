"""An order of slots is what sorting all of them by (key, slot) gives, however it came about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.item_models import row_order
from workstation.item_models.row_order import RowOrder, sorted_in_steps

keys = st.lists(st.integers(0, 6), min_size=1, max_size=60)


def expected(slots: set[int], by: list[int] | None) -> list[int]:
    return sorted(slots) if by is None else sorted(slots, key=lambda slot: (by[slot], slot))


@given(keys, st.data(), st.booleans())
def test_adding_and_dropping_keep_the_order(by: list[int], data: st.DataObject, keyed: bool) -> None:
    used = by if keyed else None
    order, held = RowOrder([], used), set[int]()
    for _ in range(6):
        rest = sorted(set(range(len(by))) - held)
        came = set(data.draw(st.lists(st.sampled_from(rest), unique=True))) if rest else set()
        order.add(came)
        held |= came
        assert order.slots == expected(held, used)
        went = set(data.draw(st.lists(st.sampled_from(sorted(held)), unique=True))) if held else set()
        order.drop(went)
        held -= went
        assert order.slots == expected(held, used)
        for place, slot in enumerate(order.slots):
            assert order.position(slot) == place
        for slot in set(range(len(by))) - held:
            assert not order.contains(slot)
            with pytest.raises(KeyError):
                order.position(slot)


@given(keys, st.integers(1, 7))
def test_sorting_in_steps_gives_the_same_and_takes_small_steps(by: list[int], run: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_order, "RUN", run)
        found = list(sorted_in_steps(range(len(by)), by))
    assert found[-1] == expected(set(range(len(by))), by)
    assert found[:-1] == [None] * (len(found) - 1)
    assert len(found) > len(by) // run


def test_nothing_to_sort() -> None:
    assert list(sorted_in_steps([], [])) == [[]]


def test_renumbering() -> None:
    order = RowOrder([3, 1], [None, 5, None, 4])
    order.renumber([-1, 0, -1, 1], [5, 4])
    assert order.slots == [1, 0]
    assert order.position(0) == 1
