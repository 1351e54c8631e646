"""The docks of this program, and how they speak with one another. A dock knows none of the others."""

# ruff: noqa: PLC0415

from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtWidgets import QWidget

from workstation.desk.group_commands import GroupReceipt
from workstation.domain.identity import AccountKey, ClOrdID, ConnectionID, InstrumentKey
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order, OrderTerms
from workstation.widgets import key_actions
from workstation.widgets.alarms import AlarmBook
from workstation.widgets.armed_keys import Target
from workstation.widgets.dock_specs import DockSpec, Place
from workstation.widgets.docks.accounts import AccountsDock
from workstation.widgets.docks.activity_log import ActivityLogDock
from workstation.widgets.docks.order_book import OrderBookDock
from workstation.widgets.docks.order_ticket import OrderTicket
from workstation.widgets.docks.positions import PositionsDock
from workstation.widgets.drafts import KeptDraft
from workstation.widgets.late_content import LateContent
from workstation.widgets.main_window import MainWindow
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.presets import quantity_presets
from workstation.widgets.ticket_wish import TicketWish

if TYPE_CHECKING:
    from workstation.widgets.dialogs.order_detail import OrderDetail
    from workstation.widgets.docks.ladder import LadderDock
    from workstation.widgets.docks.quotes import QuotesDock

TICKET, ORDERS, POSITIONS, LOG, ACCOUNTS = "ticket", "orders", "positions", "log", "accounts"
HISTORY = "history"
CHART, NEWS, CALENDAR = "chart", "news", "calendar"
QUOTES, LADDER, SYMBOL = "quotes", "ladder", "symbol"


# These are imported when somebody looks at them: a start of the program does not pay for what is not in sight.


def _chart(screen: Screen) -> QWidget:
    from workstation.widgets.docks.chart import ChartDock

    return ChartDock(screen)


def _news(screen: Screen) -> QWidget:
    from workstation.widgets.docks.news import NewsDock

    return NewsDock(screen)


def _calendar(screen: Screen) -> QWidget:
    from workstation.widgets.docks.calendar import CalendarDock

    return CalendarDock(screen)


def _history(screen: Screen) -> QWidget:
    from workstation.widgets.docks.history import HistoryDock

    return HistoryDock(screen)


def _quotes(screen: Screen) -> QWidget:
    from workstation.widgets.docks.quotes import QuotesDock

    return QuotesDock(screen)


def _ladder(screen: Screen) -> QWidget:
    from workstation.widgets.docks.ladder import LadderDock

    return LadderDock(screen)


def _symbol(screen: Screen) -> QWidget:
    from workstation.widgets.docks.symbol_details import SymbolDock

    return SymbolDock(screen)


