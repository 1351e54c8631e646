"""The ticket's order for several accounts: who, how much each, what if one fails; checked, read, then sent once.

It opens from a complete ticket, takes accounts of the same environment only, also of other connections that know the
symbol, and sends nothing before every leg was checked with the size that is shown. A leg with something hard against it
must be cured or taken out by hand; a soft finding wants its own tick, leg by leg. As atomic as several venues allow,
and the dialog says that this is not atomic.
"""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QScrollArea, QVBoxLayout, QWidget

from workstation.desk.allocation import AllocationMethod, NotAllocable, Share, allocate
from workstation.desk.commands import Refused
from workstation.desk.group_commands import CheckGroup, GroupChecked, GroupPolicy, GroupReceipt, PlaceGroup
from workstation.domain.order_terms import Side
from workstation.domain.orders import OrderTerms
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word
from workstation.services.desk_client import EngineGone
from workstation.widgets.dialogs.dialog import GUARD_MS, Dialog, is_gone, paragraph
from workstation.widgets.dialogs.group_legs import LegRow
from workstation.widgets.number_fields import QuantityField
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.choice_boxes import QuietBox

GESTURE = "Send in the group dialog"
METHODS = {
    AllocationMethod.EQUAL: "equal parts",
    AllocationMethod.RATIO: "by ratio",
    AllocationMethod.CUSTOM: "as typed",
}
POLICIES = {
    GroupPolicy.CHECK_ALL_FIRST: "check all first",
    GroupPolicy.STOP_AT_FIRST_REJECT: "stop at the first reject",
    GroupPolicy.SEND_ALL_AND_REPORT: "send all and report",
    GroupPolicy.CANCEL_REST_ON_REJECT: "cancel the rest on a reject",
}
POLICY_SENTENCES = {
    GroupPolicy.CHECK_ALL_FIRST: "Nothing is sent unless every account passes its checks; then all are sent.",
    GroupPolicy.STOP_AT_FIRST_REJECT: "Each waits for a yes to the one before; the first without one is the last.",
    GroupPolicy.SEND_ALL_AND_REPORT: "All are sent, whatever happens to the others.",
    GroupPolicy.CANCEL_REST_ON_REJECT: "If one is rejected, those that work are cancelled; what has traded stays.",
}
NOT_ATOMIC = (
    "As atomic as several accounts allow, which is not atomic: the orders leave one after the other, and what has "
    "traded cannot be taken back."
)
_NONE = Decimal(0)


