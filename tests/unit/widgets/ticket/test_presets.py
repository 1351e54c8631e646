"""Presets: read with care, and always said which one filled the field."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.apart_venue import EURO
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


@pytest.mark.parametrize(
    ("changes", "sizes"),
    [
        ({}, ("0.01", "0.1", "0.5", "1", "5")),
        ({"max_qty": Decimal("0.6")}, ("0.01", "0.1", "0.5")),
        ({"min_qty": None, "lot_size": Decimal(1)}, ("1", "5", "10", "25", "50")),
        ({"min_qty": Decimal(100), "lot_size": Decimal(100), "max_qty": None}, ("100", "500", "1000", "2500", "5000")),
        ({"min_qty": Decimal("0.015")}, ("0.15", "0.75", "1.5", "7.5")),
        ({"min_qty": Decimal(60)}, ("60",)),
    ],
)
def test_without_own_ones_the_sizes_suit_the_instrument(changes: dict[str, object], sizes: tuple[str, ...]) -> None:
    instrument = replace(EURO, **changes)  # type: ignore[arg-type]
    assert quantity_presets(MemorySettings(), instrument) == tuple(Decimal(size) for size in sizes)


def test_own_sizes_go_before_those_of_the_instrument() -> None:
    settings = MemorySettings()
    settings.put("ticket", {"quantity_presets": ["3"]})
    assert quantity_presets(settings, EURO) == (3,)


def test_other_sizes_are_offered_and_what_is_typed_stays(qtbot: QtBot) -> None:
    field = QuantityField("Quantity", DEFAULT_PRESETS)
    row = PresetRow(field, DEFAULT_PRESETS)
    qtbot.addWidget(field)
    qtbot.addWidget(row)
    qtbot.keyClicks(field, "7")
    row.offer((Decimal("0.01"), Decimal("0.1")))
    shown = [button for button in row.findChildren(QPushButton) if not button.isHidden()]
    assert [button.text() for button in shown] == ["0.01", "0.1"]
    assert field.text() == "7"
    shown[1].click()
    assert (field.text(), field.filled_by) == ("0.1", "preset 2 of 2")


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
