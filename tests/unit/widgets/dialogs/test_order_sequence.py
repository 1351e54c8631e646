from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.support.apart_screen import ApartDesk, apart_screen, euro, order_told, soft_finding, wait
from tests.support.clipping import clipped, nameless
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import PlaceOrder, Sent
from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.widgets.dialogs.order_sequence import OrderSequenceDialog
from workstation.widgets.position_terms import close_apart, reverse_apart
from workstation.widgets.screen import Screen


def opened(
    bench: ShellBench, parent: QWidget, *, in_turn: bool = True, bundle: tuple[Screen, ApartDesk] | None = None
) -> tuple[OrderSequenceDialog, Screen, ApartDesk]:
    screen, desk = bundle or apart_screen(bench.screen.theme)
    terms = reverse_apart(euro(), screen.services) if in_turn else (close_apart(euro()), close_apart(euro("8", "-0.4")))
    dialog = OrderSequenceDialog("Reverse position 7", "Two orders.", terms, screen, in_turn=in_turn, parent=parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    bench.qtbot.waitUntil(dialog.isActiveWindow)
    wait(screen)
    return dialog, screen, desk


def test_both_orders_stand_there_before_anything_is_sent(bench: ShellBench, parent: QWidget) -> None:
    dialog, _, desk = opened(bench, parent)
    assert dialog.lines() == [
        "1. SELL 1.5 EURUSD market, all at once or not at all, closes position 7: not sent",
        "2. SELL 1.5 EURUSD market, all at once or not at all, opens a new one: not sent",
    ]
    assert dialog.send_button().text() == "Send 2 orders, SELL 3 EURUSD, to Main (17014)"
    bench.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.of(PlaceOrder) == []


def test_a_residue_is_reported_as_it_is(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    bench.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.answer(Sent(cl_ord_id=ClOrdID("W1")))
    order_told(screen, "W1", dialog.sequence.steps[0].terms, OrdStatus.FILLED)
    desk.answer(Sent(cl_ord_id=ClOrdID("W2")))
    order_told(screen, "W2", dialog.sequence.steps[1].terms, OrdStatus.REJECTED, "No money.")
    assert "No money." in dialog.lines()[1]
    assert dialog.report.text().startswith("Not all was done: 1.5 were not opened on the other side.")


def test_doubt_is_said_and_the_rest_is_kept_back(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    dialog.send_button().click()
    desk.answer(Sent(cl_ord_id=ClOrdID("W1")))
    order_told(screen, "W1", dialog.sequence.steps[0].terms, OrdStatus.IN_DOUBT)
    assert "IN DOUBT" in dialog.report.text()
    assert dialog.lines()[1].endswith("not sent: stopped")


def test_all_closed_is_said_too(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent, in_turn=False)
    assert dialog.send_button().text() == "Send 2 orders, CLOSING 1.9 EURUSD, to Main (17014)"
    dialog.send_button().click()
    for name, step in zip(("W1", "W2"), dialog.sequence.steps, strict=True):
        desk.answer(Sent(cl_ord_id=ClOrdID(name)))
        order_told(screen, name, step.terms, OrdStatus.FILLED)
    assert dialog.report.text() == "Done: every order has filled."


def test_leaving_stops_what_was_not_sent(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    dialog.send_button().click()
    bench.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.answer(Sent(cl_ord_id=ClOrdID("W1")))
    order_told(screen, "W1", dialog.sequence.steps[0].terms, OrdStatus.FILLED)
    assert len(desk.of(PlaceOrder)) == 1


def test_nothing_is_cut_at_twice_the_size_and_everything_has_a_name(bench: ShellBench, parent: QWidget) -> None:
    bench.screen.theme.set_zoom(200)
    bundle = apart_screen(bench.screen.theme)
    bundle[1].findings = (soft_finding(),)
    dialog, _, _ = opened(bench, parent, bundle=bundle)
    assert len(dialog.verdicts.boxes()) == 1
    bench.qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert nameless(dialog) == []
