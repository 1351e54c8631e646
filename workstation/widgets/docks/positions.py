"""Net positions of all accounts: signed and worded, so that a short one is never read as a long one.

Nothing here sends, and a double click does nothing at all: to close a position its opposite is loaded into the ticket,
where it is reviewed like every order.
"""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from workstation.domain.account import Account, Position
from workstation.domain.identity import AccountKey
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.item_models.naming import Naming
from workstation.item_models.positions_model import PositionGroup, PositionsModel
from workstation.services.subjects import Services
from workstation.widgets.filtered_table import Chip, FilteredTable, TableTexts
from workstation.widgets.screen import Screen

CHIPS = (Chip("open", "open"), Chip("all", "with flat", everything=True))
TEXTS = TableTexts(
    section="positions",
    subject="positions",
    nothing_yet="No positions. As soon as an order trades, the net position of its account stands here.",
    columns=(
        ("account", 11),
        ("symbol", 9),
        ("net", 12),
        ("avg", 11),
        ("open_pnl", 15),
        ("currency", 6),
        ("venue", 7),
        ("time", 14),
    ),
)


def closing_terms(position: Position, services: Services) -> OrderTerms:
    """Return the terms that would bring `position` to zero: the opposite side, all of it, at market where that exists.

    Raises:
        ValueError: there is nothing to close.
    """
    if not position.net_qty:
        raise ValueError(f"{position.symbol} is flat")
    capabilities = services.connections.capabilities.get(position.key.connection_id)
    at_market = capabilities is not None and (OrdType.MARKET, TimeInForce.DAY) in capabilities.forms
    closes = capabilities is not None and PositionEffect.CLOSE in capabilities.position_effects
    return OrderTerms(
        account=position.key,
        symbol=position.symbol,
        side=Side.SELL if position.net_qty > 0 else Side.BUY,
        ord_type=OrdType.MARKET if at_market else OrdType.LIMIT,
        time_in_force=TimeInForce.DAY,
        order_qty=abs(position.net_qty),
        position_effect=PositionEffect.CLOSE if closes else None,
    )


class PositionTable(FilteredTable):
    """Open positions, and flat ones on request."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        self.model = PositionsModel(Naming.of(screen.services, screen.clock))
        super().__init__(screen, self.model, TEXTS, CHIPS, parent=parent)
        self.model.setParent(self)

    def narrow(self, choice: str, text: str) -> None:
        """Show what is held, or everything."""
        self.model.show_only(text=text, flat=choice == "all")

    def chip_counts(self) -> dict[str, int]:
        """Return the number of positions behind each chip."""
        return {"open": self.model.counts[PositionGroup.OPEN], "all": sum(self.model.counts)}

    def is_narrowed(self) -> bool:
        """Hiding flat positions is no filter that anybody forgets."""
        return bool(self.find_field.text().strip())


class PositionsDock(QWidget):
    """The table of positions."""

    repeat_requested = Signal(object)
    """OrderTerms that would close a position: to be loaded into the ticket; nothing is sent."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.table = PositionTable(screen, self)
        self.close_action = QAction("Close in the ticket…", self)
        self.close_action.setToolTip("Load the opposite order into the ticket; nothing is sent before its review")
        self.close_action.triggered.connect(self.close_in_ticket)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.addWidget(self.table)
        view = self.table.view
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        accounts = screen.services.accounts
        accounts.positions_changed.connect(self.model.put_many)
        accounts.accounts_changed.connect(self._names_changed)
        accounts.accounts_removed.connect(self._forget)
        screen.services.connections.instruments_changed.connect(lambda _connection: self.model.refresh_texts())
        self.model.put_many(list(accounts.positions.values()))

    @property
    def model(self) -> PositionsModel:
        """The rows."""
        return self.table.model

    def focus_first(self) -> None:
        """Give the focus to the table."""
        self.table.focus_first()

    def current_position(self) -> Position | None:
        """Return the position of the current row."""
        return self.table.view.current_record()

    def close_in_ticket(self) -> None:
        """Ask for the ticket to be filled with what closes the current position."""
        position = self.current_position()
        if position is not None and position.net_qty:
            self.repeat_requested.emit(closing_terms(position, self._screen.services))

    def _names_changed(self, _accounts: list[Account]) -> None:
        self.model.refresh_texts()

    def _forget(self, keys: list[AccountKey]) -> None:
        gone = set(keys)
        held = [self.model.key_of(record) for record in self.model.store.records if record is not None]
        self.model.remove([key for key in held if key[0] in gone])

    def _open_menu(self, position: QPoint) -> None:
        current = self.current_position()
        if current is None:
            return
        self.close_action.setEnabled(bool(current.net_qty))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.close_action)
        menu.addAction(self.table.copy_action)
        menu.popup(self.table.view.viewport().mapToGlobal(position))
