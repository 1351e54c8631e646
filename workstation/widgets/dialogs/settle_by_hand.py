"""Closing an order in doubt on the broker's word: what is known, what is missing, what the broker said, the typed key.

It sends nothing. The desk decides whether it may be done yet; until then the button stays grey and the reason stands
there, with the question that can be asked. When the venue settles the order meanwhile, there is nothing left to say.
"""

from decimal import Decimal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QLineEdit, QRadioButton, QWidget

from workstation.desk.commands import BrokersWord, Done, Doubt, QueryOrder, ReadDoubt, Refused, SettleByHand
from workstation.domain.order_states import OrdStatus
from workstation.domain.orders import Order
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.dialog import Dialog, is_gone, paragraph
from workstation.widgets.dialogs.order_detail_text import heading
from workstation.widgets.number_fields import PriceField, QuantityField
from workstation.widgets.order_words import OrderWords, number
from workstation.widgets.screen import Screen

GESTURE = "Settle by hand in its dialog"
LOOK_EVERY_MS = 2000
CHOICES = {
    BrokersWord.TRADED: "It traded: {qty} or a part of it, and nothing of it works any more",
    BrokersWord.CANCELED: "It was cancelled",
    BrokersWord.EXPIRED: "It expired with its day",
    BrokersWord.NEVER_PLACED: "It was never placed",
}


