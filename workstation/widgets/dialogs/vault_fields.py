"""Opening or making the vault of secrets, where the computer has no keychain that works."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workstation.desk.commands import Refused, UnlockVault
from workstation.desk.messages import SecretsPlace, SecretsState
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.dialog import is_gone, paragraph
from workstation.widgets.screen import Screen

MIN_LENGTH = 8


class VaultFields(QFrame):
    """One passphrase, typed twice for a new vault. Without it secrets last for this session only."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._screen = screen
        self._text = paragraph("", "muted", self)
        self.passphrase = self._secret_line("Vault passphrase")
        self.again = self._secret_line("Passphrase once more")
        self.button = QPushButton("", self)
        self.button.setAutoDefault(False)
        self._fault = paragraph("", "fault", self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        row = QHBoxLayout()
        row.addWidget(self.passphrase, 1)
        row.addWidget(self.again, 1)
        row.addWidget(self.button)
        layout.addLayout(row)
        layout.addWidget(self._fault)
        for line in (self.passphrase, self.again):
            line.textChanged.connect(self._typed)
        self.button.clicked.connect(self._unlock)
        connections = screen.services.connections
        connections.secrets_state_changed.connect(self._show_state)
        self._show_state(connections.secrets_state)

    @property
    def fault(self) -> str:
        """What went wrong, for the trader."""
        return self._fault.text()

    def _secret_line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        return line

    def _show_state(self, state: SecretsState) -> None:
        self._creates = state.place is not SecretsPlace.VAULT_LOCKED
        asked = "Open the vault to keep or use stored secrets."
        offered = "Without a keychain they are kept for this session only, or in a vault under a passphrase of yours."
        self._text.setText(f"{state.text} {offered if self._creates else asked}".strip())
        self.again.setVisible(self._creates)
        self.button.setText("Make a vault" if self._creates else "Open the vault")
        self._typed()

    def _typed(self) -> None:
        long_enough = len(self.passphrase.text()) >= (MIN_LENGTH if self._creates else 1)
        same = not self._creates or self.passphrase.text() == self.again.text()
        self.button.setEnabled(long_enough and same)
        hint = ""
        if self._creates and self.passphrase.text() and not long_enough:
            hint = f"At least {MIN_LENGTH} characters."
        elif self.again.text() and not same:
            hint = "The two differ."
        self._fault.setText(hint)
        self._fault.setVisible(bool(hint))

    def _unlock(self) -> None:
        command = UnlockVault(passphrase=self.passphrase.text(), create=self._creates)
        self.button.setEnabled(False)
        self._screen.tasks.start(self._ask(command), "open the vault")

    async def _ask(self, command: UnlockVault) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._say(str(error))
            return
        if is_gone(self):
            return
        self.passphrase.clear()
        self.again.clear()
        if isinstance(answer, Refused):
            self._say(" ".join(finding.text for finding in answer.findings))

    def _say(self, text: str) -> None:
        if not is_gone(self):
            self._fault.setText(text)
            self._fault.setVisible(bool(text))
