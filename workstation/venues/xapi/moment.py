"""Now, on both clocks."""

from typing import NamedTuple


class Moment(NamedTuple):
    """Monotonic seconds for intervals, epoch nanoseconds for records."""

    s: float
    ns: int
