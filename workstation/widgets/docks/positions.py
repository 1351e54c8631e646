"""Positions of all accounts: signed and worded, so that a short one is never read as a long one.

Nothing here sends, and a double click does nothing at all. Where the venue nets positions the opposite is loaded into
the ticket, where it is reviewed like every order; where it holds them apart each has dialogs of its own. The dock asks
for the quotes of what is held, so that every check has a price.
"""

from contextlib import suppress

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from workstation.desk.commands import WatchMarket
from workstation.domain.account import Account, Position
from workstation.domain.capabilities import Feed
from workstation.domain.identity import AccountKey, InstrumentKey
from workstation.domain.order_terms import OrdType, PositionEffect, Side, TimeInForce
from workstation.domain.orders import OrderTerms
from workstation.item_models.naming import Naming
from workstation.item_models.position_totals import totals_of
from workstation.item_models.positions_model import PositionGroup, PositionsModel
from workstation.services.desk_client import EngineGone
from workstation.services.subjects import Services
from workstation.widgets.docks.positions_actions import PositionActions, held_apart
from workstation.widgets.filtered_table import Chip, FilteredTable, TableTexts
from workstation.widgets.screen import Screen

CHIPS = (Chip("open", "open"), Chip("all", "with flat", everything=True))
TEXTS = TableTexts(
    section="positions",
    subject="positions",
    nothing_yet="No positions. As soon as an order trades, the net position of its account stands here.",
    columns=(
        ("account", 14),
        ("symbol", 9),
        ("net", 12),
        ("avg", 11),
        ("open_pnl", 15),
        ("currency", 6),
        ("price", 10),
        ("stop_loss", 10),
        ("take_profit", 11),
        ("position", 12),
        ("venue", 7),
        ("time", 14),
        ("trailing", 9),
        ("swap", 9),
        ("commission", 12),
        ("opened", 22),
    ),
)
WATCHER = "positions"
TOTALS_MS = 100


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
        self._totals = QLabel(self)
        self._buttons: list[QPushButton] = []
        self._watched: frozenset[InstrumentKey] = frozenset()
        self._refreshing = QTimer(self, singleShot=True, interval=TOTALS_MS)
        self.actions_apart = PositionActions(screen, self.current_position, self)
        self._add_foot(layout)
        view = self.table.view
        view.selection_changed.connect(self.actions_apart.refresh)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        accounts = screen.services.accounts
        accounts.positions_changed.connect(self._take_positions)
        accounts.accounts_changed.connect(self._names_changed)
        accounts.accounts_removed.connect(self._forget)
        screen.services.connections.instruments_changed.connect(lambda _connection: self.model.refresh_texts())
        screen.services.connections.connections_changed.connect(self._look_again)
        self._take_positions(list(accounts.positions.values()))
        self._look_again()

    @property
    def model(self) -> PositionsModel:
        """The rows."""
        return self.table.model

    def totals_text(self) -> str:
        """Return what the line below the table says: the sums of each account in its own currency."""
        return self._totals.text()

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
        self._look_again()

    def _take_positions(self, positions: list[Position]) -> None:
        self.model.put_many(positions)
        self._look_soon()

    def _look_soon(self) -> None:
        if not self._refreshing.isActive():
            self._refreshing.start()

    def _look_again(self) -> None:
        """Bring totals, buttons and the wish for quotes up to date; at most ten times a second."""
        services = self._screen.services
        held = list(services.accounts.positions.values())
        lines = []
        for total in totals_of(held):
            account = services.accounts.accounts.get(total.key)
            name = (account.alias or account.name) if account is not None else ""
            lines.append(total.text(name or total.key.account_id, account.currency if account is not None else ""))
        self._totals.setText("\n".join(lines))
        self._totals.setVisible(bool(lines))
        # An empty table has nothing to scroll to, and the bar would cover what it says.
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if self.model.rowCount() else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.table.view.setHorizontalScrollBarPolicy(policy)
        apart = any(held_apart(one, services) for one in held)
        for button in self._buttons:
            button.setVisible(apart)
        self.actions_apart.refresh()
        self._watch(held)

    def _watch(self, held: list[Position]) -> None:
        capabilities = self._screen.services.connections.capabilities
        wanted = frozenset(
            InstrumentKey(one.key.connection_id, one.symbol)
            for one in held
            if one.net_qty
            and (offered := capabilities.get(one.key.connection_id)) is not None
            and Feed.QUOTES in offered.feeds
        )
        if wanted != self._watched:
            self._watched = wanted
            self._screen.tasks.start(self._ask_watch(wanted), "positions: watch the market")

    async def _ask_watch(self, wanted: frozenset[InstrumentKey]) -> None:
        with suppress(EngineGone):  # the window says so itself
            await self._screen.desk.ask(WatchMarket(watcher=WATCHER, quotes=wanted))

    def _add_foot(self, layout: QVBoxLayout) -> None:
        self._totals.setAccessibleName("Totals of open positions per account")
        self._totals.setTextFormat(Qt.TextFormat.PlainText)
        self._totals.setWordWrap(True)
        self._refreshing.timeout.connect(self._look_again)
        self.model.rowsInserted.connect(lambda *_rows: self._look_soon())
        self.model.rowsRemoved.connect(lambda *_rows: self._look_soon())
        self._buttons = [_button(action, self.table.bar) for action in self.actions_apart.actions()]
        self.table.bar.add(*self._buttons)
        layout.addWidget(self._totals)

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
        if held_apart(current, self._screen.services):
            menu.addActions(self.actions_apart.actions())
        else:
            menu.addAction(self.close_action)
        menu.addAction(self.table.copy_action)
        menu.popup(self.table.view.viewport().mapToGlobal(position))


def _button(action: QAction, parent: QWidget) -> QPushButton:
    """Return a button that follows `action`."""
    button = QPushButton(action.text(), parent)
    button.setAutoDefault(False)

    def follow() -> None:
        button.setText(action.text())
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())

    action.changed.connect(follow)
    button.clicked.connect(action.trigger)
    follow()
    return button
