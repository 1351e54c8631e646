"""Closing one position, or part of it: which account, what is held, how much goes, what would stay open."""

from decimal import Decimal

from PySide6.QtWidgets import QPushButton, QWidget

from workstation.desk.commands import CheckOrder, PlaceOrder
from workstation.domain.account import Position
from workstation.domain.identity import InstrumentKey
from workstation.domain.lot_sizes import legal_qty_below
from workstation.domain.orders import OrderTerms
from workstation.item_models.number_text import UNKNOWN, net_qty_text, pnl_text, price_text, qty_text
from workstation.item_models.words import word
from workstation.widgets.dialogs.dialog import paragraph
from workstation.widgets.dialogs.send_dialog import SendDialog, position_name
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.judged_send import Request
from workstation.widgets.number_fields import QuantityField, SteppedField
from workstation.widgets.position_terms import close_apart, closing_price, opposite
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.field_cell import CaptionedRows

GESTURE = "Send in the dialog Close position"


class ClosePositionDialog(SendDialog):
    """Asks how much of one position to close. Open it with ``open()``."""

    def __init__(self, position: Position, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(f"Close {position_name(position)}", screen, position.key, parent)
        self._position = position
        instruments = screen.services.connections.instruments.get(position.key.connection_id, {})
        self._instrument = instruments.get(position.symbol)
        self.order_qty = QuantityField("Quantity to close", parent=self)
        self.order_qty.set_instrument(self._instrument)
        self.order_qty.set_value(abs(position.net_qty))
        self._held, self._rest = paragraph("", "", self), paragraph("", "muted", self)
        self._sizes = FlowRow(self)
        self.body.addWidget(self._held)
        self.body.addWidget(CaptionedRows((("Quantity", SteppedField(self.order_qty, self)),), 4, self))
        self._add_sizes()
        self.body.addWidget(self._rest)
        self.add_foot()
        self.order_qty.changed.connect(self._edited)
        screen.services.accounts.positions_changed.connect(self._take_positions)
        self._edited()
        self.order_qty.setFocus()
        self.order_qty.selectAll()

    def terms(self) -> OrderTerms | None:
        """Return the order that would be sent, None while the quantity is no number."""
        qty = self.order_qty.reading().value
        return None if qty is None else close_apart(self._position, qty)

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the quantity as typed."""
        typed = self.order_qty.reading()
        return (typed.fault,) if typed.fault else ()

    def set_fields_enabled(self, enabled: bool) -> None:
        """Lock the quantity while the order is out."""
        self.order_qty.setReadOnly(not enabled)
        self._sizes.setEnabled(enabled)

    def _edited(self) -> None:
        terms = self.terms()
        side = opposite(self._position)
        qty = UNKNOWN if terms is None else qty_text(terms.order_qty)
        account = self.words.account(self._position.key)
        number = f" (closes {self._position.position_id})" if self._position.position_id else ""
        self.show_action(f"Send {word(side).upper()} {qty} {self._position.symbol} to {account}{number}", side)
        self._show_held()
        if terms is None or self.faults():
            self.judged.propose(None)
        else:
            self.judged.propose(
                Request(
                    check=CheckOrder(terms=terms),
                    send=lambda accepted: PlaceOrder(terms=terms, gesture=GESTURE, accepted=accepted),
                )
            )
        self.render_state()

    def _show_held(self) -> None:
        position = self._position
        quote = self.screen_bundle.services.market.quotes.get(
            InstrumentKey(position.key.connection_id, position.symbol)
        )
        price = price_text(closing_price(position, quote), self._instrument) or UNKNOWN
        account = self.screen_bundle.services.accounts.accounts.get(position.key)
        profit = pnl_text(position.open_pnl, account.currency if account else "")
        self._held.setText(
            f"{position.symbol}: {net_qty_text(position.net_qty)} held, would close at about {price} now. "
            f"Profit as the venue states it: {profit}."
        )
        qty = self.order_qty.reading().value
        left = None if qty is None else abs(position.net_qty) - qty
        if left is None:
            self._rest.setText("")
        elif left > 0:
            self._rest.setText(f"{qty_text(left)} would stay open. All of it trades at once or nothing does.")
        else:
            self._rest.setText("Nothing would stay open. All of it trades at once or nothing does.")

    def _take_positions(self, positions: list[Position]) -> None:
        for position in positions:
            if position.place != self._position.place:
                continue
            changed = position.net_qty != self._position.net_qty
            self._position = position
            self._show_held()
            if changed:
                self.judged.recheck()

    def _add_sizes(self) -> None:
        held = abs(self._position.net_qty)
        for words, share in (("All", Decimal(1)), ("Half", Decimal("0.5")), ("A quarter", Decimal("0.25"))):
            qty = held * share if self._instrument is None else legal_qty_below(self._instrument, held * share)
            if qty is None or (share == 1 and qty != held):
                continue
            button = QPushButton(f"{words}: {qty_text(qty)}", self._sizes)
            button.setProperty("small", True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, qty=qty: self.order_qty.choose(qty))
            self._sizes.add(button)
        self.body.addWidget(self._sizes)
