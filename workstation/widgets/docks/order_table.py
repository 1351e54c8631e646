"""The table of the order book: its chips by state, and the ways from an order to its row and back."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from workstation.domain.orders import Order
from workstation.item_models.naming import Naming
from workstation.item_models.orders_model import OrderGroup, OrdersModel
from workstation.widgets.filtered_table import Chip, FilteredTable, TableTexts
from workstation.widgets.screen import Screen

ALL = "all"
IN_DOUBT = "in_doubt"
_SHOWN = {
    "working": frozenset({OrderGroup.WORKING, OrderGroup.IN_DOUBT}),
    IN_DOUBT: frozenset({OrderGroup.IN_DOUBT}),
    "filled": frozenset({OrderGroup.FILLED}),
    "rejected": frozenset({OrderGroup.REJECTED}),
    "canceled": frozenset({OrderGroup.CANCELED, OrderGroup.ENDED}),
    "drafts": frozenset({OrderGroup.DRAFT}),
}
"""An order in doubt may be working, so it is shown among the working ones too: a filter must not hide it."""

CHIPS = (
    Chip("working", "working"),
    Chip(IN_DOUBT, "in doubt", urgent=True),
    Chip("filled", "filled"),
    Chip("rejected", "rejected"),
    Chip("canceled", "canceled"),
    Chip("drafts", "drafts", fleeting=True),
    Chip(ALL, "all", everything=True),
)
TEXTS = TableTexts(
    section="orders",
    first_chip=ALL,
    subject="orders",
    nothing_yet=(
        "No orders yet. Every order of every account stands here, from your click to its end. "
        "Write one in the order ticket (F2)."
    ),
    columns=(
        ("account", 14),
        ("symbol", 9),
        ("side", 6),
        ("qty", 7),
        ("left", 7),
        ("price", 10),
        ("state", 15),
        ("type", 10),
        ("filled", 7),
        ("avg", 11),
        ("tif", 7),
        ("stop", 10),
        ("age", 8),
        ("time", 14),
        ("venue", 7),
        ("order_id", 12),
        ("text", 20),
    ),
    sort="time",
)


class OrderTable(FilteredTable):
    """Orders of all accounts, what changed last on top until the trader sorts otherwise."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        self.model = OrdersModel(Naming.of(screen.services, screen.clock))
        super().__init__(screen, self.model, TEXTS, CHIPS, parent=parent)
        self.model.setParent(self)

    def narrow(self, choice: str, text: str) -> None:
        """Show the orders in the states behind `choice`."""
        self.model.show_only(_SHOWN.get(choice), text=text)

    def chip_counts(self) -> dict[str, int]:
        """Return the number of orders behind each chip."""
        counts = {key: sum(self.model.count(group) for group in groups) for key, groups in _SHOWN.items()}
        return {ALL: sum(self.model.counts), **counts}

    def selected_orders(self) -> list[Order]:
        """Return the orders of the selected rows, from top to bottom."""
        return self.view.selected_records()

    def current_order(self) -> Order | None:
        """Return the order of the current row."""
        return self.view.current_record()

    def cell_of(self, order: Order, column_key: str) -> QModelIndex:
        """Return the cell of an order; invalid while it is not shown."""
        return self.cell(self.model.row_of(order.cl_ord_id), column_key)
