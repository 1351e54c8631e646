"""Amending an order where it stands: fields over the cells of its row, and the review bar beneath the table.

Rows are held while one of them is amended, and the fields follow theirs where it moves all the same. What was typed is
never lost to news about the order: a fill shows in the bar, a close stops the sending, the typed values stay until the
trader discards them. Enter goes to the review, never to the wire; Escape goes back one step.
"""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from workstation.desk.commands import Checked, CheckOrder, Finding, Hardness, Refused, ReplaceOrder, Sent
from workstation.domain.orders import Order, OrderTerms
from workstation.item_models.number_text import qty_text
from workstation.services.desk_client import EngineGone
from workstation.widgets.docks.order_book_amend_bar import AmendBar
from workstation.widgets.docks.order_book_amendment import (
    QTY,
    Amendment,
    editable_columns,
    value_of,
    why_not_amendable,
)
from workstation.widgets.fast_table import FastTable
from workstation.widgets.number_fields import PriceField, QuantityField, StepField
from workstation.widgets.order_words import OrderWords, number
from workstation.widgets.screen import Screen
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

SETTLE_S = 0.3
"""A review that has stood for less is not sent: the key that opened it may still be down."""

CellOf = Callable[[Order, str], QModelIndex]
"""Returns the cell of an order in a column, by the column's key; invalid while the row is not shown."""

_AMENDING = "amending"
_FIELD_NAMES = {QTY: "New quantity", "price": "New price", "stop": "New stop price"}


class Step(Enum):
    """How far an amendment is."""

    NONE = "NONE"
    EDITING = "EDITING"
    CHECKING = "CHECKING"
    REVIEWED = "REVIEWED"
    SENDING = "SENDING"


