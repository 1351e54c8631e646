"""Why a position was closed, from the comment of its closed record.

The venue adds its reason in square or round brackets: ``[S/L]``, ``[T/P]``, ``[S/O -1968861.79% -24217.00 / 1.23
(USD)]``. A comment that is as it was when the position was open means that the trader closed it.
"""

import re

from workstation.domain.trade_history import CloseReason

_REASONS = {"S/L": CloseReason.STOP_LOSS, "T/P": CloseReason.TAKE_PROFIT, "S/O": CloseReason.STOP_OUT}
_NOTE = re.compile(r"[\[(]\s*(S/L|T/P|S/O)\b([^\])]*(?:\([^)]*\))?[^\])]*)[\])]", re.IGNORECASE)
_WORDS = {
    CloseReason.STOP_LOSS: "its stop loss",
    CloseReason.TAKE_PROFIT: "its take profit",
    CloseReason.STOP_OUT: "a stop out: there was too little money to keep it",
}


def close_reason(comment: str | None, open_comment: str | None = None) -> CloseReason:
    """Return the reason; TRADER only where the comment is known to be unchanged."""
    found = _NOTE.search(comment or "")
    if found is not None:
        return _REASONS[found.group(1).upper()]
    if open_comment is not None and (comment or "") == open_comment:
        return CloseReason.TRADER
    return CloseReason.NOT_SAID


def reason_words(comment: str | None) -> str:
    """Return what closed it, for the trader; empty where the venue adds no reason."""
    found = _NOTE.search(comment or "")
    if found is None:
        return ""
    reason = _REASONS[found.group(1).upper()]
    figures = found.group(2).strip()
    if reason is not CloseReason.STOP_OUT or not figures:
        return _WORDS[reason]
    return f"{_WORDS[reason]} (margin level, equity / margin: {figures})"
