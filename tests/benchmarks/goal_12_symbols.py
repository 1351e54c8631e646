"""Goal 12, symbols: 5,000 instruments of XAPI decoded, listed and searchable while the screen goes on.

The gap is the longest time between two turns of the screen from the login until the last symbol can be found. The peer
does the same reply at once: json.loads on the screen's thread, every symbol made an instrument and put into an index.
"""

import statistics
import subprocess
import sys
from collections.abc import Iterator

from tests.benchmarks.interleave import Figure, at_most, below

ROUNDS = 5
FRAME_MS = 16.7


def run() -> Iterator[Figure]:
    """Load the list in processes of their own."""
    runs = [_in_a_process() for _ in range(ROUNDS)]
    median = {name: statistics.median(each[name] for each in runs) for name in runs[0]}
    note = (
        f"found {median['ready_s']:.2f} s after the connection was added, login and all; reply of {median['mb']:.1f} MB"
    )
    yield below("5,000 symbols: longest gap of the screen", median["gap_max_ms"], FRAME_MS, note=note)
    yield at_most("5,000 symbols: longest gap, to all at once", median["gap_max_ms"], median["at_once_ms"], 1.0)
    yield at_most("5,000 symbols: typed decode, to json.loads", median["typed_ms"], median["json_ms"], 0.18)


def _in_a_process() -> dict[str, float]:
    words = [sys.executable, "-m", "tests.benchmarks.symbols_to_search"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return {name: float(value) for name, value in (line.split("=") for line in done.stdout.split())}
