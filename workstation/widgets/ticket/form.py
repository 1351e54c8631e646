"""The fields of the ticket, in one or two columns; they make a draft and never change what was typed.

News from outside (accounts, instruments, capabilities) is taken by :meth:`TicketForm.refresh_offer`, which changes what
is offered and marks what has become illegal, but leaves every value where it is.
"""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from workstation.domain.account import Account
from workstation.domain.identity import InstrumentKey
from workstation.domain.instrument import Instrument
from workstation.domain.order_terms import (
    OrdType,
    PositionEffect,
    Side,
    TimeInForce,
    needs_price,
    needs_stop_px,
)
from workstation.domain.orders import OrderTerms
from workstation.widgets.number_fields import PriceField, QuantityField, SteppedField
from workstation.widgets.screen import Screen
from workstation.widgets.ticket.attachments import Attachments
from workstation.widgets.ticket.check_lines import instrument_lines
from workstation.widgets.ticket.choice_boxes import AccountBox, ChoiceBox, QuietDate
from workstation.widgets.ticket.draft import Draft, Field, Offer, day_of_ms
from workstation.widgets.ticket.field_cell import CaptionedRows, FieldCell, NeighbourRow
from workstation.widgets.ticket.legal_choices import (
    ord_type_choices,
    position_effect_choices,
    time_in_force_choices,
)
from workstation.widgets.ticket.presets import PresetRow, quantity_presets
from workstation.widgets.ticket.side_buttons import SideButtons
from workstation.widgets.ticket.symbol_field import SymbolField


