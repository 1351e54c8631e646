"""QST's words: the enums of the order routing API and the spellings in which a value may be found.

Enum numbers are never published, and most words are inferred (QST spec 5.1), so a value is looked up by name, ours
first, then the aliases (7.3, rule 7). An order type or life time that no name finds is not offered.
"""

from enum import StrEnum


class Provider(StrEnum):
    """Order entry back ends (QST spec 5.1)."""

    QOR = "QOR"
    PTS = "PTS"


class SideWord(StrEnum):
    """QST's words for a side."""

    BUY = "BUY"
    SELL = "SELL"


class OrderType(StrEnum):
    """QST's order types; fill and kill, and fill or kill, are types here."""

    LMT = "LMT_ORDER_TYPE"
    MKT = "MKT_ORDER_TYPE"
    STOP = "STOP_ORDER_TYPE"
    STWL = "STWL_ORDER_TYPE"
    STL = "STL_ORDER_TYPE"
    FAK = "FAK_ORDER_TYPE"
    FOK = "FOK_ORDER_TYPE"


class LifeTime(StrEnum):
    """QST's times in force."""

    DAY = "DAY_ORDER_LIFE_TIME"
    GTC = "GTC_ORDER_LIFE_TIME"
    GTD = "GTD_ORDER_LIFE_TIME"


class PositionType(StrEnum):
    """Whether an order opens or closes a position."""

    OPEN = "OPEN_POSITION_TYPE"
    CLOSE = "CLOSE_POSITION_TYPE"


class FractionalQuantity(StrEnum):
    """Standard, mini or micro lot."""

    STANDARD = "STANDARD_FRACTIONAL_QUANTITY"
    MINI = "MINI_FRACTIONAL_QUANTITY"
    MICRO = "MICRO_FRACTIONAL_QUANTITY"


class SubscriptionLevel(StrEnum):
    """Of the order activity log."""

    SUBSCRIBED = "SUBSCRIBED"
    UNSUBSCRIBED = "UNSUBSCRIBED"


class ResponseStatus(StrEnum):
    """What an answer says of itself, where it says anything."""

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class ConnectionWord(StrEnum):
    """State of the order entry behind the server."""

    CONNECTED = "CONNECTED"
    DISCONNECTED = "DISCONNECTED"
    CONNECTING = "CONNECTING"


class PositionSide(StrEnum):
    """Of a net position."""

    LONG = "LONG"
    SHORT = "SHORT"


PROVIDERS = {"QOR": ("QOR_ORDER_ENTRY_PROVIDER",), "PTS": ("PTS_ORDER_ENTRY_PROVIDER",)}
SIDES = {"BUY": ("BUY_SIDE", "SIDE_BUY"), "SELL": ("SELL_SIDE", "SIDE_SELL")}
ORDER_TYPES = {
    "LMT_ORDER_TYPE": ("LIMIT_ORDER_TYPE", "LMT"),
    "MKT_ORDER_TYPE": ("MARKET_ORDER_TYPE", "MKT"),
    "STOP_ORDER_TYPE": ("STP_ORDER_TYPE", "STOP"),
    "STWL_ORDER_TYPE": ("STOP_WITH_LIMIT_ORDER_TYPE", "STWL"),
    "STL_ORDER_TYPE": ("STOP_LIMIT_ORDER_TYPE", "STL"),
    "FAK_ORDER_TYPE": ("FILL_AND_KILL_ORDER_TYPE", "IOC_ORDER_TYPE", "FAK"),
    "FOK_ORDER_TYPE": ("FILL_OR_KILL_ORDER_TYPE", "FOK"),
}
LIFE_TIMES = {
    "DAY_ORDER_LIFE_TIME": ("DAY",),
    "GTC_ORDER_LIFE_TIME": ("GOOD_TILL_CANCEL_ORDER_LIFE_TIME", "GTC"),
    "GTD_ORDER_LIFE_TIME": ("GOOD_TILL_DATE_ORDER_LIFE_TIME", "GTD"),
}
POSITION_TYPES = {"OPEN_POSITION_TYPE": ("OPEN",), "CLOSE_POSITION_TYPE": ("CLOSE",)}
FRACTIONS = {
    "STANDARD_FRACTIONAL_QUANTITY": ("STANDARD",),
    "MINI_FRACTIONAL_QUANTITY": ("MINI",),
    "MICRO_FRACTIONAL_QUANTITY": ("MICRO",),
}
SUBSCRIPTION_LEVELS = {"SUBSCRIBED": ("SUBSCRIBED_SUBSCRIPTION_LEVEL",), "UNSUBSCRIBED": ("NOT_SUBSCRIBED",)}
STATUSES = {
    "SUCCESS": ("SUCCESS_RESPONSE_STATUS", "OK"),
    "FAILURE": ("FAILURE_RESPONSE_STATUS", "FAILED", "ERROR"),
}
CONNECTION_WORDS = {
    "CONNECTED": ("CONNECTED_CONNECTION_STATUS",),
    "DISCONNECTED": ("DISCONNECTED_CONNECTION_STATUS",),
    "CONNECTING": ("CONNECTING_CONNECTION_STATUS",),
}
POSITION_SIDES = {"LONG": ("LONG_POSITION_SIDE", "L"), "SHORT": ("SHORT_POSITION_SIDE", "S")}
FREE: dict[str, tuple[str, ...]] = {}
"""Enums of which we name no word: whatever comes is kept."""

PUBLISHED = frozenset({"QOR", "BUY", "SELL", "LMT_ORDER_TYPE", "DAY_ORDER_LIFE_TIME", "SUBSCRIBED"})
"""Words that the vendor states for this API: a definition file without them is not this API's."""
