"""The ticket's stop loss, take profit and trailing distance: there only where the venue would hold them.

Elsewhere a line says why they are absent, because a stop that only this program watched would look like one that the
venue holds. What was typed before the account changed stays in sight and is refused by the desk.

Most orders carry none, and what a trader must see before sending stands below: so the fields are folded behind one
line until the trader opens it or an order brings stops. Folded, the line still says what is set.
"""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from workstation.domain.capabilities import Attachment
from workstation.domain.market_data import Quote
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import OrderTerms
from workstation.item_models.number_text import plain_text
from workstation.widgets.attached_stops import StopsForm, StopsView
from workstation.widgets.ticket.draft import Draft
from workstation.widgets.typed_numbers import Typed

BADGE = "held at the venue"
NONE_SET = "none set"
_NAMES = ("SL", "TP", "trailing")


class Attachments(QWidget):
    """The stops of the order in the ticket."""

    changed = Signal()
    risk_requested = Signal()
    """The trader wants the quantity from what may be lost at the stop loss."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = QToolButton(self)  # made first, so that Tab meets it before the fields
        self.stops = StopsForm(self, compact=True)
        self.badge, self.reason = QLabel(BADGE, self), QLabel(self)
        self.badge.setProperty("tone", "muted")
        self.badge.setToolTip("The venue guards the position, also when this program is closed.")
        self.reason.setProperty("tone", "muted")
        self.reason.setWordWrap(True)
        self.fold.setCheckable(True)
        self.fold.setProperty("fold", True)
        self.fold.toggled.connect(self._folded)
        self._shown = self._by_trader = False
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.fold)
        head.addWidget(self.badge, 1)
        self.risk = QPushButton("Size from risk…", self)
        self.risk.setProperty("small", True)
        self.risk.setAutoDefault(False)
        self.risk.clicked.connect(self.risk_requested)
        head.addWidget(self.risk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.stops)
        column.addWidget(self.reason)
        self.setAccessibleName("Stops")
        self.fold.clicked.connect(self._take_fold)
        self.stops.changed.connect(self.changed)
        self._folded()

    def readings(self) -> tuple[Typed, Typed, Typed]:
        """Return stop loss, take profit and trailing distance as typed, in price."""
        return self.stops.stop_loss.reading(), self.stops.take_profit.reading(), self.stops.trailing.reading()

    def is_empty(self) -> bool:
        """Say whether nothing is typed."""
        return all(typed.value is None and not typed.fault for typed in self.readings())

    def load(self, terms: OrderTerms) -> None:
        """Show the stops of `terms`; nothing is announced."""
        self.stops.set_values(terms.stop_loss, terms.take_profit, terms.trailing_offset)
        self.fold.setChecked(self._by_trader or not self.is_empty())

    def clear(self) -> None:
        """Empty the fields."""
        self.stops.set_values(None, None, None)
        self.fold.setChecked(self._by_trader)

    def open(self) -> None:
        """Show the fields."""
        self.fold.setChecked(True)

    def focus(self) -> None:
        """Show the fields and give the first of them the focus."""
        self.open()
        self.stops.stop_loss.price.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_draft(self, draft: Draft, quote: Quote | None) -> None:
        """Offer what the draft's venue holds, measured from its price or from the market."""
        offered = draft.offer.capabilities
        shown = self._shown = (offered is not None and bool(offered.attachments)) or not self.is_empty()
        if offered is not None and shown and not offered.attachments:
            self.open()  # the desk will refuse what is typed here: the trader must see it
        self._folded()
        self.reason.setVisible(not shown and offered is not None)
        if offered is not None and not shown:
            why = offered.refusals.get(Attachment.STOP_LOSS, f"{offered.title} holds none with an order.")
            self.reason.setText(f"no stop loss, no take profit: {why}")
        if shown:
            self.stops.show_view(_measure(draft, quote))
            self.stops.set_trailing_offered(_why_no_trailing(draft))
            missing = draft.stop_loss.value is None or draft.side is None or draft.offer.instrument is None
            self.risk.setEnabled(not missing)
            self.risk.setToolTip("Needs a side, a symbol and a stop loss first" if missing else "")

    def _take_fold(self, opened: bool) -> None:
        """Remember what the trader chose, so that the next order finds it so."""
        self._by_trader = opened

    def _folded(self) -> None:
        """Show the fields or, in their place, what they hold."""
        opened = self.fold.isChecked()
        self.fold.setText("▾ Stops" if opened else "▸ Stops…")
        self.fold.setAccessibleName("Stops: fold the fields" if opened else "Stops: show the fields")
        self.fold.setVisible(self._shown)
        self.stops.setVisible(self._shown and opened)
        self.risk.setVisible(self._shown and opened)
        self.badge.setText(BADGE if opened else self._summary())
        self.badge.setVisible(self._shown)

    def _summary(self) -> str:
        """Return in a few words what the fields hold."""
        pairs = tuple(zip(_NAMES, self.readings(), strict=True))
        said = [f"{name} {plain_text(typed.value)}" for name, typed in pairs if typed.value is not None]
        said += [f"{name} unreadable" for name, typed in pairs if typed.fault]
        return ", ".join(said) or NONE_SET


def _why_no_trailing(draft: Draft) -> str:
    offered, instrument = draft.offer.capabilities, draft.offer.instrument
    if offered is not None and Attachment.TRAILING_STOP not in offered.attachments:
        return offered.why_not(Attachment.TRAILING_STOP)
    if instrument is not None and not instrument.allows_trailing:
        return f"the venue lets no stop trail in {instrument.symbol}"
    return ""


def _measure(draft: Draft, quote: Quote | None) -> StopsView:
    anchor, name = _anchor(draft, quote)
    return StopsView(instrument=draft.offer.instrument, side=draft.side, anchor=anchor, anchor_name=name)


def _anchor(draft: Draft, quote: Quote | None) -> tuple[Decimal | None, str]:
    if draft.ord_type is OrdType.LIMIT:
        return draft.price.value, "limit price"
    if draft.ord_type in (OrdType.STOP, OrdType.STOP_LIMIT):
        return draft.stop_px.value, "stop price"
    if quote is None or draft.side is None:
        return None, "market"
    return (quote.bid_px, "bid") if draft.side is Side.BUY else (quote.ask_px, "ask")
