"""An environment of its own for vn.py, which pins another Qt than ours; made on first use, kept in the user's cache."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

VERSION = "4.5.0"
_LONGEST_S = 900
PEER = Path(__file__).with_name("vnpy_peer.py")


class NoPeer(RuntimeError):
    """vn.py could not be installed here; the text says why."""


def python() -> Path:
    """Return the Python of vn.py's environment.

    Raises:
        NoPeer: it cannot be made, most likely for want of a network.
    """
    folder = user_cache_path("workstation-benchmarks") / f"vnpy-{VERSION}"
    program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True, symlinks=os.name != "nt")
        command = [str(program), "-m", "pip", "install", "--quiet", f"vnpy=={VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoPeer((done.stderr.strip().splitlines() or ["pip failed"])[-1])
        (folder / "complete").touch()
    return program


def measure(work: str, *, sorting: bool) -> dict[str, Any]:
    """Run one piece of work in vn.py's OrderMonitor and return what it printed.

    Raises:
        NoPeer: it cannot be installed, or did not run.
    """
    return _run([str(python()), str(PEER), work, "sorted" if sorting else "unsorted"])


def measure_ours(work: str) -> dict[str, Any]:
    """Run one piece of work in our table, in a process of its own as well."""
    return _run([sys.executable, "-m", "tests.benchmarks.our_blotter", work])


def _run(command: list[str]) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=_LONGEST_S)
    except subprocess.TimeoutExpired as late:
        raise NoPeer(f"it took longer than {_LONGEST_S} s") from late
    if done.returncode:
        raise NoPeer((done.stderr.strip().splitlines() or ["it ended without a word"])[-1])
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
