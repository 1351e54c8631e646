"""What the end of a QST link means, on screen and for what happens next (QST spec 6)."""

from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from workstation.venues.base import MalformedFrame, SessionTaken, VenueError, VenueUnreachable

NORMAL = 1000
TAKEN = 4101
TOO_SLOW = 4102
_LOST = 1006


class ReadTooSlowly(VenueUnreachable):
    """The venue closed us because too many messages waited: a pause, then again."""


def reason_of(closed: ConnectionClosed) -> VenueError:
    """Return the error that the end of a link amounts to."""
    if closed.rcvd is None and closed.sent is not None and closed.sent.code == CloseCode.MESSAGE_TOO_BIG:
        return MalformedFrame("QST sent a frame larger than this program accepts; the link was dropped.")
    code = closed.rcvd.code if closed.rcvd is not None else _LOST
    words = f" ({closed.rcvd.reason})" if closed.rcvd is not None and closed.rcvd.reason else ""
    if code == TAKEN:
        return SessionTaken(
            f"QST closed the connection{words}: the same client connected elsewhere, and only one connection "
            "is allowed. Orders at the venue stay as they are. Close the other one, then connect here."
        )
    if code == TOO_SLOW:
        return ReadTooSlowly(
            f"QST closed the connection{words}: too many messages were waiting for us (4102). "
            "The books are loaded again after a pause."
        )
    if code == NORMAL:
        return VenueUnreachable(f"QST ended the connection{words} without being asked (1000).")
    if code == _LOST:
        return VenueUnreachable("The connection to QST broke without a goodbye (1006).")
    return VenueUnreachable(f"QST closed the connection{words} with code {code}.")
