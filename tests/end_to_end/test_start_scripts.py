"""The two commands of the README: what they check before they start, and the one line they say when they cannot."""

import importlib.util
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "packaging" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(os.name == "nt", reason="run.cmd is its twin there")
def test_without_a_python_one_line_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")  # an older Python: it fails the version check
    (tmp_path / "python3").chmod(0o755)
    for tool in ("dirname", "uname", "id", "sh"):
        found = next(path for folder in ("/usr/bin", "/bin") if (path := Path(folder) / tool).exists())
        (tmp_path / tool).symlink_to(found)
    ended = subprocess.run(
        ["/bin/sh", str(ROOT / "run"), "demo"],
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "Python 3.11 or newer" in ended.stderr


def test_a_plain_user_is_told_what_to_paste(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    with pytest.raises(SystemExit) as ended:
        bootstrap.provide_libraries(bootstrap.LIBRARIES)
    assert ended.value.code == 2
    assert capsys.readouterr().err.strip().endswith("sudo apt install libegl1")


def test_a_container_installs_them_itself(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "succeeds", lambda command, env=None: ran.append(list(command)) or True)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0)
    monkeypatch.setattr(bootstrap.sys.stdin, "isatty", lambda: False, raising=False)
    bootstrap.provide_packages(["libegl1"], ["mesa-libEGL"])
    assert ran[0][:2] == ["apt-get", "update"]
    assert ran[1][-1] == "libegl1"


def test_an_old_system_is_named(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.platform, "libc_ver", lambda: ("glibc", "2.31"))
    with pytest.raises(SystemExit):
        bootstrap.wheels_for_this_system()
    assert "glibc 2.34 or newer" in capsys.readouterr().err


def test_a_changed_lock_is_another_environment(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = bootstrap.fingerprint("requirements")
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "requirements.lock").write_text("other==1")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert bootstrap.fingerprint("requirements") != before


def test_an_environment_that_is_up_to_date_costs_nothing(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path)
    python = tmp_path / "python"
    python.write_text("")
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    monkeypatch.setattr(bootstrap, "succeeds", lambda *_, **__: pytest.fail("nothing is to be installed"))
    (tmp_path / "stamps").mkdir()
    (tmp_path / "stamps" / "requirements-test").write_text(bootstrap.fingerprint("requirements-test"))
    bootstrap.provide_environment(bootstrap.RUN_LOCK)  # what the tests need holds all that the program needs
    bootstrap.provide_environment(bootstrap.TEST_LOCK)


def test_both_locks_are_hashed_and_hold_no_address() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")


def test_what_a_run_needs_is_pinned_alike_for_the_tests() -> None:
    pins = []
    for name in ("requirements.lock", "requirements-test.lock"):
        lines = (ROOT / "packaging" / name).read_text(encoding="utf-8").splitlines()
        pins.append({line.split(" ")[0] for line in lines if "==" in line and not line.startswith(" ")})
    assert pins[0] <= pins[1]
