"""Goal 13, ticks of XAPI: 500 symbols from a sender process to the quotes dock, at 10,000 and 50,000 messages a second.

Next to the same program with a frame every 16 ms, and to the same engine on qasync with a QTableView. Goals 2 and 3 of
order updates give the targets. The sender, the engine and the screen share this machine's cores.
"""

from collections.abc import Iterator

from tests.benchmarks.goal_2_wire_to_paint import FRAME_MS, MODES, ROUNDS, medians
from tests.benchmarks.interleave import Figure, at_most, below
from tests.benchmarks.ticks_to_paint import in_a_process

RATES = ((10_000.0, 2.0), (50_000.0, 1.0))


def run() -> Iterator[Figure]:
    """Flood at both rates, the three sides taking turns."""
    for rate, seconds in RATES:
        runs: dict[str, list[dict[str, float]]] = {mode: [] for mode in MODES}
        for _ in range(ROUNDS):
            for mode in MODES:
                runs[mode].append(in_a_process(mode, rate, seconds))
        median = {mode: medians(found) for mode, found in runs.items()}
        yield from _figures(rate, median["ours"], median["fixed"], median["stock"])


def _figures(rate: float, ours: dict[str, float], fixed: dict[str, float], stock: dict[str, float]) -> Iterator[Figure]:
    said = f"{rate:,.0f} ticks/s"
    note = (
        f"last tick shown {ours['backlog_s']:.2f} s after it was sent (stock {stock['backlog_s']:.2f} s); "
        f"stock p50 {stock['p50_ms']:.3g} ms; longest gap {ours['gap_max_ms']:.3g} ms"
    )
    yield at_most(f"{said}: painted p50, to a 16 ms coalescer", ours["p50_ms"], fixed["p50_ms"], 0.10, note=note)
    yield below(f"{said}: painted p99", ours["p99_ms"], 0.3 * FRAME_MS)
    yield below(f"{said}: gap p99", ours["gap_p99_ms"], FRAME_MS)
    yield at_most(
        f"{said}: CPU per tick, to stock qasync + QTableView", ours["cpu_us"], stock["cpu_us"], 0.35, unit="us"
    )
