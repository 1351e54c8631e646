import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.storage.settings import SettingsStore, SettingsUnwritable

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(section=st.text(min_size=1), value=st.dictionaries(st.text(), json_values, max_size=4))
def test_what_is_put_is_read_by_the_next_start(
    tmp_path_factory: pytest.TempPathFactory, section: str, value: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    SettingsStore.open(path).put(section, value)
    again = SettingsStore.open(path)
    assert again.get(section) == value
    assert not again.fault


def test_a_section_that_is_got_is_a_copy(tmp_path: Path) -> None:
    store = SettingsStore.open(tmp_path / "settings.json")
    store.put("keys", {"a": [1]})
    got = store.get("keys")
    got["a"] = [2]
    assert store.get("keys") == {"a": [1]}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"version": 1}', b"\xff\xfe", b"[" * 100_000, b'{"version":1,"sections":{"a":1}}']
)
def test_a_damaged_file_is_kept_aside_and_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    store = SettingsStore.open(path)
    assert "settings.damaged-1.json" in store.fault
    assert (tmp_path / "settings.damaged-1.json").read_bytes() == data
    store.put("keys", {"a": 1})
    assert SettingsStore.open(path).get("keys") == {"a": 1}


def test_a_newer_programs_file_is_not_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 99, "sections": {}}')
    assert "newer version" in SettingsStore.open(path).fault
    assert (tmp_path / "settings.damaged-1.json").exists()


def test_a_disk_that_takes_nothing_keeps_the_value_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = SettingsStore.open(tmp_path / "file" / "settings.json")
    with pytest.raises(SettingsUnwritable, match="hold until the program is closed"):
        store.put("keys", {"a": 1})
    assert store.get("keys") == {"a": 1}


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": object()}])
def test_what_is_no_json_is_our_own_mistake(tmp_path: Path, value: dict[str, object]) -> None:
    store = SettingsStore.open(tmp_path / "settings.json")
    with pytest.raises((TypeError, ValueError)):
        store.put("keys", value)
    assert store.get("keys") == {}


def test_engine_and_screen_may_write_at_once(tmp_path: Path) -> None:
    store = SettingsStore.open(tmp_path / "settings.json")

    def write(section: str) -> None:
        for number in range(20):
            store.put(section, {"n": number})

    threads = [threading.Thread(target=write, args=(f"s{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again = SettingsStore.open(tmp_path / "settings.json")
    assert [again.get(f"s{n}") for n in range(4)] == [{"n": 19}] * 4
