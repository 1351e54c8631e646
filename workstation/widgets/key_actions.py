"""Every action that has a key: its name, its default key and where the key works.

Only actions that exist stand here. No single letter trades, and the menus' mnemonics leave Alt+A, Alt+B and Alt+S to
the ticket.
"""

from dataclasses import dataclass
from enum import Enum

REVIEW = "ticket.review"
SIDE_BUY = "ticket.buy"
SIDE_SELL = "ticket.sell"
PICK_ACCOUNT = "ticket.account"
SAVE_DRAFT = "ticket.draft"
SEND_TO_SEVERAL = "ticket.group"
FOCUS_TICKET = "focus.ticket"
FOCUS_ORDERS = "focus.orders"
FOCUS_POSITIONS = "focus.positions"
FOCUS_HISTORY = "focus.history"
FOCUS_ACCOUNTS = "focus.accounts"
FOCUS_LOG = "focus.log"
FOCUS_CHART = "focus.chart"
FOCUS_NEWS = "focus.news"
FOCUS_CALENDAR = "focus.calendar"
FOCUS_QUOTES = "focus.quotes"
FOCUS_LADDER = "focus.ladder"
FOCUS_SYMBOL = "focus.symbol"
TAKE_WISH = "ticket.take_wish"
RECENTRE = "ladder.recentre"
CANCEL_SELECTED = "orders.cancel_selected"
AMEND_SELECTED = "orders.amend"
CANCEL_ACCOUNT = "orders.cancel_account"
CANCEL_ALL = "orders.cancel_all"
REPEAT_ORDER = "orders.repeat"
ORDER_DETAIL = "orders.detail"
FIND = "window.find"
KEY_SHEET = "window.keys"
CONNECTIONS = "window.connections"
ALERTS = "window.alerts"
ZOOM_IN = "window.zoom_in"
ZOOM_OUT = "window.zoom_out"
ZOOM_RESET = "window.zoom_reset"
FULL_SCREEN = "window.full_screen"
LAYOUT_LOCK = "window.layout_lock"
QUIT = "window.quit"
ARM = "armed.arm"
FLATTEN = "armed.flatten"
BUY_AT_BID = "armed.buy_at_bid"
BUY_AT_ASK = "armed.buy_at_ask"
LOCK = "desk.lock"
KILL = "desk.kill"


def workspace(number: int) -> str:
    """Return the action that opens workspace `number`, 1 to 9."""
    return f"workspace.{number}"


class KeyScope(Enum):
    """Where a key works."""

    WINDOW = "WINDOW"
    """In the window it belongs to, also while a text field has the focus."""
    TRADING = "TRADING"
    """As WINDOW, but dead while a text field has the focus."""
    EVERYWHERE = "EVERYWHERE"
    """Also while a dialog waits for an answer: cancelling and stopping are always possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAction:
    """One action. `default_keys` are in Qt's portable text, the first is shown; `hold_ms` 0 acts at once."""

    action_id: str
    title: str
    group: str
    default_keys: tuple[str, ...]
    scope: KeyScope = KeyScope.WINDOW
    hold_ms: int = 0


def _ticket() -> tuple[KeyAction, ...]:
    group = "Order ticket"
    return (
        KeyAction(action_id=FOCUS_TICKET, title="Go to the order ticket", group=group, default_keys=("F2",)),
        KeyAction(action_id=SIDE_BUY, title="Side: buy", group=group, default_keys=("Alt+B",)),
        KeyAction(action_id=SIDE_SELL, title="Side: sell", group=group, default_keys=("Alt+S",)),
        KeyAction(action_id=PICK_ACCOUNT, title="Choose the account", group=group, default_keys=("Alt+A",)),
        KeyAction(action_id=SAVE_DRAFT, title="Save the ticket as a draft", group=group, default_keys=("Ctrl+D",)),
        KeyAction(action_id=SEND_TO_SEVERAL, title="Send to several accounts…", group=group, default_keys=("Ctrl+G",)),
        KeyAction(
            action_id=REVIEW,
            title="Review the order; once more sends it",
            group=group,
            default_keys=("Ctrl+Return", "Ctrl+Enter"),
        ),
        KeyAction(
            action_id=TAKE_WISH,
            title="Take what another dock offers the ticket",
            group=group,
            default_keys=("Ctrl+Shift+T",),
        ),
    )


