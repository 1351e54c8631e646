"""Open or closed: asked once per instrument, a moment after it stands in the ticket."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import make_screen
from tests.support.fake_desk_client import FakeDeskClient
from tests.support.fake_venue import CAPABILITIES
from workstation.desk.commands import AskVenue, Finding, Hardness, Refused, VenueAnswered
from workstation.domain.capabilities import Feed
from workstation.domain.identity import ConnectionID, InstrumentKey
from workstation.domain.market_data import HoursKind, HoursSession, TradingHours
from workstation.services.desk_client import EngineGone
from workstation.venues.queries import HoursAnswer
from workstation.widgets.ticket.session_hours import SessionHours

KEY, OTHER = (InstrumentKey(ConnectionID("x"), symbol) for symbol in ("EURUSD", "GOLD"))
TELLS = replace(CAPABILITIES, feeds=frozenset({Feed.TRADING_HOURS}))
MONDAY = HoursSession(kind=HoursKind.TRADING, weekday=1, from_ms=0, to_ms=3_600_000)
HOURS = TradingHours(key=KEY, zone="Europe/Warsaw", sessions=(MONDAY,))


@pytest.fixture
def bench(qapp: object) -> tuple[SessionHours, FakeDeskClient]:
    screen, desk = make_screen()
    return SessionHours(screen), desk


Bench = tuple[SessionHours, FakeDeskClient]


def test_it_asks_once_about_what_stands_still(qtbot: QtBot, bench: Bench) -> None:
    hours, desk = bench
    assert hours.of(OTHER, TELLS) is None
    assert hours.of(KEY, TELLS) is None
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 1)
    assert desk.of(AskVenue)[0].query.keys == (KEY,)
    with qtbot.waitSignal(hours.changed):
        desk.answer(VenueAnswered(result=HoursAnswer(hours=(HOURS,))))
    assert hours.of(KEY, TELLS) == HOURS
    assert hours.of(None, TELLS) is None
    assert hours.of(KEY, TELLS) == HOURS
    assert len(desk.of(AskVenue)) == 1


def test_a_venue_that_tells_no_hours_is_not_asked(qtbot: QtBot, bench: Bench) -> None:
    hours, _ = bench
    assert hours.of(KEY, CAPABILITIES) is None
    assert hours.of(KEY, None) is None
    assert not hours._soon.isActive()


def test_a_refused_question_may_be_asked_again(qtbot: QtBot, bench: Bench) -> None:
    hours, desk = bench
    hours.of(KEY, TELLS)
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 1)
    desk.answer(Refused(findings=(Finding(gate="query", hardness=Hardness.HARD, text="Not now."),)))
    hours.of(None, TELLS)
    assert hours.of(KEY, TELLS) is None
    qtbot.waitUntil(lambda: len(desk.of(AskVenue)) == 2)
    desk.fail(EngineGone("gone"))
    assert hours.of(KEY, TELLS) is None
