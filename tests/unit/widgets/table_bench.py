"""A table of 200 rows in a window, for the tests of its parts."""

from decimal import Decimal

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.unit.item_models.sample import Item, SampleModel
from workstation.widgets.fast_table import FastTable


def item(key: int, amount: str = "1.50", word: str = "word", group: int = 0) -> Item:
    return Item(key, Decimal(amount), word, group)


def filled_model() -> SampleModel:
    made = SampleModel()
    made.put_many([item(key, f"{key}.50", f"word {key}") for key in range(200)])
    made.flush()
    return made


def shown_table(model: SampleModel, qtbot: QtBot) -> FastTable:
    made = FastTable()
    qtbot.addWidget(made)
    made.setModel(model)
    made.flashes.enabled = False
    made.resize(500, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def picture(table: FastTable) -> QImage:
    return table.viewport().grab().toImage()
