"""The command line as other programs use it: real processes, exit codes, one line where something is wrong."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workstation import __version__

ROOT = Path(__file__).resolve().parents[2]
PNG = b"\x89PNG\r\n\x1a\n"


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}


def run(*words: str, timeout: int = 50) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "workstation", *words]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=timeout, check=False)


@contextmanager
def running(*words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "workstation", *words]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def only_line(ended: subprocess.CompletedProcess[str]) -> str:
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    return lines[0]


def test_version_is_name_and_version() -> None:
    ended = run("--version")
    assert (ended.returncode, ended.stdout) == (0, f"workstation {__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        ["demoo"],
        ["--quit-after", "soon"],
        ["--quit-after", "-1"],
        ["--screenshot", "window.png"],
        ["demo", "--profile", "somewhere"],
        ["simulate", "--port-qst", "many"],
        ["simulate", "--host", "192.0.2.1"],
        ["simulate", "--faults", "no-such-file.json"],
        ["simulate", "--tls-cert", "no-such-file.pem", "--tls-key", "no-such-file.pem"],
        ["journal"],
        ["journal", "repair"],
        ["journal", "verify", "--profile", "no-such-folder"],
    ],
)
def test_bad_words_get_one_line_and_exit_2(words: list[str]) -> None:
    ended = run(*words)
    assert ended.returncode == 2
    assert len(only_line(ended)) > 20
    assert ended.stdout == ""


def test_simulate_announces_its_venues_in_one_line_and_ends_on_sigterm() -> None:
    with running("simulate", "--seed", "7") as process:
        assert process.stdout is not None
        announced = json.loads(process.stdout.readline())
        assert set(announced["qst"]) == {"url", "login", "order_entry", "accounts", "instruments"}
        assert set(announced["qst"]["login"]) == {"username", "password", "firmId", "clientUniqueId"}
        assert set(announced["qst"]["order_entry"]) == {"username", "passwordHash", "orderEntryProvider"}
        assert len(announced["qst"]["accounts"]) >= 3
        assert len(announced["qst"]["instruments"]) >= 8
        for instrument in announced["qst"]["instruments"]:
            assert {"symbol", "tick_size", "lot_size", "bid", "ask"} <= set(instrument)
            assert all(isinstance(instrument[name], str) for name in ("tick_size", "lot_size", "bid", "ask"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == ""


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = run("simulate", "--port-qst", port)
    assert ended.returncode == 2
    assert port in only_line(ended)


def test_the_demo_saves_what_it_shows(tmp_path: Path) -> None:
    shot = tmp_path / "window.png"
    ended = run("demo", "--screenshot", str(shot), "--quit-after", "2")
    assert ended.returncode == 0, ended.stderr
    assert shot.read_bytes().startswith(PNG)


def test_a_screenshot_that_cannot_be_saved_is_said(tmp_path: Path) -> None:
    ended = run("demo", "--screenshot", str(tmp_path / "no" / "such" / "folder" / "a.png"), "--quit-after", "0")
    assert ended.returncode == 2
    assert "a.png" in only_line(ended)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_program_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    profile = tmp_path / "profile"
    with running("--profile", str(profile)) as process:
        while not (profile / "journal.sqlite").exists() and process.poll() is None:
            pass
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
    ended = run("journal", "verify", "--profile", str(profile))
    assert ended.returncode == 0, ended.stderr
    assert "intact" in ended.stdout


def test_an_unusable_profile_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    ended = run("--profile", str(file), "--quit-after", "1")
    assert ended.returncode == 2
    assert str(file) in only_line(ended)


def test_a_profile_is_opened_once(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with running("--profile", str(profile)) as process:
        while not (profile / "journal.sqlite").exists() and process.poll() is None:
            pass
        second = run("--profile", str(profile))
        assert second.returncode == 0, second.stderr
        assert "already open" in only_line(second)
        assert process.poll() is None


@pytest.mark.timeout(120)
def test_selftest_trades_and_reports() -> None:
    ended = run("selftest", timeout=110)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    lines = ended.stdout.splitlines()
    assert len(lines) >= 8
    assert all(line.startswith("ok ") for line in lines[:-1])


def test_commands_without_a_window_load_no_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from workstation.__main__ import main; "
        f"main(['journal', 'verify', '--profile', {str(tmp_path)!r}]); "
        "import workstation.simulators.serve; "
        "sys.exit(any(name.startswith(('PySide6', 'qasync')) for name in sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, timeout=50, check=False
    )
    assert ended.returncode == 0, ended.stderr
