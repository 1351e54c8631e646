"""Texts stand where they can be compared, and stay in their cells."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetricsF
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


def test_decimal_points_stand_under_one_another(table: FastTable, model: SampleModel) -> None:
    model.put_many([item(0, "1"), item(1, "10.25"), item(2, "3.125")])
    model.flush()
    picture(table)
    metrics = QFontMetricsF(table.font())
    painter = table._painter
    points = []
    for row, whole in enumerate(("1", "10", "3")):
        laid = painter.lay_out(model.look(row))
        number = next(point for point, text in laid.plain if text.text() == model.look(row).texts[1])
        points.append(number.x() + metrics.horizontalAdvance(whole))
    assert max(points) - min(points) < 1


def test_long_words_are_shortened_within_their_cell(table: FastTable, model: SampleModel) -> None:
    model.put_many([item(0, word="w" * 500 + "\n" + "x" * 500)])
    model.flush()
    picture(table)
    laid = table._painter.lay_out(model.look(0))
    point, text = laid.plain[-1] if not laid.toned else laid.toned[-1][1:]
    assert text.text().endswith("…")
    assert point.x() + text.size().width() <= table.columnViewportPosition(2) + table.columnWidth(2)


def test_what_cannot_be_relied_on_is_struck_through(table: FastTable, model: SampleModel) -> None:
    picture(table)
    look = model.look(0)
    struck = replace(look, dress=replace(look.dress, struck=frozenset({1})))
    painter = table._painter
    assert painter.lay_out(look).strikes == []
    (line,) = painter.lay_out(struck).strikes
    cell = painter.cell(1)
    assert cell.left() <= line.x1() < line.x2() <= cell.right() + 1
    assert line.y1() == line.y2() == painter.row_height / 2
