"""Measures two sides in one run, taking turns, so that a busy machine slows both alike.

Absolute times do not carry from one machine to another; ratios do, and only they have targets.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """One compared figure. `ratio` is ours to the peer's unless `name` says otherwise; `met` is None without target."""

    name: str
    ours: str
    peer: str
    ratio: float | None
    target: str
    met: bool | None
    note: str = ""


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(*sides: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """Return each side's median over `rounds`; a side returns its own measure. The first round only warms up."""
    measured: list[list[float]] = [[] for _ in sides]
    for number in range(rounds + 1):
        for side, into in zip(sides, measured, strict=True):
            value = side()
            if number:
                into.append(value)
    return [statistics.median(values) for values in measured]


def at_most(name: str, ours: float, peer: float, limit: float, *, unit: str = "ms", note: str = "") -> Figure:
    """Return a figure whose ratio ours/peer should not exceed `limit`."""
    ratio = ours / peer
    return Figure(name, f"{ours:.3g} {unit}", f"{peer:.4g} {unit}", ratio, f"<= {limit:g}x", ratio <= limit, note)


def at_least(name: str, ours: float, peer: float, limit: float, *, unit: str = "/s", note: str = "") -> Figure:
    """Return a figure whose ratio ours/peer should reach `limit`."""
    ratio = ours / peer
    return Figure(name, f"{ours:,.0f} {unit}", f"{peer:,.0f} {unit}", ratio, f">= {limit:g}x", ratio >= limit, note)


def faster(name: str, ours_ms: float, peer_ms: float, limit: float, note: str = "") -> Figure:
    """Return a figure that should take a `limit`-th of the peer's time."""
    ratio = peer_ms / ours_ms
    return Figure(name, f"{ours_ms:.3g} ms", f"{peer_ms:.4g} ms", ratio, f">= {limit:g}x", ratio >= limit, note)


def below(name: str, ours: float, limit: float, *, unit: str = "ms", note: str = "") -> Figure:
    """Return a figure with an absolute limit, for what a person can see."""
    return Figure(name, f"{ours:.3g} {unit}", "", None, f"<= {limit:g} {unit}", ours <= limit, note)
