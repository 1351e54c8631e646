"""Where a price was before the venue started: any minute of the past, from the seed alone.

The path is a sum of ten waves of noise, each four times as long and twice as high as the one before, as prices that
wander at random have it; the longest takes half a year. Nodes of a wave are drawn by a hash of seed, wave and place,
and joined by straight lines, so that any minute can be asked for in any order and always gives the same price, in whole
numbers on every machine. All waves are shifted so that the path ends at the price the live walk starts with.
"""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from workstation.simulators.otc.symbols import Symbol

Whole = NDArray[np.int64]

OCTAVES = 10
_HALF = 1 << 15
_FULL_SCALE = _HALF * (1 << OCTAVES)
_SHARE = 50
"""Ten of a symbol's `volatility` are a fifth of its price, the most the sum of all waves can reach to either side."""


class PricePath:
    """The past of one symbol; minutes count from 1970, prices are whole points."""

    def __init__(self, symbol: Symbol, seed: int, anchor_minute: int) -> None:
        """End at the symbol's starting price in `anchor_minute`."""
        self._base = symbol.points(symbol.base_price)
        self._tick = symbol.tick_points
        self._volatility = symbol.volatility
        key = int.from_bytes(blake2b(f"{seed}:{symbol.symbol}".encode(), digest_size=8).digest(), "big")
        self._key = np.uint64(key)
        self._anchor = int(_noise(self._key, np.array([anchor_minute], dtype=np.int64))[0])

    def levels(self, minutes: Whole) -> Whole:
        """Return the price at each of these minutes."""
        shift = (_noise(self._key, minutes) - self._anchor) * self._volatility
        # In two steps, because price times noise may pass 64 bits for a price of many points.
        parts = shift // (_FULL_SCALE >> 10)
        moved = self._base + self._base * parts // (_SHARE << 10)
        return np.maximum(self._tick, moved // self._tick * self._tick)

    def draw(self, minutes: Whole, salt: int, ceiling: int) -> Whole:
        """Return numbers from 0 up to but without `ceiling` that belong to these minutes."""
        drawn: Whole = (_mix(self._key, minutes * 1_000_003 + salt) % np.uint64(ceiling)).astype(np.int64)
        return drawn

    @property
    def wick(self) -> int:
        """How far, in points, a minute may reach beyond its first and last price."""
        return max(1, self._base * self._volatility // 100_000)


def _noise(key: np.uint64, minutes: Whole) -> Whole:
    total = np.zeros(len(minutes), dtype=np.int64)
    for octave in range(OCTAVES):
        spacing, weight = 4**octave, 2**octave
        place, within = np.divmod(minutes, spacing)
        left, right = _node(key, octave, place), _node(key, octave, place + 1)
        total += weight * (left * (spacing - within) + right * within) // spacing
    return total


def _node(key: np.uint64, octave: int, place: Whole) -> Whole:
    low = (_mix(key, place * OCTAVES + octave) & np.uint64(0xFFFF)).astype(np.int64)
    node: Whole = low - _HALF
    return node


def _mix(key: np.uint64, numbers: Whole) -> NDArray[np.uint64]:
    """Spread numbers over 64 bits (the finaliser of splitmix64); sums and products wrap around on purpose."""
    value = key + numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
