from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.storage.workspaces import Workspace, WorkspaceStore, WorkspacesUnwritable

layouts = st.builds(
    Workspace,
    state=st.binary(max_size=60),
    geometry=st.binary(max_size=30),
    locked=st.booleans(),
    docks=st.dictionaries(st.text(), st.integers(-1000, 1000), max_size=3),
)


@given(name=st.text(min_size=1), layout=layouts)
def test_a_layout_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, name: str, layout: Workspace) -> None:
    path = tmp_path_factory.mktemp("w") / "workspaces.json"
    WorkspaceStore.open(path).save(name, layout)
    again = WorkspaceStore.open(path)
    assert again.load(name) == layout
    assert again.names() == [name]
    assert not again.fault


def test_a_change_can_be_taken_back(tmp_path: Path) -> None:
    store = WorkspaceStore.open(tmp_path / "w.json")
    first, second = Workspace(state=b"1"), Workspace(state=b"2")
    store.save("main", first)
    store.save("main", second)
    assert store.previous("main") == first
    assert store.undo("main") == first
    assert WorkspaceStore.open(tmp_path / "w.json").load("main") == first


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\x00\x01", b'{"version": 1}'])
def test_a_damaged_file_is_kept_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(data)
    store = WorkspaceStore.open(path)
    assert store.names() == []
    assert store.fault
    assert len(list(tmp_path.glob("w.damaged-1.json"))) == 1


def test_a_damaged_entry_reads_as_none(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    store = WorkspaceStore.open(path)
    store.save("main", Workspace(state=b"docks"))
    store.save("other", Workspace(state=b"docks"))
    path.write_text(path.read_text().replace('"ZG9ja3M="', '"%%%"', 1))
    again = WorkspaceStore.open(path)
    assert sorted(name for name in again.names() if again.load(name) is not None) in (["main"], ["other"])


def test_a_disk_that_takes_nothing_keeps_the_layout_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = WorkspaceStore.open(tmp_path / "file" / "w.json")
    with pytest.raises(WorkspacesUnwritable):
        store.save("main", Workspace(state=b"docks"))
    assert store.load("main") == Workspace(state=b"docks")


def test_a_removed_layout_is_gone(tmp_path: Path) -> None:
    store = WorkspaceStore.open(tmp_path / "w.json")
    store.save("main", Workspace(state=b"docks"))
    store.remove("main")
    store.remove("main")
    assert WorkspaceStore.open(tmp_path / "w.json").names() == []
