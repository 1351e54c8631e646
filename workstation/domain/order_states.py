"""The life cycle of an order: one table, total over (state, event).

No venue's first answer means that an order works, so PENDING_NEW, PENDING_REPLACE, PENDING_CANCEL,
PENDING_AUTHORISATION and IN_DOUBT are real states. IN_DOUBT means that something we sent was never answered:
it is left only by the venue's own evidence, or by the trader's explicit word of what the broker said, which any later
report of the venue undoes. A closed order moves only where venues really do it (a trade that
crosses a cancel on the wire is reported after it); everything else that reaches a closed order is STALE and changes
nothing.
"""

from enum import Enum


class OrdStatus(Enum):
    """FIX 39, with the states that a trader by hand must be able to see."""

    __hash__ = object.__hash__  # members are single: Enum hashes their names anew at each look-up

    PENDING_NEW = "PENDING_NEW"
    PENDING_AUTHORISATION = "PENDING_AUTHORISATION"
    NEW = "NEW"
    PARTIALLY_FILLED = "PARTIALLY_FILLED"
    PENDING_REPLACE = "PENDING_REPLACE"
    PENDING_CANCEL = "PENDING_CANCEL"
    SUSPENDED = "SUSPENDED"
    UNRECOGNISED = "UNRECOGNISED"
    """The venue used a word we do not know: shown verbatim, treated as working, never as final."""
    IN_DOUBT = "IN_DOUBT"
    FILLED = "FILLED"
    CANCELED = "CANCELED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    DONE_FOR_DAY = "DONE_FOR_DAY"
    NOT_PLACED = "NOT_PLACED"
    """The venue's complete books do not know an order whose sending was never confirmed."""


CLOSED = frozenset(
    {
        OrdStatus.FILLED,
        OrdStatus.CANCELED,
        OrdStatus.REJECTED,
        OrdStatus.EXPIRED,
        OrdStatus.DONE_FOR_DAY,
        OrdStatus.NOT_PLACED,
    }
)
"""States in which nothing is left to trade."""

WORKING = frozenset(OrdStatus) - CLOSED
"""States in which the order may still trade; IN_DOUBT is one of them, because it may."""


class OrderEvent(Enum):
    """What can happen to an order: sent by us, reported by the venue, or lost from sight."""

    __hash__ = object.__hash__  # members are single: Enum hashes their names anew at each look-up

    SEND_REPLACE = "SEND_REPLACE"
    SEND_CANCEL = "SEND_CANCEL"
    LOSE_SIGHT = "LOSE_SIGHT"
    """A request about this order was not answered in time, or its link or our process died meanwhile."""
    REPORT_PENDING_NEW = "REPORT_PENDING_NEW"
    REPORT_PENDING_AUTHORISATION = "REPORT_PENDING_AUTHORISATION"
    REPORT_NEW = "REPORT_NEW"
    """Working at the venue, filled or not; the cumulative quantity decides which word is shown."""
    REPORT_PENDING_REPLACE = "REPORT_PENDING_REPLACE"
    REPORT_PENDING_CANCEL = "REPORT_PENDING_CANCEL"
    REPORT_SUSPENDED = "REPORT_SUSPENDED"
    REPORT_UNRECOGNISED = "REPORT_UNRECOGNISED"
    REPORT_FILLED = "REPORT_FILLED"
    REPORT_CANCELED = "REPORT_CANCELED"
    REPORT_REJECTED = "REPORT_REJECTED"
    REPORT_EXPIRED = "REPORT_EXPIRED"
    REPORT_DONE_FOR_DAY = "REPORT_DONE_FOR_DAY"
    REPLACE_REFUSED = "REPLACE_REFUSED"
    CANCEL_REFUSED = "CANCEL_REFUSED"
    NEVER_PLACED = "NEVER_PLACED"
    """Complete books of the venue, loaded after the send, do not contain an order that never got a number."""
    MISSING = "MISSING"
    """Complete books of the venue no longer contain an order that had a number: its end is unknown."""


class Verdict(Enum):
    """What the table says about an event in a state."""

    MOVES = "MOVES"
    STALE = "STALE"
    """Late or repeated news about a closed order: recorded, changes nothing."""
    ILLEGAL = "ILLEGAL"
    """Our own mistake (for example cancelling a closed order): refused before anything is sent."""


_S, _E = OrdStatus, OrderEvent