class TicketForm(QWidget):
    """All inputs of one order."""

    changed = Signal()
    """The trader changed something."""
    moved_on = Signal(object)
    """Field: the trader pressed Enter there and wants the next one."""

    def __init__(self, screen: Screen, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._columns = 2
        self._unneeded: set[Field] = {Field.STOP_PX, Field.EXPIRE_DATE}
        self._amending = False
        self._closes: OrderTerms | None = None
        presets = quantity_presets(screen.settings)
        self.account = AccountBox(screen.services, self)
        self.symbol = SymbolField(self)
        self.symbol_note = QLabel(self)
        self.side = SideButtons(self)
        self.ord_type: ChoiceBox[OrdType] = ChoiceBox("Type", self)
        self.time_in_force: ChoiceBox[TimeInForce] = ChoiceBox("Time in force", self)
        self.expire_date = QuietDate(QDate(today.year, today.month, today.day), self)
        self.order_qty = QuantityField("Quantity", presets, self)
        self.price = PriceField("Limit price", self)
        self.stop_px = PriceField("Stop price", self)
        self.position_effect: ChoiceBox[PositionEffect] = ChoiceBox("Position effect", self)
        self.attachments = Attachments(self)
        self.price_neighbours = NeighbourRow(self.price, self)
        self.stop_neighbours = NeighbourRow(self.stop_px, self)
        self.presets = PresetRow(self.order_qty, presets, self)
        self._set_up_fields(today)
        self._cells = self._make_cells()
        self._preset_cell = FieldCell("Quantity presets", self.presets, parent=self)
        self._lay_out()
        self._place_cells()
        self._order_tabs()
        self._connect()
        self.refresh_offer()

    def inputs(self) -> dict[Field, QWidget]:
        """Return the widget of each field, in the order of the fields."""
        return {
            Field.ACCOUNT: self.account,
            Field.SYMBOL: self.symbol,
            Field.SIDE: self.side,
            Field.ORD_TYPE: self.ord_type,
            Field.TIME_IN_FORCE: self.time_in_force,
            Field.ORDER_QTY: self.order_qty,
            Field.PRICE: self.price,
            Field.STOP_PX: self.stop_px,
            Field.EXPIRE_DATE: self.expire_date,
            Field.POSITION_EFFECT: self.position_effect,
            Field.ATTACHED: self.attachments,
        }

    def offer(self) -> Offer:
        """Return what the chosen account can trade with."""
        key = self.account.key()
        connections = self._screen.services.connections
        if key is None:
            return Offer()
        return Offer(
            account=self.account.account(),
            capabilities=connections.capabilities.get(key.connection_id),
            instrument=connections.instruments.get(key.connection_id, {}).get(self.symbol.symbol()),
        )

    def draft(self) -> Draft:
        """Return what the fields hold now."""
        stop_loss, take_profit, trailing = self.attachments.readings()
        return Draft(
            offer=self.offer(),
            symbol=self.symbol.symbol(),
            side=self.side.side(),
            ord_type=self.ord_type.value() or OrdType.LIMIT,
            time_in_force=self.time_in_force.value() or TimeInForce.DAY,
            order_qty=self.order_qty.reading(),
            price=self.price.reading(),
            stop_px=self.stop_px.reading(),
            expire_date=_to_date(self.expire_date.date()),
            position_effect=self.position_effect.value(),
            stop_loss=stop_loss,
            take_profit=take_profit,
            trailing=trailing,
            position_id=self.closed_position(),
        )

    def closed_position(self) -> str | None:
        """Return the position that the loaded order closes, as long as account, symbol and effect are that order's."""
        closes = self._closes
        chosen = (self.account.key(), self.symbol.symbol(), self.position_effect.value())
        if closes is None or chosen != (closes.account, closes.symbol, closes.position_effect):
            return None
        return closes.position_id

    def is_empty(self) -> bool:
        """Say whether nothing of an order is typed; account and symbol alone are not yet an order."""
        typed = any(f.text() for f in (self.order_qty, self.price, self.stop_px))
        return self.side.side() is None and not typed and self.attachments.is_empty()

    def load(self, terms: OrderTerms) -> None:
        """Fill every field from `terms`; nothing is announced."""
        self._closes = terms if terms.position_id is not None else None
        self.account.set_key(terms.account)
        self.symbol.set_symbol(terms.symbol)
        self.side.set_side(terms.side)
        self.refresh_offer()
        self.ord_type.set_value(terms.ord_type)
        self.refresh_offer()
        self.time_in_force.set_value(terms.time_in_force)
        self.position_effect.set_value(terms.position_effect)
        self.order_qty.set_value(terms.order_qty)
        self.price.set_value(terms.price)
        self.stop_px.set_value(terms.stop_px)
        self.attachments.load(terms)
        if terms.expire_date_ms is not None:
            day = day_of_ms(terms.expire_date_ms)
            self.expire_date.setDate(QDate(day.year, day.month, day.day))
        self.refresh_offer()

    def clear(self, *, keep_symbol: bool) -> None:
        """Empty the order; the account stays, and type and time in force too."""
        if not keep_symbol:
            self.symbol.set_symbol("")
        self._closes = None
        self.side.set_side(None)
        for field in (self.order_qty, self.price, self.stop_px):
            field.set_value(None)
        self.attachments.clear()
        self.position_effect.set_value(None)
        self.refresh_offer()

    def set_locked(self, *, amending: bool, sending: bool) -> None:
        """Lock everything while a request is out; while amending, what an amendment cannot change."""
        self._amending = amending
        why = "An amendment keeps account, symbol and side." if amending else ""
        for field, widget in self.inputs().items():
            fixed = amending and field in (Field.ACCOUNT, Field.SYMBOL, Field.SIDE, Field.POSITION_EFFECT)
            widget.setEnabled(not sending and not fixed)
            if field in (Field.SYMBOL, Field.SIDE):
                widget.setToolTip(why)
        self.presets.setEnabled(not sending)
        self.price_neighbours.setEnabled(not sending)
        self.stop_neighbours.setEnabled(not sending)
        self._show_needed()

    def refresh_offer(self) -> None:
        """Offer what the account's venue and the instrument allow now; values stay, illegal ones are marked."""
        offer = self.offer()
        key = self.account.key()
        known: dict[str, Instrument] = {}
        if key is not None:
            known = self._screen.services.connections.instruments.get(key.connection_id, {})
        self.symbol.set_instruments(known)
        untouched = self.is_empty()
        self.ord_type.set_choices(ord_type_choices(offer.capabilities), untouched=untouched)
        ord_type = self.ord_type.value() or OrdType.LIMIT
        lives = time_in_force_choices(offer.capabilities, ord_type)
        self.time_in_force.set_choices(lives, untouched=untouched)
        self.position_effect.set_choices(position_effect_choices(offer.capabilities))
        for field in (self.order_qty, self.price, self.stop_px):
            field.set_instrument(offer.instrument)
        self.presets.offer(quantity_presets(self._screen.settings, offer.instrument))
        self._show_instrument(offer.account, offer)
        self._show_needed()
        self.refresh_market()

    def refresh_market(self) -> None:
        """Measure the stops from the market as it is now; nothing typed changes."""
        key = self.account.key()
        market = self._screen.services.market
        quote = None if key is None else market.quotes.get(InstrumentKey(key.connection_id, self.symbol.symbol()))
        self.attachments.show_draft(self.draft(), quote)

    def refresh_accounts(self) -> None:
        """List the accounts as they are now."""
        self.account.refresh()
        self.refresh_offer()

    def set_columns(self, columns: int) -> None:
        """Lay the small fields out in one or two columns."""
        if columns != self._columns:
            self._columns = columns
            self._place_cells()

    def next_input(self, after: Field) -> QWidget | None:
        """Return the next field that still wants something typed; None behind the last one.

        Choices hold a legal value already, so Enter passes them; Tab visits every field.
        """
        typed = [Field.SYMBOL, Field.SIDE, Field.ORDER_QTY, Field.PRICE, Field.STOP_PX, Field.EXPIRE_DATE]
        order, inputs = list(Field), self.inputs()
        for field in typed:
            widget = inputs[field]
            if order.index(field) <= order.index(after) or not widget.isEnabled() or field in self._unneeded:
                continue
            if field is not Field.SIDE:
                return widget
            if self.side.side() is None:
                return self.side.button(Side.BUY)
        return None

    def focus(self, field: Field) -> None:
        """Give `field` the focus."""
        if field is Field.ATTACHED:
            self.attachments.focus()
            return
        widget = self.side.button(Side.BUY) if field is Field.SIDE else self.inputs()[field]
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_side(self, side: Side) -> None:
        """Take a side, unless it is locked."""
        if self.side.isEnabled():
            self.side.choose(side)

    def _good_till_date(self) -> bool:
        return self.time_in_force.value() is TimeInForce.GOOD_TILL_DATE

    def _set_up_fields(self, today: date) -> None:
        self.symbol_note.setWordWrap(True)
        self.symbol_note.setObjectName("symbolNote")
        self.symbol_note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.expire_date.setAccessibleName("Good till date")
        self.expire_date.setDisplayFormat("yyyy-MM-dd")
        self.expire_date.setCalendarPopup(True)
        self.expire_date.setMinimumDate(QDate(today.year, today.month, today.day))
        self.expire_date.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.order_qty.setPlaceholderText("lots")

    def _make_cells(self) -> dict[Field, FieldCell]:
        return {
            Field.ORD_TYPE: FieldCell("Type", self.ord_type, parent=self),
            Field.TIME_IN_FORCE: FieldCell("Time in force", self.time_in_force, parent=self),
            Field.ORDER_QTY: FieldCell("Quantity", SteppedField(self.order_qty), parent=self),
            Field.PRICE: FieldCell("Limit price", SteppedField(self.price), self.price_neighbours, parent=self),
            Field.STOP_PX: FieldCell("Stop price", SteppedField(self.stop_px), self.stop_neighbours, parent=self),
            Field.EXPIRE_DATE: FieldCell("Good till", self.expire_date, parent=self),
            Field.POSITION_EFFECT: FieldCell("Position effect", self.position_effect, parent=self),
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._screen.theme.px(4))
        wide = (("Account", self.account), ("Symbol", self.symbol))
        column.addWidget(CaptionedRows(wide, self._screen.theme.px(4), self))
        column.addWidget(self.symbol_note)
        column.addWidget(self.side)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(self._screen.theme.px(8))
        self._grid.setVerticalSpacing(self._screen.theme.px(4))
        column.addLayout(self._grid)
        column.addWidget(self.attachments)

    def _order_tabs(self) -> None:
        """Let Tab go through the fields as they are read, whatever the order in which they were built."""
        inputs = self.inputs()
        stops: list[QWidget] = [
            inputs[Field.ACCOUNT],
            inputs[Field.SYMBOL],
            *(self.side.button(side) for side in Side),
            *(inputs[field] for field in list(Field)[3:] if field is not Field.ATTACHED),
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _place_cells(self) -> None:
        shown = [cell for field, cell in self._cells.items() if field not in self._unneeded]
        for cell in self._cells.values():
            self._grid.removeWidget(cell)
        self._grid.removeWidget(self._preset_cell)
        for field, cell in self._cells.items():
            cell.setHidden(field in self._unneeded)
        shown.append(self._preset_cell)
        for place, cell in enumerate(shown):
            self._grid.addWidget(cell, place // self._columns, place % self._columns, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def _connect(self) -> None:
        self.account.chosen.connect(self._edited)
        self.symbol.changed.connect(self._edited)
        self.symbol.entered.connect(lambda: self.moved_on.emit(Field.SYMBOL))
        self.side.chosen.connect(self._edited)
        self.attachments.changed.connect(self._edited)
        self.ord_type.chosen.connect(self._type_chosen)
        self.time_in_force.chosen.connect(self._edited)
        self.expire_date.dateChanged.connect(lambda _day: self.changed.emit())
        self.position_effect.chosen.connect(self._edited)
        self.order_qty.changed.connect(self._edited)
        self.price.changed.connect(self._edited)
        self.stop_px.changed.connect(self._edited)

    def _type_chosen(self) -> None:
        """Let the time in force follow a type that leaves no choice, such as a market order that fills or dies."""
        self.refresh_offer()
        self.time_in_force.take_only_choice()
        self._edited()

    def _edited(self) -> None:
        self.refresh_offer()
        self.changed.emit()

    def _show_instrument(self, account: Account | None, offer: Offer) -> None:
        symbol = self.symbol.symbol()
        state = ""
        if offer.instrument is not None:
            closed = self.closed_position()
            closing = () if closed is None else (f"Closes position {closed}",)
            text = "\n".join((*instrument_lines(offer.instrument), *closing))
        elif symbol and account is not None:
            title = offer.capabilities.title if offer.capabilities else account.venue
            text, state = f"▲ {symbol}: no tick size known at {title}: cannot be sent.", "off"
        else:
            text = "name, expiry, currency and tick appear here"
        self.symbol_note.setText(text)
        if self.symbol_note.property("state") != state:
            self.symbol_note.setProperty("state", state)
            self.symbol_note.style().unpolish(self.symbol_note)
            self.symbol_note.style().polish(self.symbol_note)

    def _show_needed(self) -> None:
        """Show the stop price only for stops and the date only for good till date; a market order has no price."""
        ord_type = self.ord_type.value() or OrdType.LIMIT
        priced = needs_price(ord_type)
        self.price.setEnabled(priced and self.ord_type.isEnabled())
        why = "" if priced else f"A {self.ord_type.currentText()} order has no limit price."
        self.price.setToolTip(why)
        self.price.setAccessibleDescription(why)
        self.price.setPlaceholderText("" if priced else "none")
        self.price_neighbours.refresh()
        self.stop_neighbours.refresh()
        self.presets.refresh()
        unneeded = set() if needs_stop_px(ord_type) else {Field.STOP_PX}
        if not self._good_till_date():
            unneeded.add(Field.EXPIRE_DATE)
        if unneeded != self._unneeded:
            self._unneeded = unneeded
            self._place_cells()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more width than the narrowest window gives."""
        return QSize(self._screen.theme.px(280), super().sizeHint().height())


def _to_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
