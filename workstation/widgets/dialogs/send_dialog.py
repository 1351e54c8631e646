"""A dialog that sends one request about money: whose account, what stands against it, and a button that says it all.

Enter never sends: only the button itself, or Ctrl+Enter, and not in the first 300 ms. Esc leaves. What happened to the
request is said here until it is settled; the dialog closes by itself only when the venue has taken it.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from workstation.desk.messages import SendStage
from workstation.domain.account import Position
from workstation.domain.identity import AccountKey
from workstation.domain.order_terms import Side
from workstation.widgets.dialogs.dialog import Dialog, paragraph
from workstation.widgets.environment import EnvironmentBadge
from workstation.widgets.judged_send import JudgedSend, Phase
from workstation.widgets.key_actions import REVIEW
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.sending import STEP_WORDS
from workstation.widgets.ticket.style import ticket_style
from workstation.widgets.ticket.verdict_list import VerdictList, verdicts_of

RECHECK_MS = 1_000
"""The market moves: what was judged a second ago is judged anew."""


class SendDialog(Dialog):
    """The frame of such a dialog; subclasses add fields to :attr:`body` and propose what they make."""

    def __init__(self, title: str, screen: Screen, account: AccountKey, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.screen_bundle = screen
        self.words = OrderWords(screen.services)
        self.judged = JudgedSend(screen, self)
        self.verdicts = VerdictList(screen.theme, self)
        self.progress = paragraph("", "", self)
        self.progress.setAccessibleName("Progress")
        self.setStyleSheet(ticket_style(screen.theme))
        self._add_heading(account)
        self._send = self.add_button("Send", kind="")
        self._leave = self.add_button("Cancel")
        self._send.clicked.connect(self._press_send)
        self._leave.clicked.connect(self.reject)
        self._rechecks = QTimer(self, interval=RECHECK_MS)
        self._rechecks.timeout.connect(self.judged.recheck)
        self.judged.changed.connect(self.render_state)
        self.judged.settled.connect(self._settled)
        self.verdicts.confirmed.connect(self.judged.confirm)
        screen.services.connections.desk_state_changed.connect(self._look_again)
        screen.keys.make(REVIEW, self, self._press_send)
        self._rechecks.start()

    def add_foot(self) -> None:
        """Put findings and progress below the fields; called once, last."""
        self.body.addWidget(self.verdicts)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.render_state()

    def send_button(self) -> QPushButton:
        """Return the button that sends."""
        return self._send

    def show_action(self, words: str, side: Side) -> None:
        """Set what the button says, and its colour."""
        self._send.setText(words)
        if self._send.property("kind") != side.value.lower():
            self._send.setProperty("kind", side.value.lower())
            self._send.style().unpolish(self._send)
            self._send.style().polish(self._send)

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the fields themselves."""
        return ()

    def render_state(self) -> None:
        """Show findings, progress and what can be pressed."""
        judged = self.judged
        editing = judged.phase is Phase.EDITING
        confirmed = judged.confirmed_findings()
        self.verdicts.show_verdicts(
            verdicts_of(self.faults(), judged.findings, confirmed), self._note(), may_confirm=editing
        )
        self._send.setEnabled(judged.can_send and not self.faults())
        self._send.setVisible(editing or judged.phase is Phase.SENDING)
        self._leave.setText("Cancel" if editing else "Close")
        self.progress.setText(judged.notice or self._progress_words())
        self.progress.setVisible(bool(self.progress.text()))
        self.set_fields_enabled(editing)

    def set_fields_enabled(self, enabled: bool) -> None:
        """Lock the fields while a request is out."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter in a field do nothing: it never sends."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Ask no more once it is gone."""
        super().hideEvent(event)
        self._rechecks.stop()

    def _note(self) -> str:
        waits = self.judged.is_proposed and not self.judged.findings_known
        return "checking…" if waits and self.judged.phase is Phase.EDITING else ""

    def _progress_words(self) -> str:
        if self.judged.phase is Phase.EDITING:
            return ""
        stage = self.judged.stage
        if stage is SendStage.ACCEPTED:
            return "The venue has taken it."
        return f"{STEP_WORDS[stage] if stage else 'written to journal…'}; not accepted yet"

    def _press_send(self) -> None:
        if not self.faults():
            self.judged.send()

    def _settled(self, stage: SendStage) -> None:
        if stage is SendStage.ACCEPTED:
            self.accept()

    def _look_again(self, _state: object) -> None:
        self.judged.recheck()

    def _add_heading(self, account: AccountKey) -> None:
        held = self.screen_bundle.services.accounts.accounts.get(account)
        row = QHBoxLayout()
        self.heading = QLabel(self.words.account(account), self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        row.addWidget(self.heading, 1)
        row.addWidget(EnvironmentBadge(self.screen_bundle.theme, held.environment if held else None, self))
        self.body.addLayout(row)


def position_name(position: Position) -> str:
    """Name a position in a title: its number, or its instrument where it has none."""
    return f"position {position.position_id}" if position.position_id else f"position in {position.symbol}"
