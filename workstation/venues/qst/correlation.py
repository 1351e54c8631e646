"""Which answer belongs to which request (QST spec 2).

By request id where the answer carries one; else an answer of type X goes to the oldest request of type X. An error
without id is attributed only when exactly one request is open. A request that got no answer in time stays remembered
for a while, so that its late answer is not taken for another's.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from workstation.domain.identity import ClOrdID
from workstation.domain.order_requests import OrderRequest, orders_of
from workstation.venues.base import ProtocolViolation
from workstation.venues.qst.messages import RESPONSE_OF, Request, Response

ANSWER_WITHIN_S = 10.0
"""No time-out is described; the vendor's own connector gives up after 3 s, we wait longer (QST spec 1.1)."""
REMEMBER_S = 120.0
_REMEMBERED = 500
_REQUEST_OF = {response: request for request, response in RESPONSE_OF.items()}


@dataclass(slots=True)
class Pending:
    """One request on the wire. `account` is the account it acts on, empty where it acts on none.

    `sent_s` is monotonic seconds, `sent_ns` epoch nanoseconds. `ended` is set once its outcome was told, whether or
    not an answer may still come; `answered` once one came.
    """

    request_id: int
    message: Request
    account: str
    order_request: OrderRequest | None
    sent_s: float
    sent_ns: int
    ended: bool = False
    answered: bool = False
    words: str = ""

    @property
    def cl_ord_ids(self) -> tuple[ClOrdID, ...]:
        """The orders it is about."""
        return orders_of(self.order_request) if self.order_request is not None else ()


class Correlation:
    """The requests of one link, in the order in which they were sent."""

    def __init__(self) -> None:
        self._requests: OrderedDict[int, Pending] = OrderedDict()
        self._open: dict[int, Pending] = {}

    def add(self, pending: Pending) -> None:
        """Remember a request that is going out."""
        self._requests[pending.request_id] = self._open[pending.request_id] = pending
        while len(self._requests) > _REMEMBERED and next(iter(self._requests.values())).ended:
            self._requests.popitem(last=False)

    @property
    def open(self) -> list[Pending]:
        """Requests whose outcome is not told yet, oldest first."""
        return list(self._open.values())

    def end(self, pending: Pending) -> None:
        """Note that the outcome of a request is being told."""
        pending.ended = True
        self._open.pop(pending.request_id, None)

    def recent(self) -> Iterable[Pending]:
        """All requests that are still remembered, latest first."""
        return reversed(self._requests.values())

    def answered_by(self, request_id: int, response: Response) -> Pending | None:
        """Return the request that `response` answers, or None when nothing asked for it.

        Raises:
            ProtocolViolation: the id belongs to a request of another type.
        """
        wanted = _REQUEST_OF[type(response)]
        if request_id:
            pending = self._requests.get(request_id)
            if pending is not None and type(pending.message) is not wanted:
                raise ProtocolViolation(f"{type(response).__name__} came in answer to {type(pending.message).__name__}")
        else:
            pending = next(
                (each for each in self._requests.values() if not each.answered and type(each.message) is wanted), None
            )
        return self._take(pending)

    def refused_by_error(self, request_id: int) -> Pending | None:
        """Return the request that a server error is about, or None when that cannot be known."""
        if request_id:
            return self._take(self._requests.get(request_id))
        waiting = [pending for pending in self._requests.values() if not pending.answered]
        return self._take(waiting[0]) if len(waiting) == 1 else None

    def expire(self, now_s: float) -> list[Pending]:
        """Return the requests whose time is up, ended now; forget the ones that are long over."""
        late = [each for each in self.open if now_s - each.sent_s >= ANSWER_WITHIN_S]
        for pending in late:
            self.end(pending)
        for request_id in [each.request_id for each in self._requests.values() if self._is_over(each, now_s)]:
            del self._requests[request_id]
        return late

    def _is_over(self, pending: Pending, now_s: float) -> bool:
        return pending.ended and now_s - pending.sent_s >= REMEMBER_S

    def _take(self, pending: Pending | None) -> Pending | None:
        if pending is None or pending.answered:
            return None
        pending.answered = True
        return pending
