"""Which pending request a text of the venue most likely speaks of (QST spec 4.2).

Reject reasons arrive as texts without any key. The text names the account and, in its first line, the action; the
latest request of that kind and account is the one. Order state is never driven by this, only shown with it.
"""

from collections.abc import Iterable

from workstation.domain.order_requests import account_of
from workstation.venues.qst.correlation import Pending
from workstation.venues.qst.messages import (
    CancelOrderRequest,
    CancelOrdersForContractRequest,
    CancelOrdersRequest,
    CancelReplaceOrderRequest,
    PlaceOrderRequest,
    Request,
)

STILL_ABOUT_S = 30.0
"""A text that comes later than this after a request speaks of something else."""

_REPLACE = (CancelReplaceOrderRequest,)
_CANCEL = (CancelOrderRequest, CancelOrdersRequest, CancelOrdersForContractRequest)
_PLACE = (PlaceOrderRequest,)


def most_likely(body: str, account_id: str, requests: Iterable[Pending], now_s: float) -> Pending | None:
    """Return the latest of `requests` (latest first) that `body` can be about, or None."""
    kinds = _kinds_in(body.partition("\n")[0])
    for pending in requests:
        if pending.order_request is None or now_s - pending.sent_s > STILL_ABOUT_S:
            continue
        fits = not account_id or account_of(pending.order_request).account_id == account_id
        if fits and isinstance(pending.message, kinds):
            return pending
    return None


def _kinds_in(line: str) -> tuple[type[Request], ...]:
    words = line.lower()
    if "replace" in words:
        return _REPLACE
    if "cancel" in words:
        return _CANCEL
    return _PLACE if "order" in words or "place" in words else (*_REPLACE, *_CANCEL, *_PLACE)
