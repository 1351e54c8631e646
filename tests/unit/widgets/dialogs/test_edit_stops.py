from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.apart_screen import ApartDesk, apart_screen, euro, hard_finding, quoted, wait
from tests.support.apart_venue import APART, EURO
from tests.support.clipping import clipped, nameless
from tests.support.dock_screen import QST, profile
from tests.support.shell_bench import ShellBench
from workstation.desk.commands import AmendPosition, CheckPosition
from workstation.desk.messages import ConnectionListed
from workstation.domain.capabilities import Attachment
from workstation.venues.base import InstrumentsListed
from workstation.widgets.dialogs.edit_stops import EditStopsDialog
from workstation.widgets.screen import Screen

STOP = Decimal("1.09000")


def opened(
    bench: ShellBench, parent: QWidget, bundle: tuple[Screen, ApartDesk] | None = None
) -> tuple[EditStopsDialog, Screen, ApartDesk]:
    screen, desk = bundle or apart_screen(bench.screen.theme)
    dialog = EditStopsDialog(euro(stop_loss=STOP, cur_px=None), screen, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    bench.qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    bench.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog, screen, desk


def test_it_begins_with_what_is_in_force(bench: ShellBench, parent: QWidget) -> None:
    dialog, _, _ = opened(bench, parent)
    assert dialog.stops.stop_loss.price.text() == "1.09000"
    assert dialog.stops.stop_loss.note.text() == "100 pips below the bid 1.10000"
    assert dialog.change_text() == "Nothing is changed yet."
    assert dialog.send_button().text() == "Send STOPS of EURUSD 7 to Main (17014)"


def test_old_and_new_stand_beside_each_other_and_are_sent_by_keys(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, desk = opened(bench, parent)
    bench.qtbot.keyClicks(dialog.stops.take_profit.price, "1.12")
    bench.qtbot.keyClick(dialog.stops.stop_loss.price, Qt.Key.Key_Up)
    bench.qtbot.keyClicks(dialog.stops.trailing, "30")
    assert dialog.change_text() == (
        "stop loss 1.09000 → 1.09001; take profit none → 1.12000; trailing distance none → 0.0030"
    )
    wait(screen)
    bench.qtbot.keyClick(dialog.stops.trailing, Qt.Key.Key_Return)
    assert desk.of(AmendPosition) == []
    bench.qtbot.keyClick(dialog.stops.trailing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (command,) = desk.of(AmendPosition)
    assert (command.position_id, command.stop_loss, command.take_profit, command.trailing_offset) == (
        "7",
        Decimal("1.09001"),
        Decimal("1.12"),
        Decimal("0.0030"),
    )


def test_an_emptied_field_takes_the_stop_away(bench: ShellBench, parent: QWidget) -> None:
    dialog, _, desk = opened(bench, parent)
    dialog.stops.stop_loss.price.selectAll()
    bench.qtbot.keyClick(dialog.stops.stop_loss.price, Qt.Key.Key_Delete)
    assert dialog.change_text() == "stop loss 1.09000 → none"
    assert desk.of(CheckPosition)[-1].amend.stop_loss is None


def test_the_gates_judge_while_it_is_typed(bench: ShellBench, parent: QWidget) -> None:
    bundle = apart_screen(bench.screen.theme)
    bundle[1].findings = (hard_finding("stop_loss", "It must lie below the bid."),)
    dialog, screen, desk = opened(bench, parent, bundle)
    assert desk.of(CheckPosition) == [], "what is in force already is not judged"
    assert dialog.verdicts.texts() == []
    bench.qtbot.keyClick(dialog.stops.stop_loss.price, Qt.Key.Key_Up)
    wait(screen)
    assert not dialog.send_button().isEnabled()
    assert "It must lie below the bid." in "\n".join(dialog.verdicts.texts())


def test_the_market_moves_the_distance_and_nothing_typed(bench: ShellBench, parent: QWidget) -> None:
    dialog, screen, _ = opened(bench, parent)
    screen.services.dispatch([quoted("1.10500", "1.10510")])
    assert dialog.stops.stop_loss.note.text() == "150 pips below the bid 1.10500"
    assert dialog.stops.stop_loss.price.text() == "1.09000"
    screen.services.dispatch([euro(stop_loss=Decimal("1.08"), cur_px=None)])
    assert dialog.stops.stop_loss.price.text() == "1.09000"
    assert dialog.change_text() == "stop loss 1.08000 → 1.09000", "the old side is what is in force now"


def test_a_trailing_stop_that_is_not_allowed_is_absent_with_its_reason(bench: ShellBench, parent: QWidget) -> None:
    bundle = apart_screen(bench.screen.theme)
    still = replace(EURO, allows_trailing=False)
    bundle[0].services.dispatch([InstrumentsListed(connection_id=QST, instruments=(still,))])
    dialog, _, _ = opened(bench, parent, bundle)
    assert not dialog.stops.trailing.isVisible()
    assert "the venue lets no stop trail in EURUSD" in said(dialog)
    bundle = apart_screen(bench.screen.theme)
    fixed = replace(APART, attachments=frozenset({Attachment.STOP_LOSS}))
    bundle[0].services.dispatch([ConnectionListed(profile=profile(), capabilities=fixed)])
    dialog, _, _ = opened(bench, parent, bundle)
    assert "XAPI does not offer this." in said(dialog)


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_nothing_is_cut_at_twice_the_size_and_everything_has_a_name(bench: ShellBench, parent: QWidget) -> None:
    bench.screen.theme.set_zoom(200)
    dialog, _, _ = opened(bench, parent)
    bench.qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert nameless(dialog) == []
