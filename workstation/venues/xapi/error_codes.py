"""XAPI's error codes: what each means in plain words, what follows, and what the trader can do.

Codes are opaque texts: an unknown one is shown as it came, with the venue's own words, and taken as a plain refusal.
Source: chapter 7 of the document; BE11, BE51, BE015 and SE199 were seen live, undocumented.
"""

import re
from dataclasses import dataclass
from enum import Enum


class Follows(Enum):
    """What an error code makes this program do."""

    TELL = "TELL"
    """The request was refused; the words say why."""
    ASK_TRADER = "ASK_TRADER"
    """The login is of no use; never tried again by itself."""
    WAIT_TEN_MINUTES = "WAIT_TEN_MINUTES"
    """The pair of login and password is disabled for ten minutes."""
    LOG_IN_AGAIN = "LOG_IN_AGAIN"
    """The session is gone."""
    SLOW_DOWN = "SLOW_DOWN"
    """The venue found us too fast, or is overloaded: reads are tried again later, orders never."""
    RECONCILE = "RECONCILE"
    """Whether the request had an effect is not known, or the books moved under it: the books decide."""
    REFUSED_AND_RELOAD = "REFUSED_AND_RELOAD"
    """Refused for certain, because our picture of the books is old."""
    REFRESH_SYMBOLS = "REFRESH_SYMBOLS"
    """Our list of instruments is old."""
    NARROW = "NARROW"
    """Too much was asked for at once."""
    IGNORE = "IGNORE"
    """It changes nothing."""


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One code. `meaning` and `cure` are sentences for the trader; `cure` may be empty."""

    code: str
    meaning: str
    follows: Follows
    cure: str = ""


_TABLE = (
    ErrorCode("BE001", "The price is not valid.", Follows.TELL, "Check it against the instrument's tick and decimals."),
    ErrorCode(
        "BE002",
        "The stop loss or take profit is not valid.",
        Follows.TELL,
        "Check its side and its smallest distance from the market.",
    ),
    ErrorCode("BE003", "The volume is not valid.", Follows.TELL, "Check the smallest, largest and stepwise volume."),
    ErrorCode("BE004", "This login is disabled.", Follows.ASK_TRADER, "Ask the broker."),
    ErrorCode("BE005", "Login or password is wrong.", Follows.ASK_TRADER, "Correct them, then connect."),
    ErrorCode("BE006", "The market of this instrument is closed.", Follows.TELL, "Look at its trading hours."),
    ErrorCode("BE007", "The parameters do not fit together.", Follows.TELL),
    ErrorCode("BE008", "The change is denied.", Follows.TELL),
    ErrorCode("BE009", "There is not enough money on the account.", Follows.TELL, "Trade less, or free margin."),
    ErrorCode("BE010", "The venue has no quotes for it now.", Follows.TELL, "Try again when prices move."),
    ErrorCode("BE011", "Opposite positions are not allowed.", Follows.TELL, "Close the other position first."),
    ErrorCode("BE012", "Short positions are not allowed.", Follows.TELL),
    ErrorCode("BE013", "The price has changed.", Follows.TELL, "Send it again at the new price if you still want it."),
    ErrorCode("BE014", "Requests came too fast.", Follows.SLOW_DOWN),
    ErrorCode("BE015", "The venue offers another price.", Follows.TELL, "Send it again at the new price."),
    ErrorCode("BE016", "Too many trade requests.", Follows.SLOW_DOWN),
    ErrorCode("BE017", "Too many trade requests.", Follows.SLOW_DOWN),
    ErrorCode("BE018", "Trading in this instrument is switched off.", Follows.TELL),
    ErrorCode("BE019", "The venue ran out of time while trading.", Follows.RECONCILE),
    *(ErrorCode(f"BE0{number}", "The venue reports an error.", Follows.TELL) for number in (*range(20, 38), 99)),
    ErrorCode("BE094", "The account has no such symbol.", Follows.REFRESH_SYMBOLS),
    ErrorCode("BE095", "The account may not trade this symbol.", Follows.TELL),
    ErrorCode("BE096", "A pending order cannot be closed, only deleted.", Follows.REFUSED_AND_RELOAD),
    ErrorCode("BE097", "It is closed already.", Follows.REFUSED_AND_RELOAD),
    ErrorCode("BE098", "The venue knows no such transaction.", Follows.REFUSED_AND_RELOAD),
    ErrorCode("BE101", "The symbol is unknown.", Follows.REFRESH_SYMBOLS),
    ErrorCode("BE102", "The kind of transaction is unknown.", Follows.TELL),
    ErrorCode("BE103", "The session is not logged in.", Follows.LOG_IN_AGAIN),
    ErrorCode("BE104", "The venue has no such command.", Follows.TELL),
    ErrorCode("BE105", "The period is not valid.", Follows.TELL),
    ErrorCode("BE106", "Something is missing in the request.", Follows.TELL),
    ErrorCode("BE110", "The request has a wrong form.", Follows.TELL),
    ErrorCode("BE115", "The symbol does not exist.", Follows.REFRESH_SYMBOLS),
    ErrorCode("BE116", "The symbol does not exist.", Follows.REFRESH_SYMBOLS),
    ErrorCode("BE117", "The stream's token is not valid.", Follows.LOG_IN_AGAIN),
    ErrorCode("BE118", "The user is logged in already.", Follows.IGNORE),
    ErrorCode("BE200", "The session ran out of time.", Follows.LOG_IN_AGAIN),
    ErrorCode("BE11", "The venue found no such position.", Follows.REFUSED_AND_RELOAD),
    ErrorCode("BE51", "It is closed already.", Follows.REFUSED_AND_RELOAD),
    ErrorCode("BE000", "The venue has an internal error.", Follows.RECONCILE, "If it stays, ask the broker."),
    ErrorCode("EX000", "The parameters are not valid.", Follows.TELL),
    ErrorCode("EX001", "The venue has an internal error.", Follows.RECONCILE, "If it stays, ask the broker."),
    ErrorCode("EX002", "The venue has an internal error.", Follows.RECONCILE, "If it stays, ask the broker."),
    ErrorCode("EX003", "The venue ran out of time inside.", Follows.RECONCILE),
    ErrorCode(
        "EX004",
        "Login or password is wrong, or this program may not use the login.",
        Follows.ASK_TRADER,
        "Correct them, then connect.",
    ),
    ErrorCode("EX005", "The venue is overloaded.", Follows.SLOW_DOWN, "Wait a little."),
    ErrorCode("EX006", "The venue gives no access to this.", Follows.TELL),
    ErrorCode(
        "EX007",
        "Login or password is wrong, and the venue has disabled the pair for ten minutes.",
        Follows.WAIT_TEN_MINUTES,
        "Correct them; the same pair is refused until the time is over.",
    ),
    ErrorCode("EX008", "Too many connections come from this address.", Follows.SLOW_DOWN, "Close other programs."),
    ErrorCode("EX009", "Too many candles were asked for at once.", Follows.NARROW),
    ErrorCode("EX010", "This login is on the venue's black list.", Follows.ASK_TRADER, "Ask the broker."),
    ErrorCode("EX011", "This login may not use the command.", Follows.TELL, "Ask the broker."),
)
ERROR_CODES = {each.code: each for each in _TABLE}
_INTERNAL = re.compile(r"SE\d+")


def error_code(code: str) -> ErrorCode:
    """Return what is known of `code`; an unknown one means that the venue said no."""
    known = ERROR_CODES.get(code)
    if known is not None:
        return known
    if _INTERNAL.fullmatch(code):
        return ErrorCode(code, "The venue has an internal error.", Follows.RECONCILE, "If it stays, ask the broker.")
    return ErrorCode(code, "The venue refused it.", Follows.TELL)


def told(code: str, words: str) -> str:
    """Return a text for the trader: meaning, cure, and the venue's own code and words."""
    known = error_code(code)
    quoted = f" ({' '.join(part for part in (code, words.strip()) if part)})" if code or words.strip() else ""
    return f"{known.meaning}{' ' + known.cure if known.cure else ''}{quoted}"
