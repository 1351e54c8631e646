"""What every dock must keep at any zoom and in both themes: nothing cut, nothing without a name, no blank pane."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import (
    HEDGE,
    MAIN,
    make_balance,
    make_line,
    make_order,
    make_position,
    make_screen,
)
from workstation.domain.order_states import OrdStatus
from workstation.venues.base import Severity
from workstation.widgets.docks.accounts import AccountsDock
from workstation.widgets.docks.activity_log import ActivityLogDock
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.positions import PositionsDock
from workstation.widgets.screen import Screen
from workstation.widgets.theme import ThemeMode

DOCKS = (OrderBookDock, ActivityLogDock, AccountsDock, PositionsDock)
WIDTHS = {OrderBookDock: 640, ActivityLogDock: 640, PositionsDock: 640, AccountsDock: 300}
"""Pixels that each dock has in a window of 1366 x 768."""
Build = Callable[[Screen], QWidget]


@pytest.fixture
def screen(qapp: QApplication) -> Iterator[Screen]:
    made, _ = make_screen()
    font, palette = qapp.font(), qapp.palette()
    made.theme.install(qapp)
    yield made
    qapp.styleHints().colorSchemeChanged.disconnect()
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


def fill(screen: Screen) -> None:
    screen.services.dispatch(
        [
            *(make_order(f"W{number}", status) for number, status in enumerate(OrdStatus)),
            make_balance(MAIN),
            make_balance(HEDGE),
            make_position(MAIN, "ZCZ26", -5),
            *(make_line(seq, f"line {seq}", severity) for seq, severity in enumerate(Severity)),
        ]
    )


def shown(qtbot: QtBot, build: Build, screen: Screen) -> QWidget:
    dock = build(screen)
    qtbot.addWidget(dock)
    dock.resize(WIDTHS[build], 500)  # type: ignore[index]
    with qtbot.waitExposed(dock):
        dock.show()
    return dock


def words_that_are_cut(dock: QWidget) -> list[str]:
    """Return the words that their button or label has no room for."""
    cut = []
    for button in dock.findChildren(QAbstractButton):
        words = button.text()
        if button.isVisible() and words and button.width() < button.fontMetrics().horizontalAdvance(words):
            cut.append(f"button {words!r}: {button.width()} px")
    for label in dock.findChildren(QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if label.isVisible() and label.text() and label.height() < min(needed, label.sizeHint().height()):
            cut.append(f"label {label.text()!r}: {label.height()} px of {needed}")
    return cut


@pytest.mark.parametrize("zoom", [100, 150, 200])
@pytest.mark.parametrize("build", DOCKS)
def test_no_words_are_cut_at_any_zoom(qtbot: QtBot, screen: Screen, build: Build, zoom: int) -> None:
    screen.theme.set_zoom(zoom)
    fill(screen)
    dock = shown(qtbot, build, screen)
    QApplication.processEvents()
    QApplication.processEvents()
    assert words_that_are_cut(dock) == []


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
@pytest.mark.parametrize("build", DOCKS)
def test_themes_change_while_the_dock_is_open(qtbot: QtBot, screen: Screen, build: Build, mode: ThemeMode) -> None:
    fill(screen)
    dock = shown(qtbot, build, screen)
    screen.theme.set_mode(mode)
    picture = dock.grab().toImage()
    edge = picture.pixelColor(2, picture.height() // 2)
    assert (edge.lightness() < 128) is (mode is ThemeMode.DARK)


@pytest.mark.parametrize("build", DOCKS)
def test_every_control_has_a_name(qtbot: QtBot, screen: Screen, build: Build) -> None:
    fill(screen)
    dock = shown(qtbot, build, screen)
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QTableView)
        for widget in dock.findChildren(kind)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible()
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert nameless == []


@pytest.mark.parametrize("build", [OrderBookDock, ActivityLogDock, PositionsDock])
def test_an_empty_dock_says_what_will_be_here(qtbot: QtBot, screen: Screen, build: Build) -> None:
    dock = shown(qtbot, build, screen)
    said = [label.text() for label in dock.findChildren(QLabel) if label.isVisible() and len(label.text()) > 40]
    assert len(said) == 1


@pytest.mark.parametrize("build", DOCKS)
def test_the_focus_key_lands_on_the_table(qtbot: QtBot, screen: Screen, build: Build) -> None:
    fill(screen)
    dock = shown(qtbot, build, screen)
    fill(screen)
    dock.activateWindow()
    qtbot.waitUntil(dock.isActiveWindow)
    qtbot.waitUntil(lambda: dock.model.rowCount() > 0)  # type: ignore[attr-defined]
    dock.focus_first()  # type: ignore[attr-defined]
    focused = QApplication.focusWidget()
    assert isinstance(focused, QTableView)
    assert focused.currentIndex().isValid()