_REPORTS = {
    _E.REPORT_PENDING_NEW: _S.PENDING_NEW,
    _E.REPORT_PENDING_AUTHORISATION: _S.PENDING_AUTHORISATION,
    _E.REPORT_NEW: _S.NEW,
    _E.REPORT_PENDING_REPLACE: _S.PENDING_REPLACE,
    _E.REPORT_PENDING_CANCEL: _S.PENDING_CANCEL,
    _E.REPORT_SUSPENDED: _S.SUSPENDED,
    _E.REPORT_UNRECOGNISED: _S.UNRECOGNISED,
    _E.REPORT_FILLED: _S.FILLED,
    _E.REPORT_CANCELED: _S.CANCELED,
    _E.REPORT_REJECTED: _S.REJECTED,
    _E.REPORT_EXPIRED: _S.EXPIRED,
    _E.REPORT_DONE_FOR_DAY: _S.DONE_FOR_DAY,
}
"""An open order takes the state its venue reports: the venue's word is the truth."""

_OURS = {
    _E.SEND_REPLACE: _S.PENDING_REPLACE,
    _E.SEND_CANCEL: _S.PENDING_CANCEL,
    _E.LOSE_SIGHT: _S.IN_DOUBT,
    _E.NEVER_PLACED: _S.NOT_PLACED,
    _E.MISSING: _S.IN_DOUBT,
}

_REFUSALS = {_E.REPLACE_REFUSED: _S.PENDING_REPLACE, _E.CANCEL_REFUSED: _S.PENDING_CANCEL}
"""A refused request leaves the order working, if its state was waiting for that request."""

_AFTER_THE_END = {
    (_S.CANCELED, _E.REPORT_FILLED): _S.FILLED,  # the last trade crossed the cancel
    (_S.EXPIRED, _E.REPORT_FILLED): _S.FILLED,  # the same at the close
    (_S.DONE_FOR_DAY, _E.REPORT_FILLED): _S.FILLED,
    (_S.DONE_FOR_DAY, _E.REPORT_NEW): _S.NEW,  # a good-till order wakes with the next session
    (_S.DONE_FOR_DAY, _E.REPORT_CANCELED): _S.CANCELED,
    (_S.DONE_FOR_DAY, _E.REPORT_EXPIRED): _S.EXPIRED,
    (_S.NOT_PLACED, _E.REPORT_NEW): _S.NEW,  # the books lagged; the venue's later word wins
    (_S.NOT_PLACED, _E.REPORT_PENDING_NEW): _S.PENDING_NEW,
    (_S.NOT_PLACED, _E.REPORT_UNRECOGNISED): _S.UNRECOGNISED,
    (_S.NOT_PLACED, _E.REPORT_FILLED): _S.FILLED,
    (_S.NOT_PLACED, _E.REPORT_CANCELED): _S.CANCELED,
    (_S.NOT_PLACED, _E.REPORT_REJECTED): _S.REJECTED,
    (_S.NOT_PLACED, _E.REPORT_EXPIRED): _S.EXPIRED,
}

_OUR_REQUESTS = frozenset({_E.SEND_REPLACE, _E.SEND_CANCEL})
_NOT_REPLACEABLE = frozenset(
    {_S.PENDING_NEW, _S.PENDING_AUTHORISATION, _S.IN_DOUBT, _S.PENDING_CANCEL, _S.PENDING_REPLACE, _S.UNRECOGNISED}
)
"""What is not settled, or not understood, can be cancelled but not changed: a replacement states every term anew."""


def _open_row(status: OrdStatus, event: OrderEvent) -> tuple[Verdict, OrdStatus]:
    if event is _E.SEND_REPLACE and status in _NOT_REPLACEABLE:
        return Verdict.ILLEGAL, status
    if event in _REFUSALS:
        return Verdict.MOVES, _S.NEW if status in (_REFUSALS[event], _S.IN_DOUBT) else status
    if event in _OURS:
        return Verdict.MOVES, _OURS[event]
    return Verdict.MOVES, _REPORTS[event]


def _closed_row(status: OrdStatus, event: OrderEvent) -> tuple[Verdict, OrdStatus]:
    if (status, event) in _AFTER_THE_END:
        return Verdict.MOVES, _AFTER_THE_END[status, event]
    return (Verdict.ILLEGAL if event in _OUR_REQUESTS else Verdict.STALE), status


TRANSITIONS: dict[tuple[OrdStatus, OrderEvent], tuple[Verdict, OrdStatus]] = {
    (status, event): (_closed_row if status in CLOSED else _open_row)(status, event)
    for status in OrdStatus
    for event in OrderEvent
}
"""Verdict and next state for every state and event. NEW stands for "working": an order with trades shows
PARTIALLY_FILLED instead (:meth:`workstation.domain.orders.Order.moved`)."""
