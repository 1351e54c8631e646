"""Records, their counts and the filter's verdicts."""

from hypothesis import given
from hypothesis import strategies as st

from workstation.item_models.row_store import RowFilter, RowStore

Record = tuple[int, int, str]
records = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2), st.sampled_from(["ash", "beech", "cedar ash"])))


def store() -> RowStore[int, Record]:
    return RowStore(lambda record: record[0], lambda record: record[1], lambda record: record[2], groups=3)


def odd(record: Record) -> bool:
    return record[0] % 2 == 1


@given(records, st.sets(st.integers(0, 9)), records)
def test_counts_and_slots_follow(first: list[Record], gone: set[int], second: list[Record]) -> None:
    kept, known = store(), dict[int, Record]()
    kept.put(first)
    known.update((record[0], record) for record in first)
    kept.remove(gone)
    known = {key: record for key, record in known.items() if key not in gone}
    kept.put(second)
    known.update((record[0], record) for record in second)
    assert {key: kept.record(slot) for key, slot in kept.slot_of.items()} == known
    assert kept.counts == [sum(record[1] == group for record in known.values()) for group in range(3)]
    moved = kept.compact()
    assert kept.dead == 0
    assert sorted(new for new in moved if new >= 0) == list(range(len(known)))
    assert {key: kept.record(slot) for key, slot in kept.slot_of.items()} == known


@given(records, st.sets(st.integers(0, 9)), st.booleans())
def test_verdicts_in_steps_are_those_of_single_rows(first: list[Record], gone: set[int], narrow: bool) -> None:
    kept = store()
    kept.put(first)
    kept.remove(gone)
    wanted: RowFilter[Record] = RowFilter(("ash",), frozenset({0, 2}), odd)
    for _ in kept.build_haystacks():
        pass
    within = bytearray(record is not None and odd(record) for record in kept.records) if narrow else None
    found = bytearray()
    for _ in kept.verdicts(wanted, within, found):
        pass
    kept.filter = wanted
    assert [bool(verdict) for verdict in found] == [
        record is not None and kept.passes(slot) for slot, record in enumerate(kept.records)
    ]


def test_what_narrows() -> None:
    wide: RowFilter[Record] = RowFilter(("as",), frozenset({0, 1}))
    assert RowFilter(("ash", "x"), frozenset({0})).narrows(wide)
    assert not RowFilter(("a",), frozenset({0})).narrows(wide)
    assert not RowFilter(("ash",), None).narrows(wide)
    assert not wide.narrows(RowFilter(accepts=odd))
    assert RowFilter().is_open
    assert not wide.is_open
