"""Every venue with the feed is asked once it is live, and again when its link comes back."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.support.chart_bench import XAPI, chart_screen, data_status
from tests.support.dock_screen import QST
from tests.support.fake_desk_client import FakeDeskClient
from workstation.desk.commands import AskVenue, Finding, Hardness, Refused, VenueAnswered
from workstation.domain.capabilities import Feed
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Lamp
from workstation.venues.queries import CalendarAnswer, CalendarQuery
from workstation.widgets.feed_questions import FeedQuestions
from workstation.widgets.screen import Screen


def make(feed: Feed = Feed.CALENDAR) -> tuple[FeedQuestions, Screen, FakeDeskClient]:
    screen, desk = chart_screen()
    return FeedQuestions(screen, feed, CalendarQuery, screen.services), screen, desk


def test_nobody_is_asked_before_somebody_looks(qapp: object) -> None:
    questions, screen, desk = make()
    screen.services.dispatch([data_status(Lamp.LIVE)])
    assert desk.asked == []
    questions.ask_all()
    assert desk.of(AskVenue) == [AskVenue(connection_id=XAPI, query=CalendarQuery())]
    questions.ask_all()
    assert len(desk.asked) == 1  # the first is still open


def test_the_answer_and_the_refusal_are_told(qtbot: QtBot) -> None:
    questions, _, desk = make()
    heard: list[object] = []
    questions.answered.connect(lambda connection, result: heard.append((connection, result)))
    questions.refused.connect(lambda connection, why: heard.append((connection, why)))
    questions.ask_all()
    desk.answer(VenueAnswered(result=CalendarAnswer(events=())))
    questions.ask_all()
    desk.answer(Refused(findings=(Finding(gate="query", hardness=Hardness.HARD, text="No.", cure="Wait."),)))
    questions.ask_all()
    desk.fail(EngineGone())
    assert heard == [(XAPI, CalendarAnswer(events=())), (XAPI, "No. Wait.")]


def test_a_link_that_comes_back_is_asked_again(qapp: object) -> None:
    questions, screen, desk = make()
    screen.services.dispatch([data_status(Lamp.OFF)])
    questions.ask_all()
    assert desk.asked == []
    screen.services.dispatch([data_status(Lamp.LIVE)])
    desk.answer(VenueAnswered(result=CalendarAnswer(events=())))
    screen.services.dispatch([data_status(Lamp.LIVE)])
    assert len(desk.asked) == 1
    screen.services.dispatch([data_status(Lamp.RECONNECTING)])
    screen.services.dispatch([data_status(Lamp.LIVE)])
    assert len(desk.asked) == 2


def test_who_has_the_feed_and_who_has_not(qapp: object) -> None:
    questions, screen, _ = make()
    assert questions.connections() == [XAPI]
    assert questions.without_feed() == ["QST"]
    assert QST in screen.services.connections.capabilities
    assert isinstance(questions, QObject)
