import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import HEDGE, IRA, MAIN, QST, make_balance, make_position, make_screen, status
from workstation.desk.messages import ConnectionRemoved
from workstation.domain.account import Balance
from workstation.venues.base import Lamp
from workstation.widgets.docks.accounts import AccountsDock
from workstation.widgets.screen import Screen


def make_dock(qtbot: QtBot) -> tuple[AccountsDock, Screen]:
    screen, _ = make_screen()
    dock = AccountsDock(screen)
    qtbot.addWidget(dock)
    return dock, screen


def texts(dock: AccountsDock, key: str) -> list[str]:
    dock.model.flush()
    dock.model.finish_arranging()
    column = [column.key for column in dock.model.columns].index(key)
    return [dock.model.index(row, column).data() for row in range(dock.model.rowCount())]


def test_the_sum_stands_on_top_of_all_accounts(qtbot: QtBot) -> None:
    dock, screen = make_dock(qtbot)
    screen.services.dispatch([make_balance(MAIN), make_balance(HEDGE), make_balance(IRA)])
    assert texts(dock, "account") == ["All accounts", "Main", "Hedge", "QST 17016"]
    assert texts(dock, "equity")[:2] == ["315,000.00", "105,000.00"]
    assert texts(dock, "margin_share")[1] == "40.0 %"


def test_an_account_without_figures_is_unknown_and_so_is_the_sum(qtbot: QtBot) -> None:
    dock, screen = make_dock(qtbot)
    screen.services.dispatch([make_balance(MAIN), Balance(key=HEDGE, currency="USD")])
    assert texts(dock, "equity") == ["—", "105,000.00", "—", "—"]


def test_the_lamp_follows_the_connection(qtbot: QtBot) -> None:
    dock, screen = make_dock(qtbot)
    assert texts(dock, "state")[1:] == ["live"] * 3
    screen.services.dispatch([status(Lamp.NEEDS_YOU)])
    assert texts(dock, "state")[1:] == ["needs you"] * 3


def test_the_selected_account_stands_in_full_and_stays_fresh(qtbot: QtBot) -> None:
    dock, screen = make_dock(qtbot)
    assert dock.show_account(HEDGE)
    assert dock.detail.key == HEDGE
    screen.services.dispatch([make_balance(HEDGE, equity="77"), make_position(HEDGE, "ZCZ26", -2)])
    qtbot.waitUntil(lambda: "77.00" in dock.detail.text() and "−2 short" in dock.detail.text())
    assert texts(dock, "positions")[2] == "1"


def test_the_sum_has_no_detail(qtbot: QtBot) -> None:
    dock, _ = make_dock(qtbot)
    dock.show_account(HEDGE)
    dock.table.view.selectRow(0)
    assert dock.detail.key is None


def test_accounts_of_a_removed_connection_go(qtbot: QtBot) -> None:
    dock, screen = make_dock(qtbot)
    dock.show_account(MAIN)
    screen.services.dispatch([ConnectionRemoved(connection_id=QST)])
    assert texts(dock, "account") == ["All accounts"]
    assert dock.detail.key is None
    assert not dock.show_account(MAIN)


def test_a_dock_that_opens_late_knows_everything(qtbot: QtBot) -> None:
    _, screen = make_dock(qtbot)
    screen.services.dispatch([make_balance(MAIN), make_position(MAIN, "ZCZ26", 1)])
    late = AccountsDock(screen)
    qtbot.addWidget(late)
    late.focus_first()
    assert texts(late, "equity")[1] == "105,000.00"
    assert texts(late, "positions")[1] == "1"
    assert texts(late, "state")[1] == "live"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, off screen
def test_the_menu_asks_for_the_alarms_of_the_current_account(qtbot: QtBot) -> None:
    dock, screen = make_dock(qtbot)
    screen.services.dispatch([make_balance(MAIN)])
    dock.show()
    assert dock.show_account(MAIN)
    heard: list[object] = []
    dock.alarms_requested.connect(heard.append)
    dock.table.view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = dock.findChild(QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert heard == [MAIN]
