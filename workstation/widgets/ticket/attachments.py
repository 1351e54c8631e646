"""The ticket's stop loss, take profit and trailing distance: there only where the venue would hold them.

Elsewhere a line says why they are absent, because a stop that only this program watched would look like one that the
venue holds. What was typed before the account changed stays in sight and is refused by the desk.
"""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.domain.capabilities import Attachment
from workstation.domain.market_data import Quote
from workstation.domain.order_terms import OrdType, Side
from workstation.domain.orders import OrderTerms
from workstation.widgets.attached_stops import StopsForm, StopsView
from workstation.widgets.ticket.draft import Draft
from workstation.widgets.typed_numbers import Typed

BADGE = "held at the venue"


class Attachments(QWidget):
    """The stops of the order in the ticket."""

    changed = Signal()
    risk_requested = Signal()
    """The trader wants the quantity from what may be lost at the stop loss."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stops = StopsForm(self, captions_above=True)
        self.badge, self.reason = QLabel(BADGE, self), QLabel(self)
        self.badge.setProperty("tone", "muted")
        self.badge.setToolTip("The venue guards the position, also when this program is closed.")
        self.reason.setProperty("tone", "muted")
        self.reason.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        caption = QLabel("Stops", self)
        caption.setProperty("caption", True)
        head.addWidget(caption)
        head.addWidget(self.badge, 1)
        self.risk = QPushButton("Size from risk…", self)
        self.risk.setProperty("small", True)
        self.risk.setAutoDefault(False)
        self.risk.clicked.connect(self.risk_requested)
        head.addWidget(self.risk)
        self._head = (caption, self.badge, self.risk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.stops)
        column.addWidget(self.reason)
        self.setAccessibleName("Stops")
        self.stops.changed.connect(self.changed)

    def readings(self) -> tuple[Typed, Typed, Typed]:
        """Return stop loss, take profit and trailing distance as typed, in price."""
        return self.stops.stop_loss.reading(), self.stops.take_profit.reading(), self.stops.trailing.reading()

    def is_empty(self) -> bool:
        """Say whether nothing is typed."""
        return all(typed.value is None and not typed.fault for typed in self.readings())

    def load(self, terms: OrderTerms) -> None:
        """Show the stops of `terms`; nothing is announced."""
        self.stops.set_values(terms.stop_loss, terms.take_profit, terms.trailing_offset)

    def clear(self) -> None:
        """Empty the fields."""
        self.stops.set_values(None, None, None)

    def show_draft(self, draft: Draft, quote: Quote | None) -> None:
        """Offer what the draft's venue holds, measured from its price or from the market."""
        offered = draft.offer.capabilities
        shown = (offered is not None and bool(offered.attachments)) or not self.is_empty()
        self.stops.setVisible(shown)
        for label in self._head:
            label.setVisible(shown)
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
