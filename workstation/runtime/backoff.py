"""How long to wait before the next try.

Each wait is longer than the last, so that a venue that is down is not hammered, and random between half of it and the
whole, so that a thousand programs cut off in one instant do not come back in one instant.
"""

import random


class Backoff:
    """Growing, jittered waits; the whole wait grows by `factor` from `first_s` to `limit_s` seconds.

    Raises:
        ValueError: a wait would not be positive, or would shrink.
    """

    def __init__(
        self,
        first_s: float = 0.5,
        factor: float = 2.0,
        limit_s: float = 30.0,
        rng: random.Random | None = None,
    ) -> None:
        if not 0 < first_s <= limit_s or factor < 1:
            raise ValueError(f"no growing waits from {first_s} s by {factor} to {limit_s} s")
        self._first_s = first_s
        self._factor = factor
        self._limit_s = limit_s
        self._rng = rng or random.Random()
        self._whole_s = first_s

    def next_delay_s(self) -> float:
        """Return the seconds to wait now, and lengthen the next wait."""
        whole_s = self._whole_s
        self._whole_s = min(self._limit_s, whole_s * self._factor)
        return self._rng.uniform(whole_s / 2, whole_s)

    def reset(self) -> None:
        """Start again with the shortest wait, because a try succeeded."""
        self._whole_s = self._first_s
