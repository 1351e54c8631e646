"""The one place where any error is caught.

A fault in one part of the program must not take the orders of the others down. So each service runs under
:func:`supervise`: an error that nobody foresaw is logged with its traceback, the part is reported as failed, and the
rest goes on. It is not started again by itself: what is unknown is shown to the trader, not repeated.

:func:`attempt` is for work on another thread: it swallows nothing, but carries the error to whoever asked.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)

PartFailed = Callable[[str, str], None]
"""Called with the part's name and a sentence for the trader."""

_MEANING = (
    "Its orders stay as they are at the broker and are shown as last known. Everything else goes on. "
    "Connect it again; the log file holds the details."
)

T = TypeVar("T")


async def supervise(
    part: str, service: Callable[[], Awaitable[None]], report_failed: PartFailed, meaning: str = _MEANING
) -> bool:
    """Run `service` to its end; say whether it ended by itself rather than by an error.

    Cancellation passes through. `part` is the name that the trader knows ("QST demo"), `meaning` says what its end
    means and what to do.
    """
    try:
        await service()
    except Exception as error:
        # The service reports the errors that it foresees itself; whatever comes here is our own mistake.
        _log.exception("%s stopped by its own fault", part)
        report_failed(part, f"{part} stopped by a fault in this program ({type(error).__name__}). {meaning}")
        return False
    return True


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """How a call ended: with a value, or with an error."""

    value: T | None
    error: Exception | None

    def result(self) -> T:
        """Return the value, or raise the error."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # None here is a value of T


def attempt(function: Callable[[], T]) -> Attempt[T]:
    """Call `function` and return how it ended."""
    try:
        return Attempt(function(), None)
    except Exception as error:
        return Attempt(None, error)
