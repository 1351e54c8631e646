"""What a flatten would cancel and send, shown before it is done, with everything that must be confirmed.

Escape sends nothing. For its first 300 ms nothing in it can be pressed by a key that was meant for something else, and
no armed key works while it stands there.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from workstation.desk.findings import Finding, Hardness
from workstation.desk.flatten_commands import FlattenPlan, PlanFlatten
from workstation.item_models.number_text import qty_text
from workstation.item_models.words import word
from workstation.widgets.dialogs.dialog import GUARD_MS, Dialog
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen


class FlattenDialog(Dialog):
    """Asks once; :attr:`confirmed` carries the gates that were ticked."""

    confirmed = Signal(object)
    """tuple[str, ...]"""

    def __init__(self, asked: PlanFlatten, plan: FlattenPlan, screen: Screen, parent: QWidget | None = None) -> None:
        self._words = OrderWords(screen.services)
        account = self._words.account(asked.account)
        super().__init__(f"Flatten {asked.symbol} in {account}", parent)
        self._plan = plan
        self._orders = screen.services.orders.orders
        self.ticks: dict[str, QCheckBox] = {}
        self._ready = False
        known = screen.services.accounts.accounts.get(asked.account)
        environment = f"{word(known.environment)}: " if known is not None else ""
        self.add_text(f"{environment}flatten {asked.symbol} in {account}?", "title")
        self.add_text(f"Position now: {_net(plan)}.")
        self._add_steps()
        for finding in plan.findings:
            self._add_finding(finding)
        self.keep = self.add_button("Send nothing")
        self.send = self.add_button(self._button_text(), kind="danger")
        self.keep.clicked.connect(self.reject)
        self.send.clicked.connect(self._confirm)
        self._judge()
        timer = QTimer(self, singleShot=True, interval=GUARD_MS)
        timer.timeout.connect(self._offer)
        timer.start()
        self.resize(screen.theme.px(520), self.sizeHint().height())

    @property
    def _blocked(self) -> bool:
        return any(finding.hardness is Hardness.HARD for finding in self._plan.findings)

    def _add_steps(self) -> None:
        for key in self._plan.cancels:
            order = self._orders.get(key)
            self.add_text(f"First cancel {self._words.line(order) if order is not None else key}")
        if self._plan.cancels:
            self.add_text("What has traded by then is closed as well.", "muted")
        for terms in self._plan.closing:
            self.add_text(f"Then send {self._words.terms(terms)}")

    def _add_finding(self, finding: Finding) -> None:
        if finding.hardness is Hardness.HARD:
            self.add_text(f"✕ {finding.text} {finding.cure}".strip(), "fault")
            return
        self.add_text(f"▲ {finding.text}", "warning")
        if finding.gate not in self.ticks:
            tick = QCheckBox(finding.cure or "I know, and want it sent", self)
            tick.toggled.connect(self._judge)
            self.ticks[finding.gate] = tick
            self.body.addWidget(tick)

    def _button_text(self) -> str:
        cancels = len(self._plan.cancels)
        cancel = f"Cancel {cancels:,} working" if cancels else ""
        if self._blocked or not self._plan.closing:
            return f"{cancel}, send nothing" if cancel else "Nothing can be sent"
        legs = self._plan.closing
        verb = f"send {word(legs[0].side).upper()} {qty_text(legs[0].order_qty)} {legs[0].symbol} market"
        send = verb if len(legs) == 1 else f"send {len(legs)} closing orders"
        return f"{cancel}, {send}" if cancel else f"{send[0].upper()}{send[1:]}"

    def _judge(self) -> None:
        sends = bool(self._plan.closing) and not self._blocked
        ticked = all(tick.isChecked() for tick in self.ticks.values())
        self.send.setEnabled(self._ready and (ticked if sends else bool(self._plan.cancels)))

    def _offer(self) -> None:
        self._ready = True
        self.keep.setDefault(True)
        self.keep.setFocus()
        self._judge()

    def _confirm(self) -> None:
        self.send.setEnabled(False)
        self.confirmed.emit(tuple(gate for gate, tick in self.ticks.items() if tick.isChecked()))
        self.accept()


def _net(plan: FlattenPlan) -> str:
    if not plan.net_qty:
        return "flat"
    return f"{qty_text(plan.net_qty)} {'long' if plan.net_qty > 0 else 'short'}"
