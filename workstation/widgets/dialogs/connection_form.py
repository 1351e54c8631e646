"""Add or edit one connection: try it, say where its secrets go, save it. The engine keeps and checks everything."""

from collections.abc import Collection, Coroutine
from typing import Any

from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from workstation.desk.commands import Refused, SaveConnection, Tried, TryConnection
from workstation.desk.messages import SecretsPlace, SecretsState
from workstation.domain.connection import ConnectionProfile, InvalidProfile
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.connection_fields import ConnectionFields
from workstation.widgets.dialogs.dialog import Dialog, is_gone, set_role
from workstation.widgets.dialogs.vault_fields import VaultFields
from workstation.widgets.screen import Screen


class ConnectionForm(Dialog):
    """One connection. A test logs in once and out again; saving does not connect by itself unless asked to."""

    def __init__(
        self,
        screen: Screen,
        existing: ConnectionProfile | None = None,
        taken: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Edit connection" if existing else "Add a connection", parent)
        self._screen = screen
        self._busy = False
        self.fields = ConnectionFields(existing, taken, self)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self.fields)
        self.body.addWidget(area, 1)
        self.remember = QCheckBox("", self)
        self.body.addWidget(self.remember)
        self.vault = VaultFields(screen, self)
        self.body.addWidget(self.vault)
        self.message = self.add_text("", "muted")
        self.test = self.add_button("Test", left=True)
        self.cancel = self.add_button("Cancel")
        self.save = self.add_button("Save", kind="primary", default=True)
        self._wire()
        self.resize(screen.theme.px(520), screen.theme.px(560))
        (self.fields.url if existing else self.fields.name).setFocus()

    def _wire(self) -> None:
        self.fields.changed.connect(self._fields_changed)
        self.test.clicked.connect(self._test)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        connections = self._screen.services.connections
        connections.secrets_state_changed.connect(self._show_secrets_state)
        self._show_secrets_state(connections.secrets_state)
        self._fields_changed()

    def _show_secrets_state(self, state: SecretsState) -> None:
        """Say where secrets go, and offer the vault where there is no keychain."""
        keeps = state.place in (SecretsPlace.KEYCHAIN, SecretsPlace.VAULT_OPEN)
        where = "this computer's keychain" if state.place is SecretsPlace.KEYCHAIN else "the encrypted vault"
        self.remember.setText(f"Keep the secrets in {where}" if keeps else "Keep the secrets (needs the vault below)")
        self.remember.setEnabled(keeps)
        self.remember.setChecked(keeps)
        self.vault.setVisible(not keeps)

    def _fields_changed(self) -> None:
        problem = self.fields.problem()
        if not problem:
            try:
                self.fields.profile()
            except InvalidProfile as error:
                problem = str(error)
        self._say(problem, "muted")
        ready = not problem and not self._busy
        self.test.setEnabled(ready)
        self.save.setEnabled(ready)

    def _say(self, text: str, role: str) -> None:
        self.message.setText(text)
        set_role(self.message, role)

    def _test(self) -> None:
        command = TryConnection(profile=self.fields.profile(), secrets=self.fields.secrets())
        self._start("Logging in once, to see whether it works…", self._ask_test(command), "test a connection")

    def _save(self) -> None:
        command = SaveConnection(
            profile=self.fields.profile(), secrets=self.fields.secrets(), remember=self.remember.isChecked()
        )
        self._start("Saving…", self._ask_save(command), "save a connection")

    def _start(self, words: str, work: Coroutine[Any, Any, None], name: str) -> None:
        self._busy = True
        self._fields_changed()
        self._say(words, "muted")
        self._screen.tasks.start(work, name)

    async def _ask_test(self, command: TryConnection) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._done(str(error), "fault")
            return
        if isinstance(answer, Tried):
            accounts = f" Accounts: {', '.join(answer.accounts)}." if answer.accounts else ""
            self._done(answer.text + accounts, "good" if answer.succeeded else "fault")
        elif isinstance(answer, Refused):
            self._done(_words(answer), "fault")

    async def _ask_save(self, command: SaveConnection) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._done(f"{error} Nothing is known to be saved.", "fault")
            return
        if isinstance(answer, Refused):
            self._done(_words(answer), "fault")
            return
        if not is_gone(self):
            self.fields.forget_secrets()
            self.accept()

    def _done(self, text: str, role: str) -> None:
        if is_gone(self):
            return
        self._busy = False
        self._fields_changed()
        self._say(text, role)


def _words(refused: Refused) -> str:
    return " ".join(f"{finding.text} {finding.cure}".strip() for finding in refused.findings)
