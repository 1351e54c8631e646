"""The rules of a connection (XAPI 2.5.0, chapter 4.1) and how strictly they are kept.

The document says what is dropped but not how it is measured. Here the pace counts per connection, from the arrival of
one request to the next; five breaches in a row pass, the sixth drops. Published clients open the stream
ahead of the login and say nothing on it until the login is answered, so the rule of the first second holds for streams
only if asked.
"""

from dataclasses import dataclass, field

from workstation.simulators.faults import FaultPlan
from workstation.simulators.xapi_front.request_reader import LARGEST_REQUEST

DEFAULT_BACKLOG = 5_000
BREACHES_ALLOWED = 5
GRACE_S = 0.01
"""How much too early a request may arrive: a client that keeps to the interval exactly is not to blame for the road."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How every connection is treated.

    `backlog` is how many messages may wait for a client, `first_data_s` how long a new main connection may say nothing,
    `stream_first_data_s` the same for a stream (None: as long as it likes), `pace_s` the least time between requests,
    `largest_request` the bytes of one, `connections` how many one address may have, `idle_s` how long a session lives
    without a request, `close_s` how long a client may take to confirm the end.
    """

    faults: FaultPlan = field(default_factory=FaultPlan)
    backlog: int = DEFAULT_BACKLOG
    first_data_s: float = 1.0
    stream_first_data_s: float | None = None
    pace_s: float = 0.2
    largest_request: int = LARGEST_REQUEST
    connections: int = 50
    idle_s: float = 600.0
    close_s: float = 3.0


class Pace:
    """Counts how often in a row a client was too quick."""

    def __init__(self, pace_s: float) -> None:
        """Ask for `pace_s` between requests."""
        self._pace_s = pace_s
        self._last_s: float | None = None
        self._breaches = 0
        self.was_quick = False

    def keeps(self, now_s: float) -> bool:
        """Take one request at `now_s`, monotonic seconds, and say whether the client may stay."""
        self.was_quick = self._last_s is not None and now_s - self._last_s < self._pace_s - GRACE_S
        self._breaches = self._breaches + 1 if self.was_quick else 0
        self._last_s = now_s
        return self._breaches <= BREACHES_ALLOWED
