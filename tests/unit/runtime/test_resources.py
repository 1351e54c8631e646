import sys
from pathlib import Path

import pytest

from workstation.runtime.resources import resource_path


def test_resources_stand_beside_the_package() -> None:
    assert resource_path("instruments", "qst.json").is_file()


def test_the_frozen_program_finds_them_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_path("themes") == tmp_path / "resources" / "themes"
