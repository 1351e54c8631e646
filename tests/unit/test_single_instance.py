import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from workstation.single_instance import SingleInstance


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "profile.lock")
    assert first.is_first
    with qtbot.waitSignal(first.raise_asked, timeout=20_000):
        second = SingleInstance(tmp_path / "profile.lock")
        assert not second.is_first
    first.release()
    third = SingleInstance(tmp_path / "profile.lock")
    assert third.is_first
    third.release()


def test_another_profile_is_another_window(qtbot: QtBot, tmp_path: Path) -> None:
    instances = [SingleInstance(tmp_path / name) for name in ("a.lock", "b.lock")]
    assert all(instance.is_first for instance in instances)
    for instance in instances:
        instance.release()


def test_the_lock_of_a_killed_process_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    lock = tmp_path / "profile.lock"
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from workstation.single_instance import SingleInstance; app = QCoreApplication([]); "
        f"instance = SingleInstance(Path({str(lock)!r})); assert instance.is_first; os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=50).returncode == -9
    assert lock.exists()
    instance = SingleInstance(lock)
    assert instance.is_first
    instance.release()
