"""Ending the kill: the word RELEASE must be typed, so that sending never comes back by a slip."""

from PySide6.QtWidgets import QLineEdit, QWidget

from workstation.desk.commands import Refused, ReleaseKill
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.dialog import Dialog, is_gone
from workstation.widgets.screen import Screen

WORD = "RELEASE"


class ReleaseKillDialog(Dialog):
    """Asks for the word and passes it on; the desk decides."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__("Release the kill", parent)
        self._screen = screen
        self.add_text("Release the kill?", "title")
        self.add_text(
            "Sending is blocked on all accounts. After the release orders can be sent again; nothing is sent by the "
            "release itself, and orders that were canceled stay canceled."
        )
        self.add_text(f"Type {WORD} to allow sending again.", "muted")
        self.typed = QLineEdit(self)
        self.typed.setAccessibleName(f"Type {WORD}")
        self.typed.setPlaceholderText(WORD)
        self.typed.textChanged.connect(self._typed_changed)
        self.body.addWidget(self.typed)
        self.fault = self.add_text("", "fault")
        self.stay = self.add_button("Keep blocked")
        self.release = self.add_button("Release", kind="danger")
        self.release.setEnabled(False)
        self.stay.clicked.connect(self.reject)
        self.release.clicked.connect(self._release)
        self.typed.setFocus()

    def _typed_changed(self, text: str) -> None:
        self.release.setEnabled(text.strip() == WORD)

    def _release(self) -> None:
        self.release.setEnabled(False)
        self._screen.tasks.start(self._ask(self.typed.text().strip()), "release the kill")

    async def _ask(self, typed: str) -> None:
        try:
            answer = await self._screen.desk.ask(ReleaseKill(typed=typed))
        except EngineGone as error:
            self._say(str(error))
            return
        if isinstance(answer, Refused):
            self._say(" ".join(f"{finding.text} {finding.cure}".strip() for finding in answer.findings))
        elif not is_gone(self):
            self.accept()

    def _say(self, fault: str) -> None:
        if not is_gone(self):
            self.fault.setText(fault)
            self._typed_changed(self.typed.text())
