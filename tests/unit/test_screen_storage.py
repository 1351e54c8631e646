from pathlib import Path

import pytest

from workstation.screen_storage import ScreenLayouts, ScreenSettings
from workstation.storage.settings import SettingsStore
from workstation.storage.workspaces import WorkspaceStore
from workstation.widgets.layout_port import Layout


def test_settings_and_layouts_outlive_a_run(tmp_path: Path) -> None:
    complaints: list[str] = []
    settings = ScreenSettings(SettingsStore.open(tmp_path / "settings.json"), complaints.append)
    layouts = ScreenLayouts(WorkspaceStore.open(tmp_path / "workspaces.json"), complaints.append)
    layout = Layout(state=b"\x00docks", geometry=b"\xff", locked=True)
    settings.put("appearance", {"zoom_percent": 150})
    layouts.save("workspace-1", layout)
    again = ScreenSettings(SettingsStore.open(tmp_path / "settings.json"), complaints.append)
    layouts_again = ScreenLayouts(WorkspaceStore.open(tmp_path / "workspaces.json"), complaints.append)
    assert again.get("appearance") == {"zoom_percent": 150}
    assert layouts_again.names() == ["workspace-1"]
    assert layouts_again.load("workspace-1") == layout
    layouts_again.remove("workspace-1")
    assert layouts_again.load("workspace-1") is None
    assert not complaints


def test_a_disk_that_takes_nothing_is_said_once_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    complaints: list[str] = []
    settings = ScreenSettings(SettingsStore.open(tmp_path / "settings.json"), complaints.append)
    layouts = ScreenLayouts(WorkspaceStore.open(tmp_path / "workspaces.json"), complaints.append)
    monkeypatch.setattr("workstation.storage.settings.write_atomically", full)
    monkeypatch.setattr("workstation.storage.workspaces.write_atomically", full)
    settings.put("keys", {"F2": "x"})
    settings.put("keys", {"F2": "y"})
    assert settings.get("keys") == {"F2": "y"}
    assert len(complaints) == 1
    layouts.save("workspace-1", Layout(state=b"docks"))
    assert layouts.load("workspace-1") == Layout(state=b"docks")
    assert len(complaints) == 2