def _orders() -> tuple[KeyAction, ...]:
    group, trading = "Orders", KeyScope.TRADING
    return (
        KeyAction(action_id=FOCUS_ORDERS, title="Go to the orders", group=group, default_keys=("F3",)),
        KeyAction(
            action_id=CANCEL_SELECTED, title="Cancel the selected", group=group, default_keys=("Del",), scope=trading
        ),
        KeyAction(
            action_id=AMEND_SELECTED, title="Amend the selected", group=group, default_keys=("Ctrl+E",), scope=trading
        ),
        KeyAction(
            action_id=CANCEL_ACCOUNT,
            title="Cancel all working of the account in focus",
            group=group,
            default_keys=("Ctrl+Del",),
            scope=trading,
        ),
        KeyAction(
            action_id=CANCEL_ALL,
            title="Cancel all working, all accounts",
            group=group,
            default_keys=("Ctrl+Shift+Del",),
            scope=KeyScope.EVERYWHERE,
        ),
        KeyAction(
            action_id=REPEAT_ORDER, title="Repeat in the ticket", group=group, default_keys=("Ctrl+R",), scope=trading
        ),
        KeyAction(action_id=ORDER_DETAIL, title="Order detail", group=group, default_keys=("Ctrl+I",), scope=trading),
    )


def _armed() -> tuple[KeyAction, ...]:
    group, trading = "One-key trading, only while armed", KeyScope.TRADING
    return (
        KeyAction(
            action_id=ARM,
            title="Arm these keys for five minutes",
            group=group,
            default_keys=("Ctrl+Shift+A",),
            hold_ms=1000,
        ),
        KeyAction(
            action_id=FLATTEN,
            title="Flatten the ticket's symbol in its account",
            group=group,
            default_keys=("Ctrl+F",),
            scope=trading,
        ),
        KeyAction(
            action_id=BUY_AT_BID,
            title="Buy at the bid: the ticket's quantity or the first preset",
            group=group,
            default_keys=("Ctrl+B",),
            scope=trading,
        ),
        KeyAction(
            action_id=BUY_AT_ASK,
            title="Buy at the ask: the ticket's quantity or the first preset",
            group=group,
            default_keys=("Ctrl+Shift+B",),
            scope=trading,
        ),
    )


def _safety() -> tuple[KeyAction, ...]:
    group, scope = "Stopping", KeyScope.EVERYWHERE
    return (
        KeyAction(action_id=LOCK, title="Lock or unlock sending", group=group, default_keys=("F12",), scope=scope),
        KeyAction(
            action_id=KILL,
            title="Kill: block every send, cancel all working",
            group=group,
            default_keys=("Ctrl+Shift+K",),
            scope=scope,
            hold_ms=1000,
        ),
    )


def _market() -> tuple[KeyAction, ...]:
    group = "Market"
    return (
        KeyAction(action_id=FOCUS_QUOTES, title="Go to the quotes", group=group, default_keys=("Shift+F5",)),
        KeyAction(action_id=FOCUS_LADDER, title="Go to the ladder", group=group, default_keys=("Shift+F6",)),
        KeyAction(action_id=FOCUS_SYMBOL, title="Go to the symbol details", group=group, default_keys=("Shift+F7",)),
        KeyAction(
            action_id=RECENTRE,
            title="Bring the market to the middle of the ladder",
            group=group,
            default_keys=("Ctrl+M",),
        ),
    )


def _window() -> tuple[KeyAction, ...]:
    group = "Window"
    named = (
        (FIND, "Find an action, a symbol or an account", ("Ctrl+K",)),
        (FOCUS_POSITIONS, "Go to the positions", ("F4",)),
        (FOCUS_HISTORY, "Go to the history", ("Shift+F4",)),
        (FOCUS_ACCOUNTS, "Go to the accounts", ("F5",)),
        (FOCUS_LOG, "Go to the activity log", ("F6",)),
        (FOCUS_CHART, "Go to the chart", ("Ctrl+F3",)),
        (FOCUS_NEWS, "Go to the news", ("Ctrl+F6",)),
        (FOCUS_CALENDAR, "Go to the calendar", ("Ctrl+F7",)),
        (ALERTS, "Alerts", ("Ctrl+Shift+L",)),
        (CONNECTIONS, "Connections", ("Ctrl+Shift+C",)),
        (ZOOM_IN, "Larger", ("Ctrl++", "Ctrl+=")),
        (ZOOM_OUT, "Smaller", ("Ctrl+-",)),
        (ZOOM_RESET, "Normal size", ("Ctrl+0",)),
        (FULL_SCREEN, "Full screen", ("F11",)),
        (LAYOUT_LOCK, "Lock the layout", ("Ctrl+Shift+F12",)),
        (KEY_SHEET, "Keys", ("F1", "Ctrl+/")),
        (QUIT, "Quit", ("Ctrl+Q",)),
    )
    return tuple(KeyAction(action_id=name, title=title, group=group, default_keys=keys) for name, title, keys in named)


def _workspaces() -> tuple[KeyAction, ...]:
    return tuple(
        KeyAction(
            action_id=workspace(number),
            title=f"Workspace {number}",
            group="Workspaces",
            default_keys=(f"Ctrl+{number}",),
        )
        for number in range(1, 10)
    )


ACTIONS = {
    action.action_id: action
    for action in (*_safety(), *_ticket(), *_orders(), *_armed(), *_market(), *_window(), *_workspaces())
}
"""By id, in the order of the key sheet."""
