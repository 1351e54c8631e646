"""What Qt and screen readers are told of a cell."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, Qt

from tests.unit.item_models.sample import Item, SampleModel
from workstation.item_models.row_table import RECORD_ROLE, SORT_ROLE, spoken

ROLE = Qt.ItemDataRole


@pytest.fixture
def model(qapp: object) -> SampleModel:
    made = SampleModel()
    made.put_many([Item(1, Decimal("-1.5"), "Ash"), Item(2, None, "", 1)])
    made.flush()
    return made


def test_roles_of_a_cell(model: SampleModel) -> None:
    index = model.index(0, 1)
    assert model.data(index) == "-1.5"
    assert model.data(index, ROLE.ToolTipRole) == "exactly -1.5"
    assert model.data(index, ROLE.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(index, RECORD_ROLE) == Item(1, Decimal("-1.5"), "Ash")
    assert model.data(index, SORT_ROLE) == -150_000
    assert model.data(index, ROLE.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_a_tooltip_without_exact_value_is_the_text_or_nothing(model: SampleModel) -> None:
    assert model.data(model.index(0, 2), ROLE.ToolTipRole) == "Ash"
    assert model.data(model.index(1, 2), ROLE.ToolTipRole) is None


def test_header(model: SampleModel) -> None:
    across = Qt.Orientation.Horizontal
    assert model.headerData(1, across) == "Amount"
    assert model.headerData(1, across, ROLE.ToolTipRole) == "An amount"
    assert model.headerData(1, across, ROLE.AccessibleDescriptionRole) == "An amount"
    assert model.headerData(9, across) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_flags(model: SampleModel) -> None:
    assert model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(1, 1)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_a_table_has_no_children(model: SampleModel) -> None:
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0


def test_only_cells_between_the_first_and_last_change_are_announced(model: SampleModel) -> None:
    model.look(0)
    announced: list[tuple[int, int, int]] = []
    model.dataChanged.connect(lambda first, last: announced.append((first.row(), first.column(), last.column())))
    model.put_many([Item(1, Decimal(7), "Ash")])
    model.flush()
    model.put_many([Item(1, Decimal(7), "Ash")])
    model.flush()
    assert announced == [(0, 1, 1)]


def test_records_by_key(model: SampleModel) -> None:
    assert model.get(2) == Item(2, None, "", 1)
    assert model.get(3) is None
    assert model.row_of(2) == 1


def test_spoken_text() -> None:
    assert spoken("\u22125 short") == "minus 5 short"
    assert spoken("—") == "unknown"
