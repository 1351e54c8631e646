"""Goal 5, throughput with live sort on, next to vn.py's OrderMonitor and TickMonitor as shipped and without sorting."""

import os
from collections.abc import Iterator

from tests.benchmarks.interleave import Figure, at_least, below, interleaved
from tests.benchmarks.vnpy_environment import NoPeer, measure, measure_ours

ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "5"))
TARGETS = {"insert": (500, 35), "update": (100, 12), "tick": (60, 15)}
ROWS = {"insert": 0, "update": 1_000, "tick": 500}


def run() -> Iterator[Figure]:
    """Insert 10,000 orders; update 1,000 orders 10,000 times; 10,000 ticks of 500 symbols; all sorted by price."""
    gaps: dict[str, list[float]] = {}
    for work, (as_shipped, patched) in TARGETS.items():
        rows = ROWS[work]

        def ours(work: str = work, rows: int = rows) -> float:
            found = measure_ours(f"{work}:{rows}")
            gaps.setdefault(work, []).append(found["gap_ms"])
            return float(found["rate"])

        try:
            mine, shipped, unsorted = interleaved(
                ours,
                lambda work=work: measure(work, sorting=True)["rate"],
                lambda work=work: measure(work, sorting=False)["rate"],
                rounds=ROUNDS,
            )
        except NoPeer as missing:
            (mine,) = interleaved(ours, rounds=ROUNDS)
            yield Figure(f"{work}s, sorted", f"{mine:,.0f} /s", "none", None, "", None, note=f"no vn.py: {missing}")
            continue
        yield at_least(f"{work}s, sorted, to vn.py as shipped", mine, shipped, as_shipped)
        yield at_least(f"{work}s, sorted, to vn.py without its sorting", mine, unsorted, patched)
    for work, found in gaps.items():
        yield below(f"longest gap, {work}s", sorted(found)[len(found) // 2], 16.7, note="median of the rounds")
    for work in ("insert:100000", "update:100000"):
        large = [measure_ours(work) for _ in range(ROUNDS)]
        gap_ms = sorted(each["gap_ms"] for each in large)[ROUNDS // 2]
        rate = sorted(each["rate"] for each in large)[ROUNDS // 2]
        yield below(f"longest gap, {work.replace(':', ' at ')} rows", gap_ms, 16.7, note=f"{rate:,.0f} /s")