class InPlaceAmend(QObject):
    """At most one amendment at a time."""

    ended = Signal(str)
    """It is over; the text says what came of it, empty when it was discarded."""

    def __init__(self, screen: Screen, view: FastTable, bar: AmendBar, cell_of: CellOf) -> None:
        super().__init__(view)
        self._screen = screen
        self._words = OrderWords(screen.services)
        self._view = view
        self._bar = bar
        self._cell_of = cell_of
        self._order: Order | None = None
        self._fields: dict[str, StepField] = {}
        self._reviewed: OrderTerms | None = None
        self._reviewed_s = 0.0
        self.step = Step.NONE
        bar.review_clicked.connect(self.review)
        bar.send_clicked.connect(lambda: self.send("Send REPLACE in the order book"))
        bar.back_clicked.connect(self.back)
        bar.installEventFilter(self)
        view.viewport().installEventFilter(self)
        self._follow_rows()

    def begin(self, order: Order, column: str = "price") -> str:
        """Put fields over the cells of `order`; return why that cannot be, or nothing."""
        reason = why_not_amendable(order)
        if reason:
            return reason
        self._end_fields()
        self._order = order
        self._view.hold(_AMENDING, True)
        self.step = Step.EDITING
        for key in editable_columns(order):
            self._fields[key] = self._make_field(key, order)
        self._place()
        self._show_editing()
        wanted = self._fields.get(column) or next(reversed(self._fields.values()))
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return ""

    def field(self, column: str) -> StepField:
        """Return the field over a column's cell.

        Raises:
            KeyError: this order has no such value, or nothing is amended.
        """
        return self._fields[column]

    def review(self) -> None:
        """Ask the desk what stands against the new terms; sends nothing."""
        amendment = self._amendment()
        if self.step is not Step.EDITING or amendment is None:
            return
        if reason := why_not_amendable(amendment.order):
            self._bar.show_trouble(f"{self._words.title(amendment.order)} moved on. {reason}")
            return
        if amendment.faults or not amendment.changes_anything:
            self._show_editing()
            return
        self._go_to(Step.CHECKING)
        self._bar.show_waiting("Checking…")
        self._screen.tasks.start(self._check(amendment), "check amendment")

    def send(self, gesture: str) -> None:
        """Send exactly what was reviewed; too early, or with something against it, nothing happens."""
        settled = self._screen.clock.monotonic_s() - self._reviewed_s >= SETTLE_S
        if self.step is not Step.REVIEWED or not settled or not self._bar.can_send():
            return
        order, terms = self._order, self._reviewed
        if order is None or terms is None:
            return
        self._go_to(Step.SENDING)
        self._bar.show_waiting("Writing to the journal and to the wire…")
        command = ReplaceOrder(cl_ord_id=order.cl_ord_id, terms=terms, gesture=gesture, accepted=self._bar.accepted())
        self._screen.tasks.start(self._replace(command, order), "send REPLACE")

    def back(self) -> None:
        """Go back one step: from the review to the fields, from the fields to the order as it is."""
        if self.step in (Step.REVIEWED, Step.CHECKING):
            self._edit_again()
        elif self.step is Step.EDITING:
            self._end("")

    def take(self, orders: list[Order]) -> None:
        """Take news about the order; typed values stay."""
        order = self._order
        news = next((new for new in reversed(orders) if order and new.cl_ord_id == order.cl_ord_id), None)
        if news is None or self.step in (Step.NONE, Step.SENDING):
            return
        before, self._order = order, news
        self._place()
        if why_not_amendable(news):
            self._edit_again()
            self._bar.show_trouble(f"{self._words.title(news)} moved on. {why_not_amendable(news)}")
        elif before is not None and before.cum_qty != news.cum_qty and self.step is not Step.CHECKING:
            self._edit_again()
        elif self.step is Step.EDITING:
            self._show_editing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Steer by keys in the fields and the bar; follow the size of the table."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and watched is not self._view.viewport()
        ):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        return self.step is not Step.NONE and event.key() in keys

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                self.back()
            return True
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.isAutoRepeat():
            return True
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if with_ctrl and self.step is Step.REVIEWED:
            self.send("Ctrl+Enter in the order book")
        else:
            self.review()
        return True

    async def _check(self, amendment: Amendment) -> None:
        try:
            answer = await self._screen.desk.ask(CheckOrder(terms=amendment.terms, replaces=amendment.order.cl_ord_id))
        except EngineGone as error:
            self._trouble(f"It could not be checked. {error}")
            return
        if self.step is not Step.CHECKING:
            return
        findings = answer.findings if isinstance(answer, Checked) else ()
        self._reviewed = amendment.terms
        self._reviewed_s = self._screen.clock.monotonic_s()
        self._go_to(Step.REVIEWED)
        self._bar.show_review(self._title(amendment), amendment.send_words(self._words), findings, amendment.terms.side)
        self._bar.setFocus()

    async def _replace(self, command: ReplaceOrder, order: Order) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._trouble(
                f"{self._words.title(order)}: it is not known whether the REPLACE was sent. Do not send it again; "
                f"the order's row will say what became of it. {error}"
            )
            return
        if isinstance(answer, Sent):
            self._end(f"{self._words.title(order)}: REPLACE sent. It holds only when the venue has accepted it.")
        elif isinstance(answer, Refused):
            self._trouble(f"Nothing was sent. {_worst(answer.findings)}")

    def _trouble(self, text: str) -> None:
        self._edit_again()
        self._bar.show_trouble(text)

    def _amendment(self) -> Amendment | None:
        if self._order is None:
            return None
        return Amendment(order=self._order, typed={key: field.reading() for key, field in self._fields.items()})

    def _go_to(self, step: Step) -> None:
        self.step = step
        for field in self._fields.values():
            field.setReadOnly(step is not Step.EDITING)

    def _edit_again(self) -> None:
        self._reviewed = None
        self._go_to(Step.EDITING)
        self._show_editing()
        if self._fields and not any(field.hasFocus() for field in self._fields.values()):
            next(reversed(self._fields.values())).setFocus()

    def _edited(self) -> None:
        if self.step is Step.EDITING:
            self._show_editing()

    def _show_editing(self) -> None:
        amendment = self._amendment()
        if amendment is not None:
            ready = not amendment.faults and amendment.changes_anything
            self._bar.show_editing(self._title(amendment), amendment.faults, ready=ready)

    def _title(self, amendment: Amendment) -> str:
        order = amendment.order
        filled = f", {qty_text(order.cum_qty)} already filled" if order.cum_qty else ""
        return (
            f"Amend {number(order)}: {self._words.terms(order.terms)} · {self._words.account(order.terms.account)}"
            f"{filled}\n{amendment.changes(self._words)}"
        )

    def _end(self, text: str) -> None:
        self._end_fields()
        self._bar.hide()
        self._view.setFocus()
        self.ended.emit(text)

    def _end_fields(self) -> None:
        for field in self._fields.values():
            field.removeEventFilter(self)
            field.hide()
            field.deleteLater()
        self._fields = {}
        self._order = None
        self._reviewed = None
        self.step = Step.NONE
        self._view.hold(_AMENDING, False)

    def _make_field(self, key: str, order: Order) -> StepField:
        viewport, name = self._view.viewport(), _FIELD_NAMES[key]
        field: StepField = QuantityField(name, (), viewport) if key == QTY else PriceField(name, viewport)
        field.set_instrument(self._words.instrument(order.terms))
        field.set_value(value_of(order.terms, key))
        field.setStyleSheet(in_cell_style(self._screen.theme))
        field.setToolTip("Up and Down: one step; Shift ×10, Ctrl ×100. Enter: review. Esc: leave the order as it is.")
        field.changed.connect(self._edited)
        field.installEventFilter(self)
        return field

    def _follow_rows(self) -> None:
        model = self._view.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged, model.modelReset):
            signal.connect(self._place)
        self._view.verticalScrollBar().valueChanged.connect(self._place)
        self._view.horizontalScrollBar().valueChanged.connect(self._place)
        self._view.horizontalHeader().sectionResized.connect(self._place)
        self._view.horizontalHeader().sectionMoved.connect(self._place)

    def _place(self) -> None:
        """Put every field over its cell; a field whose cell is not on screen is hidden, its text stays."""
        order = self._order
        if order is None:
            return
        for key, field in self._fields.items():
            cell = self._view.visualRect(self._cell_of(order, key))
            if cell.isEmpty():
                field.hide()
                continue
            field.setGeometry(cell)
            field.show()


def in_cell_style(theme: Theme) -> str:
    """Return the look of a field that lies over a cell: no wider frame than the cell has room for."""
    colours = theme.colours
    return (
        f"QLineEdit {{ padding: 0 {theme.px(3)}px; min-height: 0; border-radius: 0;"
        f" border: 1px solid {colours.name(Role.ACCENT)}; }}"
        f"QLineEdit:read-only {{ border-color: {colours.name(Role.BORDER_STRONG)}; }}"
        f"QLineEdit[state='off'] {{ border: 2px solid {colours.name(Role.WARNING)}; }}"
        f"QLineEdit[state='fault'] {{ border: 2px dashed {colours.name(Role.ERROR)}; }}"
    )


def _worst(findings: tuple[Finding, ...]) -> str:
    hard = sorted(findings, key=lambda finding: finding.hardness is not Hardness.HARD)
    return " ".join(f"{finding.text} {finding.cure}".strip() for finding in hard[:3])
