from typing import Any

import pytest

from tests.support.fake_clock import FakeClock
from tests.support.fake_journal import FakeJournal
from tests.support.fake_venue import ACCOUNT, CONNECTION
from tests.support.gate_contexts import order_of
from workstation.desk import activity
from workstation.desk.activity import ActivityLog
from workstation.desk.messages import ActivityKind, ActivityLine
from workstation.desk.recorder import Recorder
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, OrderID
from workstation.storage.records import RecordKind
from workstation.venues.base import ActivityItem, ActivityListed, Severity


class Rig:
    def __init__(self, journal: FakeJournal | None = None) -> None:
        self.lines: list[Any] = []
        self.journal = journal or FakeJournal()
        clock = FakeClock()
        self.log = ActivityLog(Recorder(self.journal, clock), self.lines.append, clock)

    def list_items(self, *keys: str, account: AccountKey = ACCOUNT) -> None:
        items = tuple(
            ActivityItem(key=key, account=account, text=f"Item {key}", transact_time_ns=7, order_id=OrderID(key))
            for key in keys
        )
        self.log.venue_items(ActivityListed(account=account, items=items), lambda place, number: ClOrdID(f"W{number}"))

    def texts(self) -> list[str]:
        return [line.text for line in self.lines]


def test_each_line_is_numbered_journaled_and_shown() -> None:
    rig = Rig()
    rig.log.say("One.")
    rig.log.say("Two.", Severity.ERROR, ActivityKind.RULES, account=ACCOUNT)
    assert [(line.seq, line.text) for line in rig.lines] == [(1, "One."), (2, "Two.")]
    assert (rig.lines[1].connection_id, rig.lines[1].account) == (CONNECTION, ACCOUNT)
    assert [(row.kind, row.body["text"]) for row in rig.journal.rows] == [
        (RecordKind.NOTE, "One."),
        (RecordKind.NOTE, "Two."),
    ]
    assert rig.journal.rows[1].body["severity"] == "ERROR"


def test_a_line_about_an_order_leads_to_it() -> None:
    rig = Rig()
    rig.log.order(order_of(), "Filled.", Severity.SUCCESS)
    line = rig.lines[0]
    assert isinstance(line, ActivityLine)
    assert (line.kind, line.cl_ord_id, line.account) == (ActivityKind.ORDERS, "W1001", ACCOUNT)
    assert rig.journal.rows[0].cl_ord_id == "W1001"


def test_a_line_about_a_connection_leads_to_it() -> None:
    rig = Rig()
    rig.log.connection(CONNECTION, "Live.")
    assert (rig.lines[0].kind, rig.lines[0].connection_id) == (ActivityKind.CONNECTION, CONNECTION)


def test_the_venues_time_is_kept_and_else_it_is_now() -> None:
    rig = Rig()
    rig.log.say("Then.", time_ns=7)
    rig.log.say("Now.")
    assert rig.lines[0].time_ns == 7
    assert rig.lines[1].time_ns > 7


def test_a_reloaded_history_adds_nothing_twice() -> None:
    rig = Rig()
    rig.list_items("1", "2")
    rig.list_items("1", "2", "3")
    assert rig.texts() == ["Item 1", "Item 2", "Item 3"]
    assert [(line.cl_ord_id, line.time_ns) for line in rig.lines[:1]] == [("W1", 7)]


def test_the_same_key_at_another_venue_is_another_item() -> None:
    rig = Rig()
    rig.list_items("1")
    rig.list_items("1", account=AccountKey(ConnectionID("other"), "17014"))
    assert len(rig.lines) == 2


def test_the_memory_of_items_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity, "_KEYS_KEPT", 2)
    rig = Rig()
    rig.list_items("1", "2", "3")
    rig.list_items("2", "3")
    assert rig.texts() == ["Item 1", "Item 2", "Item 3"]
    assert len(rig.log._keys) == 2


def test_what_the_journal_holds_of_a_history_is_shown_again_after_a_restart_but_not_written() -> None:
    first = Rig()
    first.list_items("1", "2")
    again = Rig(first.journal)
    again.list_items("1", "2", "3")
    assert again.texts() == ["Item 1", "Item 2", "Item 3"]
    assert [row.body["text"] for row in again.journal.rows] == ["Item 1", "Item 2", "Item 3"]
