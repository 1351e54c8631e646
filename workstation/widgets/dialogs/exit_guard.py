"""Closing while orders work: what goes on at the broker without this program, said before it is too late."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from workstation.domain.order_states import OrdStatus
from workstation.domain.order_terms import Side
from workstation.domain.orders import Order
from workstation.item_models.number_text import price_text, qty_text
from workstation.item_models.words import word
from workstation.widgets.dialogs.dialog import Dialog
from workstation.widgets.screen import Screen

_SHOWN = 200


class ExitGuard(Dialog):
    """Lists what stays behind. Esc stays; :attr:`leave` closes the program, :attr:`cancel_all` cancels and stays."""

    leave = Signal()
    cancel_all = Signal(object)
    """tuple of ClOrdID"""

    def __init__(self, screen: Screen, orders: Sequence[Order], parent: QWidget | None = None) -> None:
        super().__init__("Close the workstation", parent)
        self._screen = screen
        doubtful = [order for order in orders if order.ord_status is OrdStatus.IN_DOUBT]
        count = len(orders)
        noun = "order keeps" if count == 1 else "orders keep"
        self.add_text(f"{count} {noun} working without you", "title")
        self.add_text(
            "They stay at the broker and can still fill after this program is closed; nothing here will show it or "
            "cancel them until you start it again."
        )
        if doubtful:
            self.add_text(
                f"{len(doubtful)} of them in doubt: it is not known yet whether the broker has them. They are looked "
                "up again at the next start, never sent again.",
                "warning",
            )
        self._add_list([*doubtful, *(order for order in orders if order.ord_status is not OrdStatus.IN_DOUBT)])
        self._add_buttons(tuple(order.cl_ord_id for order in orders))
        self.resize(screen.theme.px(560), screen.theme.px(360))

    def _add_list(self, orders: Sequence[Order]) -> None:
        lines = [self._line(order) for order in orders[:_SHOWN]]
        if len(orders) > _SHOWN:
            lines.append(f"and {len(orders) - _SHOWN} more")
        self.lines = QStringListModel(lines, self)
        view = QListView(self)
        view.setModel(self.lines)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName("Orders that keep working")
        self.body.addWidget(view, 1)

    def _add_buttons(self, cl_ord_ids: tuple[object, ...]) -> None:
        self.cancel_button = self.add_button(f"Cancel all {len(cl_ord_ids)} and stay", kind="danger", left=True)
        self.leave_button = self.add_button("Close; orders keep working")
        self.stay_button = self.add_button("Stay", kind="primary", default=True)
        self.stay_button.clicked.connect(self.reject)
        self.leave_button.clicked.connect(self._leave)
        self.cancel_button.clicked.connect(lambda: self.cancel_all.emit(cl_ord_ids))
        self.cancel_button.clicked.connect(self.reject)
        self.stay_button.setFocus()

    def _leave(self) -> None:
        self.accept()
        self.leave.emit()

    def _line(self, order: Order) -> str:
        services, terms = self._screen.services, order.terms
        account = services.accounts.accounts.get(terms.account)
        name = (account.alias or account.name) if account else str(terms.account)
        instrument = services.connections.instruments.get(terms.account.connection_id, {}).get(terms.symbol)
        price = terms.price if terms.price is not None else terms.stop_px
        at = f" at {price_text(price, instrument)}" if price is not None else ""
        side = "BUY" if terms.side is Side.BUY else "SELL"
        kind = f"{word(terms.ord_type)}, {word(terms.time_in_force)}"
        return f"{name}: {side} {qty_text(order.leaves_qty)} {terms.symbol}{at}, {kind}, {word(order.ord_status)}"
