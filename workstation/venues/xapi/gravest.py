"""What ended a link, out of all that failed with it."""

from workstation.venues.base import NotAuthorised, VenueError
from workstation.venues.xapi.ledger import SessionStale


def gravest(group: BaseExceptionGroup[BaseException]) -> VenueError:
    """Return what ended a link: what only the trader can cure comes first.

    Raises:
        BaseExceptionGroup: something else than a venue's error is among it.
    """
    found: list[VenueError] = []
    waiting: list[BaseException] = list(group.exceptions)
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseExceptionGroup):
            waiting.extend(each.exceptions)
        elif isinstance(each, VenueError):
            found.append(each)
        else:
            raise group
    ranked = [each for kind in (NotAuthorised, SessionStale, VenueError) for each in found if isinstance(each, kind)]
    return ranked[0]
