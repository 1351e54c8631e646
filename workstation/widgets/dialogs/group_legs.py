"""One account of a group: whether it takes part, its ratio or quantity, what it gets, and what stands against it."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from workstation.desk.allocation import AllocationMethod, Share
from workstation.desk.findings import Finding, Hardness
from workstation.domain.account import Account
from workstation.domain.instrument import Instrument
from workstation.item_models.number_text import qty_text
from workstation.widgets.number_fields import QuantityField
from workstation.widgets.order_words import OrderWords
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.verdict_list import VerdictList, verdicts_of

ONE = Decimal(1)


class LegRow(QWidget):
    """The row of one account. Without an `instrument` there the account can't take part, and the row says so."""

    changed = Signal()
    """The trader changed who takes part or with what."""
    ticked = Signal()
    """A soft finding was confirmed, or no longer."""

    def __init__(self, account: Account, instrument: Instrument | None, screen: Screen, symbol: str) -> None:
        super().__init__()
        self.account = account
        self.instrument = instrument
        self.order_qty = Decimal(0)
        self.findings: tuple[Finding, ...] = ()
        self.findings_known = False
        self._confirmed: frozenset[Finding] = frozenset()
        name = OrderWords(screen.services).account(account.key)
        self.takes_part = QCheckBox(f"{name} · {account.venue.upper()}", self)
        self.figure = QuantityField(f"Ratio or quantity of {name}", parent=self)
        self.figure.set_value(ONE)
        self.part = QLabel(self)
        self.verdicts = VerdictList(screen.theme, self)
        self._lay_out(screen.theme.px(90))
        if instrument is None:
            self.takes_part.setEnabled(False)
            self.takes_part.setToolTip(f"{symbol} is not known there.")
            self.part.setText(f"no {symbol} there")
        self.takes_part.toggled.connect(self.changed)
        self.figure.changed.connect(self.changed)
        self.verdicts.confirmed.connect(self._confirm)

    @property
    def chosen(self) -> bool:
        """Whether the account takes part."""
        return self.takes_part.isChecked() and self.instrument is not None

    @property
    def hard(self) -> tuple[Finding, ...]:
        """What nobody can confirm away."""
        return tuple(one for one in self.findings if one.hardness is Hardness.HARD)

    @property
    def unconfirmed(self) -> tuple[Finding, ...]:
        """Soft findings without their tick."""
        return tuple(one for one in self.findings if one.hardness is Hardness.SOFT and one not in self._confirmed)

    @property
    def accepted(self) -> tuple[str, ...]:
        """The gates whose soft findings have their tick."""
        return tuple(one.gate for one in self.findings if one in self._confirmed)

    def share(self) -> Share | None:
        """Return the account's part; None while its figure cannot be read."""
        figure = self.figure.reading().value
        if figure is None or self.instrument is None:
            return None
        return Share(account=self.account.key, lot=self.instrument.lot_size, weight=figure, order_qty=figure)

    def show_method(self, method: AllocationMethod) -> None:
        """Ask for a ratio, for a quantity, or for nothing."""
        self.figure.setVisible(method is not AllocationMethod.EQUAL)
        self.figure.setPlaceholderText("ratio" if method is AllocationMethod.RATIO else "lots")

    def show_size(self, order_qty: Decimal) -> None:
        """Show what the account gets; earlier findings were about another size."""
        self.order_qty = order_qty
        self.findings, self.findings_known = (), False
        self._confirmed = frozenset()
        if self.instrument is not None:
            self.part.setText(qty_text(order_qty) if self.chosen else "")
        self._show_verdicts()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what the desk says of this leg."""
        self.findings, self.findings_known = findings, True
        self._confirmed &= frozenset(findings)
        self._show_verdicts()

    def _confirm(self, finding: Finding, confirmed: bool) -> None:
        self._confirmed = self._confirmed | {finding} if confirmed else self._confirmed - {finding}
        self._show_verdicts()
        self.ticked.emit()

    def _show_verdicts(self) -> None:
        shown = self.chosen and bool(self.findings)
        self.verdicts.setVisible(shown)
        if shown:
            self.verdicts.show_verdicts(verdicts_of((), self.findings, self._confirmed), "", may_confirm=True)

    def _lay_out(self, figure_width: int) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.figure.setMaximumWidth(figure_width)
        grid.addWidget(self.takes_part, 0, 0)
        grid.addWidget(self.figure, 0, 1)
        grid.addWidget(self.part, 0, 2)
        grid.addWidget(self.verdicts, 1, 0, 1, 3)
        grid.setColumnStretch(0, 1)
