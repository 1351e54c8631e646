from pathlib import Path

import pytest

from workstation.runtime.paths import ProfilePaths, ProfileUnusable


def test_everything_stands_in_one_folder_of_its_owner(tmp_path: Path) -> None:
    paths = ProfilePaths(tmp_path / "a" / "profile")
    paths.create()
    paths.create()
    assert paths.root.stat().st_mode & 0o077 == 0
    assert paths.logs.is_dir()
    files = {paths.journal, paths.settings, paths.workspaces, paths.vault, paths.lock, paths.logs}
    assert {file.parent for file in files} == {paths.root}
    assert len(files) == 6


def test_a_folder_that_cannot_be_made_is_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileUnusable, match=r"file.*--profile"):
        ProfilePaths(tmp_path / "file" / "profile").create()


def test_the_default_is_an_absolute_folder_of_this_program() -> None:
    root = ProfilePaths.default().root
    assert root.is_absolute()
    assert "workstation" in str(root).lower()
