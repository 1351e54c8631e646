"""The menus of the order book: what can be done with one row, and when a cancel asks first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from workstation.widgets.docks.order_book_actions import (
    AMEND_IN_TICKET,
    CANCEL_CONTRACT,
    QUERY_ORDER,
    SETTLE_ORDER,
    OrderBookActions,
)
from workstation.widgets.docks.order_book_commands import OrderBookCommands
from workstation.widgets.docks.order_book_scope import CancelPolicy
from workstation.widgets.key_actions import (
    AMEND_SELECTED,
    CANCEL_ACCOUNT,
    CANCEL_SELECTED,
    ORDER_DETAIL,
    REPEAT_ORDER,
)

POLICY_WORDS = {
    CancelPolicy.ALWAYS: "always",
    CancelPolicy.SEVERAL: "for more than one order",
    CancelPolicy.NEVER: "never",
}


def context_menu(owner: QWidget, actions: OrderBookActions, copy: QAction, *, in_doubt: bool) -> QMenu:
    """Return the menu of the current row, the harmless first and the cancels apart; it deletes itself."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setObjectName("orderMenu")
    if in_doubt:
        menu.addAction(actions[QUERY_ORDER])
        menu.addAction(actions[SETTLE_ORDER])
        menu.addSeparator()
    for action_id in (ORDER_DETAIL, REPEAT_ORDER, AMEND_SELECTED, AMEND_IN_TICKET):
        menu.addAction(actions[action_id])
    if not in_doubt:
        menu.addAction(actions[QUERY_ORDER])
    menu.addAction(copy)
    menu.addSeparator()
    for action_id in (CANCEL_SELECTED, CANCEL_CONTRACT, CANCEL_ACCOUNT):
        menu.addAction(actions[action_id])
    return menu


def policy_menu(owner: QWidget, commands: OrderBookCommands) -> QMenu:
    """Return the one place where it is chosen when a cancel asks first."""
    menu = QMenu("Ask before cancelling", owner)
    group = QActionGroup(menu)
    for policy, words in POLICY_WORDS.items():
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(policy is commands.policy)
        action.triggered.connect(lambda _checked=False, policy=policy: commands.set_policy(policy))
        group.addAction(action)
    return menu
