"""What the order book asks of the desk: cancels and queries, with what became of them in words.

A cancel is never held up by anything local but the question that the trader's own policy wants. What could not be
sent is listed by order, with its reason, and can be tried again; what was sent is for the order's row to tell.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from workstation.desk.commands import CancelsSent, Done, QueryOrder, Refused
from workstation.domain.identity import ClOrdID
from workstation.domain.orders import Order
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Severity
from workstation.widgets.docks.order_book_scope import CancelPolicy, CancelScope, selected_scope
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.settings_port import text as text_of

if TYPE_CHECKING:
    from workstation.widgets.dialogs.cancel_orders import CancelOrdersDialog

SECTION = "orders"
MOST_FAILURES = 5


class OrderBookCommands(QObject):
    """Asks the desk on behalf of one widget."""

    said = Signal(object, str, object)
    """Severity, a sentence, and the CancelScope that can be tried again or None."""

    def __init__(self, screen: Screen, owner: QWidget) -> None:
        super().__init__(owner)
        self._screen = screen
        self._owner = owner
        self._words = OrderWords(screen.services)
        self._dialog: CancelOrdersDialog | None = None

    @property
    def policy(self) -> CancelPolicy:
        """When a cancel asks first."""
        kept = text_of(self._screen.settings.get(SECTION), "confirm_cancel", CancelPolicy.SEVERAL.value)
        return CancelPolicy(kept) if kept in {policy.value for policy in CancelPolicy} else CancelPolicy.SEVERAL

    def set_policy(self, policy: CancelPolicy) -> None:
        """Choose when a cancel asks first, and keep the choice."""
        self._screen.settings.put(SECTION, {**self._screen.settings.get(SECTION), "confirm_cancel": policy.value})

    def cancel(self, scope: CancelScope, gesture: str) -> None:
        """Cancel what `scope` holds, after the question that the policy wants; one question at a time."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        if not scope.orders:
            self.said.emit(Severity.INFO, "There is nothing to cancel: no order of this scope is working.", None)
            return
        if scope.asks(self.policy):
            self._ask(scope, gesture)
        else:
            self._send(scope, gesture)

    def query(self, order: Order) -> None:
        """Ask the venue's books about `order` now."""
        self._screen.tasks.start(self._query(order), f"query {order.cl_ord_id}")

    def _ask(self, scope: CancelScope, gesture: str) -> None:
        from workstation.widgets.dialogs.cancel_orders import CancelOrdersDialog  # noqa: PLC0415 - when it is opened

        dialog = CancelOrdersDialog(scope, self._words, QApplication.activeModalWidget() or self._owner)
        dialog.confirmed.connect(lambda: self._send(scope, f"{gesture}, confirmed"))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _send(self, scope: CancelScope, gesture: str) -> None:
        """Send for those that are still open: the rest ended while the question stood there."""
        known = self._screen.services.orders.orders
        orders = tuple(order for order in scope.orders if not known.get(order.cl_ord_id, order).is_closed)
        if not orders:
            self.said.emit(Severity.INFO, "Nothing was sent: all of them have ended meanwhile.", None)
            return
        left = CancelScope(title=scope.title, orders=orders, account=scope.account, symbol=scope.symbol)
        self._screen.tasks.start(self._cancel(left, gesture), scope.title)

    async def _cancel(self, scope: CancelScope, gesture: str) -> None:
        try:
            answer = await self._screen.desk.ask(scope.command(gesture))
        except EngineGone as error:
            self.said.emit(
                Severity.ERROR,
                f"{scope.title}: it is not known which cancels were sent. Look at the venue's own screen. {error}",
                None,
            )
            return
        if isinstance(answer, CancelsSent) and answer.failed:
            self._report_failures(scope, answer)
        elif isinstance(answer, Refused):
            reasons = " ".join(finding.text for finding in answer.findings)
            self.said.emit(Severity.ERROR, f"{scope.title}: nothing was sent. {reasons}", scope)

    def _report_failures(self, scope: CancelScope, answer: CancelsSent) -> None:
        lines = [f"{self._title(name)}: {reason}" for name, reason in answer.failed[:MOST_FAILURES]]
        more = len(answer.failed) - MOST_FAILURES
        if more > 0:
            lines.append(f"and {more} more")
        total = len(answer.sent) + len(answer.failed)
        head = f"{len(answer.failed)} of {total} cancels were not sent; these orders may still trade:"
        known = self._screen.services.orders.orders
        again = selected_scope(known[name] for name, _ in answer.failed if name in known)
        self.said.emit(Severity.ERROR, "\n".join([head, *lines]), again if again.orders else None)

    async def _query(self, order: Order) -> None:
        title = self._words.title(order)
        try:
            answer = await self._screen.desk.ask(QueryOrder(cl_ord_id=order.cl_ord_id))
        except EngineGone as error:
            self.said.emit(Severity.ERROR, f"{title}: nothing was asked. {error}", None)
            return
        if isinstance(answer, Done):
            self.said.emit(Severity.INFO, answer.text or f"{title}: the venue's books were asked.", None)
        elif isinstance(answer, Refused):
            reasons = " ".join(finding.text for finding in answer.findings)
            self.said.emit(Severity.WARNING, f"{title}: could not be asked. {reasons}", None)

    def _title(self, name: ClOrdID) -> str:
        order = self._screen.services.orders.orders.get(name)
        return self._words.title(order) if order is not None else f"Order {name}"
