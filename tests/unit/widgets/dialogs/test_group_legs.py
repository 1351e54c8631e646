from decimal import Decimal

from pytestqt.qtbot import QtBot

from tests.support.dock_screen import CORN, accounts, make_screen
from workstation.desk.allocation import AllocationMethod, Share
from workstation.desk.findings import Finding, Hardness
from workstation.widgets.dialogs.group_legs import LegRow

SOFT = Finding(gate="size", hardness=Hardness.SOFT, text="It is large.")
HARD = Finding(gate="lock", hardness=Hardness.HARD, text="Sending is locked.")


def make_row(qtbot: QtBot, *, known: bool = True) -> LegRow:
    screen, _ = make_screen()
    row = LegRow(accounts()[0], CORN if known else None, screen, "ZCZ26")
    qtbot.addWidget(row)
    row.show()
    return row


def test_its_figure_is_a_ratio_a_quantity_or_not_asked_for(qtbot: QtBot) -> None:
    row = make_row(qtbot)
    row.show_method(AllocationMethod.EQUAL)
    assert row.figure.isHidden()
    row.show_method(AllocationMethod.RATIO)
    row.figure.setText("2.5")
    figure = Decimal("2.5")
    assert row.share() == Share(account=row.account.key, lot=Decimal(1), weight=figure, order_qty=figure)
    row.figure.setText("2x")
    assert row.share() is None


def test_an_account_that_does_not_know_the_symbol_cannot_take_part(qtbot: QtBot) -> None:
    row = make_row(qtbot, known=False)
    row.takes_part.setChecked(True)
    assert not row.takes_part.isEnabled()
    assert not row.chosen
    assert row.share() is None
    row.show_size(Decimal(0))
    assert row.part.text() == "no ZCZ26 there"


def test_a_tick_counts_for_this_size_only(qtbot: QtBot) -> None:
    row = make_row(qtbot)
    row.takes_part.setChecked(True)
    row.show_size(Decimal(200))
    row.show_findings((HARD, SOFT))
    assert (row.hard, row.unconfirmed, row.accepted) == ((HARD,), (SOFT,), ())
    with qtbot.waitSignal(row.ticked):
        row.verdicts.boxes()[0].click()
    assert (row.unconfirmed, row.accepted) == ((), ("size",))
    row.show_size(Decimal(201))
    assert not row.findings_known
    row.show_findings((SOFT,))
    assert (row.unconfirmed, row.accepted) == ((SOFT,), ())
    assert row.part.text() == "201"
