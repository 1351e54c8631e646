"""The review bar of an amendment: old and new, what stands against it, and the one button that sends.

It is drawn under the table, where the eye is. Nothing here sends by Enter: Enter asks for the review, and only the
button itself or Ctrl+Enter, at least 300 ms after the review stood there, sends.
"""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.desk.commands import Finding, Hardness
from workstation.domain.order_terms import Side
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

MOST_FINDINGS = 5


class AmendBar(QFrame):
    """Shows one amendment; decides nothing but which button can be pressed."""

    review_clicked = Signal()
    send_clicked = Signal()
    back_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("amendBar")
        self.setAccessibleName("Amendment")
        self._title = QLabel(self)
        self._title.setWordWrap(True)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._checks: list[tuple[str, QCheckBox]] = []
        self._hard = False
        self._review = self._button("Review", "Check these values (Enter); nothing is sent yet", self.review_clicked)
        self._send = self._button("Send REPLACE", "Send the new terms to the venue (Ctrl+Enter)", self.send_clicked)
        self._back = self._button("Discard", "Leave the order as it is (Esc)", self.back_clicked)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def send_button(self) -> QPushButton:
        """Return the button that sends."""
        return self._send

    def said(self) -> str:
        """Return what stands against the amendment, or how it goes."""
        return self._said.text()

    def title(self) -> str:
        """Return which order is amended, and how."""
        return self._title.text()

    def accepted(self) -> tuple[str, ...]:
        """Return the gates whose soft findings the trader accepted."""
        return tuple(gate for gate, check in self._checks if check.isChecked())

    def can_send(self) -> bool:
        """Say whether the send button is live."""
        return self._send.isVisibleTo(self) and self._send.isEnabled()

    def show_editing(self, title: str, faults: tuple[str, ...], *, ready: bool) -> None:
        """Show what is being typed; `ready` when a review makes sense."""
        self._title.setText(title)
        self._say("; ".join(faults))
        self._clear_checks()
        self._show_buttons(review=True, send=False)
        self._review.setEnabled(ready)
        self._back.setText("Discard")
        self.show()

    def show_review(self, title: str, send_words: str, findings: tuple[Finding, ...], side: Side) -> None:
        """Show the result of the check: hard findings stop the button, soft ones want a tick each."""
        self._title.setText(title)
        hard = [finding for finding in findings if finding.hardness is Hardness.HARD]
        soft = [finding for finding in findings if finding.hardness is Hardness.SOFT]
        self._hard = bool(hard)
        self._say("\n".join(_sentences(hard)) if hard else "" if soft else "Nothing stands against it.")
        self._clear_checks()
        if not hard:
            self._add_checks(soft)
        self._send.setText(send_words)
        self._dress_send(side)
        self._show_buttons(review=False, send=True)
        self._back.setText("Back to editing")
        self._judge()
        self.show()

    def show_waiting(self, text: str) -> None:
        """Show that an answer is awaited; nothing can be pressed twice."""
        self._say(text)
        self._review.setEnabled(False)
        self._send.setEnabled(False)

    def show_trouble(self, text: str) -> None:
        """Show why nothing was sent, or that it is not known; what was typed stays."""
        self._clear_checks()
        self._say(text)
        self._show_buttons(review=True, send=False)
        self._review.setEnabled(True)
        self._back.setText("Discard")

    def _judge(self) -> None:
        self._send.setEnabled(not self._hard and all(check.isChecked() for _, check in self._checks))

    def _add_checks(self, findings: list[Finding]) -> None:
        for finding in findings:
            check = QCheckBox(f"Accept: {finding.text}", self)
            check.setToolTip(finding.cure)
            check.toggled.connect(self._judge)
            self._findings.addWidget(check)
            self._checks.append((finding.gate, check))

    def _clear_checks(self) -> None:
        for _, check in self._checks:
            self._findings.removeWidget(check)
            check.setParent(None)
            check.deleteLater()
        self._checks = []

    def _dress_send(self, side: Side) -> None:
        """Fill the button that sends with the side's colour; its words say the rest."""
        self._send.setProperty("kind", side.value.lower())
        self._send.style().unpolish(self._send)
        self._send.style().polish(self._send)

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _show_buttons(self, *, review: bool, send: bool) -> None:
        self._review.setVisible(review)
        self._send.setVisible(send)

    def _button(self, name: str, tip: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(name, self)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        button.clicked.connect(lambda _checked=False: signal.emit())
        return button

    def _lay_out(self) -> None:
        self._findings = QVBoxLayout()
        self._findings.setSpacing(2)
        buttons = FlowRow(self)
        buttons.add(self._review, self._send, self._back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(5)
        layout.addWidget(self._title)
        layout.addWidget(self._said)
        layout.addLayout(self._findings)
        layout.addWidget(buttons)

    def _dress(self) -> None:
        colours, px = self._theme.colours, self._theme.px
        self._theme.wear(
            self,
            f"#amendBar {{ background: {colours.name(Role.RAISED)}; border: none;"
            f" border-left: {px(3)}px solid {colours.name(Role.ACCENT)}; }}",
        )
        self._title.setFont(self._theme.font(weight=self._title.font().Weight.Medium))


def _sentences(findings: list[Finding]) -> list[str]:
    lines = [f"✕ {finding.text} {finding.cure}".strip() for finding in findings[:MOST_FINDINGS]]
    rest = len(findings) - MOST_FINDINGS
    return [*lines, f"and {rest} more"] if rest > 0 else lines
