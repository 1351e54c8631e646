"""The whole window and its dialogs: nothing cut, nothing without a name, in both themes and at every zoom."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.clipping import clipped, nameless
from tests.support.dock_screen import MAIN, make_balance, make_line, make_order
from tests.support.shell_bench import ShellBench
from workstation.desk.messages import DeskState
from workstation.domain.connection import Environment
from workstation.domain.order_states import OrdStatus
from workstation.venues.base import Severity
from workstation.widgets.alerts import Alerts
from workstation.widgets.dialogs.about import AboutDialog
from workstation.widgets.dialogs.alert_centre import AlertCentre
from workstation.widgets.dialogs.connection_form import ConnectionForm
from workstation.widgets.dialogs.connections import ConnectionsDialog
from workstation.widgets.dialogs.exit_guard import ExitGuard
from workstation.widgets.dialogs.first_start import FirstStart
from workstation.widgets.dialogs.key_sheet import KeySheet
from workstation.widgets.dialogs.release_kill import ReleaseKillDialog
from workstation.widgets.main_window import MainWindow
from workstation.widgets.standard_docks import STANDARD_DOCKS, standard_window
from workstation.widgets.theme import ThemeMode
from workstation.widgets.theme_colours import Role

Build = Callable[[ShellBench], QWidget]
DIALOGS: dict[str, Build] = {
    "about": lambda bench: AboutDialog(bench.screen),
    "alerts": lambda bench: AlertCentre(
        bench.screen, Alerts(bench.screen.services, bench.screen.settings, bench.screen.clock)
    ),
    "connections": lambda bench: ConnectionsDialog(bench.screen),
    "connection form": lambda bench: ConnectionForm(bench.screen),
    "exit guard": lambda bench: ExitGuard(bench.screen, [make_order("W1"), make_order("W2", OrdStatus.IN_DOUBT)]),
    "first start": lambda bench: FirstStart(bench.screen),
    "keys": lambda bench: KeySheet(bench.screen),
    "release": lambda bench: ReleaseKillDialog(bench.screen),
}


def fill(bench: ShellBench) -> None:
    bench.list_connection("QST firm", Environment.LIVE)
    bench.screen.services.dispatch(
        [
            *(make_order(f"W{number}", status) for number, status in enumerate(OrdStatus)),
            make_balance(MAIN),
            make_line(1, "Order W8 (buy 5 ZCZ26, Main): no answer for 10 s. It may be working.", Severity.ERROR),
            DeskState(locked=True, killed_since_ns=1_795_254_066_312_000_000),
        ]
    )


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def window(bench: ShellBench) -> MainWindow:
    made = standard_window(bench.screen)
    bench.qtbot.addWidget(made)
    fill(bench)
    with bench.qtbot.waitExposed(made):
        made.open_first()
    return made


@pytest.mark.parametrize("zoom", [100, 200])
def test_no_words_of_the_head_are_cut(bench: ShellBench, window: MainWindow, zoom: int) -> None:
    bench.screen.theme.set_zoom(zoom)
    window.resize(1366, 768)
    settle()
    heads: tuple[QWidget, ...] = (window.tools, window.strip, window.kill_bar)
    assert [line for head in heads for line in clipped(head)] == []
    assert max(head.mapTo(window, head.rect().bottomRight()).x() for head in heads) <= window.width()


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("name", DIALOGS)
def test_no_words_of_a_dialog_are_cut(bench: ShellBench, name: str, zoom: int) -> None:
    bench.screen.theme.set_zoom(zoom)
    dialog = DIALOGS[name](bench)
    bench.show(dialog)
    settle()
    assert clipped(dialog) == []
    assert nameless(dialog) == []


@pytest.mark.parametrize("zoom", [100, 200])
def test_no_words_of_the_whole_window_are_cut(bench: ShellBench, window: MainWindow, zoom: int) -> None:
    bench.screen.theme.set_zoom(zoom)
    window.resize(1366 * zoom // 100, 768 * zoom // 100)
    window.book.reset()
    settle()
    assert clipped(window) == []


@pytest.mark.parametrize("zoom", [125, 150, 175, 200])
def test_zooming_in_a_small_window_lays_the_docks_out_so_that_no_words_are_cut(
    bench: ShellBench, window: MainWindow, zoom: int
) -> None:
    bench.screen.services.dispatch([DeskState(locked=True)])
    window.resize(1366, 768)
    settle()
    bench.screen.theme.set_zoom(zoom)
    settle()
    assert (window.width(), window.height()) == (1366, 768)
    for dock in STANDARD_DOCKS:
        window.workspace.show_dock(dock.dock_id)
        settle()
        assert clipped(window) == [], dock.dock_id


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    settle()
    assert nameless(window) == []


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
def test_the_theme_changes_in_the_open_window(bench: ShellBench, window: MainWindow, mode: ThemeMode) -> None:
    bench.screen.theme.set_mode(mode)
    settle()
    picture = window.tools.grab().toImage()
    assert picture.pixelColor(2, 2) == bench.screen.theme.colour(Role.WINDOW)


def test_the_word_live_and_its_frame_are_in_sight(bench: ShellBench, window: MainWindow) -> None:
    settle()
    picture = window.frame.grab().toImage()
    middle = picture.height() // 2
    assert picture.pixelColor(1, middle) == bench.screen.theme.colour(Role.LIVE)
    assert window.strip.badge.isVisible()
    assert window.windowTitle().startswith("[LIVE]")


def test_the_finder_of_cut_words_finds_them(bench: ShellBench) -> None:
    dialog = FirstStart(bench.screen)
    bench.show(dialog)
    dialog.later.setFixedWidth(12)
    settle()
    assert any("Later" in line for line in clipped(dialog))
