"""Presets: read with care, and always said which one filled the field."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from workstation.widgets.number_fields import QuantityField
from workstation.widgets.settings_port import MemorySettings
from workstation.widgets.ticket.presets import DEFAULT_PRESETS, PresetRow, quantity_presets


@pytest.mark.parametrize(
    ("kept", "sizes"),
    [
        (["10", "1", "10"], (1, 10)),
        (["x", "-1", 5, "0", "2k"], (2000,)),
        ([], DEFAULT_PRESETS),
        ("1,2", DEFAULT_PRESETS),
        (None, DEFAULT_PRESETS),
    ],
)
def test_only_readable_sizes_count(kept: object, sizes: tuple[int, ...]) -> None:
    settings = MemorySettings()
    settings.put("ticket", {"quantity_presets": kept})
    assert quantity_presets(settings) == sizes


def test_a_press_fills_the_field_and_typing_lets_go(qtbot: QtBot) -> None:
    sizes = (Decimal(1), Decimal(5))
    field = QuantityField("Quantity", sizes)
    row = PresetRow(field, sizes)
    qtbot.addWidget(field)
    qtbot.addWidget(row)
    one, five = row.findChildren(QPushButton)
    five.click()
    assert (field.text(), field.filled_by) == ("5", "preset 2 of 2")
    assert [one.isChecked(), five.isChecked()] == [False, True]
    field.set_value(Decimal(5))
    row.refresh()
    assert not five.isChecked()