STANDARD_DOCKS = (
    DockSpec(
        dock_id=TICKET,
        title="Order ticket",
        place=Place.LEFT,
        focus_key=key_actions.FOCUS_TICKET,
        build=OrderTicket,
    ),
    DockSpec(
        dock_id=ORDERS,
        title="Orders",
        place=Place.CENTRE,
        focus_key=key_actions.FOCUS_ORDERS,
        build=OrderBookDock,
    ),
    DockSpec(
        dock_id=POSITIONS,
        title="Positions",
        place=Place.CENTRE_MIDDLE,
        focus_key=key_actions.FOCUS_POSITIONS,
        build=PositionsDock,
    ),
    DockSpec(
        dock_id=HISTORY,
        title="History",
        place=Place.CENTRE_MIDDLE,
        focus_key=key_actions.FOCUS_HISTORY,
        build=lambda screen: LateContent(lambda: _history(screen)),
    ),
    DockSpec(
        dock_id=LOG,
        title="Activity log",
        place=Place.CENTRE_BOTTOM,
        focus_key=key_actions.FOCUS_LOG,
        build=ActivityLogDock,
    ),
    DockSpec(
        dock_id=ACCOUNTS,
        title="Accounts",
        place=Place.RIGHT,
        focus_key=key_actions.FOCUS_ACCOUNTS,
        build=AccountsDock,
    ),
    DockSpec(
        dock_id=CHART,
        title="Chart",
        place=Place.CHART,
        focus_key=key_actions.FOCUS_CHART,
        build=lambda screen: LateContent(lambda: _chart(screen)),
    ),
    DockSpec(
        dock_id=NEWS,
        title="News",
        place=Place.FEEDS,
        focus_key=key_actions.FOCUS_NEWS,
        build=lambda screen: LateContent(lambda: _news(screen)),
    ),
    DockSpec(
        dock_id=CALENDAR,
        title="Calendar",
        place=Place.FEEDS,
        focus_key=key_actions.FOCUS_CALENDAR,
        build=lambda screen: LateContent(lambda: _calendar(screen)),
    ),
    DockSpec(
        dock_id=QUOTES,
        title="Quotes",
        place=Place.MARKET,
        focus_key=key_actions.FOCUS_QUOTES,
        build=lambda screen: LateContent(lambda: _quotes(screen)),
    ),
    DockSpec(
        dock_id=LADDER,
        title="Ladder",
        place=Place.MARKET,
        focus_key=key_actions.FOCUS_LADDER,
        build=lambda screen: LateContent(lambda: _ladder(screen)),
    ),
    DockSpec(
        dock_id=SYMBOL,
        title="Symbol",
        place=Place.REFERENCE,
        focus_key=key_actions.FOCUS_SYMBOL,
        build=lambda screen: LateContent(lambda: _symbol(screen)),
    ),
)


def standard_window(screen: Screen) -> MainWindow:
    """Build the main window with all docks, and join them."""
    window = MainWindow(screen, STANDARD_DOCKS)
    window.joints = DockJoints(window, screen)
    return window


