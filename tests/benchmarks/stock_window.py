"""What one writes first: the engine on qasync's loop, each message shown at once in a QTableView over `data()`."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QMainWindow, QTableView

from tests.benchmarks.samples import naming
from workstation.desk.messages import EngineMessage
from workstation.domain.identity import ClOrdID
from workstation.domain.orders import Order
from workstation.item_models.orders_model import OrdersModel

COLUMNS = ("account", "symbol", "side", "qty", "left", "price", "state", "type", "filled", "avg", "tif", "time")


class StockModel(QAbstractTableModel):
    """Orders in the order in which they came; one signal per message."""

    def __init__(self) -> None:
        super().__init__()
        words = {column.key: column for column in OrdersModel(naming()).columns}
        self._columns = [words[key] for key in COLUMNS]
        self._rows: dict[ClOrdID, int] = {}
        self._orders: list[Order] = []

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
        return len(self._orders)

    def columnCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
        return len(self._columns)

    def data(self, index: QModelIndex, role: int = 0) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[index.column()].text(self._orders[index.row()])
        return None

    def put(self, order: Order) -> None:
        """Show one order."""
        row = self._rows.get(order.cl_ord_id)
        if row is not None:
            self._orders[row] = order
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))
            return
        self.beginInsertRows(QModelIndex(), len(self._orders), len(self._orders))
        self._rows[order.cl_ord_id] = len(self._orders)
        self._orders.append(order)
        self.endInsertRows()

    def order_at(self, row: int) -> Order:
        """Return one order."""
        return self._orders[row]


class StockView(QTableView):
    """Tells when it was painted."""

    def __init__(self, painted: Callable[[list[Order]], None]) -> None:
        super().__init__()
        self._painted = painted

    def paintEvent(self, event: object) -> None:  # noqa: N802
        super().paintEvent(event)  # type: ignore[arg-type]
        model = self.model()
        assert isinstance(model, StockModel)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        last = last if last >= 0 else model.rowCount() - 1
        self._painted([model.order_at(row) for row in range(max(first, 0), last + 1)])


def stock_window(painted: Callable[[list[Order]], None]) -> tuple[QMainWindow, Callable[[EngineMessage], None]]:
    """Show the window; return it and what takes the engine's messages."""
    window, model, view = QMainWindow(), StockModel(), StockView(painted)
    view.setModel(model)
    window.setCentralWidget(view)
    window.resize(1_046, 540)
    window.show()

    def take(message: EngineMessage) -> None:
        if isinstance(message, Order):
            model.put(message)

    return window, take
