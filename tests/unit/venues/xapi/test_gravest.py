import pytest

from workstation.venues.base import NotAuthorised, VenueUnreachable
from workstation.venues.xapi.gravest import gravest
from workstation.venues.xapi.ledger import SessionStale


def test_what_only_the_trader_can_cure_comes_first() -> None:
    refused, stale, gone = NotAuthorised("no"), SessionStale("old"), VenueUnreachable("gone")
    assert gravest(BaseExceptionGroup("all", [gone, ExceptionGroup("in", [stale, refused])])) is refused
    assert gravest(BaseExceptionGroup("all", [gone, stale])) is stale
    assert gravest(BaseExceptionGroup("all", [gone])) is gone


def test_our_own_mistakes_are_not_hidden() -> None:
    group = BaseExceptionGroup("all", [VenueUnreachable("gone"), ZeroDivisionError()])
    with pytest.raises(BaseExceptionGroup):
        gravest(group)
