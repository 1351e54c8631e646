"""Docks close, float and come back; a layout that cannot be read changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QWidget

from tests.support.contrast import contrast
from tests.support.shell_bench import STUB_DOCKS, ShellBench, spec
from workstation.widgets import key_actions
from workstation.widgets.dock_specs import Place
from workstation.widgets.theme import ThemeMode
from workstation.widgets.workspace import Workspace, form_of, pull_on_screen

NAMES = [each.dock_id for each in STUB_DOCKS]


def workspace_of(bench: ShellBench) -> tuple[QMainWindow, Workspace]:
    window = QMainWindow()
    workspace = Workspace(bench.screen.theme, window)
    for each in STUB_DOCKS:
        workspace.add(each, each.build(bench.screen))
    window.resize(1366, 768)
    bench.show(window)
    workspace.arrange_default(1366, 700)
    return window, workspace


def left_of(workspace: Workspace, window: QMainWindow, name: str) -> QPoint:
    return workspace.content(name).mapTo(window, QPoint(0, 0))


def test_the_default_layout_shows_all_docks_in_their_places(bench: ShellBench) -> None:
    window, workspace = workspace_of(bench)
    assert all(workspace.content(name).isVisible() for name in NAMES)
    corner = {name: left_of(workspace, window, name) for name in NAMES}
    assert corner["ticket"].x() < corner["orders"].x() < corner["accounts"].x()
    assert corner["orders"].y() < corner["positions"].y() < corner["log"].y()
    widths = {name: workspace.content(name).width() for name in NAMES}
    assert widths["orders"] > widths["ticket"] > 280
    assert widths["accounts"] > 280


def test_a_closed_dock_keeps_its_content_and_comes_back(bench: ShellBench) -> None:
    _, workspace = workspace_of(bench)
    content = workspace.content("log")
    with bench.qtbot.waitSignal(workspace.layout_changed):
        workspace.close_dock("log")
    assert not workspace.is_open("log")
    workspace.show_dock("log")
    assert workspace.is_open("log")
    assert workspace.content("log") is content
    assert content.isVisible()


@pytest.mark.qt_log_ignore("does not support")
def test_an_arrangement_is_restored(bench: ShellBench) -> None:
    _, workspace = workspace_of(bench)
    workspace.close_dock("positions")
    workspace.float_dock("log")
    state = workspace.save()
    workspace.arrange_default(1366, 700)
    assert workspace.is_open("positions")
    assert workspace.restore(state)
    assert not workspace.is_open("positions")
    assert workspace.content("log").window() is not workspace.widget.window()


@pytest.mark.qt_log_ignore("does not support")
def test_the_default_takes_floating_docks_back(bench: ShellBench) -> None:
    _, workspace = workspace_of(bench)
    workspace.float_dock("log")
    workspace.arrange_default(1366, 700)
    assert workspace.content("log").window() is workspace.widget.window()


DAMAGED = [b"", b"garbage", b"\x00" * 40, b"<?xml version='1.0'?><other/>", b"<QtAdvancedDockingSystem"]


@pytest.mark.parametrize("state", DAMAGED)
def test_a_damaged_state_changes_nothing(bench: ShellBench, state: bytes) -> None:
    _, workspace = workspace_of(bench)
    before = workspace.save()
    assert not workspace.restore(state)
    assert workspace.save() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_cut_or_flipped_state_never_hurts(bench: ShellBench, data: st.DataObject) -> None:
    _, workspace = workspace_of(bench)
    state = bytearray(workspace.save())
    place = data.draw(st.integers(0, len(state) - 1))
    state[place] = data.draw(st.integers(0, 255))
    del state[data.draw(st.integers(place, len(state))) :]
    if not workspace.restore(bytes(state)):
        workspace.arrange_default(1366, 700)
        assert all(workspace.content(name).isVisible() for name in NAMES)


def test_a_locked_layout_still_shows_docks(bench: ShellBench) -> None:
    _, workspace = workspace_of(bench)
    workspace.set_locked(True)
    workspace.show_dock("accounts")
    assert workspace.content("accounts").isVisible()
    assert workspace.locked


def test_the_librarys_buttons_have_names(bench: ShellBench) -> None:
    window, _ = workspace_of(bench)

    def nameless() -> list[str]:
        buttons = window.findChildren(QAbstractButton)
        return [button.objectName() for button in buttons if button.isVisible() and not button.accessibleName()]

    bench.qtbot.waitUntil(lambda: nameless() == [])


def tab_contrasts(window: QMainWindow) -> list[float]:
    """Return, tab by tab, how well its word can be read on what is painted behind it."""
    found = []
    for label in window.findChildren(QLabel, "dockWidgetTabLabel"):
        tab = label.parentWidget()
        ground = tab.grab().toImage().pixelColor(3, tab.height() // 2)
        found.append(contrast(label.palette().color(label.foregroundRole()), ground))
    return found


def test_tabs_can_be_read_after_the_theme_was_switched(bench: ShellBench) -> None:
    window, workspace = workspace_of(bench)
    behind = spec("chart", Place.CHART, "F11")
    workspace.add(behind, behind.build(bench.screen))
    workspace.arrange_default(1366, 700)
    QApplication.processEvents()
    library_sheet = workspace.widget.styleSheet()
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK, ThemeMode.LIGHT):
        bench.screen.theme.set_mode(mode)
        QApplication.processEvents()
        assert len(tab_contrasts(window)) == len(NAMES) + 1
        assert min(tab_contrasts(window)) >= 4.5, mode
        assert workspace.widget.styleSheet() == library_sheet == "", "only the theme dresses the docks"


def test_a_zoom_that_leaves_no_room_stacks_the_docks_and_back(bench: ShellBench) -> None:
    window, workspace = workspace_of(bench)
    window.activateWindow()
    bench.qtbot.waitUntil(window.isActiveWindow)
    workspace.content("orders").setFocus()
    bench.screen.theme.set_zoom(200)
    assert [name for name in NAMES if workspace.content(name).isVisible()] == ["ticket", "orders"]
    assert all(workspace.is_open(name) for name in NAMES)
    assert QApplication.focusWidget() is workspace.content("orders")
    bench.screen.theme.set_zoom(100)
    assert all(workspace.content(name).isVisible() for name in NAMES)


@pytest.mark.qt_log_ignore("does not support")
def test_what_the_trader_has_arranged_stays_at_any_zoom(bench: ShellBench) -> None:
    _, workspace = workspace_of(bench)
    workspace.close_dock("positions")
    arranged = form_of(workspace.save())
    bench.screen.theme.set_zoom(200)
    assert form_of(workspace.save()) == arranged
    assert not workspace.is_open("positions")


def test_the_form_of_an_arrangement_knows_no_sizes(bench: ShellBench) -> None:
    _, workspace = workspace_of(bench)
    form = form_of(workspace.save())
    workspace.arrange_default(1200, 760)
    assert form_of(workspace.save()) == form
    workspace.close_dock("log")
    assert form_of(workspace.save()) != form


@pytest.mark.qt_log_ignore("does not support")
def test_a_window_that_no_screen_shows_is_pulled_back(bench: ShellBench) -> None:
    window = QWidget()
    window.resize(300, 200)
    bench.show(window)
    available = QGuiApplication.primaryScreen().availableGeometry()
    window.move(available.right() + 500, available.top() - 900)
    assert pull_on_screen(window)
    assert available.contains(window.frameGeometry())
    assert not pull_on_screen(window)


def test_a_window_larger_than_the_screen_is_made_to_fit(bench: ShellBench) -> None:
    available = QGuiApplication.primaryScreen().availableGeometry()
    window = QWidget()
    window.resize(available.width() * 2, available.height() * 2)
    bench.show(window)
    window.move(-5000, -5000)
    assert pull_on_screen(window)
    assert available.contains(window.frameGeometry().topLeft())
    assert window.width() <= available.width()


@pytest.mark.parametrize(
    ("size", "beside", "is_open"),
    [
        ((1920, 1040), "", True),  # under the accounts, in sight
        ((1366, 720), "accounts", True),
        ((1024, 720), "orders", True),  # the accounts are too narrow for the words of more tabs
        ((1366, 600), "orders", True),
        ((700, 500), "orders", False),
    ],
)
def test_the_market_stands_where_its_words_have_room(
    bench: ShellBench, size: tuple[int, int], beside: str, is_open: bool
) -> None:
    market = spec("quotes", Place.MARKET, key_actions.FOCUS_QUOTES)
    looked_up = spec("symbol", Place.REFERENCE, key_actions.FOCUS_SYMBOL)
    window = QMainWindow()
    workspace = Workspace(bench.screen.theme, window)
    for each in (*STUB_DOCKS, market, looked_up):
        workspace.add(each, each.build(bench.screen))
    window.resize(*size)
    bench.show(window)
    workspace.arrange_default(*size)
    assert (workspace.is_open("quotes"), workspace.is_open("symbol")) == (is_open, is_open)
    assert workspace.content("quotes").isVisible() is (beside == "")
    assert workspace.content("orders").isVisible()
    workspace.show_dock("quotes")
    assert workspace.content("quotes").isVisible()
    hidden = [name for name in ("orders", "accounts") if not workspace.content(name).isVisible()]
    assert [name for name in hidden if name == beside] == ([beside] if beside else [])
    state = workspace.save()
    assert workspace.restore(state)
