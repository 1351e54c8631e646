from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.apart_screen import ApartDesk, apart_screen, euro, hard_finding
from tests.support.apart_venue import APART
from tests.support.dock_screen import HEDGE, MAIN, make_screen, profile
from tests.support.history_lines import closed, deposit, introduced
from workstation.desk.commands import AskVenue, Refused, VenueAnswered
from workstation.desk.messages import ConnectionListed
from workstation.domain.capabilities import Feed
from workstation.services.desk_client import EngineGone
from workstation.venues.queries import HistoryAnswer, IntroducedAnswer, IntroducedTradesQuery, TradeHistoryQuery
from workstation.widgets.docks.history import NO_HISTORY, HistoryDock
from workstation.widgets.docks.history_range import HistoryRange
from workstation.widgets.screen import Screen

ONLY_HISTORY = replace(APART, feeds=frozenset({Feed.TRADE_HISTORY}))


def make_dock(qtbot: QtBot, *, introduced_too: bool = False) -> tuple[HistoryDock, Screen, ApartDesk]:
    screen, desk = apart_screen()
    desk.answers = lambda command: None
    offered = APART if introduced_too else ONLY_HISTORY
    screen.services.dispatch([ConnectionListed(profile=profile(), capabilities=offered)])
    dock = HistoryDock(screen)
    qtbot.addWidget(dock)
    dock.resize(900, 400)
    dock.show()
    qtbot.waitUntil(lambda: bool(desk.of(AskVenue)))
    return dock, screen, desk


def texts(dock: HistoryDock, key: str) -> list[str]:
    model = dock.table.model
    model.flush()
    model.finish_arranging()
    column = [column.key for column in model.columns].index(key)
    return [model.index(row, column).data() for row in range(model.rowCount())]


def told(*lines: object) -> VenueAnswered:
    return VenueAnswered(result=HistoryAnswer(trades=lines))  # type: ignore[arg-type]


def test_it_asks_when_it_comes_into_sight_and_shows_totals(qtbot: QtBot) -> None:
    dock, _, desk = make_dock(qtbot)
    (command,) = desk.of(AskVenue)
    assert isinstance(command.query, TradeHistoryQuery)
    assert (command.query.account, command.query.end_ns) == (MAIN, 0)
    assert dock.said() == "Asking the venue…"
    desk.answer(told(closed("1"), closed("2", "-20"), deposit()))
    assert sorted(texts(dock, "position")) == ["", "1", "2"]
    assert dock.said().startswith("As the venue told it at ")
    assert dock.totals_text().startswith("2 trades: profit ▲ +30.00 USD")
    assert "deposits and withdrawals 1,000.00 USD" in dock.totals_text()
    dock.table.choose("trades")
    assert len(texts(dock, "position")) == 2


def test_another_account_shows_nothing_of_the_last_and_only_the_latest_answer_counts(qtbot: QtBot) -> None:
    dock, _, desk = make_dock(qtbot)
    desk.answer(told(closed("1")))
    dock.bar.choose(HistoryRange.TODAY)
    assert texts(dock, "position") == []
    dock.bar.account.set_key(HEDGE)
    dock.bar.account.chosen.emit()
    assert desk.of(AskVenue)[-1].query.account == HEDGE
    desk.answer(told(closed("2")))
    assert texts(dock, "position") == [], "the answer to a question that nobody asks any more"
    desk.answer(told(closed("3", account=HEDGE)))
    assert texts(dock, "position") == ["3"]


def test_a_refusal_keeps_the_older_lines_and_says_so(qtbot: QtBot) -> None:
    dock, _, desk = make_dock(qtbot)
    desk.answer(told(closed("1")))
    dock.bar.refresh_requested.emit()
    desk.answer(Refused(findings=(hard_finding(text="No link."),)))
    assert dock.said() == "Not known: No link. What is shown below is older."
    assert texts(dock, "position") == ["1"]
    dock.bar.refresh_requested.emit()
    desk.fail(EngineGone("gone"))
    assert "engine has stopped" in dock.said()


def test_a_venue_without_history_says_where_to_look(qtbot: QtBot) -> None:
    screen, desk = make_screen()
    dock = HistoryDock(screen)
    qtbot.addWidget(dock)
    dock.show()
    dock.refresh()
    assert dock.said() == NO_HISTORY
    assert not dock.table.isVisible()
    assert desk.asked == []


def test_introduced_trades_have_a_tab_only_where_the_venue_allows_them(qtbot: QtBot) -> None:
    dock, _, desk = make_dock(qtbot)
    assert not [one for one in desk.of(AskVenue) if isinstance(one.query, IntroducedTradesQuery)]
    assert not dock._tabs.isTabVisible(1)
    dock, _, desk = make_dock(qtbot, introduced_too=True)
    assert dock._tabs.isTabVisible(1)
    queries = [one.query for one in desk.of(AskVenue)]
    assert isinstance(queries[1], IntroducedTradesQuery)
    assert queries[1].end_ns > queries[1].start_ns
    desk.answer(told())
    desk.answer(VenueAnswered(result=IntroducedAnswer(trades=(introduced(),))))
    dock.introduced.model.flush()
    assert dock.introduced.model.rowCount() == 1


def test_a_close_asks_again_a_moment_later(qtbot: QtBot) -> None:
    dock, screen, desk = make_dock(qtbot)
    screen.services.dispatch([euro(open_pnl=Decimal(1))])
    assert not dock._after_close.isActive()
    screen.services.dispatch([euro("7", "0")])
    assert dock._after_close.isActive()
    dock._after_close.timeout.emit()
    assert len(desk.of(AskVenue)) == 2


@pytest.mark.parametrize("shown", [True, False])
def test_out_of_sight_it_asks_nothing(qtbot: QtBot, shown: bool) -> None:
    screen, desk = apart_screen()
    dock = HistoryDock(screen)
    qtbot.addWidget(dock)
    dock.setVisible(shown)
    dock.refresh()
    assert bool(desk.of(AskVenue)) is shown


def test_what_is_shown_is_exported(qtbot: QtBot, tmp_path: Path) -> None:
    dock, _, desk = make_dock(qtbot)
    desk.answer(told(closed("1", "-20.5")))
    texts(dock, "position")
    path = tmp_path / "history.csv"
    dock._export.write(str(path))
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: "Written to" in dock.said())
    heading, row = path.read_text().splitlines()
    assert heading.startswith("Closed,Symbol,Side,Qty")
    assert "-20.50" in row
