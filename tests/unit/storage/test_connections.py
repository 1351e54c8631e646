from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.connection import ConnectionProfile, Environment, InvalidProfile
from workstation.domain.identity import ConnectionID
from workstation.storage.connections import load_connections, profile_body, profile_of, save_connections
from workstation.storage.settings import SettingsStore

DEMO = ConnectionProfile(
    connection_id=ConnectionID("qst-demo"),
    venue="qst",
    name="QST demo",
    environment=Environment.DEMO,
    url="wss://demo.example/qst",
    settings={"username": "me", "firmId": "CVS"},
    secret_names=("password",),
    connect_at_start=False,
)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore.open(tmp_path / "settings.json")


def test_profiles_come_back_as_they_were_and_in_their_order(settings: SettingsStore) -> None:
    other = replace(DEMO, connection_id=ConnectionID("b"), environment=Environment.LIVE)
    save_connections(settings, [other, DEMO])
    loaded = load_connections(settings)
    assert loaded.profiles == (other, DEMO)
    assert loaded.faults == ()


@pytest.mark.parametrize(
    "change",
    [
        {"url": "ws://demo.example"},
        {"environment": "REAL"},
        {"environment": "SIMULATED"},
        {"settings": {"port": 1}},
        {"settings": []},
        {"secret_names": "password"},
        {"connect_at_start": "yes"},
        {"name": ""},
        {"venue": None},
    ],
)
def test_a_bad_entry_is_named_kept_and_hides_no_other(settings: SettingsStore, change: dict[str, object]) -> None:
    bad = profile_body(replace(DEMO, connection_id=ConnectionID("bad"))) | change
    settings.put("connections", {"profiles": [bad, profile_body(DEMO)]})
    loaded = load_connections(settings)
    assert loaded.profiles == (DEMO,)
    assert len(loaded.faults) == 1
    assert loaded.faults[0].startswith("Connection 1 in the settings was skipped.")
    save_connections(settings, loaded.profiles)
    assert bad in settings.get("connections")["profiles"]  # type: ignore[operator]


def test_two_with_one_key_are_one(settings: SettingsStore) -> None:
    settings.put("connections", {"profiles": [profile_body(DEMO), profile_body(DEMO)]})
    assert load_connections(settings).profiles == (DEMO,)


@pytest.mark.parametrize("section", [{}, {"profiles": 3}, {"profiles": [None, "x", 1]}])
def test_what_is_no_list_is_no_connection(settings: SettingsStore, section: dict[str, object]) -> None:
    settings.put("connections", section)
    assert load_connections(settings).profiles == ()


def test_a_secret_among_the_settings_is_never_written(settings: SettingsStore) -> None:
    leaking = replace(DEMO, settings={"password": "hunter2"})
    with pytest.raises(InvalidProfile, match="password is a secret"):
        save_connections(settings, [leaking])
    assert settings.get("connections") == {}


def test_what_is_no_entry_is_refused() -> None:
    with pytest.raises(InvalidProfile, match="no connection"):
        profile_of("wss://x")
