"""The news dock: backlog and live, what is read stays read, and the text is shown harmless."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.support.chart_bench import EURUSD, XAPI, chart_screen
from tests.support.dock_screen import make_screen
from tests.support.fake_desk_client import FakeDeskClient
from tests.support.news_samples import NOW_NS, news
from workstation.desk.commands import AskVenue, Finding, Hardness, Refused, VenueAnswered
from workstation.desk.messages import ConnectionRemoved, MarketMoved
from workstation.domain.market_data import NewsItem
from workstation.venues.queries import NewsAnswer, NewsQuery
from workstation.widgets.docks.news import BACKLOG_NS, READ_SECTION, NewsDock
from workstation.widgets.screen import Screen

ITEMS = (
    news("1", "ECB holds", "<p>The <b>bank</b></p><img src=http://evil.example/x>", 3),
    news("2", "Oil falls", minutes_ago=60),
)


def shown_dock(qtbot: QtBot, screen: Screen) -> NewsDock:
    dock = NewsDock(screen)
    qtbot.addWidget(dock)
    dock.resize(700, 400)
    with qtbot.waitExposed(dock):
        dock.show()
    return dock


def titles(dock: NewsDock) -> list[str]:
    dock.model.hold(False)  # an earlier test may have left the pointer where the rows are: they stand still under it
    dock.model.flush()
    dock.model.finish_arranging()
    return [dock.model.look(row).texts[2] for row in range(dock.model.rowCount())]


def filled(qtbot: QtBot) -> tuple[NewsDock, Screen, FakeDeskClient]:
    screen, desk = chart_screen()
    dock = shown_dock(qtbot, screen)
    desk.answer(VenueAnswered(result=NewsAnswer(items=ITEMS)))
    return dock, screen, desk


def test_the_backlog_is_asked_for_when_it_is_seen(qtbot: QtBot) -> None:
    dock, _, desk = filled(qtbot)
    assert desk.of(AskVenue) == [AskVenue(connection_id=XAPI, query=NewsQuery(start_ns=NOW_NS - BACKLOG_NS))]
    assert titles(dock) == ["ECB holds", "Oil falls"]


def test_live_news_come_on_top_and_those_before_it_was_open_are_there(qtbot: QtBot) -> None:
    screen, _ = chart_screen()
    screen.services.market.accept(MarketMoved(news=(ITEMS[1],)))
    dock = shown_dock(qtbot, screen)
    screen.services.market.accept(MarketMoved(news=(news("3", "Flash", minutes_ago=0), ITEMS[1])))
    assert titles(dock) == ["Flash", "Oil falls"]


def test_reading_marks_and_is_remembered(qtbot: QtBot) -> None:
    dock, screen, _ = filled(qtbot)
    titles(dock)
    assert not dock.body.isVisible()
    dock.focus_first()
    assert dock.title.text() == "ECB holds"
    assert dock.body.toPlainText() == "The bank"
    dock.model.flush()
    assert dock.table.chip_counts() == {"unread": 1, "all": 2}
    qtbot.waitUntil(lambda: screen.settings.get(READ_SECTION) == {"keys": [[XAPI, "1"]]})
    again = NewsDock(screen)
    qtbot.addWidget(again)
    again._take(ITEMS)
    again.model.flush()
    assert again.table.chip_counts() == {"unread": 1, "all": 2}


def test_only_the_unread_and_only_the_linked_symbol(qtbot: QtBot) -> None:
    dock, screen, _ = filled(qtbot)
    assert not dock.table.about.isEnabled()
    screen.links.choose("A", EURUSD, "chart")
    screen.services.market.accept(MarketMoved(news=(news("3", "EUR/USD steady"),)))
    assert dock.table.about.text() == "only EURUSD"
    dock.table.about.click()
    assert titles(dock) == ["EUR/USD steady"]
    dock.table.show_everything()
    titles(dock)
    dock.focus_first()
    assert dock.current_row() is not None
    dock.table.choose("unread")
    assert titles(dock) == ["ECB holds", "Oil falls"]
    assert dock.current_row() is None
    dock.focus_first()
    assert titles(dock) == ["ECB holds", "Oil falls"]  # what was just read stays until the chip is chosen anew
    assert dock.table.chip_counts() == {"unread": 1, "all": 3}


def test_a_refusal_says_whose_and_what_it_means(qtbot: QtBot) -> None:
    screen, desk = chart_screen()
    dock = shown_dock(qtbot, screen)
    desk.answer(Refused(findings=(Finding(gate="query", hardness=Hardness.HARD, text="EX008."),)))
    assert dock.notice.text() == "XAPI demo gives no earlier news: EX008. New ones are shown as they come."


def test_without_a_feed_it_says_so(qtbot: QtBot) -> None:
    screen, desk = make_screen()
    dock = shown_dock(qtbot, screen)
    assert dock.table.empty_text() == "No feed: QST publish no news over this interface."
    assert desk.asked == []


def test_a_removed_connection_takes_its_news_along(qtbot: QtBot) -> None:
    dock, screen, _ = filled(qtbot)
    titles(dock)
    screen.services.dispatch([ConnectionRemoved(connection_id=XAPI)])
    assert titles(dock) == []


@pytest.mark.parametrize("kept", [{}, {"keys": 5}, {"keys": [1, ["a"], ["a", 2]]}])
def test_damaged_settings_are_no_harm(qtbot: QtBot, kept: dict[str, object]) -> None:
    screen, _ = chart_screen()
    screen.settings.put(READ_SECTION, kept)
    dock = NewsDock(screen)
    qtbot.addWidget(dock)
    assert dock._read == {}


def test_many_read_news_are_not_all_remembered(qtbot: QtBot) -> None:
    dock, screen, _ = filled(qtbot)
    made: Callable[[int], NewsItem] = lambda number: news(str(number), "x")  # noqa: E731
    dock._read = dict.fromkeys((XAPI, made(number).news_key) for number in range(700))
    dock._save()
    kept = screen.settings.get(READ_SECTION)["keys"]
    assert isinstance(kept, list)
    assert (len(kept), kept[-1]) == (500, [XAPI, "699"])
