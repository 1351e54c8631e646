"""The question before several cancels: what will be cancelled, in a list, with verb and number on the button.

Escape and closing mean "keep them working". For its first 300 ms nothing in it can be pressed by a key that was meant
for something else. The list shows the orders as they were when the question was asked, which is what the answer is
about; orders that close meanwhile are left out of the command by the caller.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from workstation.item_models.words import word
from workstation.widgets.dialogs.dialog import GUARD_MS, Dialog
from workstation.widgets.docks.order_book_scope import CancelScope
from workstation.widgets.order_words import OrderWords


class CancelOrdersDialog(Dialog):
    """Asks once about one scope; :attr:`confirmed` fires at most once. Open it with ``open()``."""

    confirmed = Signal()

    def __init__(self, scope: CancelScope, words: OrderWords, parent: QWidget | None = None) -> None:
        count = len(scope.orders)
        plural = "order" if count == 1 else "orders"
        super().__init__(f"Cancel {count:,} {plural}?", parent)
        self._question = self.add_text(_question(scope, words))
        self._list = QListWidget(self)
        self._list.setAccessibleName(f"The {count:,} {plural} that will be cancelled")
        self._list.setUniformItemSizes(True)
        self._list.addItems([words.line(order) for order in scope.orders])
        self.body.addWidget(self._list, 1)
        self.add_text("A cancel can come too late: what has traded by then stays traded.", "muted")
        self._send = self.add_button(f"Send {count:,} CANCEL{'' if count == 1 else 's'}", kind="danger")
        self._keep = self.add_button("Keep it working" if count == 1 else "Keep them working")
        self._send.clicked.connect(self._confirm)
        self._keep.clicked.connect(self.reject)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 72, metrics.height() * (14 + min(count, 12)))
        self._settle()

    def question(self) -> str:
        """Return what is asked."""
        return self._question.text()

    def send_button(self) -> QPushButton:
        """Return the button that cancels."""
        return self._send

    def _settle(self) -> None:
        """Take no answer at first, then offer the safe one to the Enter key."""
        self._send.setEnabled(False)
        timer = QTimer(self, singleShot=True, interval=GUARD_MS)
        timer.timeout.connect(self._offer)
        timer.start()

    def _offer(self) -> None:
        self._send.setEnabled(True)
        self._keep.setDefault(True)
        self._keep.setFocus()

    def _confirm(self) -> None:
        self._send.setEnabled(False)
        self.confirmed.emit()
        self.accept()


def _question(scope: CancelScope, words: OrderWords) -> str:
    accounts = sorted({words.account(order.terms.account) for order in scope.orders})
    named = ", ".join(accounts[:3]) + (f" and {len(accounts) - 3} more" if len(accounts) > 3 else "")
    environments = sorted(
        {
            word(account.environment)
            for order in scope.orders
            if (account := words.services.accounts.accounts.get(order.terms.account)) is not None
        }
    )
    what = "1 order" if len(scope.orders) == 1 else f"{len(scope.orders):,} orders"
    contract = f" in {scope.symbol}" if scope.symbol else ""
    return f"{' '.join(environments)}: ask the venue to cancel {what}{contract} of {named}?".removeprefix(": ")
