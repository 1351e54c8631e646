"""Drafts survive exactly, keep their keys, and never lose what they cannot read."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.dock_screen import START_NS, corn_terms
from tests.support.fake_desk_client import FakeClock
from workstation.screen_storage import ScreenSettings
from workstation.storage.settings import SettingsStore
from workstation.widgets.drafts import SECTION, Drafts, KeptDraft
from workstation.widgets.settings_port import MemorySettings

EXACT = replace(corn_terms(qty=5, price="588.250"), order_qty=Decimal("1.10"), price=None)


def from_disk(path: Path) -> Drafts:
    return Drafts(ScreenSettings(SettingsStore.open(path), lambda _text: None), FakeClock(START_NS))


def test_a_draft_comes_back_exactly_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    drafts = from_disk(tmp_path / "settings.json")
    drafts.save(corn_terms())
    drafts.save(EXACT)
    drafts.remove("D1")
    (again,) = from_disk(tmp_path / "settings.json").all()
    assert again == KeptDraft(key="D2", terms=EXACT, saved_ns=START_NS)
    assert str(again.terms.order_qty) == "1.10"


def test_a_key_is_never_given_twice(qtbot: QtBot) -> None:
    settings = MemorySettings()
    first = Drafts(settings, FakeClock(START_NS))
    assert [first.save(corn_terms()).key for _ in range(2)] == ["D1", "D2"]
    first.remove("D2")
    assert Drafts(settings, FakeClock(START_NS)).save(corn_terms()).key == "D3"


def test_saving_again_changes_the_same_draft(qtbot: QtBot) -> None:
    drafts = Drafts(MemorySettings(), FakeClock(START_NS))
    key = drafts.save(corn_terms(qty=5)).key
    with qtbot.waitSignal(drafts.saved) as said:
        drafts.save(corn_terms(qty=7), key)
    assert [draft.terms.order_qty for draft in drafts.all()] == [7]
    assert said.args[0].key == key
    assert drafts.save(corn_terms(), "D99").key == "D2", "a key that was deleted meanwhile is not used again"


def test_a_removed_draft_can_be_put_back(qtbot: QtBot) -> None:
    drafts = Drafts(MemorySettings(), FakeClock(START_NS))
    drafts.save(corn_terms())
    with qtbot.waitSignal(drafts.removed):
        gone = drafts.remove("D1")
    assert drafts.all() == ()
    assert gone is not None
    drafts.put_back(gone)
    assert drafts.get("D1") == gone
    assert drafts.remove("D7") is None


def test_what_cannot_be_read_is_counted_and_kept(qtbot: QtBot) -> None:
    settings = MemorySettings()
    Drafts(settings, FakeClock(START_NS)).save(corn_terms())
    section = settings.get(SECTION)
    (good,) = section["drafts"]  # type: ignore[misc]
    bad: list[object] = ["no draft", {"key": 7}, {"key": "D9", "terms": {"symbol": "ZCZ26"}}, good]
    settings.put(SECTION, {**section, "drafts": [good, *bad]})
    drafts = Drafts(settings, FakeClock(START_NS))
    assert [draft.key for draft in drafts.all()] == ["D1"]
    assert drafts.unreadable == 4
    drafts.save(corn_terms())
    assert settings.get(SECTION)["drafts"][:4] == bad  # type: ignore[index]


def test_a_section_that_is_no_list_is_no_fault(qtbot: QtBot) -> None:
    settings = MemorySettings()
    settings.put(SECTION, {"drafts": "gone", "next": -3})
    assert Drafts(settings, FakeClock(START_NS)).save(corn_terms()).key == "D1"
