"""Where the scale of prices is marked: exact decimals, on the instrument's ticks."""

import math
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_MOST_TICKS = 200


def level_ticks(bottom: float, top: float, most: int, tick_size: Decimal | None) -> list[Decimal]:
    """Return at most about `most` round levels between two places of the plot, lowest first."""
    span = top - bottom
    if not (math.isfinite(span) and span > 0 and most > 0):
        return []
    step = _round_step(span / most, tick_size)
    first = (Decimal(bottom) / step).to_integral_value(ROUND_CEILING)
    count = min(_MOST_TICKS, int((Decimal(top) / step - first).to_integral_value(ROUND_CEILING)))
    return [(first + number) * step for number in range(count)]


def nearest_level(place: float, tick_size: Decimal | None) -> Decimal | None:
    """Return the exact level on a tick that lies nearest to a place of the plot; None for no place at all."""
    if not math.isfinite(place):
        return None
    step = tick_size or _round_step(max(abs(place), 1e-9) / 1e6, None)
    return (Decimal(place) / step).to_integral_value(ROUND_HALF_EVEN) * step


def _round_step(at_least: float, tick_size: Decimal | None) -> Decimal:
    """Return the smallest of 1, 2, 5, 10 … that is not smaller than `at_least` and a whole number of ticks."""
    if tick_size is not None and tick_size >= Decimal(at_least):
        return tick_size
    exponent = math.floor(math.log10(at_least))
    while True:
        for step in _STEPS:
            scaled = step.scaleb(exponent)
            if scaled >= Decimal(at_least) and (tick_size is None or scaled % tick_size == 0):
                return scaled
        exponent += 1
        if tick_size is not None and exponent > math.log10(at_least) + 6:
            return tick_size * math.ceil(Decimal(at_least) / tick_size)
