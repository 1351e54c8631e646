"""One account in full: its name for the trader to change, every figure of its venue, and what it holds."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from workstation.desk.commands import Refused, SetAlias
from workstation.domain.account import Account
from workstation.domain.identity import AccountKey
from workstation.item_models.naming import Naming
from workstation.services.desk_client import EngineGone
from workstation.venues.base import Severity
from workstation.widgets.docks.accounts_text import account_heading, figures_html, positions_html
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.notice_bar import NoticeBar
from workstation.widgets.screen import Screen

LONGEST_ALIAS = 40


class AccountDetail(QScrollArea):
    """Shows the account that is selected; with none, says how to select one."""

    def __init__(self, screen: Screen, naming: Naming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._naming = naming
        self._key: AccountKey | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The selected account in full")
        self._body = QWidget(self)
        self._heading = self._label("")
        self._alias = QLineEdit(self._body)
        self._alias.setMaxLength(LONGEST_ALIAS)
        self._alias.setAccessibleName("Your name for this account")
        self._rename = QPushButton("Rename", self._body)
        self._rename.setAutoDefault(False)
        self._rename.setToolTip("Use this name everywhere in the program; the venue does not hear of it")
        self._notice = NoticeBar(screen.theme, self._body)
        self._figures = self._label("")
        self._positions = self._label("")
        self._lay_out()
        self._alias.textEdited.connect(self._judge)
        self._alias.returnPressed.connect(self.rename)
        self._rename.clicked.connect(self.rename)
        self.show_account(None)

    @property
    def key(self) -> AccountKey | None:
        """The account that is shown."""
        return self._key

    @property
    def alias_field(self) -> QLineEdit:
        """The field with the trader's name for the account."""
        return self._alias

    def text(self) -> str:
        """Return everything that is said about the account, as rich text."""
        return "\n".join(label.text() for label in (self._heading, self._figures, self._positions))

    def notice_text(self) -> str:
        """Return what went wrong with a change of name, or nothing."""
        return self._notice.text()

    def show_account(self, key: AccountKey | None) -> None:
        """Show another account; a name that is half typed goes with the one before."""
        self._key = key
        self._notice.hide()
        account = self._account()
        self._alias.setText(account.alias if account else "")
        self.refresh()

    def refresh(self) -> None:
        """Show the latest of the same account; a name that is being typed stays."""
        account = self._account()
        for widget in (self._form, self._figures, self._positions):
            widget.setVisible(account is not None)
        if account is None:
            self._heading.setText("Select an account: all its figures and positions stand here.")
            return
        self._heading.setText(account_heading(account))
        self._alias.setPlaceholderText(account.name or account.key.account_id)
        accounts = self._screen.services.accounts
        self._figures.setText(figures_html(accounts.balances.get(account.key), self._naming.zone))
        held = [
            (position, self._naming.instrument_of(account.key.connection_id, position.symbol))
            for (key, *_), position in accounts.positions.items()
            if key == account.key
        ]
        self._positions.setText(f"<p><b>Positions</b></p>{positions_html(held, account.currency)}")
        self._judge()

    def rename(self) -> None:
        """Ask for the typed name to be used for this account; empty goes back to the venue's."""
        account = self._account()
        if account is not None and self._alias.text().strip() != account.alias:
            self._screen.tasks.start(self._set_alias(account, self._alias.text().strip()), "rename account")

    async def _set_alias(self, account: Account, alias: str) -> None:
        try:
            answer = await self._screen.desk.ask(SetAlias(account=account.key, alias=alias))
        except EngineGone as error:
            self._notice.say(Severity.ERROR, f"Account {account.key.account_id} keeps its name. {error}")
            return
        if isinstance(answer, Refused):
            reasons = " ".join(finding.text for finding in answer.findings)
            self._notice.say(Severity.WARNING, f"Account {account.key.account_id} keeps its name. {reasons}")
        else:
            self._notice.hide()

    def _account(self) -> Account | None:
        return self._screen.services.accounts.accounts.get(self._key) if self._key is not None else None

    def _judge(self) -> None:
        account = self._account()
        self._rename.setEnabled(account is not None and self._alias.text().strip() != account.alias)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self._body)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self) -> None:
        self._form = QWidget(self._body)
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        name = FlowRow(self._form)
        name.add(self._alias, self._rename)
        form.addRow("Name", name)
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(6)
        for widget in (self._heading, self._form, self._notice, self._figures, self._positions):
            layout.addWidget(widget)
        layout.addStretch()
        self.setWidget(self._body)
