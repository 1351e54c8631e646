from pathlib import Path

from workstation.domain.identity import AccountKey, ConnectionID
from workstation.storage.aliases import load_aliases, save_alias
from workstation.storage.settings import SettingsStore

MAIN = AccountKey(ConnectionID("qst"), "17014")
OTHER = AccountKey(ConnectionID("qst"), "17015")


def test_names_are_kept_and_taken_away(tmp_path: Path) -> None:
    settings = SettingsStore.open(tmp_path / "settings.json")
    save_alias(settings, MAIN, "Pension")
    save_alias(settings, OTHER, "Fun")
    save_alias(settings, OTHER, "")
    assert load_aliases(SettingsStore.open(tmp_path / "settings.json")) == {MAIN: "Pension"}


def test_entries_that_are_none_are_left_out_and_replaced(tmp_path: Path) -> None:
    settings = SettingsStore.open(tmp_path / "settings.json")
    settings.put("aliases", {"qst": 5, "x": {"1": 2, "2": "", "3": "Three"}})
    assert load_aliases(settings) == {AccountKey(ConnectionID("x"), "3"): "Three"}
    save_alias(settings, MAIN, "Main")
    assert load_aliases(settings)[MAIN] == "Main"
