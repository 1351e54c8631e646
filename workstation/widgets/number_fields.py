"""Fields for prices and quantities: exact steps by key and wheel, and nothing typed is ever changed behind one's back.

Up and Down move by one tick or lot, with Shift by ten, with Ctrl by a hundred. The wheel steps only while the field has
the focus, because a wheel that scrolls the ticket must not change an order. A price is shown in its instrument's own
notation and may be typed in either; one that lies between two ticks stays as it is, in amber.
"""

from abc import abstractmethod
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from workstation.domain.instrument import Instrument
from workstation.item_models.number_text import price_text, qty_text
from workstation.widgets.typed_numbers import (
    LONGEST_TEXT,
    Typed,
    next_preset,
    read_number,
    read_price,
    stepped,
)

_NOTCH = 120
_SUFFIXES = ("k", "m")


class StepField(QLineEdit):
    """A typed number with a step; the base of both fields."""

    changed = Signal()
    """The trader changed it, by typing or by a step."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instrument: Instrument | None = None
        self._wheel_left = 0
        self._state = ""
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST_TEXT)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self._edited)

    @abstractmethod
    def reading(self) -> Typed:
        """Return what the text means."""
        raise NotImplementedError

    @abstractmethod
    def written(self, value: Decimal) -> str:
        """Return how `value` is shown."""
        raise NotImplementedError

    @property
    @abstractmethod
    def step(self) -> Decimal | None:
        """The smallest step, or None while it is unknown."""
        raise NotImplementedError

    def set_value(self, value: Decimal | None) -> None:
        """Show `value`; not a change by the trader, so nothing is announced."""
        self.setText("" if value is None else self.written(value))
        self.judge()

    def set_instrument(self, instrument: Instrument | None) -> None:
        """Take the steps and the notation of another instrument; what is typed stays and is judged anew."""
        self.instrument = instrument
        if not self.hasFocus():
            self._tidy()
        self.judge()

    def choose(self, value: Decimal) -> None:
        """Take `value` as the trader's choice."""
        self.set_value(value)
        self.changed.emit()

    def step_by(self, count: int) -> None:
        """Go `count` steps up, or down when negative; without a known step or start nothing happens."""
        start, step = self._start(), self.step
        if self.isReadOnly() or start is None or step is None:
            return
        self.choose(stepped(start, step, count, least=self._least()))
        self.selectAll()

    def judge(self) -> None:
        """Mark the field when what it holds cannot be sent: ``fault`` unreadable, ``off`` between two steps."""
        typed = self.reading()
        state = "fault" if typed.fault else "" if typed.value is None or self._on_grid(typed.value) else "off"
        if state != self._state:
            self._state = state
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    @property
    def state(self) -> str:
        """``off``, ``fault`` or nothing."""
        return self._state

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Step on Up and Down."""
        directions = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in directions:
            self.step_by(directions[Qt.Key(event.key())] * _times(event.modifiers()))
            event.accept()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Step by whole notches, only with the focus."""
        if not self.hasFocus() or self.isReadOnly():
            event.ignore()
            return
        self._wheel_left += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._wheel_left / _NOTCH)
        self._wheel_left -= notches * _NOTCH
        if notches:
            self.step_by(notches * _times(event.modifiers()))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Select everything, so that typing replaces it."""
        super().focusInEvent(event)
        self._wheel_left = 0
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Write a value that can be sent in its own notation."""
        super().focusOutEvent(event)
        self._tidy()

    def _edited(self) -> None:
        self.judge()
        self.changed.emit()

    def _tidy(self) -> None:
        typed = self.reading()
        if typed.value is not None and self._on_grid(typed.value) and not self.isReadOnly():
            self.setText(self.written(typed.value))

    def _on_grid(self, value: Decimal) -> bool:
        return self.instrument is None or self.instrument.legal_price(value)

    def _start(self) -> Decimal | None:
        return self.reading().value

    def _least(self) -> Decimal | None:
        return None


class PriceField(StepField):
    """A limit or a stop price."""

    @property
    def step(self) -> Decimal | None:
        """The tick."""
        return self.instrument.tick_size if self.instrument else None

    def reading(self) -> Typed:
        """Return the price that the text means."""
        return read_price(self.text(), self.instrument, decimal_comma=decimal_comma())

    def written(self, value: Decimal) -> str:
        """Write `value` in the instrument's notation."""
        return price_text(value, self.instrument)

    def neighbours(self) -> tuple[Decimal, Decimal] | None:
        """Return the legal prices around one that lies between two ticks, else None."""
        value = self.reading().value
        if value is None or self.instrument is None or self.state != "off":
            return None
        return self.instrument.neighbours(value)


class QuantityField(StepField):
    """A quantity in lots; PgUp and PgDn go through the presets."""

    def __init__(self, name: str, presets: tuple[Decimal, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._presets = presets
        self.filled_by = ""
        """Which preset filled the field, in words; empty when the trader typed."""

    @property
    def step(self) -> Decimal | None:
        """The lot."""
        return self.instrument.lot_size if self.instrument else None

    def reading(self) -> Typed:
        """Return the quantity that the text means."""
        return read_number(self.text(), decimal_comma=decimal_comma())

    def written(self, value: Decimal) -> str:
        """Write `value` grouped by thousands."""
        return qty_text(value)

    def set_value(self, value: Decimal | None) -> None:
        """Show `value`, which no preset filled."""
        self.filled_by = ""
        super().set_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the previous or next preset."""
        directions = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in directions and self._presets and not self.isReadOnly():
            self.take_preset(next_preset(self.reading().value, self._presets, directions[Qt.Key(event.key())]))
            event.accept()
            return
        super().keyPressEvent(event)

    def offer_presets(self, presets: tuple[Decimal, ...]) -> None:
        """Go through other presets from now on; what stands here stays."""
        self._presets = presets

    def take_preset(self, index: int) -> None:
        """Fill the field from a preset, and remember that it was one."""
        self.set_value(self._presets[index])
        self.filled_by = f"preset {index + 1} of {len(self._presets)}"
        self.selectAll()
        self.changed.emit()

    def _edited(self) -> None:
        self.filled_by = ""
        typed = self.reading()
        if self.text().strip().lower().endswith(_SUFFIXES) and typed.value is not None and not typed.fault:
            self.setText(self.written(typed.value))  # 10k becomes 10,000 at once, so that the size is seen
        super()._edited()

    def _on_grid(self, value: Decimal) -> bool:
        return self.instrument is None or self.instrument.legal_qty(value)

    def _start(self) -> Decimal | None:
        return Decimal(0) if not self.text().strip() else super()._start()

    def _least(self) -> Decimal | None:
        return self.step


class SteppedField(QWidget):
    """A number field with a button to each side of its step, for the mouse."""

    def __init__(self, field: StepField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(field, 1)
        for sign, word, count in (("−", "less", -1), ("+", "more", 1)):
            button = QToolButton(self)
            button.setText(sign)
            button.setProperty("stepper", True)
            button.setAccessibleName(f"{field.accessibleName()}: one step {word}")
            button.setToolTip(f"One step {word}. Keys: Up and Down; Shift ×10, Ctrl ×100.")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _checked=False, count=count: field.step_by(count))
            row.addWidget(button)


def decimal_comma() -> bool:
    """Say whether the trader's locale writes a comma for the decimal point."""
    return QLocale().decimalPoint() == ","


def _times(modifiers: Qt.KeyboardModifier) -> int:
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return 100
    return 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
