"""Goal 3, sustained rate: the most updates a second with a gap p99 below a frame and no backlog; and longest gaps."""

import statistics
from collections.abc import Iterator

from tests.benchmarks.interleave import Figure, at_least, below
from tests.benchmarks.wire_to_paint import in_a_process

ROUNDS = 5
RATES = (250, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 16_000, 24_000, 32_000, 50_000)
FLOOD_S, FRAME_MS, BACKLOG_S = 1.0, 16.7, 0.25
VNPY_RATE = 100.0
STEADY_RATE = 1_000.0


def run() -> Iterator[Figure]:
    """Look for both sides' highest rate, taking turns; then for the longest gap with a small and a large book."""
    ours: list[float] = []
    stock: list[float] = []
    for _ in range(ROUNDS):
        ours.append(_highest("ours"))
        stock.append(_highest("stock"))
    mine = statistics.median(ours)
    yield at_least("sustained rate, to stock qasync + QTableView", mine, statistics.median(stock), 4)
    note = "the rate that vn.py 4.5 held when it was measured on its own (updates of its OrderMonitor)"
    yield at_least("sustained rate, to vn.py", mine, VNPY_RATE, 1_000, note=note)
    for rows in (1_000, 100_000):
        runs = [in_a_process("ours", STEADY_RATE, 2.0, rows) for _ in range(ROUNDS)]
        longest = statistics.median(each["gap_max_ms"] for each in runs)
        note = f"gap p99 {statistics.median(each['gap_p99_ms'] for each in runs):.3g} ms"
        yield below(f"longest gap, {rows:,} orders, {STEADY_RATE:,.0f} updates/s", longest, FRAME_MS, note=note)


def _highest(mode: str) -> float:
    """Return the highest rate of the ladder that holds, by halving."""
    low, high = -1, len(RATES)
    while high - low > 1:
        middle = (low + high) // 2
        found = in_a_process(mode, RATES[middle], FLOOD_S)
        holds = found["gap_p99_ms"] < FRAME_MS and found["backlog_s"] < BACKLOG_S
        low, high = (middle, high) if holds else (low, middle)
    return float(RATES[low]) if low >= 0 else 0.0
