"""Drop-down choices that say why an entry is not offered, and never change a kept value by themselves.

None of them listens to the wheel: a wheel that scrolls the ticket must not change an account or an order type.
"""

from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSizePolicy, QWidget

from workstation.domain.account import Account
from workstation.domain.identity import AccountKey
from workstation.item_models.words import word
from workstation.services.subjects import Services
from workstation.widgets.order_words import OrderWords
from workstation.widgets.ticket.legal_choices import Choice

E = TypeVar("E", bound=Enum)
_VALUE = Qt.ItemDataRole.UserRole


class QuietBox(QComboBox):
    """A drop-down without a wheel, that can be narrower than its longest entry and be marked as faulty."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._fault = ""
        self.setAccessibleName(name)
        self.setModel(QStandardItemModel(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be as narrow as half a dozen letters, whatever the entries and the placeholder say."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 6 * self.fontMetrics().height()), hint.height())

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Open the list wide enough for its longest entry."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + self.fontMetrics().height())
        super().showPopup()

    @property
    def fault(self) -> str:
        """What is wrong with the kept value; empty when it can be sent."""
        return self._fault

    def mark(self, fault: str, hint: str = "") -> None:
        """Show `fault` on the field; without one `hint` is its tooltip."""
        self._fault = fault
        self.setToolTip(fault or hint)
        self.setAccessibleDescription(fault or hint)
        state = "fault" if fault else ""
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    def add_entry(self, text: str, value: object, reason: str = "") -> None:
        """Add an entry; with a `reason` it cannot be chosen and says why."""
        item = QStandardItem(text)
        item.setData(value, _VALUE)
        if reason:
            item.setEnabled(False)
            item.setToolTip(reason)
            item.setData(reason, Qt.ItemDataRole.AccessibleDescriptionRole)
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.appendRow(item)

    def index_of(self, value: object) -> int:
        """Return the row of `value`, -1 where there is none."""
        return next((row for row in range(self.count()) if self.itemData(row, _VALUE) == value), -1)


class QuietDate(QDateEdit):
    """A date without a wheel."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()


class ChoiceBox(QuietBox, Generic[E]):
    """One of the venue's words; every word is listed, the ones it does not take are disabled with their reason.

    Beside typed input a value stays whatever is offered, so that no day order turns into a lasting one unseen. While
    nothing is typed the box suggests what was last chosen, or the first that may be sent where that may not.
    """

    chosen = Signal()
    """The trader took an entry."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._choices: tuple[Choice[E], ...] = ()
        self._preferred: E | None = None
        self._is_chosen = False
        self.activated.connect(lambda _row: self._taken())

    def value(self) -> E | None:
        """Return the kept value, legal or not."""
        row = self.currentIndex()
        return self._choices[row].value if 0 <= row < len(self._choices) else None

    def set_choices(self, choices: tuple[Choice[E], ...], *, untouched: bool = False) -> None:
        """Offer `choices`; a chosen value stays, marked when it has become illegal. `untouched`: nothing is typed."""
        if choices != self._choices:
            if not self._choices:
                self._preferred = choices[0].value
            kept = self.value() if self._choices else self._preferred
            with QSignalBlocker(self):
                self.clear()
                self._choices = choices
                for choice in choices:
                    self.add_entry(choice.words, choice.value, choice.reason)
            self._show(kept)
        legal = [choice.value for choice in choices if choice.legal]
        if untouched and legal:
            self._is_chosen = False
            self._show(self._preferred if self._preferred in legal else legal[0])
        self._judge()

    def set_value(self, value: E | None) -> None:
        """Keep `value`, which somebody chose; nothing is announced."""
        self._preferred, self._is_chosen = value, True
        self._show(value)

    def take_only_choice(self) -> None:
        """Go to the one value that may be sent, if there is just one and nobody has chosen another since."""
        legal = [choice.value for choice in self._choices if choice.legal]
        if len(legal) == 1 and not self._is_chosen:
            self._show(legal[0])

    def _show(self, value: E | None) -> None:
        rows = [row for row, choice in enumerate(self._choices) if choice.value is value]
        with QSignalBlocker(self):
            self.setCurrentIndex(rows[0] if rows else -1)
        self._judge()

    def choices(self) -> tuple[Choice[E], ...]:
        """Return what is listed."""
        return self._choices

    def _taken(self) -> None:
        self._preferred, self._is_chosen = self.value(), True
        self._judge()
        self.chosen.emit()

    def _judge(self) -> None:
        row = self.currentIndex()
        self.mark(self._choices[row].reason if 0 <= row < len(self._choices) else "")


class AccountBox(QuietBox):
    """The account to trade: environment, the trader's name for it, number and venue."""

    chosen = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("Account", parent)
        self._services = services
        self._key: AccountKey | None = None
        self.setPlaceholderText("no account: connect first")
        self.activated.connect(self._taken)
        self.refresh()

    def key(self) -> AccountKey | None:
        """Return the chosen account, whether it still exists or not."""
        return self._key

    def account(self) -> Account | None:
        """Return the chosen account, or None when there is none or it is gone."""
        return self._services.accounts.accounts.get(self._key) if self._key else None

    def set_key(self, key: AccountKey | None) -> None:
        """Choose an account; nothing is announced."""
        self._key = key
        self.refresh()

    def refresh(self) -> None:
        """List the accounts as they are now; the choice stays, and is marked when its account is gone.

        While nothing is chosen the first account is taken: it is in plain sight, and nothing was typed for another.
        """
        accounts = self._services.accounts.accounts
        if self._key is None and accounts:
            self._key = next(iter(accounts))
        with QSignalBlocker(self):
            self.clear()
            for account in accounts.values():
                self.add_entry(self._text(account), str(account.key))
            if self._key is not None and self._key not in accounts:
                self.add_entry(f"{self._key.account_id} (gone)", str(self._key), "This account is gone.")
            self.setCurrentIndex(self.index_of(str(self._key)) if self._key else -1)
        gone = self._key is not None and self._key not in accounts
        self.mark(
            f"Account {self._key} is gone: its connection was removed. Choose another." if gone else "",
            f"{self.currentText()} (Alt+A)",
        )

    def _text(self, account: Account) -> str:
        capabilities = self._services.connections.capabilities.get(account.key.connection_id)
        venue = capabilities.title if capabilities else account.venue
        return f"{OrderWords(self._services).account(account.key)} · {venue} · {word(account.environment)}"

    def _taken(self, row: int) -> None:
        chosen = self.itemData(row, _VALUE)
        self._key = next((key for key in self._services.accounts.accounts if str(key) == chosen), self._key)
        self.refresh()
        self.chosen.emit()
