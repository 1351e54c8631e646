"""What became of a group: meant and achieved per account, what is left, and what can be done next by one press.

It stays live: what trades or ends after the receipt was written shows here. Nothing is sent again by itself; a leg that
was not accepted can be loaded into the ticket, and what still works can be cancelled.
"""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from workstation.desk.group_commands import GroupReceipt, LegReceipt, LegState
from workstation.domain.orders import Order
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word
from workstation.widgets.dialogs.dialog import Dialog, paragraph
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen

STATE_WORDS = {
    LegState.ACCEPTED: "accepted",
    LegState.REJECTED: "rejected",
    LegState.IN_DOUBT: "IN DOUBT",
    LegState.WAITING: "no answer yet",
    LegState.CANCEL_SENT: "cancel sent",
    LegState.NOT_SENT: "not sent",
}
_TO_RETRY = frozenset({LegState.REJECTED, LegState.NOT_SENT})
_NS_PER_MS = 1_000_000


class GroupReceiptDialog(Dialog):
    """One receipt; closing it changes nothing."""

    retry_requested = Signal(object)
    """OrderTerms of a leg, to be loaded into the ticket; nothing is sent."""
    cancel_requested = Signal(object)
    """tuple of ClOrdID: legs that still work."""

    def __init__(self, receipt: GroupReceipt, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(f"Group {receipt.group_id}", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._receipt = receipt
        self._orders = screen.services.orders.orders
        self._words = OrderWords(screen.services)
        self._states: list[QLabel] = []
        self._build(screen)
        screen.services.orders.orders_changed.connect(self._orders_changed)
        self._show()

    def leg_text(self, place: int) -> str:
        """Return what is said of one leg."""
        return self._states[place].text()

    def _build(self, screen: Screen) -> None:
        receipt, first = self._receipt, self._receipt.legs[0].terms
        what = f"{word(first.side).upper()} {first.symbol} {self._words.pricing(first)}"
        self.add_text(f"{what}: {len(receipt.legs)} accounts", "title")
        self.residual = self.add_text("")
        if receipt.spread_ns:
            self.add_text(f"Between the first and the last send: {receipt.spread_ns // _NS_PER_MS} ms.", "muted")
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setColumnStretch(1, 1)
        for place, leg in enumerate(receipt.legs):
            self._add_leg(grid, place, leg)
        grid.setRowStretch(len(receipt.legs), 1)
        area = QScrollArea(self)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(area, 1)
        self.cancel = self.add_button("Cancel the rest", kind="danger", left=True)
        self.cancel.clicked.connect(lambda: self.cancel_requested.emit(self._working()))
        self.add_button("Close", default=True).clicked.connect(self.accept)
        self.resize(screen.theme.px(620), screen.theme.px(360))

    def _add_leg(self, grid: QGridLayout, place: int, leg: LegReceipt) -> None:
        name = paragraph(self._words.account(leg.terms.account), parent=self)
        state = paragraph("", parent=self)
        self._states.append(state)
        grid.addWidget(name, place, 0)
        grid.addWidget(state, place, 1)
        if leg.state in _TO_RETRY:
            retry = QPushButton("Load into the ticket", self)
            retry.setAutoDefault(False)
            retry.setObjectName(f"retry-{place}")
            retry.setAccessibleName(f"Load the order for {name.text()} into the ticket")
            retry.clicked.connect(lambda _checked=False, terms=leg.terms: self.retry_requested.emit(terms))
            grid.addWidget(retry, place, 2)

    def _order(self, leg: LegReceipt) -> Order | None:
        return None if leg.cl_ord_id is None else self._orders.get(leg.cl_ord_id)

    def _working(self) -> tuple[object, ...]:
        orders = [order for leg in self._receipt.legs if (order := self._order(leg)) is not None]
        return tuple(order.cl_ord_id for order in orders if not order.is_closed)

    def _orders_changed(self, orders: list[Order]) -> None:
        mine = {leg.cl_ord_id for leg in self._receipt.legs}
        if any(order.cl_ord_id in mine for order in orders):
            self._show()

    def _show(self) -> None:
        meant = done = Decimal(0)
        for leg, state in zip(self._receipt.legs, self._states, strict=True):
            order = self._order(leg)
            traded = leg.cum_qty if order is None else order.cum_qty
            now = STATE_WORDS[leg.state] if order is None else word(order.ord_status)
            said = leg.text if order is None else order.text
            meant, done = meant + leg.terms.order_qty, done + traded
            words = f"{qty_text(traded)} of {qty_text(leg.terms.order_qty)} traded · {now}"
            state.setText(f"{words}: {said}" if said else words)
        self.residual.setText(
            f"{qty_text(done)} of {qty_text(meant)} traded, {qty_text(meant - done)} not. "
            "Nothing is sent again by itself."
        )
        working = len(self._working())
        self.cancel.setText(f"Cancel {working} working" if working else "Nothing works any more")
        self.cancel.setEnabled(working > 0)
