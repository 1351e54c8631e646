"""The actions of the order book: each with its key, its words and whether it makes sense now.

Their keys work while the focus is in the order book, so that Delete in the ticket deletes a character; only "cancel
all" works everywhere. The words carry verb, number, contract and account, because they stand on the buttons.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from workstation.widgets.key_actions import (
    AMEND_SELECTED,
    CANCEL_ACCOUNT,
    CANCEL_ALL,
    CANCEL_SELECTED,
    ORDER_DETAIL,
    REPEAT_ORDER,
)
from workstation.widgets.keys import KeyTable

CANCEL_CONTRACT = "orders.cancel_contract"
AMEND_IN_TICKET = "orders.amend_in_ticket"
QUERY_ORDER = "orders.query"
SETTLE_ORDER = "orders.settle_by_hand"

_WITH_KEY = (CANCEL_SELECTED, AMEND_SELECTED, CANCEL_ACCOUNT, CANCEL_ALL, REPEAT_ORDER, ORDER_DETAIL)
_WITHOUT_KEY = {
    CANCEL_CONTRACT: "Cancel working of the contract",
    AMEND_IN_TICKET: "Amend in the ticket",
    QUERY_ORDER: "Query now",
    SETTLE_ORDER: "Settle by hand…",
}
_TIPS = {
    CANCEL_SELECTED: "Cancel the selected orders that are still open",
    CANCEL_CONTRACT: "Cancel everything working in the contract and account of the current row",
    CANCEL_ACCOUNT: "Cancel everything working in the account of the current row",
    CANCEL_ALL: "Cancel everything working on all accounts",
    AMEND_SELECTED: "Change quantity or price in the row itself; nothing is sent before the review",
    AMEND_IN_TICKET: "Load this order into the ticket and change it there",
    REPEAT_ORDER: "Load the same terms into the ticket; nothing is sent",
    ORDER_DETAIL: "Timeline, fills and raw messages of this order",
    QUERY_ORDER: "Ask the venue's books about this order now",
    SETTLE_ORDER: "Close this order in doubt on what the broker told you, because no book settles it",
}


class OrderBookActions:
    """Builds the actions of `owner`; `slots` says what each one does."""

    def __init__(self, owner: QWidget, keys: KeyTable, slots: Mapping[str, Callable[[], object]]) -> None:
        self.by_id: dict[str, QAction] = {}
        for action_id in _WITH_KEY:
            action = keys.make(action_id, owner, slots[action_id])
            if action_id != CANCEL_ALL:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.by_id[action_id] = action
        for action_id, title in _WITHOUT_KEY.items():
            action = QAction(title, owner)
            action.triggered.connect(lambda _checked=False, slot=slots[action_id]: slot())
            self.by_id[action_id] = action
        for action_id, action in self.by_id.items():
            action.setObjectName(action_id)
            key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            action.setToolTip(f"{_TIPS[action_id]}{f' ({key})' if key else ''}")

    def __getitem__(self, action_id: str) -> QAction:
        return self.by_id[action_id]

    def show(self, action_id: str, *, enabled: bool, title: str = "") -> None:
        """Set whether an action makes sense now, and its words."""
        action = self.by_id[action_id]
        if action.isEnabled() != enabled:
            action.setEnabled(enabled)
        if title and action.text() != title:
            action.setText(title)
