"""The words a trader reads for the program's own codes.

Codes are stored, words are shown: a better word changes nothing on disk. States that want action are in capitals.
"""

from enum import Enum

from workstation.desk.messages import ActivityKind
from workstation.domain.connection import Environment
from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.venues.base import Lamp, Severity

WORDS: dict[Enum, str] = {
    OrdStatus.PENDING_NEW: "pending new",
    OrdStatus.PENDING_AUTHORISATION: "to be authorised",
    OrdStatus.NEW: "working",
    OrdStatus.PARTIALLY_FILLED: "part filled",
    OrdStatus.PENDING_REPLACE: "pending replace",
    OrdStatus.PENDING_CANCEL: "pending cancel",
    OrdStatus.SUSPENDED: "suspended",
    OrdStatus.UNRECOGNISED: "unknown word",
    OrdStatus.IN_DOUBT: "IN DOUBT",
    OrdStatus.FILLED: "filled",
    OrdStatus.CANCELED: "canceled",
    OrdStatus.REJECTED: "rejected",
    OrdStatus.EXPIRED: "expired",
    OrdStatus.DONE_FOR_DAY: "done for day",
    OrdStatus.NOT_PLACED: "not placed",
    Side.BUY: "buy",
    Side.SELL: "sell",
    OrdType.MARKET: "market",
    OrdType.LIMIT: "limit",
    OrdType.STOP: "stop",
    OrdType.STOP_LIMIT: "stop limit",
    TimeInForce.DAY: "day",
    TimeInForce.GOOD_TILL_CANCEL: "good till cancelled",
    TimeInForce.GOOD_TILL_DATE: "good till date",
    TimeInForce.IMMEDIATE_OR_CANCEL: "immediate or cancel",
    TimeInForce.FILL_OR_KILL: "all at once or not at all",
    PositionEffect.OPEN: "open",
    PositionEffect.CLOSE: "close",
    Environment.LIVE: "LIVE",
    Environment.DEMO: "DEMO",
    Environment.SIMULATED: "SIM",
    Severity.INFO: "info",
    Severity.SUCCESS: "done",
    Severity.WARNING: "warning",
    Severity.ERROR: "error",
    ActivityKind.ORDERS: "orders",
    ActivityKind.CONNECTION: "connection",
    ActivityKind.RULES: "rules",
    ActivityKind.VENUE: "venue",
    ActivityKind.SYSTEM: "system",
    Lamp.LIVE: "live",
    Lamp.STALE: "stale data",
    Lamp.DEGRADED: "slow",
    Lamp.SYNCING: "syncing",
    Lamp.CONNECTING: "connecting",
    Lamp.SUSPECT: "no traffic",
    Lamp.RECONNECTING: "reconnecting",
    Lamp.NEEDS_YOU: "needs you",
    Lamp.BLOCKED: "blocked",
    Lamp.OFF: "off",
}

SHORT_TIF: dict[TimeInForce, str] = {
    TimeInForce.DAY: "day",
    TimeInForce.GOOD_TILL_CANCEL: "GTC",
    TimeInForce.GOOD_TILL_DATE: "GTD",
    TimeInForce.IMMEDIATE_OR_CANCEL: "IOC",
    TimeInForce.FILL_OR_KILL: "FOK",
}
"""For narrow cells; wherever an order can be sent the full words are used."""

SEVERITY_MARKS: dict[Severity, str] = {
    Severity.INFO: "i",
    Severity.SUCCESS: "\u2713",
    Severity.WARNING: "!",
    Severity.ERROR: "\u2715",
}
"""One sign per severity, so that it can be told without colour."""


def word(code: Enum) -> str:
    """Return the word for `code`; a code without one shows its own name in small letters."""
    return WORDS.get(code) or code.name.replace("_", " ").lower()
