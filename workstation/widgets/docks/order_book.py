"""The order book: every order of every account, live, and the ways to cancel, amend, repeat and understand one.

Nothing here sends a new order. A double click opens the detail. What a button cancels stands on it as verb, number and
scope; what is in doubt stands above the table until it is settled, whatever the filter shows.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget

from workstation.domain.identity import ClOrdID
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.item_models.orders_model import OrdersModel
from workstation.venues.base import Severity
from workstation.widgets.docks.order_book_actions import (
    AMEND_IN_TICKET,
    CANCEL_CONTRACT,
    QUERY_ORDER,
    SETTLE_ORDER,
    OrderBookActions,
)
from workstation.widgets.docks.order_book_amend import InPlaceAmend
from workstation.widgets.docks.order_book_amend_bar import AmendBar
from workstation.widgets.docks.order_book_amendment import why_not_amendable
from workstation.widgets.docks.order_book_commands import OrderBookCommands
from workstation.widgets.docks.order_book_doubt import DoubtBar
from workstation.widgets.docks.order_book_drafts import DraftShelf, delete_title, drafts_only
from workstation.widgets.docks.order_book_menus import context_menu, policy_menu
from workstation.widgets.docks.order_book_scope import (
    CancelScope,
    OpenOrders,
    account_title,
    contract_title,
    selected_scope,
    selected_title,
    whole_title,
)
from workstation.widgets.docks.order_table import IN_DOUBT, OrderTable
from workstation.widgets.drafts import Drafts
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.key_actions import (
    AMEND_SELECTED,
    CANCEL_ACCOUNT,
    CANCEL_ALL,
    CANCEL_SELECTED,
    ORDER_DETAIL,
    REPEAT_ORDER,
)
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen

TITLES_MS = 50
AGES_MS = 1000


class OrderBookDock(QWidget):
    """All orders in one table with its buttons."""

    amend_requested = Signal(object)
    """Order: to be amended through the ticket."""
    repeat_requested = Signal(object)
    """OrderTerms: to be loaded into the ticket as a new order; nothing is sent."""
    detail_requested = Signal(object)
    """ClOrdID: to be shown in full."""
    settle_requested = Signal(object)
    """ClOrdID of an order in doubt, to be settled by hand."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._words = OrderWords(screen.services)
        self._open = OpenOrders()
        self._commands = OrderBookCommands(screen, self)
        self._commands.said.connect(self._say)
        self.table = OrderTable(screen, self)
        self.actions_by_id = OrderBookActions(self, screen.keys, self._slots())
        self._doubt = DoubtBar(
            screen,
            query=self._commands.query,
            settle=self.settle_requested.emit,
            show_all=self._show_doubt,
            show_detail=self.detail_requested.emit,
            parent=self,
        )
        self._notice = NoticeBar(screen.theme, self)
        self.drafts = Drafts(screen.settings, screen.clock, self)
        self.shelf = DraftShelf(self.drafts, self.table.model, self._notice, self)
        self._amend_bar = AmendBar(screen.theme, self)
        self.amend = InPlaceAmend(screen, self.table.view, self._amend_bar, self.table.cell_of)
        self._titles = QTimer(self, singleShot=True)
        self._titles_rest_ms = TITLES_MS
        self._ages = QTimer(self, interval=AGES_MS)
        self._lay_out()
        self._connect()
        self._take(list(screen.services.orders.orders.values()))
        self._show_titles()

    @property
    def model(self) -> OrdersModel:
        """The rows."""
        return self.table.model

    def action(self, action_id: str) -> QAction:
        """Return one of the dock's actions, for menus and the palette.

        Raises:
            KeyError: there is no such action.
        """
        return self.actions_by_id[action_id]

    def notice_text(self) -> str:
        """Return what is said under the table, or nothing."""
        return self._notice.text()

    def notice_button(self, name: str) -> QPushButton:
        """Return a button of what is said under the table.

        Raises:
            LookupError: there is none of that name.
        """
        return self._notice.button(name)

    def doubt_button(self, name: str) -> QPushButton:
        """Return a button of what is said about orders in doubt.

        Raises:
            LookupError: there is none of that name.
        """
        return self._doubt.button(name)

    def doubt_text(self) -> str:
        """Return what is said about orders in doubt, or nothing."""
        return self._doubt.text()

    def focus_first(self) -> None:
        """Give the focus to the table, on its first row if none is current."""
        self.table.focus_first()

    def show_order(self, cl_ord_id: ClOrdID) -> bool:
        """Select one order and scroll to it, whatever the filter; False when it is not among the orders."""
        return self.table.show_key(cl_ord_id)

    def selected_orders(self) -> list[Order]:
        """Return the orders of the selected rows, from top to bottom."""
        return self.table.selected_orders()

    def current_order(self) -> Order | None:
        """Return the order of the current row."""
        return self.table.current_order()

    # What the actions do.

    def cancel_selected(self) -> None:
        """Cancel the selected orders that are open; where only drafts are selected, delete them."""
        if self.shelf.delete(self.selected_orders()):
            return
        self._commands.cancel(selected_scope(self.selected_orders()), "Del in the order book")

    def cancel_contract(self) -> None:
        """Cancel everything working in the current row's contract and account."""
        order = self.current_order()
        if order is not None:
            account, symbol = order.terms.account, order.terms.symbol
            scope = self._open.contract_scope(account, symbol, self._words.alias(account))
            self._commands.cancel(scope, "Cancel by contract in the order book")

    def cancel_account(self) -> None:
        """Cancel everything working in the current row's account."""
        order = self.current_order()
        if order is not None:
            account = order.terms.account
            scope = self._open.account_scope(account, self._words.alias(account))
            self._commands.cancel(scope, "Cancel all of the account")

    def cancel_all(self) -> None:
        """Cancel everything working on all accounts."""
        self._commands.cancel(self._open.whole_scope(), "Cancel all working")

    def amend_selected(self) -> None:
        """Put fields over the current row's quantity and price."""
        order = self.current_order()
        if order is None:
            return
        reason = self.amend.begin(order)
        if reason:
            self._say(Severity.INFO, f"{self._words.title(order)} cannot be amended. {reason}", None)

    def amend_in_ticket(self) -> None:
        """Ask for the ticket to amend the current order."""
        order = self.current_order()
        if order is not None and not why_not_amendable(order):
            self.amend_requested.emit(order)

    def repeat(self) -> None:
        """Ask for the ticket to be filled with the current order's terms, or to open the current draft."""
        order = self.current_order()
        if order is not None and not self.shelf.open(order):
            self.repeat_requested.emit(order.terms)

    def show_detail(self) -> None:
        """Ask for the current order's detail; a draft has none and is opened in the ticket."""
        order = self.current_order()
        if order is not None and not self.shelf.open(order):
            self.detail_requested.emit(order.cl_ord_id)

    def query_current(self) -> None:
        """Ask the venue's books about the current order."""
        order = self.current_order()
        if order is not None:
            self._commands.query(order)

    def settle_current(self) -> None:
        """Ask for the dialog that settles the current order in doubt by hand."""
        order = self.current_order()
        if order is not None and order.ord_status is OrdStatus.IN_DOUBT:
            self.settle_requested.emit(order.cl_ord_id)

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            CANCEL_SELECTED: self.cancel_selected,
            CANCEL_CONTRACT: self.cancel_contract,
            CANCEL_ACCOUNT: self.cancel_account,
            CANCEL_ALL: self.cancel_all,
            AMEND_SELECTED: self.amend_selected,
            AMEND_IN_TICKET: self.amend_in_ticket,
            REPEAT_ORDER: self.repeat,
            ORDER_DETAIL: self.show_detail,
            QUERY_ORDER: self.query_current,
            SETTLE_ORDER: self.settle_current,
        }

    # News.

    def _take(self, orders: list[Order]) -> None:
        self._open.put(orders)
        self.model.put_many(orders)
        self._doubt.take(orders)
        self.amend.take(orders)
        if not self._titles.isActive():
            self._titles.start(self._titles_rest_ms)

    def _say(self, severity: Severity, text: str, again: CancelScope | None) -> None:
        buttons = [] if again is None else [(f"Try {len(again.orders)} again", lambda: self._try_again(again))]
        self._notice.say(severity, text, buttons)

    def _try_again(self, scope: CancelScope) -> None:
        self._notice.hide()
        self._commands.cancel(scope, "Cancel again, after a failure")

    def _amend_ended(self, text: str) -> None:
        if text:
            self._notice.say(Severity.INFO, text)

    def _show_doubt(self) -> None:
        self.table.choose(IN_DOUBT)

    def _show_titles(self) -> None:
        """Write the buttons anew, and rest ten times as long: a flood of fills must not spend its time on words."""
        began_s = time.perf_counter()
        order, show = self.current_order(), self.actions_by_id.show
        selected = self.selected_orders()
        chosen, drafts = sum(not held.is_closed for held in selected), drafts_only(selected)
        title = delete_title(drafts) if drafts else selected_title(chosen)
        show(CANCEL_SELECTED, enabled=chosen > 0 or drafts > 0, title=title)
        show(CANCEL_ALL, enabled=len(self._open) > 0, title=whole_title(len(self._open)))
        for name in (REPEAT_ORDER, ORDER_DETAIL):
            show(name, enabled=order is not None)
        show(QUERY_ORDER, enabled=order is not None and not order.is_closed)
        show(SETTLE_ORDER, enabled=order is not None and order.ord_status is OrdStatus.IN_DOUBT)
        for name in (AMEND_SELECTED, AMEND_IN_TICKET):
            show(name, enabled=order is not None and not why_not_amendable(order))
        self._show_scope_titles(order)
        self._titles_rest_ms = max(TITLES_MS, round((time.perf_counter() - began_s) * 10_000))

    def _show_scope_titles(self, order: Order | None) -> None:
        show = self.actions_by_id.show
        if order is None:
            show(CANCEL_CONTRACT, enabled=False, title="Cancel working of the contract")
            show(CANCEL_ACCOUNT, enabled=False, title="Cancel working of the account")
            return
        account, symbol = order.terms.account, order.terms.symbol
        alias = self._words.alias(account)
        count = self._open.in_contract(account, symbol)
        show(CANCEL_CONTRACT, enabled=count > 0, title=contract_title(count, symbol, alias))
        count = self._open.in_account(account)
        show(CANCEL_ACCOUNT, enabled=count > 0, title=account_title(count, alias))

    def _names_changed(self, _what: object) -> None:
        self.model.refresh_texts()

    def _selection_changed(self) -> None:
        self._titles.start(0)

    def _refresh_ages(self) -> None:
        if self.isVisible():
            self._doubt.refresh_age()

    def _open_menu(self, position: QPoint) -> None:
        order = self.current_order()
        if order is not None:
            self._show_titles()
            in_doubt = order.ord_status is OrdStatus.IN_DOUBT
            menu = context_menu(self, self.actions_by_id, self.table.copy_action, in_doubt=in_doubt)
            menu.popup(self.table.view.viewport().mapToGlobal(position))

    def _connect(self) -> None:
        services = self._screen.services
        services.orders.latest_changed.connect(self._take)
        services.accounts.accounts_changed.connect(self._names_changed)
        services.connections.instruments_changed.connect(self._names_changed)
        self.amend.ended.connect(self._amend_ended)
        self._titles.timeout.connect(self._show_titles)
        self._ages.timeout.connect(self._refresh_ages)
        self._ages.start()
        view = self.table.view
        view.selection_changed.connect(self._selection_changed)
        view.doubleClicked.connect(lambda _index: self.show_detail())
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)

    def _lay_out(self) -> None:
        buttons = FlowRow(self)
        for action_id in (CANCEL_SELECTED, CANCEL_CONTRACT, CANCEL_ALL):
            button = QToolButton(buttons)
            button.setDefaultAction(self.actions_by_id[action_id])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            buttons.add(button)
        more = QToolButton(buttons)
        more.setText("Ask before cancelling ▾")
        more.setToolTip("When a cancel asks first")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(policy_menu(self, self._commands))
        more.setProperty("kind", "quiet")
        buttons.add(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 6, 5)
        layout.setSpacing(5)
        layout.addWidget(self._doubt)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._amend_bar)
        layout.addWidget(self._notice)
        layout.addWidget(buttons)
