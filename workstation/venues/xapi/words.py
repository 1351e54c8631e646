"""The numbers and words that XAPI 2.5.0 uses as codes. An unknown one is kept as it is, shown, and never refused."""

from enum import IntEnum


class Cmd(IntEnum):
    """Operation codes; the last two only in histories."""

    BUY = 0
    SELL = 1
    BUY_LIMIT = 2
    SELL_LIMIT = 3
    BUY_STOP = 4
    SELL_STOP = 5
    BALANCE = 6
    CREDIT = 7


class TransactionType(IntEnum):
    """What a trade request does, and what a streamed trade is; PENDING is no request, MODIFY and DELETE only are."""

    OPEN = 0
    PENDING = 1
    CLOSE = 2
    MODIFY = 3
    DELETE = 4


class RequestStatus(IntEnum):
    """Fate of a trade request; 2 is not defined."""

    ERROR = 0
    PENDING = 1
    ACCEPTED = 3
    REJECTED = 4


class QuoteSource(IntEnum):
    """quoteId; 5, 6 and 10 were seen live, undocumented."""

    FIXED = 1
    FLOAT = 2
    DEPTH = 3
    CROSS = 4


class MarginMode(IntEnum):
    """How margin is calculated; 104 was seen live, undocumented."""

    FOREX = 101
    CFD_LEVERAGED = 102
    CFD = 103


class ProfitMode(IntEnum):
    """How profit is calculated."""

    FOREX = 5
    CFD = 6


MODIFIED = "Modified"
DELETED = "Deleted"
"""The two values of a streamed trade's state."""

ALL_LEVELS = -1
BASE_LEVEL = 0
