"""Several orders under one button: each in a line of its own, with what became of it.

Used to close all positions of an instrument and to turn a position over. Esc and closing the window stop what was not
sent yet. The end is told as it is: what is left open when a part failed stands in words.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QWidget

from workstation.domain.orders import ZERO, OrderTerms
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word
from workstation.widgets.dialogs.dialog import Dialog, paragraph
from workstation.widgets.environment import EnvironmentBadge
from workstation.widgets.key_actions import REVIEW
from workstation.widgets.order_sequence import OrderSequence, Step, StepState
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.style import ticket_style
from workstation.widgets.ticket.verdict_list import VerdictList, verdicts_of


class OrderSequenceDialog(Dialog):
    """Shows and sends one sequence. Open it with ``open()``."""

    def __init__(
        self,
        title: str,
        explanation: str,
        terms: Sequence[OrderTerms],
        screen: Screen,
        *,
        in_turn: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._words, self._in_turn = OrderWords(screen.services), in_turn
        self.sequence = OrderSequence(terms, f"Send in the dialog {title}", screen, in_turn=in_turn, parent=self)
        self.setStyleSheet(ticket_style(screen.theme))
        self._add_heading(terms[0], screen)
        self.add_text(explanation)
        self._list = QListWidget(self)
        self._list.setAccessibleName("The orders that will be sent")
        self._list.setWordWrap(True)
        self.body.addWidget(self._list, 1)
        self.verdicts = VerdictList(screen.theme, self)
        self.report = paragraph("", "", self)
        self.report.setAccessibleName("What happened")
        self.body.addWidget(self.verdicts)
        self.body.addWidget(self.report)
        self._send = self.add_button(self._action_words(terms), kind="danger")
        self._leave = self.add_button("Cancel")
        self._send.clicked.connect(self.sequence.send)
        self._leave.clicked.connect(self.reject)
        self.verdicts.confirmed.connect(self.sequence.confirm)
        self.sequence.changed.connect(self._render)
        self.rejected.connect(self.sequence.stop)
        screen.keys.make(REVIEW, self, self.sequence.send)
        self.resize(self.fontMetrics().averageCharWidth() * 78, self.fontMetrics().height() * (14 + len(terms)))
        self._render()
        self._leave.setFocus()

    def send_button(self) -> QPushButton:
        """Return the button that sends."""
        return self._send

    def lines(self) -> list[str]:
        """Return the orders with their states."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter do nothing: it never sends."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def _render(self) -> None:
        sequence = self.sequence
        lines = [self._line(place, step) for place, step in enumerate(sequence.steps, 1)]
        if self.lines() != lines:
            self._list.clear()
            self._list.addItems(lines)
        note = "" if sequence.checked else sequence.notice or "checking…"
        self.verdicts.show_verdicts(
            verdicts_of((), sequence.findings, sequence.confirmed_findings()), note, may_confirm=not sequence.running
        )
        self._send.setEnabled(sequence.can_send)
        self._send.setVisible(not sequence.running)
        self._leave.setText(
            "Close" if sequence.running and sequence.is_over else "Stop" if sequence.running else "Cancel"
        )
        self.report.setText(sequence.notice or self._report())
        self.report.setVisible(bool(self.report.text()))

    def _line(self, place: int, step: Step) -> str:
        said = f". {step.text}" if step.text else ""
        closes = "" if step.terms.position_id else ", opens a new one"
        return f"{place}. {self._words.terms(step.terms)}{closes}: {step.state.value}{said}"

    def _report(self) -> str:
        """Say the end honestly: what is left of the plan, in lots."""
        if not self.sequence.running or not self.sequence.is_over:
            doubtful = any(step.state is StepState.IN_DOUBT for step in self.sequence.steps)
            return "An order is IN DOUBT. The desk asks the venue by itself; look at the positions." if doubtful else ""
        missed = [step for step in self.sequence.steps if step.state is not StepState.FILLED]
        if not missed:
            return "Done: every order has filled."
        closing = sum((step.terms.order_qty for step in missed if step.terms.position_id), ZERO)
        opening = sum((step.terms.order_qty for step in missed if not step.terms.position_id), ZERO)
        left = [f"{qty_text(closing)} stay open"] if closing else []
        left += [f"{qty_text(opening)} were not opened on the other side"] if opening else []
        return f"Not all was done: {' and '.join(left)}. Look at the positions before you send anything more."

    def _action_words(self, terms: Sequence[OrderTerms]) -> str:
        account = self._words.account(terms[0].account)
        sides = {word(one.side).upper() for one in terms}
        verb = sides.pop() if len(sides) == 1 else "CLOSING"
        total = qty_text(sum((one.order_qty for one in terms), ZERO))
        orders = "1 order" if len(terms) == 1 else f"{len(terms)} orders"
        return f"Send {orders}, {verb} {total} {terms[0].symbol}, to {account}"

    def _add_heading(self, terms: OrderTerms, screen: Screen) -> None:
        held = screen.services.accounts.accounts.get(terms.account)
        row = QHBoxLayout()
        heading = QLabel(self._words.account(terms.account), self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        row.addWidget(heading, 1)
        row.addWidget(EnvironmentBadge(screen.theme, held.environment if held else None, self))
        self.body.addLayout(row)
