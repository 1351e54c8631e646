"""The words of an order: side, type, time in force, effect. FIX names; the screen chooses its own labels."""

from enum import Enum


class Side(Enum):
    """FIX 54."""

    __hash__ = object.__hash__  # members are single: Enum hashes their names anew at each look-up

    BUY = "BUY"
    SELL = "SELL"


class OrdType(Enum):
    """FIX 40."""

    __hash__ = object.__hash__  # members are single: Enum hashes their names anew at each look-up

    MARKET = "MARKET"
    LIMIT = "LIMIT"
    STOP = "STOP"
    STOP_LIMIT = "STOP_LIMIT"


class TimeInForce(Enum):
    """FIX 59."""

    __hash__ = object.__hash__  # members are single: Enum hashes their names anew at each look-up

    DAY = "DAY"
    GOOD_TILL_CANCEL = "GOOD_TILL_CANCEL"
    GOOD_TILL_DATE = "GOOD_TILL_DATE"
    IMMEDIATE_OR_CANCEL = "IMMEDIATE_OR_CANCEL"
    FILL_OR_KILL = "FILL_OR_KILL"


class PositionEffect(Enum):
    """FIX 77."""

    __hash__ = object.__hash__  # members are single: Enum hashes their names anew at each look-up

    OPEN = "OPEN"
    CLOSE = "CLOSE"


def needs_price(ord_type: OrdType) -> bool:
    """Say whether an order of this type carries a limit price."""
    return ord_type in (OrdType.LIMIT, OrdType.STOP_LIMIT)


def needs_stop_px(ord_type: OrdType) -> bool:
    """Say whether an order of this type carries a trigger price."""
    return ord_type in (OrdType.STOP, OrdType.STOP_LIMIT)
