"""The strip shows every connection and what wants the eye."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt

from tests.support.dock_screen import MAIN, QST, make_balance, make_order, status
from tests.support.shell_bench import ShellBench
from workstation.desk.messages import ConnectionRemoved, DeskState
from workstation.domain.connection import Environment
from workstation.domain.order_states import OrdStatus
from workstation.venues.base import Lamp, Severity
from workstation.widgets.alerts import Alerts
from workstation.widgets.status_strip import StatusStrip


def strip_of(bench: ShellBench) -> tuple[StatusStrip, Alerts]:
    alerts = Alerts(bench.screen.services, bench.screen.settings, bench.screen.clock)
    strip = StatusStrip(bench.screen, alerts)
    bench.show(strip)
    return strip, alerts


def test_one_lamp_per_connection_with_word_and_facts(bench: ShellBench) -> None:
    strip, _ = strip_of(bench)
    firm = bench.list_connection("QST firm", Environment.LIVE)
    bench.screen.services.dispatch([replace(status(Lamp.LIVE), round_trip_ms=12.0)])
    assert strip.lamps[QST].text() == "Q  QST demo  live 12 ms"
    assert strip.lamps[firm.connection_id].text().endswith("off")
    assert "wss://gateway.example/order" in strip.lamps[firm.connection_id].toolTip()
    assert strip.lamps[QST].accessibleName() == "Connection QST demo, SIM: live 12 ms"


def test_a_removed_connection_loses_its_lamp(bench: ShellBench) -> None:
    strip, _ = strip_of(bench)
    assert not strip.none_yet.isVisible()
    bench.screen.services.dispatch([ConnectionRemoved(connection_id=QST)])
    assert strip.lamps == {}
    assert strip.none_yet.isVisible()
    with bench.qtbot.waitSignal(strip.connections_requested):
        bench.qtbot.mouseClick(strip.none_yet, Qt.MouseButton.LeftButton)


def test_the_environment_is_the_most_serious_and_all_are_named(bench: ShellBench) -> None:
    strip, _ = strip_of(bench)
    assert strip.badge.environment is Environment.SIMULATED
    assert not strip.environment.isVisible()
    bench.list_connection("QST firm", Environment.LIVE)
    assert strip.badge.environment is Environment.LIVE
    assert strip.environment.text() == "LIVE + SIM"


def test_doubt_stands_out_until_it_is_settled(bench: ShellBench) -> None:
    strip, _ = strip_of(bench)
    bench.screen.services.dispatch([make_order("W1", OrdStatus.IN_DOUBT), make_order("W2")])
    assert (strip.in_doubt.text(), strip.in_doubt.property("alarm")) == ("IN DOUBT 1", True)
    bench.screen.services.dispatch([make_order("W1", OrdStatus.CANCELED)])
    assert (strip.in_doubt.text(), strip.in_doubt.property("alarm")) == ("IN DOUBT 0", False)


def test_figures_follow_the_desk(bench: ShellBench) -> None:
    strip, alerts = strip_of(bench)
    bench.screen.services.dispatch(
        [
            replace(status(Lamp.LIVE), queued=2),
            replace(make_balance(MAIN), day_pnl=Decimal("-35")),
            DeskState(locked=True),
        ]
    )
    alerts.raise_alert(Severity.ERROR, "no answer")
    assert strip.queued.text() == "queued 2"
    assert strip.day_pnl.text() == "day P&&L ▼ −35.00 USD"
    assert strip.mode.text() == "mode: locked"
    assert strip.alerts.text() == "alerts 1"
    assert strip.armed.text() == "ARMED: no"


def test_a_strip_built_late_knows_what_happened_before(bench: ShellBench) -> None:
    bench.screen.services.dispatch([make_order("W1", OrdStatus.IN_DOUBT), DeskState(locked=True)])
    strip, _ = strip_of(bench)
    assert strip.in_doubt.text() == "IN DOUBT 1"
    assert strip.mode.text() == "mode: locked"


def test_a_lamp_offers_what_makes_sense(bench: ShellBench) -> None:
    strip, _ = strip_of(bench)
    asked: list[str] = []
    strip.connect_requested.connect(lambda name: asked.append(f"connect {name}"))
    strip.disconnect_requested.connect(lambda name: asked.append(f"disconnect {name}"))
    menu = strip.lamps[QST].menu_of_choices()
    assert [action.isEnabled() for action in menu.actions()] == [False, True, True]
    menu.actions()[1].trigger()
    bench.screen.services.dispatch([status(Lamp.NEEDS_YOU)])
    menu = strip.lamps[QST].menu_of_choices()
    assert [action.isEnabled() for action in menu.actions()] == [True, False, True]
    menu.actions()[0].trigger()
    assert asked == [f"disconnect {QST}", f"connect {QST}"]
