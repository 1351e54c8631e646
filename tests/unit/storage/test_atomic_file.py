import os
from pathlib import Path

import pytest

from workstation.storage.atomic_file import keep_aside, write_atomically


def test_a_file_is_replaced_whole_and_only_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b"old")
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["settings.json"]


def test_what_was_there_survives_a_disk_that_fails_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["settings.json"]


def test_damaged_files_are_kept_under_names_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    for number in (1, 2):
        file.write_text(f"{number}")
        assert keep_aside(file, "damaged") == tmp_path / f"settings.damaged-{number}.json"
    assert not file.exists()
