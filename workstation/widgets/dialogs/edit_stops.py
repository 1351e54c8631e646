"""Giving an open position another stop loss, take profit or trailing distance: present values, then old → new."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from workstation.desk.commands import AmendPosition, CheckPosition
from workstation.domain.account import Position
from workstation.domain.capabilities import Attachment
from workstation.domain.identity import InstrumentKey
from workstation.domain.order_terms import Side
from workstation.item_models.number_text import UNKNOWN, net_qty_text, plain_text, price_text
from workstation.widgets.attached_stops import StopsForm, StopsView
from workstation.widgets.dialogs.dialog import paragraph
from workstation.widgets.dialogs.send_dialog import SendDialog, position_name
from workstation.widgets.judged_send import Request
from workstation.widgets.position_terms import closing_price, opposite
from workstation.widgets.screen import Screen

GESTURE = "Send in the dialog Stops of a position"
NAMES = ("stop loss", "take profit", "trailing distance")

Values = tuple[Decimal | None, Decimal | None, Decimal | None]


class EditStopsDialog(SendDialog):
    """Changes the stops of one position. Open it with ``open()``."""

    def __init__(self, position: Position, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(f"Stops of {position_name(position)}", screen, position.key, parent)
        self._position = position
        connections = screen.services.connections
        self._instrument = connections.instruments.get(position.key.connection_id, {}).get(position.symbol)
        self.stops = StopsForm(self)
        self._held, self._change = paragraph("", "", self), paragraph("", "", self)
        self._change.setAccessibleName("What would change")
        for widget in (self._held, self.stops, paragraph("The venue holds these, not this program.", "muted", self)):
            self.body.addWidget(widget)
        self.body.addWidget(self._change)
        self.add_foot()
        self._measure()
        self.stops.set_values(*_values(position))
        self.stops.set_trailing_offered(self._why_no_trailing())
        self.stops.changed.connect(self._edited)
        screen.services.accounts.positions_changed.connect(self._take_positions)
        screen.services.market.quotes_changed.connect(lambda _quotes: self._measure())
        self._edited()
        self.stops.stop_loss.price.setFocus()

    def faults(self) -> tuple[str, ...]:
        """Return what is not a number."""
        return self.stops.faults()

    def set_fields_enabled(self, enabled: bool) -> None:
        """Lock the fields while the change is out."""
        self.stops.setEnabled(enabled)

    def change_text(self) -> str:
        """Return what would change, old → new."""
        return self._change.text()

    def _amend(self, accepted: tuple[str, ...] = ()) -> AmendPosition:
        stop_loss, take_profit, trailing = self.stops.values()
        return AmendPosition(
            account=self._position.key,
            symbol=self._position.symbol,
            position_id=self._position.position_id,
            gesture=GESTURE,
            stop_loss=stop_loss,
            take_profit=take_profit,
            trailing_offset=trailing,
            accepted=accepted,
        )

    def _edited(self) -> None:
        position = self._position
        number = f" {position.position_id}" if position.position_id else ""
        account = self.words.account(position.key)
        self.show_action(f"Send STOPS of {position.symbol}{number} to {account}", opposite(position))
        self._show_change()
        if self.faults() or self.stops.values() == _values(self._position):  # the line above says that nothing changes
            self.judged.propose(None)
        else:
            self.judged.propose(Request(check=CheckPosition(amend=self._amend()), send=self._amend))
        self.render_state()

    def _show_change(self) -> None:
        old, new = _values(self._position), self.stops.values()
        changes = [
            f"{name} {self._written(name, before)} → {self._written(name, after)}"
            for name, before, after in zip(NAMES, old, new, strict=True)
            if before != after
        ]
        self._change.setText("; ".join(changes) if changes else "Nothing is changed yet.")

    def _written(self, name: str, value: Decimal | None) -> str:
        if value is None:
            return "none"
        return plain_text(value) if name == NAMES[2] else price_text(value, self._instrument)

    def _measure(self) -> None:
        position = self._position
        key = InstrumentKey(position.key.connection_id, position.symbol)
        quote = self.screen_bundle.services.market.quotes.get(key)
        anchor = closing_price(position, quote)
        long = position.net_qty > 0
        self.stops.show_view(
            StopsView(
                instrument=self._instrument,
                side=Side.BUY if long else Side.SELL,
                anchor=anchor,
                anchor_name="bid" if long else "ask",
            )
        )
        price = price_text(anchor, self._instrument) or UNKNOWN
        opened = price_text(position.avg_px, self._instrument) or UNKNOWN
        self._held.setText(
            f"{position.symbol}: {net_qty_text(position.net_qty)} from {opened}, could be closed at {price} now."
        )

    def _take_positions(self, positions: list[Position]) -> None:
        for position in positions:
            if position.place != self._position.place:
                continue
            moved = (_values(position), position.net_qty) != (_values(self._position), self._position.net_qty)
            self._position = position
            self._measure()
            if moved:
                self._edited()
                self.judged.recheck()

    def _why_no_trailing(self) -> str:
        offered = self.screen_bundle.services.connections.capabilities.get(self._position.key.connection_id)
        if offered is not None and Attachment.TRAILING_STOP not in offered.attachments:
            return offered.why_not(Attachment.TRAILING_STOP)
        if self._instrument is not None and not self._instrument.allows_trailing:
            return f"the venue lets no stop trail in {self._instrument.symbol}"
        return ""


def _values(position: Position) -> Values:
    return position.stop_loss, position.take_profit, position.trailing_offset
