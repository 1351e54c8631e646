"""Exact arithmetic on prices and quantities.

Everything here is ``Decimal``. Rounding to a tick happens in :func:`round_to_tick` and nowhere else.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from enum import Enum

_EXACT = Context(prec=60)


class TickRounding(Enum):
    """How a value between two ticks is moved to one of them."""

    DOWN = ROUND_FLOOR
    UP = ROUND_CEILING
    NEAREST = ROUND_HALF_EVEN


def is_multiple(value: Decimal, step: Decimal) -> bool:
    """Say whether `value` is a whole number of `step`.

    Raises:
        ValueError: `step` is not positive, or either is not a finite number.
    """
    _require_step(value, step)
    return _EXACT.remainder(value, step) == 0


def round_to_tick(value: Decimal, step: Decimal, rounding: TickRounding) -> Decimal:
    """Return the multiple of `step` next to `value`, in the direction of `rounding`.

    DOWN and UP are towards minus and plus infinity, so they are right for negative spread prices too.

    Raises:
        ValueError: `step` is not positive, or either is not a finite number.
    """
    _require_step(value, step)
    steps = _EXACT.divide(value, step).to_integral_value(rounding=rounding.value)
    return _EXACT.multiply(steps, step).quantize(step, context=_EXACT)


def _require_step(value: Decimal, step: Decimal) -> None:
    if not (value.is_finite() and step.is_finite()) or step <= 0:
        raise ValueError(f"no multiple of {step} near {value}")
