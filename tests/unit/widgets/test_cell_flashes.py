"""A change is marked once, and not at all where motion is unwanted."""

import pytest
from pytestqt.qtbot import QtBot

from tests.unit.item_models.sample import SampleModel
from tests.unit.widgets.table_bench import filled_model, item, picture, shown_table
from workstation.widgets.fast_table import FastTable


@pytest.fixture
def model(qapp: object) -> SampleModel:
    return filled_model()


@pytest.fixture
def table(model: SampleModel, qtbot: QtBot) -> FastTable:
    return shown_table(model, qtbot)


def test_a_change_flashes_once_and_not_with_reduced_motion(table: FastTable, model: SampleModel, qtbot: QtBot) -> None:
    picture(table)
    table.flashes.enabled = True
    model.put_many([item(1, "7.00", "word 1")])
    model.flush()
    flashing = picture(table)
    qtbot.waitUntil(lambda: not table.flashes.any)
    assert picture(table) != flashing
    table.flashes.enabled = False
    model.put_many([item(1, "8.00", "word 1")])
    model.flush()
    assert not table.flashes.any
