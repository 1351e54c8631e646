"""Facts and hours of the linked instrument: asked when seen, never mixed up, and silence is explained."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import QST
from tests.support.market_screen import FEEDS, INSTRUMENTS, XAPI, fx, key, make_market_screen, trading_hours
from workstation.desk.commands import AskVenue, Command, Finding, Hardness, Refused, VenueAnswered
from workstation.domain.capabilities import Feed
from workstation.domain.identity import InstrumentKey
from workstation.domain.market_data import Fact
from workstation.services.desk_client import EngineGone
from workstation.venues.base import InstrumentsListed
from workstation.venues.queries import FactsAnswer, HoursAnswer, InstrumentFactsQuery
from workstation.widgets.docks.symbol_details import SymbolDock


def facts_and_hours(command: Command) -> VenueAnswered:
    assert isinstance(command, AskVenue)
    if isinstance(command.query, InstrumentFactsQuery):
        symbol = command.query.key.symbol
        return VenueAnswered(result=FactsAnswer(facts=(Fact("symbol", symbol), Fact("swapLong", "-2.5", "per lot"))))
    return VenueAnswered(result=HoursAnswer(hours=(trading_hours("GOLD"), trading_hours("EURUSD"))))


class Bench:
    def __init__(self, qtbot: QtBot, feeds: frozenset[Feed] = FEEDS, *, answers: bool = True) -> None:
        self.qtbot = qtbot
        self.screen, self.desk = make_market_screen(feeds)
        if answers:
            self.desk.answers = facts_and_hours
        self.dock = SymbolDock(self.screen)
        qtbot.addWidget(self.dock)
        self.dock.resize(420, 500)

    def show(self) -> None:
        with self.qtbot.waitExposed(self.dock):
            self.dock.show()

    def link(self, name: str | InstrumentKey) -> None:
        chosen = key(name) if isinstance(name, str) else name
        self.screen.links.choose("A", chosen, "quotes")

    def facts(self) -> dict[str, str]:
        model = self.dock.facts
        texts = [model.look(row).texts for row in range(model.rowCount())]
        return {name: text for name, text, _ in texts}


def test_it_asks_only_when_seen(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.link("EURUSD")
    bench.link("GOLD")
    assert bench.desk.asked == []
    assert bench.facts()["Description"] == "Gold, per ounce"
    bench.show()
    assert [command.query.__class__.__name__ for command in bench.desk.asked] == [
        "InstrumentFactsQuery",
        "TradingHoursQuery",
    ]
    assert bench.facts() == {"symbol": "GOLD", "swapLong": "-2.5"}


def test_hours_are_a_week_and_a_sentence(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.link("EURUSD")
    bench.show()
    assert bench.dock.hours.rowCount() == 7
    assert bench.dock.opening.text() == "Trading: opens in 1 d 12 h. Quotes: opens in 1 d 13 h."
    bench.screen.clock.advance(3_600)  # type: ignore[attr-defined]
    bench.dock._clock.timeout.emit()
    assert bench.dock.opening.text().startswith("Trading: opens in 1 d 11 h.")


def test_hours_stand_beside_the_facts_where_there_is_room(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.show()
    places = [bench.dock.parts.orientation()]
    bench.dock.resize(900, 260)
    places.append(bench.dock.parts.orientation())
    assert places == [Qt.Orientation.Vertical, Qt.Orientation.Horizontal]


def test_an_answer_for_another_instrument_is_dropped(qtbot: QtBot) -> None:
    bench = Bench(qtbot, answers=False)
    bench.show()
    bench.link("EURUSD")
    bench.link("GOLD")
    bench.desk.answer(VenueAnswered(result=FactsAnswer(facts=(Fact("symbol", "EURUSD"),))))
    assert bench.facts()["Description"] == "Gold, per ounce"
    bench.desk.answer(VenueAnswered(result=HoursAnswer(hours=(trading_hours("EURUSD"),))))
    assert bench.dock.no_week.text() == "The trading hours are not known yet."
    bench.desk.answer(VenueAnswered(result=FactsAnswer(facts=(Fact("symbol", "GOLD"),))))
    bench.desk.answer(VenueAnswered(result=HoursAnswer(hours=())))
    assert bench.facts() == {"symbol": "GOLD"}
    assert bench.dock.no_week.text() == "XAPI states no trading hours for GOLD."
    assert not bench.dock.opening.isVisible()


def test_a_refusal_is_said_with_a_way_to_try_again(qtbot: QtBot) -> None:
    bench = Bench(qtbot, answers=False)
    bench.show()
    bench.link("EURUSD")
    bench.desk.answer(Refused(findings=(Finding(gate="link", hardness=Hardness.HARD, text="No link."),)))
    assert bench.dock.notice.text() == "No fresh facts of EURUSD: No link. No order is affected."
    bench.desk.fail(EngineGone("The engine ended."))
    assert "No fresh trading hours of EURUSD: The engine ended." in bench.dock.notice.text()
    bench.desk.answers = facts_and_hours
    bench.dock.notice.button("Try again").click()
    assert (bench.dock.notice.text(), bench.facts()["symbol"]) == ("", "EURUSD")
    bench.desk.answers = lambda command: None
    bench.dock.refresh_button.click()
    bench.link("GOLD")
    bench.desk.answer(Refused(findings=()))
    assert bench.dock.notice.text() == ""


def test_a_venue_without_feeds_shows_its_list_and_says_so(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.show()
    bench.link(InstrumentKey(QST, "ZCZ26"))
    assert bench.desk.asked == []
    assert bench.facts()["Multiplier"] == "50"
    assert "QST tells no more facts than its list of instruments." in bench.dock.heading.text()
    assert bench.dock.no_week.text() == "No feed: QST does not tell trading hours."


def test_a_zone_that_this_computer_does_not_know_is_named(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    strange = HoursAnswer(hours=(trading_hours("EURUSD", "Mars/Olympus"),))
    bench.desk.answers = lambda command: VenueAnswered(result=strange)
    bench.show()
    bench.link("EURUSD")
    assert "Mars/Olympus" in bench.dock.no_week.text()
    assert bench.dock.hours.rowCount() == 0


def test_an_instrument_that_becomes_known_is_asked_for(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.desk.answers = lambda command: VenueAnswered(result=FactsAnswer(facts=()))
    bench.show()
    bench.link("DAX")
    assert "not in the venue's list of instruments" in bench.dock.heading.text()
    asked = len(bench.desk.asked)
    bench.screen.services.dispatch([InstrumentsListed(connection_id=XAPI, instruments=(fx("DAX", "German index"),))])
    assert len(bench.desk.asked) == 2 * asked
    assert "German index" in bench.dock.heading.text()


@pytest.mark.parametrize("symbol", [each.symbol for each in INSTRUMENTS[:2]])
def test_a_symbol_found_here_moves_the_links(qtbot: QtBot, symbol: str) -> None:
    bench = Bench(qtbot)
    bench.show()
    bench.dock.activateWindow()
    qtbot.waitUntil(bench.dock.isActiveWindow)
    bench.dock.focus_first()
    assert bench.dock.search.hasFocus()
    bench.dock.search.index.finish()
    QTest.keyClicks(bench.dock.search, symbol.lower())
    bench.dock.search.returnPressed.emit()
    bench.dock.search.picked.emit(key(symbol))
    assert bench.screen.links.key_of("A") == key(symbol)
    assert QApplication.focusWidget() is bench.dock.table.view
