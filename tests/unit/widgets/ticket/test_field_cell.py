"""Cells: a caption for each field, and the two legal neighbours of a price between ticks."""

from decimal import Decimal

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.ticket_bench import CORN
from workstation.widgets.number_fields import PriceField
from workstation.widgets.ticket.field_cell import CaptionedRows, FieldCell, NeighbourRow


def test_a_caption_belongs_to_its_field(qtbot: QtBot) -> None:
    field = QLineEdit()
    cell = FieldCell("Quantity", field)
    rows = CaptionedRows((("Symbol", QLineEdit()),), 4)
    for widget in (cell, rows):
        qtbot.addWidget(widget)
        label = widget.findChild(QLabel)
        assert label is not None
        assert isinstance(label.buddy(), QLineEdit)


def test_neighbours_are_offered_only_between_ticks_and_taken_by_a_press(qtbot: QtBot) -> None:
    field = PriceField("Limit price")
    field.set_instrument(CORN)
    row = NeighbourRow(field)
    cell = FieldCell("Limit price", field, row)
    qtbot.addWidget(cell)
    field.set_value(Decimal("588.3"))
    row.refresh()
    assert not row.isHidden()
    lower, upper = row.buttons()
    assert (lower.text(), upper.text()) == ("588^2", "588^4")
    upper.click()
    row.refresh()
    assert field.reading().value == Decimal("588.5")
    assert row.isHidden()
    lower.click()  # no longer offered: nothing happens
    assert field.text() == "588^4"


def test_a_disabled_price_offers_nothing(qtbot: QtBot) -> None:
    field = PriceField("Limit price")
    qtbot.addWidget(field)
    field.set_instrument(CORN)
    field.set_value(Decimal("588.3"))
    field.setEnabled(False)
    row = NeighbourRow(field)
    qtbot.addWidget(row)
    assert row.isHidden()
