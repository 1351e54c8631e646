"""Which frames the journal gets, and in what form: everything about trading and the login, never what the market says.

Passwords and session ids are replaced; a long list of trades is cut, because the journal keeps what was decided on,
not copies of the venue's books.
"""

from workstation.domain.identity import ClOrdID, ConnectionID, OrderID
from workstation.venues.base import Direction, FrameSeen
from workstation.venues.xapi import messages as xapi
from workstation.venues.xapi.codec import masked

MOST_BYTES = 4_000
_JOURNALED = (
    xapi.Login,
    xapi.Logout,
    xapi.TradeTransaction,
    xapi.TradeTransactionStatus,
    xapi.GetTrades,
    xapi.GetTradesHistory,
)


def journaled(arguments: xapi.Arguments) -> bool:
    """Say whether a request and its reply belong in the journal."""
    return isinstance(arguments, _JOURNALED)


def frame_seen(
    connection_id: ConnectionID,
    direction: Direction,
    name: str,
    frame: bytes,
    *,
    keys: tuple[ClOrdID, ...] = (),
    number: int | None = None,
) -> FrameSeen:
    """Return the journal's record of a frame; secrets stand in small frames only."""
    body = masked(frame[: 2 * MOST_BYTES])
    if len(body) > MOST_BYTES:
        body = f"{body[:MOST_BYTES]} ... ({len(frame)} bytes)"
    return FrameSeen(
        connection_id=connection_id,
        direction=direction,
        message_type=name,
        body=body,
        cl_ord_ids=keys,
        order_id=None if number is None else OrderID(str(number)),
    )
