"""Columns stay where the trader put them."""

import json

import pytest
from pytestqt.qtbot import QtBot

from tests.unit.item_models.sample import SampleModel
from tests.unit.widgets.table_bench import filled_model, shown_table
from workstation.widgets.fast_table import FastTable


@pytest.fixture
def model(qapp: object) -> SampleModel:
    return filled_model()


@pytest.fixture
def table(model: SampleModel, qtbot: QtBot) -> FastTable:
    return shown_table(model, qtbot)


def test_columns_are_saved_and_restored(table: FastTable, model: SampleModel, qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    table.setColumnWidth(1, 123)
    table.columns.set_shown(0, False)
    header.moveSection(header.visualIndex(2), 0)
    table.columns.sort_by("amount", descending=True)
    saved = table.save_columns()
    other = FastTable()
    qtbot.addWidget(other)
    other_model = SampleModel()
    other.setModel(other_model)
    assert other.restore_columns(saved)
    assert other.columns.shown() == [2, 1]
    assert other_model.sorting == (1, True)
    assert json.loads(other.save_columns()) == json.loads(saved)


@pytest.mark.parametrize(
    "saved", ["", "{", "[]", "{}", '{"columns": 3}', '{"columns": [{"key": "key"}], "sort": {}}', "[" * 9_999]
)
def test_damaged_columns_change_nothing(table: FastTable, saved: str) -> None:
    before = table.save_columns()
    assert not table.restore_columns(saved)
    assert table.save_columns() == before


def test_unknown_columns_are_left_out_and_one_always_stays(table: FastTable) -> None:
    columns = [{"key": key, "width": 9, "shown": False} for key in ("gone", "key", "amount", "word")]
    assert table.restore_columns(json.dumps({"columns": columns, "sort": {"key": "gone", "descending": False}}))
    assert len(table.columns.shown()) == 1
    table.columns.set_shown(table.columns.shown()[0], False)
    assert len(table.columns.shown()) == 1
