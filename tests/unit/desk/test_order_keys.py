import re

import pytest

from tests.support.fake_journal import FakeJournal
from workstation.desk.order_keys import OF_ORDERS, OF_POSITION_CHANGES, OrderKeys, draw_part
from workstation.domain.identity import ClOrdID
from workstation.storage.records import Record, RecordKind

LONGEST = 20


def journal_of(*keys: str) -> FakeJournal:
    journal = FakeJournal()
    for key in keys:
        journal.append(Record(kind=RecordKind.INTENT, time_ns=1, body={}, cl_ord_id=ClOrdID(key)))
    return journal


def never() -> str:
    raise AssertionError("a part is drawn once in a profile's life")


def test_a_part_is_short_and_drawn_by_chance() -> None:
    drawn = {draw_part() for _ in range(50)}
    assert all(re.fullmatch("[0-9a-f]{4}", part) for part in drawn)
    assert len(drawn) > 40


def test_keys_count_on_from_their_first_number_each_kind_by_itself() -> None:
    keys = OrderKeys(journal_of(), lambda: "7f3a")
    assert [keys.new(OF_ORDERS), keys.new(OF_ORDERS)] == ["W7f3a-1001", "W7f3a-1002"]
    assert keys.new(OF_POSITION_CHANGES) == "P7f3a-1001"


def test_a_profile_keeps_its_part_and_counts_on() -> None:
    keys = OrderKeys(journal_of("W7f3a-1041", "P7f3a-1007"), never)
    assert (keys.new(OF_ORDERS), keys.new(OF_POSITION_CHANGES)) == ("W7f3a-1042", "P7f3a-1008")


def test_a_part_that_only_changes_of_positions_have_is_kept_too() -> None:
    assert OrderKeys(journal_of("P7f3a-1007"), never).new(OF_ORDERS) == "W7f3a-1001"


def test_a_journal_of_before_goes_on_counting() -> None:
    keys = OrderKeys(journal_of("W1001", "W1041"), lambda: "7f3a")
    assert keys.new(OF_ORDERS) == "W7f3a-1042"
    assert OrderKeys(journal_of("W1041", "W7f3a-1042"), never).new(OF_ORDERS) == "W7f3a-1043"


@pytest.mark.parametrize("kind", [OF_ORDERS, OF_POSITION_CHANGES])
def test_no_key_is_longer_than_a_venue_takes(kind: str) -> None:
    last = f"{kind}7f3a-{10**14 - 2}"
    assert len(OrderKeys(journal_of(last), never).new(kind)) == LONGEST
