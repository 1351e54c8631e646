"""Goal 7, memory: bytes per row with record and index, next to a row of vn.py's OrderMonitor with its record."""

from collections.abc import Iterator

from tests.benchmarks.interleave import Figure, at_most, interleaved
from tests.benchmarks.vnpy_environment import NoPeer, measure, measure_ours

MEASURED_PEER = 11_287.0


def run() -> Iterator[Figure]:
    """Compare growth of the process over rows of both tables, sorted and on screen."""

    def ours() -> float:
        return float(measure_ours("memory:100000")["bytes_per_row"])

    try:
        mine, peer = interleaved(ours, lambda: float(measure("memory", sorting=False)["bytes_per_row"]), rounds=5)
        yield at_most("bytes per row, record and index included", mine, peer, 0.05, unit="B")
    except NoPeer as missing:
        (mine,) = interleaved(ours, rounds=5)
        note = f"no vn.py ({missing}); next to {MEASURED_PEER:,.0f} B measured before, without its record"
        yield at_most("bytes per row, record and index included", mine, MEASURED_PEER, 0.05, unit="B", note=note)