class DockJoints:
    """Carries what one dock asks for to the dock that does it. Nothing here sends."""

    def __init__(self, window: MainWindow, screen: Screen) -> None:
        self._window = window
        self._screen = screen
        self._details: dict[ClOrdID, OrderDetail] = {}
        self._ticket = _held(window, TICKET, OrderTicket)
        self._orders = _held(window, ORDERS, OrderBookDock)
        positions = _held(window, POSITIONS, PositionsDock)
        log = _held(window, LOG, ActivityLogDock)
        self._orders.amend_requested.connect(self._amend)
        self._orders.repeat_requested.connect(self._repeat)
        positions.repeat_requested.connect(self._repeat)
        self._orders.detail_requested.connect(self._show_detail)
        self._orders.settle_requested.connect(self._settle)
        self._orders.shelf.opened.connect(self._open_draft)
        self._ticket.draft_saved.connect(self._save_draft)
        self._ticket.group_requested.connect(self._compose_group)
        self._ticket.draft_sent.connect(self._orders.drafts.remove)
        self._ticket.detail_requested.connect(self._show_detail)
        log.order_requested.connect(self._show_order)
        window.armed_keys.target = self._armed_target
        self._ticket.form.account.chosen.connect(self._account_chosen)
        for dock_id in (QUOTES, LADDER):
            _held(window, dock_id, LateContent).built.connect(self._join_market)
        self._alarms = AlarmBook(screen, window.alerts, window)
        _held(window, ACCOUNTS, AccountsDock).alarms_requested.connect(self._show_alarms)
        window.symbol_chosen.connect(self._take_symbol)
        window.account_chosen.connect(self._take_account)
        window.doubts_requested.connect(self._show_doubts)

    def _join_market(self, dock: QWidget) -> None:
        cast("QuotesDock | LadderDock", dock).ticket_requested.connect(self._bring)

    def _armed_target(self) -> Target:
        form = self._ticket.form
        typed = form.order_qty.reading()
        first = quantity_presets(self._screen.settings, form.offer().instrument)[0]
        qty = first if typed.value is None and not typed.fault else typed.value
        return Target(form.account.key(), form.symbol.symbol(), qty)

    def _account_chosen(self) -> None:
        self._window.arming.account_chosen(self._ticket.form.account.key())

    def _amend(self, order: Order) -> None:
        self._window.show_dock(TICKET)
        self._ticket.load_terms(order.pending_terms or order.terms, order.cl_ord_id)

    def _repeat(self, terms: OrderTerms) -> None:
        self._window.show_dock(TICKET)
        self._ticket.load_terms(terms)

    def _bring(self, wish: TicketWish) -> None:
        """Bring an instrument to the ticket, and the hands to what is still to be typed there."""
        self._window.show_dock(TICKET)
        self._ticket.wishes.bring(wish)
        self._ticket.focus_next()

    def _open_draft(self, draft: KeptDraft) -> None:
        self._window.show_dock(TICKET)
        self._ticket.load_draft(draft.key, draft.terms)

    def _save_draft(self, terms: OrderTerms, key: str) -> None:
        self._ticket.say_saved(self._orders.drafts.save(terms, key).key)

    def _compose_group(self, terms: OrderTerms) -> None:
        from workstation.widgets.dialogs.group_order import GroupOrderDialog

        dialog = GroupOrderDialog(terms, self._screen, self._window)
        dialog.sent.connect(self._show_receipt)
        self._window.show_dialog(dialog)

    def _show_receipt(self, receipt: GroupReceipt) -> None:
        from workstation.widgets.dialogs.group_receipt import GroupReceiptDialog

        if any(leg.cl_ord_id is not None for leg in receipt.legs):
            self._ticket.clear()
        dialog = GroupReceiptDialog(receipt, self._screen, self._window)
        dialog.retry_requested.connect(self._repeat)
        dialog.cancel_requested.connect(
            lambda keys: self._window.desk_actions.cancel(keys, f"Cancel the rest of {receipt.group_id}")
        )
        dialog.show()

    def _show_detail(self, cl_ord_id: ClOrdID) -> None:
        from workstation.widgets.dialogs.order_detail import OrderDetail

        detail = self._details.get(cl_ord_id)
        if detail is None:
            detail = self._details[cl_ord_id] = OrderDetail(cl_ord_id, self._screen, self._window)
            detail.closed.connect(self._forget_detail)
            detail.settle_requested.connect(self._settle)
        detail.show()
        detail.raise_()
        detail.activateWindow()

    def _settle(self, cl_ord_id: ClOrdID) -> None:
        order = self._screen.services.orders.orders.get(cl_ord_id)
        if order is not None:
            from workstation.widgets.dialogs.settle_by_hand import SettleByHandDialog

            self._window.show_dialog(SettleByHandDialog(order, self._screen, self._window))

    def _forget_detail(self, cl_ord_id: ClOrdID) -> None:
        self._details.pop(cl_ord_id, None)

    def _show_order(self, cl_ord_id: ClOrdID) -> None:
        self._window.show_dock(ORDERS)
        self._orders.show_order(cl_ord_id)

    def _show_doubts(self) -> None:
        orders = self._screen.services.orders.orders.values()
        self._window.show_dock(ORDERS)
        first = next((order for order in orders if order.ord_status is OrdStatus.IN_DOUBT), None)
        if first is not None:
            self._orders.show_order(first.cl_ord_id)

    def _show_alarms(self, account: AccountKey | None) -> None:
        from workstation.widgets.dialogs.alarms import AlarmsDialog

        self._window.show_dialog(AlarmsDialog(self._screen, self._alarms, account, self._window))

    def _take_symbol(self, connection_id: ConnectionID, symbol: str) -> None:
        self._window.show_dock(TICKET)
        key = InstrumentKey(connection_id, symbol)
        self._ticket.wishes.bring(TicketWish(key=key, source="Found"))

    def _take_account(self, account: AccountKey) -> None:
        self._window.show_dock(TICKET)
        self._ticket.choose_account(account)


Dock = TypeVar("Dock")


def _held(window: MainWindow, dock_id: str, kind: type[Dock]) -> Dock:
    content = window.workspace.content(dock_id)
    assert isinstance(content, kind), f"the dock {dock_id} holds a {type(content).__name__}"
    return content
