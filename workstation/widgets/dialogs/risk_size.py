"""Size from risk: an amount or a share of the equity becomes a quantity, which is shown before it is taken.

The quantity is rounded down to the lot. Taking it fills the ticket's quantity and sends nothing.
"""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from workstation.desk.commands import AskVenue, VenueAnswered
from workstation.domain.estimates import Estimate, EstimateKind
from workstation.domain.instrument import Instrument
from workstation.domain.orders import OrderTerms
from workstation.item_models.number_text import money_text, price_text, qty_text
from workstation.services.desk_client import EngineGone
from workstation.venues.queries import EstimateQuery
from workstation.widgets.dialogs.dialog import Dialog, paragraph
from workstation.widgets.number_fields import decimal_comma
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.field_cell import CaptionedRows
from workstation.widgets.ticket.risk_size import Loss, loss_of_figure, own_loss, size_for, trial_qty
from workstation.widgets.typed_numbers import read_number

_CENT = Decimal("0.01")


class RiskSizeDialog(Dialog):
    """Computes one quantity. `terms` carry the stop loss, `anchor` is the price it is measured from."""

    chosen = Signal(object)
    """Decimal: the quantity that the trader took."""

    def __init__(
        self,
        terms: OrderTerms,
        instrument: Instrument,
        anchor: Decimal | None,
        screen: Screen,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Size from risk", parent)
        self._terms, self._instrument, self._anchor, self._screen = terms, instrument, anchor, screen
        self._loss: Loss | None = None
        self._asked = False
        balance = screen.services.accounts.balances.get(terms.account)
        self._equity = None if balance is None else balance.equity
        self._currency = "" if balance is None else balance.currency
        self.amount, self.percent = QLineEdit(self), QLineEdit(self)
        self.sentence = paragraph("", "", self)
        self._take = self._build()
        screen.tasks.start(self._ask(), "risk: estimate")
        self._render()

    def take_button(self) -> QPushButton:
        """Return the button that takes the quantity."""
        return self._take

    def quantity(self) -> Decimal | None:
        """Return the quantity that would be taken, None while there is none."""
        risk = self._risk()
        if risk is None or self._loss is None or risk <= 0:
            return None
        return size_for(risk, self._loss, self._instrument)

    def _build(self) -> QPushButton:
        stop = price_text(self._terms.stop_loss, self._instrument)
        account = OrderWords(self._screen.services).account(self._terms.account)
        equity = money_text(self._equity, self._currency)
        self.add_text(f"{account}, equity {equity}. What may be lost at the stop loss {stop}?")
        self.amount.setAccessibleName(f"Risk in {self._currency or 'money'}")
        self.percent.setAccessibleName("Risk in percent of equity")
        self.percent.setEnabled(self._equity is not None)
        rows = ((f"Amount {self._currency}".strip(), self.amount), ("% of equity", self.percent))
        self.body.addWidget(CaptionedRows(rows, 4, self))
        self.sentence.setAccessibleName("Quantity from risk")
        self.body.addWidget(self.sentence)
        take = self.add_button("Take as quantity")
        self.add_button("Cancel").clicked.connect(self.reject)
        take.clicked.connect(self._chosen)
        self.amount.textEdited.connect(lambda _text: self._typed(self.percent))
        self.percent.textEdited.connect(lambda _text: self._typed(self.amount))
        self.amount.setFocus()
        return take

    def _typed(self, other: QLineEdit) -> None:
        other.clear()
        self._render()

    async def _ask(self) -> None:
        """Ask the venue what a lot loses; without its answer our own arithmetic counts, and says so."""
        qty = trial_qty(self._instrument)
        if qty is not None:
            query = EstimateQuery(terms=replace(self._terms, order_qty=qty))
            command = AskVenue(connection_id=self._terms.account.connection_id, query=query)
            try:
                answer = await self._screen.desk.ask(command)
            except EngineGone:
                return
            if isinstance(answer, VenueAnswered) and isinstance(answer.result, Estimate):
                self._loss = loss_of_figure(qty, answer.result.figure(EstimateKind.PROFIT_AT_STOP_LOSS))
        if self._loss is None:
            self._loss = own_loss(self._terms, self._anchor, self._instrument, self._currency)
        self._asked = True
        self._render()

    def _risk(self) -> Decimal | None:
        typed = read_number(self.amount.text(), decimal_comma=decimal_comma()).value
        if typed is not None:
            return typed
        share = read_number(self.percent.text(), decimal_comma=decimal_comma()).value
        return None if share is None or self._equity is None else self._equity * share / 100

    def _render(self) -> None:
        qty = self.quantity()
        self.sentence.setText(self._words(qty))
        self._take.setEnabled(qty is not None)
        self._take.setText("Take as quantity" if qty is None else f"Take {qty_text(qty)} as quantity")
        if self.isVisible():
            self.fit()  # the sentence grows after the dialog was opened, and would take its room from the fields

    def _words(self, qty: Decimal | None) -> str:
        loss, risk = self._loss, self._risk()
        if loss is None:
            unknown = "What a lot loses there is not known: is the stop loss on the losing side?"
            return unknown if self._asked else "calculating…"
        if risk is None:
            amount = money_text(loss.of(Decimal(1)).quantize(_CENT), loss.currency)
            return f"One lot loses {amount} ({loss.source})."
        if risk <= 0:
            return "Enter a risk above zero."
        if qty is None:
            return "Even the smallest quantity would lose more than that."
        amount = money_text(loss.of(qty).quantize(_CENT), loss.currency)
        return f"{qty_text(qty)} lots, rounded down: loses {amount} at the stop loss ({loss.source})."

    def _chosen(self) -> None:
        qty = self.quantity()
        if qty is not None:
            self.chosen.emit(qty)
            self.accept()
