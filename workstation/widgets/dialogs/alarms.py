"""The alarms: a list with their states and present values, and a row to add one. Nothing here trades."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QWidget

from workstation.domain.identity import AccountKey
from workstation.item_models.number_text import UNKNOWN, plain_text
from workstation.widgets.alarms import OF_ACCOUNT, Alarm, AlarmBook, AlarmKind
from workstation.widgets.dialogs.dialog import Dialog, paragraph
from workstation.widgets.empty_note import EmptyNote
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.number_fields import decimal_comma
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.choice_boxes import AccountBox, QuietBox
from workstation.widgets.ticket.field_cell import CaptionedRows
from workstation.widgets.ticket.symbol_field import SymbolField
from workstation.widgets.typed_numbers import LONGEST_TEXT, read_number

KINDS = {
    AlarmKind.MARGIN_LEVEL_BELOW: "margin level at or below, in %",
    AlarmKind.EQUITY_BELOW: "equity at or below",
    AlarmKind.PRICE_ABOVE: "price at or above",
    AlarmKind.PRICE_BELOW: "price at or below",
}
NOTHING_YET = "No alarms. Choose what to watch below, type a limit and add it."
PROMISE = "Alarms ring only while this program runs. They close and send nothing."


class AlarmsDialog(Dialog):
    """Edits the alarms. Open it with ``open()``."""

    def __init__(
        self, screen: Screen, book: AlarmBook, account: AccountKey | None, parent: QWidget | None = None
    ) -> None:
        super().__init__("Alarms", parent)
        self._screen, self._book = screen, book
        self.list = QListWidget(self)
        self.list.setAccessibleName("Alarms")
        self.list.setWordWrap(True)
        self.empty = EmptyNote(self.list, NOTHING_YET)
        self.kind = QuietBox("What to watch", self)
        for kind, words in KINDS.items():
            self.kind.add_entry(words, kind.value)
        self.account = AccountBox(screen.services, self)
        if account is not None:
            self.account.set_key(account)
        self.symbol = SymbolField(self)
        self.limit = QLineEdit(self)
        self.limit.setAccessibleName("Limit")
        self.limit.setMaxLength(LONGEST_TEXT)
        self.said = paragraph("", "", self)
        self._again, self._remove, self._add = QPushButton("Arm again"), QPushButton("Remove"), QPushButton("Add alarm")
        self._lay_out()
        self._connect()
        self._show_kind()
        self._show_alarms()
        self.limit.setFocus()
        self.resize(self.fontMetrics().averageCharWidth() * 72, self.fontMetrics().height() * 26)

    def button(self, name: str) -> QPushButton:
        """Return one of the buttons: "arm", "remove" or "add"."""
        return {"arm": self._again, "remove": self._remove, "add": self._add}[name]

    def lines(self) -> list[str]:
        """Return the alarms with their states."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def choose(self, kind: AlarmKind) -> None:
        """Choose what to watch, as the trader does."""
        self.kind.setCurrentIndex(self.kind.index_of(kind.value))

    def _lay_out(self) -> None:
        self.body.addWidget(self.list, 1)
        row = FlowRow(self)
        for button in (self._again, self._remove):
            button.setAutoDefault(False)
        row.add(self._again, self._remove)
        self.body.addWidget(row)
        rows = (("Alarm", self.kind), ("Account", self.account), ("Symbol", self.symbol), ("Limit", self.limit))
        self.body.addWidget(CaptionedRows(rows, 4, self))
        self._add.setAutoDefault(False)
        adding = FlowRow(self)
        adding.add(self._add)
        self.body.addWidget(adding)
        self.body.addWidget(self.said)
        self.add_text(PROMISE, "muted")
        self.add_button("Close").clicked.connect(self.accept)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _row: self._show_kind())
        self.account.chosen.connect(self._show_kind)
        self._add.clicked.connect(self._add_alarm)
        self._again.clicked.connect(lambda: self._with_current(self._book.arm))
        self._remove.clicked.connect(lambda: self._with_current(self._book.remove))
        self.list.currentRowChanged.connect(lambda _row: self._judge_buttons())
        self._book.changed.connect(self._show_alarms)

    def _kind(self) -> AlarmKind:
        return list(KINDS)[max(0, self.kind.currentIndex())]

    def _show_kind(self) -> None:
        self.symbol.setEnabled(self._kind() not in OF_ACCOUNT)
        key = self.account.key()
        known = {} if key is None else self._screen.services.connections.instruments.get(key.connection_id, {})
        self.symbol.set_instruments(known)

    def _show_alarms(self) -> None:
        kept = self.list.currentRow()
        self.list.clear()
        for alarm in self._book.alarms:
            value = self._book.value(alarm)
            now = UNKNOWN if value is None else plain_text(round(value, 5).normalize())
            state = "armed" if alarm.armed else "FIRED"
            self.list.addItem(f"{state}: {self._book.text(alarm)} (now {now})")
        self.list.setCurrentRow(min(kept, self.list.count() - 1) if kept >= 0 else self.list.count() - 1)
        self._judge_buttons()

    def _judge_buttons(self) -> None:
        current = self._current()
        self._remove.setEnabled(current is not None)
        self._again.setEnabled(current is not None and not current.armed)

    def _current(self) -> Alarm | None:
        row = self.list.currentRow()
        return self._book.alarms[row] if 0 <= row < len(self._book.alarms) else None

    def _with_current(self, act: Callable[[Alarm], None]) -> None:
        current = self._current()
        if current is not None:
            act(current)

    def _add_alarm(self) -> None:
        self.said.setText(self._try_to_add())

    def _try_to_add(self) -> str:
        """Add what is typed; return what is wrong with it, or what was done."""
        key, kind, typed = (
            self.account.key(),
            self._kind(),
            read_number(self.limit.text(), decimal_comma=decimal_comma()),
        )
        if key is None:
            return "Choose an account: it says whose figures or whose prices are watched."
        if typed.fault or typed.value is None:
            return typed.fault or "Type a limit."
        place = key.account_id if kind in OF_ACCOUNT else self.symbol.symbol()
        if kind not in OF_ACCOUNT and place not in self._screen.services.connections.instruments.get(
            key.connection_id, {}
        ):
            return "Type a symbol that this account's venue quotes."
        added = self._book.add(Alarm(kind=kind, connection_id=key.connection_id, place=place, limit=typed.value))
        return "Added." if added else "That alarm is there already."
