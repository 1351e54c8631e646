"""Fields for what the venue shall hold with a position: stop loss, take profit, trailing distance.

A stop can be typed as a price or as a distance in pips; the price is what counts and is sent, the distance beside it
follows the market. Typing pips fills the price at once, from the market of that moment; afterwards nobody but the
trader moves it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from workstation.domain.instrument import Instrument
from workstation.domain.money import TickRounding, round_to_tick
from workstation.domain.order_terms import Side
from workstation.item_models.number_text import DOWN, UP, plain_text, qty_text
from workstation.widgets.number_fields import PriceField, StepField, SteppedField, decimal_comma
from workstation.widgets.typed_numbers import LONGEST_TEXT, Typed, read_number

_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopsView:
    """What the fields are measured by: `side` is that of the position, `anchor` the price stops are measured from."""

    instrument: Instrument | None = None
    side: Side | None = None
    anchor: Decimal | None = None
    anchor_name: str = "market"


def pip_of(instrument: Instrument) -> tuple[Decimal, str]:
    """Return one pip in price and its word; where the venue names none, one tick."""
    return (instrument.pip_size, "pips") if instrument.pip_size is not None else (instrument.tick_size, "ticks")


def in_pips(distance: Decimal, instrument: Instrument) -> Decimal:
    """Return a distance in price as pips, to one decimal."""
    pip, _ = pip_of(instrument)
    return _WIDE.divide(distance, pip).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN, context=_WIDE).normalize()


def price_at(view: StopsView, pips: Decimal, *, wins: bool) -> Decimal | None:
    """Return the price `pips` on the winning or losing side of the anchor, on the tick; None while one is unknown."""
    if view.instrument is None or view.anchor is None or view.side is None:
        return None
    up = wins is (view.side is Side.BUY)
    away = pips * pip_of(view.instrument)[0]
    return round_to_tick(
        view.anchor + away if up else view.anchor - away, view.instrument.tick_size, TickRounding.NEAREST
    )


class StopPrice(QWidget):
    """One stop: its price with steppers, the same as a distance, and where it lies."""

    changed = Signal()

    def __init__(self, name: str, *, wins: bool, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = StopsView()
        self._wins, self._compact = wins, compact
        self.price = PriceField(name, self)
        self.price.setPlaceholderText("none")
        self.pips = QLineEdit(self)
        self.pips.setAccessibleName(f"{name} as a distance")
        self.pips.setMaxLength(LONGEST_TEXT)
        self.pips.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.note = _note(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(3)
        grid.addWidget(SteppedField(self.price, self), 0, 0)
        grid.addWidget(self.pips, 0, 1)
        grid.addWidget(self.note, 1, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.price.changed.connect(self._price_changed)
        self.pips.textEdited.connect(self._pips_typed)
        self.pips.editingFinished.connect(self._pips_left)

    def show_view(self, view: StopsView) -> None:
        """Measure by another instrument, side or market; what is typed stays."""
        if view.instrument != self.view.instrument:
            self.price.set_instrument(view.instrument)
        self.view = view
        self._describe()

    def set_value(self, value: Decimal | None) -> None:
        """Show `value`; not a change by the trader."""
        self.price.set_value(value)
        self.pips.clear()
        self._describe()

    def reading(self) -> Typed:
        """Return the price that is meant."""
        typed = read_number(self.pips.text(), decimal_comma=decimal_comma())
        return Typed(fault=typed.fault) if typed.fault else self.price.reading()

    def _price_changed(self) -> None:
        self.pips.clear()
        self._describe()
        self.changed.emit()

    def _pips_typed(self, text: str) -> None:
        typed = read_number(text, decimal_comma=decimal_comma())
        if typed.value is not None:
            price = price_at(self.view, typed.value, wins=self._wins)
            self.price.set_value(price)
        self._describe()
        self.changed.emit()

    def _pips_left(self) -> None:
        if not read_number(self.pips.text(), decimal_comma=decimal_comma()).fault:
            self.pips.clear()
            self._describe()

    def _describe(self) -> None:
        view = self.view
        word = pip_of(view.instrument)[1] if view.instrument is not None else "pips"
        self.pips.setEnabled(view.anchor is not None and view.instrument is not None and view.side is not None)
        why = "" if self.pips.isEnabled() else "Without a side and a price to measure from, type a price."
        text = self._distance_words(word)
        self.note.setText(text)
        if self._compact:
            self.pips.setPlaceholderText(self._short_distance() or word)
            self.pips.setToolTip(why or text)
            self.pips.setAccessibleDescription(text)
        else:
            self.pips.setPlaceholderText(word)
            self.pips.setToolTip(why)
        self.note.setVisible(bool(text) and (not self._compact or bool(self.reading().fault)))

    def _short_distance(self) -> str:
        """Return how far the price lies from the anchor, up or down, short enough for the field of the distance."""
        instrument, anchor, price = self.view.instrument, self.view.anchor, self.reading().value
        if instrument is None or anchor is None or price is None:
            return ""
        return f"{UP if price > anchor else DOWN} {plain_text(in_pips(abs(price - anchor), instrument))}"

    def _distance_words(self, word: str) -> str:
        view, typed = self.view, self.reading()
        if typed.fault:
            return typed.fault
        if typed.value is None:
            return ""
        if view.instrument is None or view.anchor is None:
            return "distance unknown: no price to measure from"
        away = typed.value - view.anchor
        where = "above" if away > 0 else "below"
        anchor = self.price.written(view.anchor)
        if not away:
            return f"at the {view.anchor_name} {anchor}"
        return f"{plain_text(in_pips(abs(away), view.instrument))} {word} {where} the {view.anchor_name} {anchor}"


class TrailingField(StepField):
    """A trailing distance, typed in pips; its value is a distance in price."""

    @property
    def step(self) -> Decimal | None:
        """One pip."""
        return Decimal(1)

    def reading(self) -> Typed:
        """Return the distance in price."""
        typed = read_number(self.text(), decimal_comma=decimal_comma())
        if typed.value is None or self.instrument is None:
            return typed
        return Typed(typed.value * pip_of(self.instrument)[0])

    def written(self, value: Decimal) -> str:
        """Write a distance in price as pips."""
        return qty_text(value if self.instrument is None else _WIDE.divide(value, pip_of(self.instrument)[0]))

    def step_by(self, count: int) -> None:
        """Go `count` pips up or down, never below one."""
        typed = read_number(self.text(), decimal_comma=decimal_comma())
        if self.isReadOnly() or self.instrument is None or typed.fault:
            return
        pips = max(Decimal(1), (typed.value or Decimal(0)) + count)
        self.choose(pips * pip_of(self.instrument)[0])
        self.selectAll()


class StopsForm(QWidget):
    """Stop loss, take profit and trailing distance of one position or order.

    In the `compact` form each has one line: its distance stands short in the field of the distance, in words in the
    tooltip, and only what is wrong takes a line of its own.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self.stop_loss = StopPrice("Stop loss", wins=False, compact=compact, parent=self)
        self.take_profit = StopPrice("Take profit", wins=True, compact=compact, parent=self)
        self.trailing = TrailingField("Trailing distance in pips", self)
        self.trailing.setPlaceholderText("none, in pips")
        self.trailing_note = _note(self)
        self.view = StopsView()
        self._captions: dict[QWidget, QLabel] = {}
        self._stepped_trailing = SteppedField(self.trailing, self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(1, 1)
        for caption, widget in (
            ("Stop loss", self.stop_loss),
            ("Take profit", self.take_profit),
            ("Trailing", self._stepped_trailing),
        ):
            self._add(caption, widget)
        self._grid.addWidget(self.trailing_note, self._grid.rowCount(), 1)
        for signal in (self.stop_loss.changed, self.take_profit.changed, self.trailing.changed):
            signal.connect(self._edited)
        self._describe_trailing()

    def show_view(self, view: StopsView) -> None:
        """Measure by another instrument, side or market."""
        if view == self.view:
            return
        self.view = view
        self.stop_loss.show_view(view)
        self.take_profit.show_view(view)
        if view.instrument != self.trailing.instrument:
            held = self.trailing.text()
            self.trailing.set_instrument(view.instrument)
            self.trailing.setText(held)
        self._describe_trailing()

    def set_values(self, stop_loss: Decimal | None, take_profit: Decimal | None, trailing: Decimal | None) -> None:
        """Show these; not a change by the trader."""
        self.stop_loss.set_value(stop_loss)
        self.take_profit.set_value(take_profit)
        self.trailing.set_value(trailing)
        self._describe_trailing()

    def values(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Return stop loss, take profit and trailing distance as prices; a faulty one is None, see :meth:`faults`."""
        return self.stop_loss.reading().value, self.take_profit.reading().value, self.trailing.reading().value

    def faults(self) -> tuple[str, ...]:
        """Return what is not a number."""
        readings: tuple[tuple[str, Callable[[], Typed]], ...] = (
            ("Stop loss", self.stop_loss.reading),
            ("Take profit", self.take_profit.reading),
            ("Trailing", self.trailing.reading),
        )
        return tuple(f"{name}: {typed.fault}" for name, read in readings if (typed := read()).fault)

    def set_trailing_offered(self, reason: str) -> None:
        """Offer the trailing distance, or say why not; what is typed there stays and is judged."""
        self._stepped_trailing.setEnabled(not reason or bool(self.trailing.text()))
        self._stepped_trailing.setVisible(not reason or bool(self.trailing.text()))
        self._captions[self._stepped_trailing].setVisible(self._stepped_trailing.isVisibleTo(self))
        self._reason = reason
        self._describe_trailing()

    def _edited(self) -> None:
        self._describe_trailing()
        self.changed.emit()

    _reason = ""

    def _describe_trailing(self) -> None:
        typed = self.trailing.reading()
        if self._reason:
            text = f"no trailing stop: {self._reason}"
        elif typed.fault:
            text = typed.fault
        elif typed.value is None:
            text = ""
        else:
            text = f"= {plain_text(typed.value)} in price, follows the market at the venue"
        self.trailing_note.setText(text)
        self.trailing.setToolTip(text)
        self.trailing_note.setVisible(bool(text) and (not self._compact or bool(self._reason or typed.fault)))

    def _add(self, caption: str, widget: QWidget) -> None:
        row = self._grid.rowCount()
        label = QLabel(caption, self)
        label.setProperty("caption", True)
        self._captions[widget] = label
        top = Qt.AlignmentFlag.AlignVCenter if self._compact else Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label, row, 0, top)
        self._grid.addWidget(widget, row, 1)


def _note(parent: QWidget) -> QLabel:
    note = QLabel(parent)
    note.setProperty("tone", "muted")
    note.setWordWrap(True)
    note.setTextFormat(Qt.TextFormat.PlainText)
    return note
