from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.storage.journal_rig import opened, record, run, tampered
from workstation.domain.identity import ConnectionID
from workstation.storage.records import Record, RecordKind

K = RecordKind


def test_the_last_state_of_every_order(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([record(K.ORDER, "W1", n=1), record(K.ORDER, "W2", n=2)])
            await journal.commit([record(K.ORDER, "W1", n=3), record(K.NOTE, "W2"), record(K.INTENT, "W3")])
            assert [(row.cl_ord_id, row.body) for row in journal.last_orders()] == [("W2", {"n": 2}), ("W1", {"n": 3})]

    run(work())


def test_open_intents_survive_a_new_start(tmp_path: Path) -> None:
    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            await journal.commit([record(K.INTENT, "W1", n=1), record(K.INTENT, "W2", n=2)])
            await journal.commit([record(K.ANSWER, "W1")])
        with opened(tmp_path / "j") as journal:
            assert [(row.cl_ord_id, row.body) for row in journal.open_intents()] == [("W2", {"n": 2})]

    run(work())


def model_of(steps: list[tuple[RecordKind, str]]) -> list[int]:
    """Open intents by the rule in words: an answer closes the oldest open intent of its order."""
    waiting: dict[str, list[int]] = {}
    for number, (kind, key) in enumerate(steps):
        mine = waiting.setdefault(key, [])
        if kind is K.INTENT:
            mine.append(number)
        elif kind is K.ANSWER and mine:
            mine.pop(0)
    return sorted(number for mine in waiting.values() for number in mine)


@given(steps=st.lists(st.tuples(st.sampled_from([K.INTENT, K.ANSWER, K.ORDER]), st.sampled_from(["W1", "W2", "W3"]))))
def test_answers_close_the_oldest_intent_of_their_order(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[RecordKind, str]]
) -> None:
    async def work() -> None:
        with opened(tmp_path_factory.mktemp("journal") / "j") as journal:
            for number, (kind, key) in enumerate(steps):
                journal.append(record(kind, key, n=number))
            assert [row.body["n"] for row in journal.open_intents()] == model_of(steps)

    run(work())


@pytest.mark.parametrize(
    ("keys", "prefix", "expected"),
    [
        ([], "W", 0),
        (["W9", "W10", "W0042"], "W", 42),
        (["X99", "W3x", "Wx3", "W", "w77"], "W", 0),
        (["W1", "E5"], "E", 5),
        (["W*1", "W*7"], "W*", 7),
    ],
)
def test_the_next_order_number_follows_the_largest_ever_used(
    tmp_path: Path, keys: list[str], prefix: str, expected: int
) -> None:
    with opened(tmp_path / "j") as journal:
        for key in keys:
            journal.append(record(K.INTENT, key))
        assert journal.last_number(prefix) == expected


@pytest.mark.parametrize(
    ("keys", "prefix", "expected"),
    [
        ([], "W", ""),
        (["W1001", "W7f3a-", "W7f3a-x", "W7f3a-1x", "W7F3A-1", "W7f3-1", "W7f3ab-1", "w7f3a-1"], "W", ""),
        (["W1001", "W7f3a-1002", "Pbeef-2000"], "W", "7f3a"),
        (["P0123-1"], "P", "0123"),
        (["Wffff-999", "W7f3a-1002"], "W", "7f3a"),
    ],
)
def test_the_profiles_own_part_is_read_from_its_keys(
    tmp_path: Path, keys: list[str], prefix: str, expected: str
) -> None:
    with opened(tmp_path / "j") as journal:
        for key in keys:
            journal.append(record(K.INTENT, key))
        assert journal.last_part(prefix) == expected


def test_rows_without_an_order_are_no_order_s_history(tmp_path: Path) -> None:
    with opened(tmp_path / "j") as journal:
        journal.append(Record(kind=K.ORDER, time_ns=1, body={}))
        assert journal.last_orders() == []
        assert len(journal.read_from(1)) == 2


def test_items_of_lists_are_held_per_connection_and_over_a_new_start(tmp_path: Path) -> None:
    qst, xapi = ConnectionID("qst"), ConnectionID("xapi")

    async def work() -> None:
        with opened(tmp_path / "j") as journal:
            journal.append(Record(kind=K.NOTE, time_ns=1, body={"items": ["a", "é"]}, connection_id=qst))
            assert journal.holds(qst, ["a", "b", "é"]) == {"a", "é"}
        with opened(tmp_path / "j") as journal:
            assert journal.holds(qst, ["a", "b"]) == {"a"}
            assert journal.holds(xapi, ["a", "b"]) == frozenset()

    run(work())


def test_a_journal_of_the_first_days_learns_what_it_holds_from_now_on(tmp_path: Path) -> None:
    with opened(tmp_path / "j"):
        pass
    tampered(tmp_path / "j", "DROP TABLE held")
    with opened(tmp_path / "j") as journal:
        assert journal.holds(ConnectionID("qst"), ["a"]) == frozenset()
