"""How a built-in venue's prices move on their own: a seeded walk on the tick grid.

Each step is one tick up or down, drawn with a pull back to the starting price that grows with the distance, so that
a demo left alone for a week still shows sensible prices. Everything is counted in whole ticks and drawn as whole
numbers: one seed gives one path on every machine.
"""

from decimal import Decimal
from random import Random

REACH_TICKS = 120
"""How far a price may wander from where it started."""


class PriceProcess:
    """The best bid of one contract, as synthetic participants see it; the best ask is one tick higher."""

    def __init__(self, base_price: Decimal, tick_size: Decimal, rng: Random) -> None:
        """Start at `base_price`, which is a whole number of ticks."""
        self._tick_size = tick_size
        self._base = int(base_price / tick_size)
        self._level = self._base
        self._rng = rng

    def price_at(self, ticks_above_bid: int) -> Decimal:
        """Return the price so many ticks above the best bid (0 is the bid itself, 1 the ask)."""
        return (self._level + ticks_above_bid) * self._tick_size

    def step(self) -> int:
        """Move one tick and return the direction, 1 or -1."""
        away = self._level - self._base
        direction = 1 if self._rng.randrange(2 * REACH_TICKS) >= REACH_TICKS + away else -1
        self._level += direction
        return direction
