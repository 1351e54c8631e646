"""Goal 7, memory: bytes per row with record and index, and the whole program at rest, next to vn.py's."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import vnpy_environment
from tests.benchmarks.interleave import Figure, at_most, interleaved
from tests.benchmarks.vnpy_environment import NoPeer, measure, measure_ours
from workstation.app import BUILT_IN
from workstation.runtime.paths import ProfilePaths
from workstation.storage.settings import SettingsStore

MEASURED_PEER = 11_287.0
ROUNDS = 5
_RESTS_AFTER_S = 3.0
_LONGEST_S = 60.0
_PEER_WINDOW = Path(__file__).with_name("vnpy_first_paint.py")


def run() -> Iterator[Figure]:
    """Compare growth of the process over rows of both tables, and what each program holds when its window rests."""

    def ours() -> float:
        return float(measure_ours("memory:100000")["bytes_per_row"])

    try:
        mine, peer = interleaved(ours, lambda: float(measure("memory", sorting=False)["bytes_per_row"]), rounds=ROUNDS)
        yield at_most("bytes per row, record and index included", mine, peer, 0.05, unit="B")
    except NoPeer as missing:
        (mine,) = interleaved(ours, rounds=ROUNDS)
        note = f"no vn.py ({missing}); next to {MEASURED_PEER:,.0f} B measured before, without its record"
        yield at_most("bytes per row, record and index included", mine, MEASURED_PEER, 0.05, unit="B", note=note)
        return
    yield _whole_program()


def _whole_program() -> Figure:
    """Compare the loaded programs: window shown, engine or event engine running, nothing connected."""
    with tempfile.TemporaryDirectory(prefix="workstation-benchmark-") as profile:
        paths = ProfilePaths(Path(profile))
        paths.create()
        SettingsStore.open(paths.settings).put(BUILT_IN, {"at_start": False})
        commands = (
            [sys.executable, "-m", "workstation", "--profile", profile],
            [str(vnpy_environment.python()), str(_PEER_WINDOW), "stay"],
        )
        mine, peer = interleaved(
            *(lambda command=command: _resting_mib(command) for command in commands), rounds=ROUNDS
        )
    return at_most("resident memory of the loaded program", mine, peer, 0.60, unit="MiB", note="nothing connected")


def _resting_mib(command: list[str]) -> float:
    """Start a program, wait until its memory no longer grows, and end it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        held, since_s, began_s = 0.0, time.monotonic(), time.monotonic()
        while time.monotonic() - since_s < _RESTS_AFTER_S and time.monotonic() - began_s < _LONGEST_S:
            time.sleep(0.1)
            now = _resident_mib(process.pid)
            if abs(now - held) > 0.25:
                held, since_s = now, time.monotonic()
        process.terminate()
        process.wait()
    return held


def _resident_mib(pid: int) -> float:
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
