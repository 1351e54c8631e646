"""The default layout on the screens that people have: what must be in sight is, and no word is cut."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.clipping import clipped, nameless
from tests.support.dock_screen import HEDGE, MAIN, make_balance, make_line, make_order, make_position
from tests.support.shell_bench import ShellBench
from workstation.domain.order_states import OrdStatus
from workstation.venues.base import Severity
from workstation.widgets.docks.accounts import AccountsDock
from workstation.widgets.main_window import MainWindow
from workstation.widgets.standard_docks import ACCOUNTS, LOG, ORDERS, POSITIONS, TICKET, standard_window
from workstation.widgets.theme_colours import Role

SMALL, LARGE = QSize(1366, 768), QSize(1920, 1080)


def opened(bench: ShellBench, size: QSize, zoom: int = 100) -> MainWindow:
    bench.screen.theme.set_zoom(zoom)
    bench.screen.services.dispatch(
        [
            *(make_order(f"W{number}", status) for number, status in enumerate(OrdStatus)),
            make_balance(MAIN),
            make_balance(HEDGE),
            make_position(MAIN, "ZCZ26", -5),
            make_line(1, "Order W8 (buy 5 ZCZ26, Main): no answer for 10 s.", Severity.ERROR),
        ]
    )
    window = standard_window(bench.screen)
    bench.qtbot.addWidget(window)
    with bench.qtbot.waitExposed(window):
        window.open_first()
    window.resize(size)
    settle()
    window.book.reset()
    settle()
    assert window.size() == size  # nothing inside needs more
    return window


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize(("size", "zoom"), [(SMALL, 100), (SMALL, 125), (LARGE, 100), (LARGE, 150), (LARGE, 200)])
def test_nothing_is_cut_and_everything_has_a_name(bench: ShellBench, size: QSize, zoom: int) -> None:
    window = opened(bench, size, zoom)
    assert clipped(window) == []
    assert nameless(window) == []


def test_a_small_screen_shows_all_docks_at_once(bench: ShellBench) -> None:
    workspace = opened(bench, SMALL).workspace
    assert all(workspace.content(name).isVisible() for name in (TICKET, ORDERS, POSITIONS, LOG, ACCOUNTS))


def test_the_sum_of_the_accounts_can_be_read_on_a_small_screen(bench: ShellBench) -> None:
    dock = opened(bench, SMALL).workspace.content(ACCOUNTS)
    assert isinstance(dock, AccountsDock)
    view = dock.table.view
    number = [column.key for column in dock.model.columns].index("account")
    font = view.font()
    font.setBold(True)
    assert view.columnWidth(number) > QFontMetrics(font).horizontalAdvance("All accounts") + bench.screen.theme.px(8)


def test_a_large_screen_gives_the_accounts_a_wider_share(bench: ShellBench) -> None:
    window = opened(bench, LARGE)
    assert window.workspace.content(ACCOUNTS).width() / window.width() > 0.23
    assert window.workspace.content(TICKET).width() < window.workspace.content(ACCOUNTS).width()


def test_a_low_window_tabs_positions_and_log(bench: ShellBench) -> None:
    workspace = opened(bench, LARGE, 200).workspace
    assert workspace.content(POSITIONS).isVisible()
    assert not workspace.content(LOG).isVisible()
    workspace.show_dock(LOG)
    settle()
    assert workspace.content(LOG).isVisible()
    assert not workspace.content(POSITIONS).isVisible()


def test_the_tab_in_front_can_be_told(bench: ShellBench) -> None:
    window = opened(bench, LARGE, 200)
    theme = bench.screen.theme

    def colours() -> dict[str, str]:
        labels = (label for label in window.workspace.widget.findChildren(QLabel) if label.isVisible())
        return {label.text(): label.palette().windowText().color().name() for label in labels}

    front, behind = theme.colours.name(Role.TEXT), theme.colours.name(Role.TEXT_MUTED)
    assert (colours()["Positions"], colours()["Activity log"]) == (front, behind)
    window.workspace.show_dock(LOG)
    settle()
    assert (colours()["Positions"], colours()["Activity log"]) == (behind, front)
