"""The live table shows what its model says, under mouse, keys and change."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, QStringListModel, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontInfo, QFontMetricsF, QGuiApplication, QImage
from PySide6.QtWidgets import QStyledItemDelegate, QWidget
from pytestqt.qtbot import QtBot

from tests.unit.item_models.sample import SampleModel, shown
from tests.unit.widgets.table_bench import filled_model, item, picture, shown_table
from workstation.item_models.columns import Tone
from workstation.widgets.cell_painter import EDGE_PX
from workstation.widgets.fast_table import FastTable


@pytest.fixture
def model(qapp: object) -> SampleModel:
    return filled_model()


@pytest.fixture
def table(model: SampleModel, qtbot: QtBot) -> FastTable:
    return shown_table(model, qtbot)


def ink(image: QImage, row: int, height: int, left: int, right: int) -> int:
    """Count the pixels of a stretch of a row that differ from its ground."""
    ground = image.pixelColor(left, row * height + 1)
    lines = range(row * height, (row + 1) * height - 1)
    return sum(image.pixelColor(x, y) != ground for x in range(left, right) for y in lines)


def test_cells_are_painted_where_qt_believes_them_to_be(table: FastTable, model: SampleModel) -> None:
    image = picture(table)
    for column in range(3):
        rect = table.visualRect(model.index(2, column))
        assert ink(image, 2, rect.height(), rect.left() + 5, rect.right() - 2) > 10
    assert rect.height() == table.rowHeight(2)


def test_what_changed_is_painted_and_only_on_screen_rows_are_announced(table: FastTable, model: SampleModel) -> None:
    before = picture(table)
    announced: list[int] = []
    model.dataChanged.connect(lambda first, _last: announced.append(first.row()))
    model.put_many([item(1, "7777.00"), item(190, "8888.00")])
    model.flush()
    assert announced == [1]
    assert picture(table) != before


def test_a_hidden_table_announces_nothing_and_is_right_when_shown_again(table: FastTable, model: SampleModel) -> None:
    table.hide()
    announced: list[int] = []
    model.dataChanged.connect(lambda first, _last: announced.append(first.row()))
    model.put_many([item(1, "7777.00")])
    model.flush()
    assert announced == []
    assert model.look(1).texts[1] == "7777.00"


def test_the_side_edge_is_in_its_colour(table: FastTable, model: SampleModel) -> None:
    model.put_many([item(0, group=1)])
    model.flush()
    image = picture(table)
    tones = table._painter.colours.tones
    assert image.pixelColor(EDGE_PX - 1, 4) == tones[Tone.BUY]
    assert image.pixelColor(EDGE_PX - 1, table.rowHeight(0) + 4) == tones[Tone.SELL]


def test_selection_survives_sorting_and_copies_as_text(table: FastTable, model: SampleModel, qtbot: QtBot) -> None:
    table.select_key(5)
    table.columns.sort_by("amount", descending=True)
    assert [record.key for record in table.selected_records()] == [5]
    assert model.row_of(5) == 194
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "5\t5.50\tword 5\n"


def test_keys_move_the_current_row(table: FastTable, qtbot: QtBot) -> None:
    table.focus_first()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    current = table.current_record()
    assert current is not None
    assert current.key == 2


def enter(table: FastTable, inside: bool) -> None:
    event = QEnterEvent(QPointF(9, 9), QPointF(9, 9), QPointF(9, 9)) if inside else QEvent(QEvent.Type.Leave)
    QGuiApplication.sendEvent(table.viewport(), event)


def test_rows_stand_still_under_the_pointer(table: FastTable, model: SampleModel) -> None:
    table.columns.sort_by("amount")
    held: list[int] = []
    model.held_changed.connect(held.append)
    enter(table, True)
    model.put_many([item(0, "9999.00"), item(500, "0.01")])
    model.flush()
    assert [each.key for each in shown(model)[:2]] == [0, 1]
    assert shown(model)[-1].key == 500
    assert held[-1] == 2
    enter(table, False)
    assert [each.key for each in shown(model)[:2]] == [500, 1]
    assert shown(model)[-1].key == 0
    assert held[-1] == 0


class Editors(QStyledItemDelegate):
    """Qt's own editors, whose values go nowhere."""

    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:  # noqa: N802
        pass


def test_rows_stand_still_while_a_cell_is_edited(table: FastTable, model: SampleModel, qtbot: QtBot) -> None:
    table.columns.sort_by("amount")
    table.setItemDelegate(Editors(table))
    table.setEditTriggers(FastTable.EditTrigger.EditKeyPressed)
    table.setCurrentIndex(model.index(0, 1))
    table.edit(model.index(0, 1))
    model.put_many([item(0, "9999.00")])
    model.flush()
    assert shown(model)[0].key == 0
    editor = table.indexWidget(model.index(0, 1)) or table.viewport().findChild(QWidget)
    assert editor is not None
    table.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)
    assert shown(model)[-1].key == 0


def test_rows_on_screen_stay_when_others_come_above(table: FastTable, model: SampleModel) -> None:
    table.columns.sort_by("key", descending=True)
    table.verticalScrollBar().setValue(50)
    picture(table)
    top = table.rowAt(1)
    key = model.record_at(top).key
    model.put_many([item(number) for number in range(1000, 1010)])
    model.flush()
    assert model.record_at(table.rowAt(1)).key == key


def test_at_the_top_the_newest_is_seen(table: FastTable, model: SampleModel) -> None:
    table.columns.sort_by("key", descending=True)
    model.put_many([item(1000)])
    model.flush()
    assert model.record_at(table.rowAt(1)).key == 1000


def test_zoom_scales_rows_and_columns(table: FastTable) -> None:
    height, width = table.rowHeight(0), table.columnWidth(0)
    font = QFont(table.font())
    font.setPixelSize(QFontInfo(font).pixelSize() * 2)  # an earlier test may have set the program's pixel font
    table.setFont(font)
    assert table.rowHeight(0) > 1.6 * height
    assert table.columnWidth(0) > 1.6 * width
    assert table.rowHeight(0) >= QFontMetricsF(font).height()


def test_only_row_models(qapp: object) -> None:
    table = FastTable()
    with pytest.raises(RuntimeError):
        table.rows()
    with pytest.raises(TypeError):
        table.setModel(QStringListModel(["a"]))
    table.deleteLater()


def test_an_empty_table_paints(qtbot: QtBot) -> None:
    table = FastTable()
    qtbot.addWidget(table)
    table.setModel(SampleModel())
    table.show()
    qtbot.waitExposed(table)
    assert picture(table).pixelColor(5, 5) == QColor(table._painter.colours.ground)
    table.focus_first()
    assert table.current_record() is None
    table.setModel(None)
    assert table.selected_rows() == []
