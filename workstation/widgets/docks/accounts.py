"""Accounts: the sum of all on top, then every account with its money, its margin and its connection's lamp.

What a venue does not state is shown as unknown, never as zero; the selected account stands in full below.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from workstation.domain.account import Account, Balance, Position
from workstation.domain.identity import AccountKey
from workstation.item_models.accounts_model import AccountsModel
from workstation.item_models.naming import Naming
from workstation.widgets.docks.accounts_detail import AccountDetail
from workstation.widgets.filtered_table import FilteredTable, TableTexts
from workstation.widgets.screen import Screen

DETAIL_MS = 100
TEXTS = TableTexts(
    section="accounts",
    subject="accounts",
    nothing_yet="No accounts yet. Add a connection, or start the demo: its accounts stand here as soon as it is live.",
    columns=(
        ("account", 12.5),
        ("environment", 5),
        ("open_pnl", 12),
        ("margin_share", 7.5),
        ("margin_level", 10),
        ("equity", 13),
        ("available", 13),
        ("day_pnl", 14),
        ("state", 13),
        ("currency", 6),
        ("positions", 6),
        ("cash", 13),
        ("margin_used", 13),
        ("venue", 7),
    ),
)


class AccountTable(FilteredTable):
    """One row per account."""

    def __init__(self, screen: Screen, naming: Naming, parent: QWidget | None = None) -> None:
        self.model = AccountsModel(naming)
        super().__init__(screen, self.model, TEXTS, parent=parent)
        self.model.setParent(self)


class AccountsDock(QWidget):
    """The table of accounts with the selected one in full below it."""

    alarms_requested = Signal(object)
    """AccountKey of the current row, or None: the trader wants to see the alarms."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        naming = Naming.of(screen.services, screen.clock)
        self.table = AccountTable(screen, naming, self)
        self.detail = AccountDetail(screen, naming, self)
        self._refreshing = QTimer(self, singleShot=True, interval=DETAIL_MS)
        self._refreshing.timeout.connect(self.detail.refresh)
        self.alarms_action = QAction("Alarms…", self)
        self.alarms_action.setToolTip("Ring when a margin level, an equity or a price passes a limit of yours")
        self.alarms_action.triggered.connect(lambda: self.alarms_requested.emit(self._current_key()))
        self._lay_out()
        self._connect()
        self._fill()

    @property
    def model(self) -> AccountsModel:
        """The rows."""
        return self.table.model

    def focus_first(self) -> None:
        """Give the focus to the table."""
        self.table.focus_first()

    def show_account(self, key: AccountKey) -> bool:
        """Select one account; False when it is not known."""
        return self.table.show_key(key)

    def _fill(self) -> None:
        accounts = self._screen.services.accounts
        self.model.put_accounts(accounts.accounts.values())
        self.model.put_balances(accounts.balances.values())
        self.model.put_positions(accounts.positions.values())
        self.model.put_statuses(self._screen.services.connections.statuses.values())

    def _connect(self) -> None:
        services = self._screen.services
        services.accounts.accounts_changed.connect(self._take_accounts)
        services.accounts.accounts_removed.connect(self._forget)
        services.accounts.balances_changed.connect(self._take_balances)
        services.accounts.positions_changed.connect(self._take_positions)
        services.connections.statuses_changed.connect(self.model.put_statuses)
        services.connections.connections_changed.connect(self.model.refresh_texts)
        self.table.view.selection_changed.connect(self._show_detail)
        self.table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.view.customContextMenuRequested.connect(self._open_menu)

    def _take_accounts(self, accounts: list[Account]) -> None:
        self.model.put_accounts(accounts)
        self._refresh_if_shown(account.key for account in accounts)

    def _take_balances(self, balances: list[Balance]) -> None:
        self.model.put_balances(balances)
        self._refresh_if_shown(balance.key for balance in balances)

    def _take_positions(self, positions: list[Position]) -> None:
        self.model.put_positions(positions)
        self._refresh_if_shown(position.key for position in positions)

    def _forget(self, keys: list[AccountKey]) -> None:
        self.model.remove_accounts(keys)
        if self.detail.key in keys:
            self.detail.show_account(None)

    def _refresh_if_shown(self, keys: Iterable[AccountKey]) -> None:
        """Write the detail anew, at most ten times a second: it is read, not watched."""
        if self.detail.key in set(keys) and not self._refreshing.isActive():
            self._refreshing.start()

    def _current_key(self) -> AccountKey | None:
        record = self.table.view.current_record()
        return record.account.key if record is not None and record.account is not None else None

    def _open_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.alarms_action)
        menu.addAction(self.table.copy_action)
        menu.popup(self.table.view.viewport().mapToGlobal(position))

    def _show_detail(self) -> None:
        key = self._current_key()
        if key != self.detail.key:
            self.detail.show_account(key)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.table)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([200, 320])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.addWidget(splitter)
