from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.support.apart_screen import ApartDesk, apart_screen
from tests.support.clipping import clipped, nameless
from tests.support.dock_screen import MAIN, make_balance
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import AskVenue, PlaceOrder
from workstation.widgets.alarms import AlarmBook, AlarmKind
from workstation.widgets.alerts import Alerts
from workstation.widgets.dialogs.alarms import AlarmsDialog
from workstation.widgets.screen import Screen


def opened(bench: ShellBench, parent: QWidget) -> tuple[AlarmsDialog, AlarmBook, Screen, ApartDesk]:
    screen, desk = apart_screen(bench.screen.theme)
    screen.services.dispatch([make_balance(MAIN)])
    book = AlarmBook(screen, Alerts(screen.services, screen.settings, screen.clock), parent)
    dialog = AlarmsDialog(screen, book, MAIN, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.qtbot.addWidget(dialog)
    dialog.open()
    return dialog, book, screen, desk


def test_an_alarm_is_added_shown_and_taken_away(bench: ShellBench, parent: QWidget) -> None:
    dialog, book, _, desk = opened(bench, parent)
    assert dialog.focusWidget() is dialog.limit
    assert dialog.empty.isVisible()
    bench.qtbot.keyClicks(dialog.limit, "120")
    dialog.button("add").click()
    assert not dialog.empty.isVisible()
    assert dialog.lines() == ["armed: Margin level of Main (17014) at or below 120 % (now 250)"]
    dialog.button("add").click()
    assert dialog.said.text() == "That alarm is there already."
    dialog.button("remove").click()
    assert dialog.lines() == []
    assert book.alarms == ()
    assert not desk.of(PlaceOrder)
    assert not desk.of(AskVenue)


def test_what_has_fired_says_so_and_can_be_armed_again(bench: ShellBench, parent: QWidget) -> None:
    dialog, _, screen, _ = opened(bench, parent)
    dialog.choose(AlarmKind.EQUITY_BELOW)
    bench.qtbot.keyClicks(dialog.limit, "50k")
    dialog.button("add").click()
    assert dialog.lines()[0].startswith("armed: Equity of Main (17014) at or below 50,000.00 USD")
    assert not dialog.button("arm").isEnabled()
    screen.services.dispatch([make_balance(MAIN, equity="49000")])
    assert dialog.lines()[0].startswith("FIRED: ")
    assert dialog.button("arm").isEnabled()
    screen.services.dispatch([make_balance(MAIN, equity="50100")])
    dialog.button("arm").click()
    assert dialog.lines()[0].startswith("armed: ")


def test_a_price_needs_a_symbol_and_everything_a_number(bench: ShellBench, parent: QWidget) -> None:
    dialog, book, _, _ = opened(bench, parent)
    dialog.button("add").click()
    assert dialog.said.text() == "Type a limit."
    assert not dialog.symbol.isEnabled()
    dialog.choose(AlarmKind.PRICE_ABOVE)
    assert dialog.symbol.isEnabled()
    bench.qtbot.keyClicks(dialog.limit, "1.2")
    dialog.button("add").click()
    assert dialog.said.text() == "Type a symbol that this account's venue quotes."
    dialog.symbol.set_symbol("EURUSD")
    dialog.button("add").click()
    assert dialog.said.text() == "Added."
    assert book.alarms[0].instrument.symbol == "EURUSD"


def test_enter_closes_and_adds_nothing(bench: ShellBench, parent: QWidget) -> None:
    dialog, book, _, _ = opened(bench, parent)
    bench.qtbot.keyClicks(dialog.limit, "120")
    bench.qtbot.keyClick(dialog.limit, Qt.Key.Key_Return)
    assert book.alarms == ()
    assert dialog.isVisible()


def test_nothing_is_cut_at_twice_the_size_and_everything_has_a_name(bench: ShellBench, parent: QWidget) -> None:
    bench.screen.theme.set_zoom(200)
    dialog, _, _, _ = opened(bench, parent)
    bench.qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert nameless(dialog) == []
