"""Chart, news and calendar at any zoom and in both themes: nothing cut, nothing without a name, and themes at once."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.chart_bench import EURUSD, CandleVenue, chart_screen
from tests.support.clipping import clipped, nameless
from tests.support.news_samples import event, news
from workstation.desk.commands import Answer, AskVenue, Command, VenueAnswered
from workstation.domain.market_data import Impact
from workstation.venues.queries import CalendarAnswer, CalendarQuery, NewsAnswer, NewsQuery
from workstation.widgets.docks.calendar import CalendarDock
from workstation.widgets.docks.chart import ChartDock
from workstation.widgets.docks.news import NewsDock
from workstation.widgets.screen import Screen
from workstation.widgets.theme import ThemeMode

DOCKS = (ChartDock, NewsDock, CalendarDock)
WIDTH, HEIGHT = 640, 420
"""Pixels that each has in a window of 1366 x 768."""
Build = Callable[[Screen], QWidget]


def answers(venue: CandleVenue) -> Callable[[Command], Answer | None]:
    def answer(command: Command) -> Answer | None:
        if isinstance(command, AskVenue) and isinstance(command.query, NewsQuery):
            items = tuple(news(str(n), f"Headline number {n}", "<p>Body</p>", n) for n in range(1, 9))
            return VenueAnswered(result=NewsAnswer(items=items))
        if isinstance(command, AskVenue) and isinstance(command.query, CalendarQuery):
            events = tuple(event(f"Figure {n}", n, Impact(n % 4)) for n in range(1, 9))
            return VenueAnswered(result=CalendarAnswer(events=events))
        return venue.answer(command)

    return answer


@pytest.fixture
def screen(qapp: QApplication) -> Iterator[Screen]:
    made, desk = chart_screen()
    desk.answers = answers(CandleVenue())
    font, palette = qapp.font(), qapp.palette()
    made.theme.install(qapp)
    yield made
    qapp.styleHints().colorSchemeChanged.disconnect()
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


def shown(qtbot: QtBot, build: Build, screen: Screen, zoom: int = 100) -> QWidget:
    screen.theme.set_zoom(zoom)
    screen.links.choose("A", EURUSD, "test")
    dock = build(screen)
    qtbot.addWidget(dock)
    dock.resize(WIDTH * zoom // 100, HEIGHT * zoom // 100)
    with qtbot.waitExposed(dock):
        dock.show()
    if isinstance(dock, ChartDock):
        dock.build_plot()
    else:
        qtbot.waitUntil(lambda: dock.model.rowCount() > 0)  # type: ignore[attr-defined]
        dock.focus_first()  # type: ignore[attr-defined]
    for _ in range(3):
        QApplication.processEvents()
    return dock


@pytest.mark.parametrize("zoom", [100, 150, 200])
@pytest.mark.parametrize("build", DOCKS)
def test_no_words_are_cut_at_any_zoom(qtbot: QtBot, screen: Screen, build: Build, zoom: int) -> None:
    assert clipped(shown(qtbot, build, screen, zoom)) == []


@pytest.mark.parametrize("build", DOCKS)
def test_no_words_are_cut_when_it_is_narrow(qtbot: QtBot, screen: Screen, build: Build) -> None:
    dock = shown(qtbot, build, screen, 200)
    dock.resize(WIDTH, HEIGHT * 2)
    for _ in range(3):
        QApplication.processEvents()
    assert clipped(dock) == []


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
@pytest.mark.parametrize("build", DOCKS)
def test_themes_change_while_the_dock_is_open(qtbot: QtBot, screen: Screen, build: Build, mode: ThemeMode) -> None:
    dock = shown(qtbot, build, screen)
    screen.theme.set_mode(mode)
    picture = dock.grab().toImage()
    for x, y in ((2, picture.height() // 2), (picture.width() // 3, picture.height() - 12)):
        assert (picture.pixelColor(x, y).lightness() < 128) is (mode is ThemeMode.DARK)


@pytest.mark.parametrize("build", DOCKS)
def test_every_control_has_a_name(qtbot: QtBot, screen: Screen, build: Build) -> None:
    dock = shown(qtbot, build, screen)
    assert nameless(dock) == []
    assert not [each for each in dock.findChildren(QWidget) if _unnamed_stop(each)]


def _unnamed_stop(widget: QWidget) -> bool:
    """Say whether Tab stops at a plain widget of ours that a screen reader could not name."""
    stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()
    return stops and type(widget) is QWidget and not widget.accessibleName()