class SettleByHandDialog(Dialog):
    """Asks what the broker said about one order in doubt. Esc keeps it in doubt."""

    def __init__(self, order: Order, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__("Settle an order by hand", parent)
        self._order = order
        self._screen = screen
        self._words = OrderWords(screen.services)
        self._doubt: Doubt | None = None
        self._busy = False
        self.choices = QButtonGroup(self)
        self._build()
        self.choices.idToggled.connect(self._judge)
        screen.services.orders.orders_changed.connect(self._orders_changed)
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self._read)
        self._look.start()
        self._judge()
        self._read()

    def said(self) -> BrokersWord | None:
        """Return what is chosen."""
        chosen = self.choices.checkedId()
        return list(CHOICES)[chosen] if chosen >= 0 else None

    def choice(self, said: BrokersWord) -> QRadioButton:
        """Return the button of one answer."""
        button = self.choices.button(list(CHOICES).index(said))
        assert isinstance(button, QRadioButton)
        return button

    def _build(self) -> None:
        order, terms = self._order, self._order.terms
        account = self._screen.services.accounts.accounts.get(terms.account)
        environment = f"{word(account.environment)}: " if account is not None else ""
        self.add_text(f"{environment}what did the broker say of order {number(order)}?", "title")
        self.add_text(heading(order, self._words))
        self.known = self.add_text("")
        self.add_text(
            "Ask the broker before you answer. Nothing is sent to the venue. Your word closes the order here; "
            "positions and balances stay those of the venue, and what the venue reports later counts before your word. "
            "If the order works after all, it can still trade.",
            "warning",
        )
        self._add_choices()
        self._add_fields()
        self.fault = self.add_text("", "fault")
        self.query = self.add_button("Query now", left=True)
        self.keep = self.add_button("Keep in doubt")
        self.settle = self.add_button(f"Settle {order.cl_ord_id} by hand", kind="danger")
        self.query.clicked.connect(self._query)
        self.keep.clicked.connect(self.reject)
        self.settle.clicked.connect(self._settle)
        self.resize(self._screen.theme.px(560), self.sizeHint().height())

    def _add_choices(self) -> None:
        for row, words in enumerate(CHOICES.values()):
            button = QRadioButton(words.format(qty=qty_text(self._most())), self)
            button.setAccessibleName(f"The broker says: {button.text()}")
            self.choices.addButton(button, row)
            self.body.addWidget(button)

    def _add_fields(self) -> None:
        order, terms = self._order, self._order.terms
        instrument = self._words.instrument(terms)
        self.qty = QuantityField("Quantity traded in all", parent=self)
        self.price = PriceField("Average price of what was traded", self)
        self.qty.set_instrument(instrument)
        self.qty.set_value(order.cum_qty or None)
        if order.avg_px is not None:
            self.price.set_value(order.avg_px)
        self.typed = QLineEdit(self)
        self.typed.setAccessibleName(f"Type {order.cl_ord_id} to confirm")
        self.typed.setPlaceholderText(order.cl_ord_id)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(paragraph("Traded in all", parent=self), self.qty)
        form.addRow(paragraph("Average price", parent=self), self.price)
        form.addRow(paragraph(f"Type {order.cl_ord_id}", parent=self), self.typed)
        self.body.addLayout(form)
        for field in (self.qty, self.price, self.typed):
            field.textChanged.connect(self._judge)

    def _most(self) -> Decimal:
        pending, terms = self._order.pending_terms, self._order.terms
        return terms.order_qty if pending is None else max(terms.order_qty, pending.order_qty)

    # -- what is known -------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if not self._busy:
            self._busy = True
            self._screen.tasks.start(self._ask_doubt(), f"read the doubt of {self._order.cl_ord_id}")

    async def _ask_doubt(self) -> None:
        try:
            answer = await self._screen.desk.ask(ReadDoubt(cl_ord_id=self._order.cl_ord_id))
        except EngineGone as error:
            self._say(str(error))
            return
        finally:
            self._busy = False
        if isinstance(answer, Doubt) and not is_gone(self):
            self._take(answer)

    def _take(self, doubt: Doubt) -> None:
        if self._doubt is None and doubt.suggested is not None:
            self.choice(doubt.suggested).setChecked(True)
        self._doubt = doubt
        times = "once" if doubt.asked == 1 else f"{doubt.asked} times"
        why = f" {self._order.text}" if self._order.text else ""
        known = f"In doubt:{why} The venue was asked {times} since; {doubt.books} complete books came back."
        guess = " Its day is over, so it has probably expired with it." if doubt.suggested is not None else ""
        self.known.setText(f"{known} {doubt.missing}{guess}")
        for said in CHOICES:
            self.choice(said).setEnabled(said in doubt.words)
        self._judge()
        self.fit()

    def _orders_changed(self, orders: list[Order]) -> None:
        mine = [order for order in orders if order.cl_ord_id == self._order.cl_ord_id]
        if not mine:
            return
        self._order = mine[-1]
        if self._order.ord_status is not OrdStatus.IN_DOUBT and not self._order.by_hand:
            self._look.stop()
            self._doubt = None
            self.known.setText(f"Settled meanwhile by the venue: {word(self._order.ord_status)}.")
            self._judge()

    def _judge(self) -> None:
        """Say what still stands in the way, or arm the button."""
        traded = self.said() is BrokersWord.TRADED
        for field in (self.qty, self.price):
            field.setEnabled(traded or self.said() in (BrokersWord.CANCELED, BrokersWord.EXPIRED))
        why = self._why_not()
        self.fault.setText(why)
        self.settle.setEnabled(not why)

    def _why_not(self) -> str:
        if self._order.ord_status is not OrdStatus.IN_DOUBT:
            return "There is nothing to settle any more."
        if self._doubt is None:
            return "Reading what is known…"
        if self._doubt.obstacle:
            return self._doubt.obstacle
        if self.said() is None:
            return "Choose what the broker said."
        if self.qty.reading().fault or self.price.reading().fault:
            return self.qty.reading().fault or self.price.reading().fault
        if self.said() is BrokersWord.TRADED and not (self.qty.reading().value and self.price.reading().value):
            return "Type how much was traded, and at which average price."
        if self.typed.text().strip() not in (self._order.cl_ord_id, self._order.order_id):
            return f"Type {self._order.cl_ord_id} to confirm."
        return ""

    # -- asking --------------------------------------------------------------------------------------------------

    def _query(self) -> None:
        self._screen.tasks.start(self._ask_books(), f"query {self._order.cl_ord_id}")

    async def _ask_books(self) -> None:
        try:
            answer = await self._screen.desk.ask(QueryOrder(cl_ord_id=self._order.cl_ord_id))
        except EngineGone as error:
            self._say(str(error))
            return
        if is_gone(self):
            return
        self._read()
        if isinstance(answer, Refused):
            self._say(_words(answer))

    def _settle(self) -> None:
        said = self.said()
        if said is None or self._why_not():
            return
        self.settle.setEnabled(False)
        placed = said is not BrokersWord.NEVER_PLACED
        command = SettleByHand(
            cl_ord_id=self._order.cl_ord_id,
            said=said,
            typed=self.typed.text().strip(),
            gesture=GESTURE,
            cum_qty=self.qty.reading().value if placed else None,
            avg_px=self.price.reading().value if placed else None,
        )
        self._screen.tasks.start(self._ask(command), f"settle {self._order.cl_ord_id} by hand")

    async def _ask(self, command: SettleByHand) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._say(str(error))
            return
        if is_gone(self):
            return
        if isinstance(answer, Done):
            self.accept()
        elif isinstance(answer, Refused):
            self._judge()
            self._say(_words(answer))

    def _say(self, words: str) -> None:
        if not is_gone(self):
            self.fault.setText(words)


def _words(answer: Refused) -> str:
    return " ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings)
