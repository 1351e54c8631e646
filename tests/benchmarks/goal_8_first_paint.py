"""Goal 8, first paint: the complete program from its command line, next to a bare QMainWindow and to vn.py."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import vnpy_environment
from tests.benchmarks.interleave import Figure, at_most, interleaved
from tests.benchmarks.vnpy_environment import NoPeer
from workstation.app import BUILT_IN
from workstation.runtime.paths import ProfilePaths
from workstation.storage.settings import SettingsStore

ROUNDS = 9
FOLDER = Path(__file__).parent


def started(command: list[str], profile: str) -> float:
    """Return the seconds of one whole process."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BENCHMARK_PROFILE": profile}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    began = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL, timeout=60)
    return time.perf_counter() - began


def run() -> Iterator[Figure]:
    """Start all sides, taking turns; the first round warms the caches and makes the profile."""
    bare = [str(FOLDER / "first_paint.py"), "bare"]
    with tempfile.TemporaryDirectory(prefix="workstation-benchmark-") as profile:
        paths = ProfilePaths(Path(profile))
        paths.create()
        SettingsStore.open(paths.settings).put(BUILT_IN, {"at_start": True})  # not the first start: no dialog
        sides = [[sys.executable, *bare], [sys.executable, "-m", "tests.benchmarks.first_paint", "complete"]]
        try:
            vnpy = str(vnpy_environment.python())
            sides += [[vnpy, *bare], [vnpy, str(FOLDER / "vnpy_first_paint.py")]]
            note = ""
        except NoPeer as missing:
            note = f"no vn.py: {missing}"
        found = interleaved(*(lambda side=side: started(side, profile) for side in sides), rounds=ROUNDS)
    bare_s, complete_s = found[:2]
    yield at_most("first paint, to a bare QMainWindow", complete_s * 1e3, bare_s * 1e3, 1.4, note=note)
    if len(found) == 4:
        ours, theirs = complete_s / bare_s, found[3] / found[2]
        note = f"ratio of ratios: each to a bare window of its own Qt; vn.py takes {found[3] * 1e3:.0f} ms"
        yield at_most("first paint, to vn.py's MainWindow", ours, theirs, 0.22, unit="x bare", note=note)
