"""The calendar dock: what is next, by whose clock, narrowed by impact and country, and fresh."""

from pytestqt.qtbot import QtBot

from tests.support.chart_bench import XAPI, chart_screen
from tests.support.dock_screen import make_screen
from tests.support.fake_desk_client import FakeClock, FakeDeskClient
from tests.support.news_samples import event
from workstation.desk.commands import AskVenue, Finding, Hardness, Refused, VenueAnswered
from workstation.desk.messages import ConnectionRemoved
from workstation.domain.market_data import CalendarEvent, Impact
from workstation.venues.queries import CalendarAnswer, CalendarQuery
from workstation.widgets.docks.calendar import CalendarDock
from workstation.widgets.screen import Screen

EVENTS = (
    event("Payrolls", 2, Impact.HIGH),
    event("CPI", -0.5, Impact.MEDIUM, "Germany", "2.1%"),
    event("PMI", -30, Impact.LOW, "France", "49.1"),
    event("Rates", 26, Impact.HIGH, "Japan"),
)


def shown_dock(qtbot: QtBot, *events: CalendarEvent) -> tuple[CalendarDock, Screen, FakeDeskClient]:
    screen, desk = chart_screen()
    dock = CalendarDock(screen)
    qtbot.addWidget(dock)
    dock.resize(800, 300)
    with qtbot.waitExposed(dock):
        dock.show()
    desk.answer(VenueAnswered(result=CalendarAnswer(events=events)))
    return dock, screen, desk


def titles(dock: CalendarDock) -> list[str]:
    dock.model.hold(False)  # an earlier test may have left the pointer where the rows are: they stand still under it
    dock.model.flush()
    dock.model.finish_arranging()
    return [dock.model.look(row).texts[4] for row in range(dock.model.rowCount())]


def test_coming_events_in_order_of_time(qtbot: QtBot) -> None:
    dock, _, desk = shown_dock(qtbot, *EVENTS)
    assert desk.of(AskVenue) == [AskVenue(connection_id=XAPI, query=CalendarQuery())]
    assert titles(dock) == ["CPI", "Payrolls", "Rates"]
    dock.table.choose("all")
    assert titles(dock) == ["PMI", "CPI", "Payrolls", "Rates"]


def test_the_next_is_told_with_its_countdown_and_zone(qtbot: QtBot) -> None:
    dock, screen, _ = shown_dock(qtbot, *EVENTS)
    assert dock.next.text().startswith("Next in 2 h 0 min: US, Payrolls, ●●● high; ")
    assert "UTC" in dock.next.text()
    assert isinstance(screen.clock, FakeClock)
    screen.clock.advance(7_100)
    dock.tell_next()
    assert dock.next.text().startswith("Next in 1 min 40 s: US, Payrolls")
    screen.clock.advance(3_600)
    dock.tell_next()
    assert dock.next.text().startswith("Next in 23 h")
    assert titles(dock) == ["Payrolls", "Rates"]  # CPI came out more than an hour ago
    screen.clock.advance(100 * 3_600)
    dock.tell_next()
    assert dock.next.text().startswith("Nothing more is announced.")


def test_filters_by_impact_and_country(qtbot: QtBot) -> None:
    dock, _, _ = shown_dock(qtbot, *EVENTS)
    dock.table.impacts.choose("high")
    assert titles(dock) == ["Payrolls", "Rates"]
    dock.table.countries.setCurrentText("Japan")
    assert titles(dock) == ["Rates"]
    assert dock.table.is_narrowed()
    dock.table.show_everything()
    assert titles(dock) == ["PMI", "CPI", "Payrolls", "Rates"]
    assert [dock.table.countries.itemText(n) for n in range(5)] == ["all countries", "France", "Germany", "Japan", "US"]


def test_the_chosen_country_outlives_a_refresh(qtbot: QtBot) -> None:
    dock, _, desk = shown_dock(qtbot, *EVENTS)
    dock.table.countries.setCurrentText("Japan")
    dock.refresh.timeout.emit()
    desk.answer(VenueAnswered(result=CalendarAnswer(events=(*EVENTS, event("GDP", 5, country="Poland")))))
    assert dock.table.countries.currentText() == "Japan"
    assert titles(dock) == ["Rates"]


def test_it_is_asked_anew_only_while_somebody_looks(qtbot: QtBot) -> None:
    dock, _, desk = shown_dock(qtbot, *EVENTS)
    assert (dock.refresh.isActive(), dock.refresh.interval()) == (True, 600_000)
    dock.refresh.timeout.emit()
    assert len(desk.of(AskVenue)) == 2
    dock.hide()
    assert not dock.refresh.isActive()


def test_a_refusal_says_whose_and_what_it_means(qtbot: QtBot) -> None:
    dock, _, desk = shown_dock(qtbot, *EVENTS)
    dock.refresh.timeout.emit()
    desk.answer(Refused(findings=(Finding(gate="query", hardness=Hardness.HARD, text="EX008."),)))
    assert dock.notice.text() == "XAPI demo does not give its calendar: EX008. What is shown may be old."
    dock.refresh.timeout.emit()
    desk.answer(VenueAnswered(result=CalendarAnswer(events=EVENTS)))
    assert dock.notice.text() == ""


def test_a_removed_connection_takes_its_events_along(qtbot: QtBot) -> None:
    dock, screen, _ = shown_dock(qtbot, *EVENTS)
    screen.services.dispatch([ConnectionRemoved(connection_id=XAPI)])
    assert titles(dock) == []
    assert dock.table.empty_text() == "No feed: QST publish no calendar over this interface."


def test_without_a_feed_it_says_so(qtbot: QtBot) -> None:
    screen, desk = make_screen()
    dock = CalendarDock(screen)
    qtbot.addWidget(dock)
    with qtbot.waitExposed(dock):
        dock.show()
    assert desk.asked == []
    assert dock.table.empty_text().startswith("No feed: QST")