class GroupOrderDialog(Dialog):
    """Composes, checks and sends one group. Esc sends nothing."""

    sent = Signal(object)
    """GroupReceipt"""

    def __init__(self, terms: OrderTerms, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__("Send to several accounts", parent)
        self._terms = terms
        self._screen = screen
        self._words = OrderWords(screen.services)
        self._wanted = 0
        self._checking = self._sending = False
        self._remainder = _NONE
        self._fault = ""
        self._rest = QTimer(self, singleShot=True, interval=GUARD_MS)
        self.rows = self._make_rows()
        self._build()
        self._connect()
        self._compose()

    # -- putting together ----------------------------------------------------------------------------------------

    def _make_rows(self) -> list[LegRow]:
        """Return a row per account of the ticket's environment, its own account first and chosen."""
        services, own, symbol = self._screen.services, self._terms.account, self._terms.symbol
        accounts = services.accounts.accounts
        environment = accounts[own].environment if own in accounts else None
        alike = [one for one in accounts.values() if one.environment is environment]
        rows = []
        for account in sorted(alike, key=lambda one: one.key != own):
            known = services.connections.instruments.get(account.key.connection_id, {})
            rows.append(LegRow(account, known.get(symbol), self._screen, symbol))
        for row in rows[:1]:
            row.takes_part.setChecked(row.account.key == own)
        return rows

    def _build(self) -> None:
        theme, terms = self._screen.theme, self._terms
        environment = f"{word(self.rows[0].account.environment)}: " if self.rows else ""
        pricing = self._words.pricing(terms)
        self.add_text(f"{environment}{word(terms.side).upper()} {terms.symbol} {pricing}, to several accounts", "title")
        self.total = QuantityField("Total quantity", parent=self)
        self.total.set_instrument(self._words.instrument(terms))
        self.total.set_value(terms.order_qty)
        self.method = QuietBox("How the total is split", self)
        self.policy = QuietBox("What happens if one fails", self)
        for box, words in ((self.method, METHODS), (self.policy, POLICIES)):
            for value, text in words.items():
                box.add_entry(text, value)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for caption, field in (("Total", self.total), ("Split", self.method), ("If one fails", self.policy)):
            form.addRow(paragraph(caption, parent=self), field)
        self.body.addLayout(form)
        self.policy_text = self.add_text("", "muted")
        self.body.addWidget(self._legs_area(), 1)
        self.remainder = self.add_text("")
        self.add_text(NOT_ATOMIC, "muted")
        self.fault = self.add_text("", "fault")
        self.keep = self.add_button("Send nothing")
        self.send = self.add_button("", kind="buy" if terms.side is Side.BUY else "sell")
        self.resize(theme.px(620), theme.px(560))

    def _legs_area(self) -> QScrollArea:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(self._screen.theme.px(90))
        return area

    def _connect(self) -> None:
        self.keep.clicked.connect(self.reject)
        self.send.clicked.connect(self._send)
        self.total.changed.connect(self._compose)
        self.method.activated.connect(lambda _row: self._compose())
        self.policy.activated.connect(lambda _row: self._changed())
        self._rest.timeout.connect(self._judge)
        for row in self.rows:
            row.changed.connect(self._compose)
            row.ticked.connect(self._judge)
        services = self._screen.services
        services.connections.statuses_changed.connect(self._look_again)
        services.connections.desk_state_changed.connect(self._look_again)

    # -- composing and checking ----------------------------------------------------------------------------------

    def chosen(self) -> list[LegRow]:
        """Return the rows that take part with a quantity."""
        return [row for row in self.rows if row.chosen and row.order_qty > 0]

    def legs(self) -> tuple[OrderTerms, ...]:
        """Return the orders as they would be sent, in the order of the rows."""
        return tuple(replace(self._terms, account=row.account.key, order_qty=row.order_qty) for row in self.chosen())

    def _compose(self) -> None:
        """Split the total anew and have the legs checked."""
        method = list(METHODS)[max(0, self.method.currentIndex())]
        for row in self.rows:
            row.show_method(method)
        taking = [row for row in self.rows if row.chosen]
        shares = [share for row in taking if (share := row.share()) is not None]
        self._fault, parts = "", dict.fromkeys(taking, _NONE)
        if len(shares) < len(taking):
            self._fault = "A ratio or quantity cannot be read."
        else:
            parts = self._parts(taking, shares, method)
        for row in self.rows:
            row.show_size(parts.get(row, _NONE))
        self._changed()
        self._check()

    def _parts(self, taking: list[LegRow], shares: list[Share], method: AllocationMethod) -> dict[LegRow, Decimal]:
        try:
            split = allocate(self.total.reading().value or _NONE, shares, method)
        except NotAllocable as error:
            self._fault = str(error)
            self._remainder = _NONE
            return {}
        self._remainder = split.remainder
        return dict(zip(taking, split.parts, strict=True))

    def _changed(self) -> None:
        """Let nothing be sent for a moment after a change: a bounced key or a double click is faster."""
        self.policy_text.setText(POLICY_SENTENCES[self._policy()])
        self._rest.start()
        self._judge()

    def _look_again(self, _what: object) -> None:
        """Check again, because something around the orders changed: a lamp, a lock."""
        self._check()

    def _check(self) -> None:
        self._wanted += 1
        if not self._checking and not self._sending:
            self._checking = True
            self._screen.tasks.start(self._ask_until_current(), "check the group")

    async def _ask_until_current(self) -> None:
        """Ask until the answer is about the latest legs; one question at a time."""
        asked = -1
        try:
            while asked != self._wanted and not is_gone(self):
                asked, rows = self._wanted, self.chosen()
                if not rows:
                    break
                answer = await self._screen.desk.ask(CheckGroup(legs=self.legs()))
                if is_gone(self):
                    return
                if isinstance(answer, GroupChecked) and asked == self._wanted:
                    for row, findings in zip(rows, answer.findings, strict=True):
                        row.show_findings(findings)
                    self._judge()
        except EngineGone as error:
            self._say(str(error))
        finally:
            self._checking = False

    def _policy(self) -> GroupPolicy:
        return list(POLICIES)[max(0, self.policy.currentIndex())]

    def _why_not(self) -> str:
        """Return what keeps the group from being sent; empty when nothing does."""
        rows = self.chosen()
        if self._fault or self.total.reading().fault:
            return self.total.reading().fault or self._fault
        if not rows:
            return "Choose at least one account."
        blocked = next((row for row in rows if row.hard), None)
        if blocked is not None:
            name = self._words.account(blocked.account.key)
            return f"{name} cannot take its part: cure it, or take {name} out."
        if any(row.unconfirmed for row in rows):
            return "Tick each warning that you know and want sent."
        return "" if all(row.findings_known for row in rows) else "Checking…"

    def _judge(self) -> None:
        if self._sending:
            return
        rows = self.chosen()
        whole = sum((row.order_qty for row in rows), _NONE)
        plural = "" if len(rows) == 1 else "s"
        side = word(self._terms.side).upper()
        self.send.setText(f"Send {side} to {len(rows)} account{plural}, {qty_text(whole)} total")
        left = self._remainder
        self.remainder.setText("" if not left or self._fault else _remainder_text(left))
        self.fault.setText(self._why_not())
        self.send.setEnabled(not self._why_not() and not self._rest.isActive())

    # -- sending -------------------------------------------------------------------------------------------------

    def _send(self) -> None:
        if self._sending or self._why_not() or self._rest.isActive():
            return
        self._sending = True
        self.send.setEnabled(False)
        self.keep.setEnabled(False)
        self.fault.setText("Sending; the receipt comes when every venue has answered, or after ten seconds.")
        command = PlaceGroup(
            legs=self.legs(),
            policy=self._policy(),
            gesture=GESTURE,
            accepted=tuple(row.accepted for row in self.chosen()),
        )
        self._screen.tasks.start(self._ask(command), "send the group")

    async def _ask(self, command: PlaceGroup) -> None:
        try:
            answer = await self._screen.desk.ask(command)
        except EngineGone as error:
            self._say(f"It is not known which orders were sent. Look for them in the orders. {error}")
            return
        if isinstance(answer, GroupReceipt):
            if not is_gone(self):
                self.sent.emit(answer)
                self.accept()
        elif isinstance(answer, Refused) and not is_gone(self):
            self._sending = False
            self.keep.setEnabled(True)
            self._judge()
            self._say("Nothing was sent. " + " ".join(f"{one.text} {one.cure}".strip() for one in answer.findings))

    def _say(self, words: str) -> None:
        if not is_gone(self):
            self.keep.setEnabled(True)
            self.fault.setText(words)


def _remainder_text(left: Decimal) -> str:
    if left > 0:
        return f"Remainder: {qty_text(left)} of the total are given to nobody."
    return f"{qty_text(-left)} more than the total are given out."
