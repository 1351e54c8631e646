"""What is measured: an orders table in a window. A real dock takes its place by the same three words."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.samples import naming
from workstation.item_models.orders_model import OrdersModel
from workstation.widgets.fast_table import FastTable

COLUMNS = ("account", "venue", "symbol", "side", "qty", "filled", "left", "type", "price", "state", "avg", "time")
ROWS, WIDTH = 33, 1_200


@dataclass(slots=True)
class Target:
    """The window with the table, and the model that fills it."""

    window: QMainWindow
    table: FastTable
    model: OrdersModel


def application() -> QApplication:
    """Return the one application."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


def bare_target(columns: tuple[str, ...] = COLUMNS) -> Target:
    """Return a shown window with nothing but a table of 33 rows on screen."""
    app = application()
    model = OrdersModel(naming())
    table = FastTable()
    table.setModel(model)
    for number, column in enumerate(model.columns):
        table.columns.set_shown(number, column.key in columns)
    window = QMainWindow()
    window.setCentralWidget(table)
    window.show()
    app.processEvents()
    height = table.verticalHeader().defaultSectionSize() * ROWS
    window.resize(WIDTH, window.height() - table.viewport().height() + height)
    app.processEvents()
    return Target(window, table, model)
