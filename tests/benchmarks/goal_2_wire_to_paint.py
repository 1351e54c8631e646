"""Goal 2, wire to painted: order and position updates of QST from a sender process to the shown order book dock.

Next to the same program with a frame every 16 ms, and to the same engine on qasync with a QTableView. The engine
journals each message and each state on the way, on all sides.
"""

import statistics
from collections.abc import Iterator

from tests.benchmarks.interleave import Figure, at_most, below
from tests.benchmarks.wire_to_paint import in_a_process

ROUNDS = 5
RATES = ((1_000.0, 2.0), (10_000.0, 1.0))
MODES = ("ours", "fixed", "stock")
FRAME_MS = 16.7


def run() -> Iterator[Figure]:
    """Flood at both rates, the three sides taking turns."""
    for rate, seconds in RATES:
        runs: dict[str, list[dict[str, float]]] = {mode: [] for mode in MODES}
        for _ in range(ROUNDS):
            for mode in MODES:
                runs[mode].append(in_a_process(mode, rate, seconds))
        median = {mode: medians(found) for mode, found in runs.items()}
        yield from _figures(rate, median["ours"], median["fixed"], median["stock"])


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure over all runs."""
    return {name: statistics.median(each[name] for each in runs) for name in runs[0]}


def _figures(rate: float, ours: dict[str, float], fixed: dict[str, float], stock: dict[str, float]) -> Iterator[Figure]:
    said = f"{rate:,.0f} updates/s"
    note = (
        f"last update shown {ours['backlog_s']:.2f} s after it was sent (stock {stock['backlog_s']:.2f} s); "
        f"{ours['paints']:.0f} paints/s; stock p50 {stock['p50_ms']:.3g} ms"
    )
    yield at_most(f"{said}: painted p50, to a 16 ms coalescer", ours["p50_ms"], fixed["p50_ms"], 0.10, note=note)
    yield below(f"{said}: painted p99", ours["p99_ms"], 0.3 * FRAME_MS)
    yield at_most(
        f"{said}: CPU per update, to stock qasync + QTableView", ours["cpu_us"], stock["cpu_us"], 0.35, unit="us"
    )
