import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.dock_screen import START_NS
from tests.support.shell_bench import ShellBench
from workstation.venues.base import Severity
from workstation.widgets.alerts import Alerts
from workstation.widgets.dialogs.alert_centre import AlertCentre

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def alerts(bench: ShellBench) -> Alerts:
    made = Alerts(bench.screen.services, bench.screen.settings, bench.clock)
    for number, words in enumerate(("The link died.", "Order W1 may still work.", "The link died.")):
        made.raise_alert(Severity.ERROR, words, START_NS + number * 1_000_000_000)
    return made


@pytest.fixture
def centre(bench: ShellBench, alerts: Alerts, parent: QWidget) -> AlertCentre:
    made = AlertCentre(bench.screen, alerts, parent)
    with bench.qtbot.waitExposed(made):
        made.show()
    return made


def lines(centre: AlertCentre) -> list[str]:
    model = centre.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_newest_stands_on_top_and_equal_ones_are_counted(centre: AlertCentre) -> None:
    newest, older = lines(centre)
    assert "The link died." in newest
    assert "error  × 2" in newest
    assert "Order W1 may still work." in older
    assert "×" not in older
    assert centre.heading.text() == "2 not acknowledged"


def test_one_is_acknowledged_and_the_other_stays(centre: AlertCentre, alerts: Alerts, qtbot: QtBot) -> None:
    assert not centre.acknowledge.isEnabled()
    centre.view.selectionModel().select(centre.view.model().index(1, 0), QItemSelectionModel.SelectionFlag.Select)
    qtbot.mouseClick(centre.acknowledge, LEFT)
    assert [alert.text for alert in alerts.pending] == ["The link died."]
    assert len(lines(centre)) == 1
    assert not centre.acknowledge.isEnabled()


def test_all_are_acknowledged(centre: AlertCentre, alerts: Alerts, qtbot: QtBot) -> None:
    qtbot.mouseClick(centre.acknowledge_all, LEFT)
    assert alerts.pending == []
    assert centre.heading.text() == "Nothing to acknowledge."
    assert not centre.acknowledge_all.isEnabled()


def test_what_happens_meanwhile_appears(centre: AlertCentre, alerts: Alerts) -> None:
    alerts.raise_alert(Severity.WARNING, "The clock is off.")
    assert "The clock is off." in lines(centre)[0]


def test_it_stands_beside_the_window_and_closing_acknowledges_nothing(
    centre: AlertCentre, alerts: Alerts, qtbot: QtBot
) -> None:
    assert centre.windowModality() is Qt.WindowModality.NonModal
    with qtbot.waitSignal(centre.rejected):
        qtbot.keyClick(centre, Qt.Key.Key_Escape)
    assert len(alerts.pending) == 2


def test_a_long_alert_stands_in_full_in_its_tool_tip(centre: AlertCentre, alerts: Alerts) -> None:
    alerts.raise_alert(Severity.ERROR, "word " * 100)
    tip = centre.view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert str(tip).count("word") == 100
