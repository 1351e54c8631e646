"""What a connection's lamps allow.

A lamp is a claim of the connection; the desk decides by it alone. New orders need every channel that trading rests on;
a cancel needs only a link that might carry it. What the lamps forbid to cancels is queued, never dropped.
"""

from workstation.venues.base import Channel, ConnectionStatus, Lamp

TRADING_CHANNELS = (Channel.LOGIN, Channel.TRADING, Channel.ORDER_STREAM)
MAY_SEND = frozenset({Lamp.LIVE, Lamp.STALE, Lamp.DEGRADED})
MAY_CANCEL = MAY_SEND | {Lamp.SYNCING, Lamp.SUSPECT}


def may_send(status: ConnectionStatus | None) -> bool:
    """Say whether a new order or a replacement may go: logged in, synced, and hearing of its orders."""
    lamps = _lamps(status, TRADING_CHANNELS)
    return bool(lamps) and all(lamp in MAY_SEND for lamp in lamps)


def may_cancel(status: ConnectionStatus | None) -> bool:
    """Say whether a cancel can be tried at once."""
    lamps = _lamps(status, (Channel.TRADING,)) or _lamps(status, (Channel.LOGIN,))
    return bool(lamps) and all(lamp in MAY_CANCEL for lamp in lamps)


def is_linked(status: ConnectionStatus | None) -> bool:
    """Say whether the session that the last login began still stands, as far as is known."""
    return may_cancel(status)


def _lamps(status: ConnectionStatus | None, channels: tuple[Channel, ...]) -> list[Lamp]:
    return [] if status is None else [lamp for channel, lamp in status.lamps if channel in channels]
