"""Quantity presets: a row of sizes, and which of them filled the field.

They come from the settings (section ``ticket``, key ``quantity_presets``, decimals as text); what cannot be read there
is left out. A trader who has none of his own gets sizes that suit the instrument: five lots of 0.01 or of 100 are as
ordinary at one venue as five whole ones at another.
"""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workstation.domain.instrument import Instrument
from workstation.item_models.number_text import qty_text
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.number_fields import QuantityField
from workstation.widgets.settings_port import Settings
from workstation.widgets.typed_numbers import read_number

SECTION = "ticket"
DEFAULT_PRESETS = tuple(Decimal(size) for size in (1, 5, 10, 25, 50))
_MOST_PRESETS = 8
_OF_WHOLE_LOTS = (1, 5, 10, 25, 50)
_OF_PARTS = (1, 10, 50, 100, 500)


def quantity_presets(settings: Settings, instrument: Instrument | None = None) -> tuple[Decimal, ...]:
    """Return the trader's presets in rising order, or else sizes that suit `instrument`."""
    kept = settings.get(SECTION).get("quantity_presets")
    if not isinstance(kept, list):
        return suiting(instrument)
    read = [read_number(entry).value for entry in kept if isinstance(entry, str)]
    sizes = sorted({size for size in read if size is not None and size > 0})
    return tuple(sizes[:_MOST_PRESETS]) or suiting(instrument)


def suiting(instrument: Instrument | None) -> tuple[Decimal, ...]:
    """Return sizes in lots that the venue takes, from the smallest upwards; without an instrument the defaults."""
    if instrument is None:
        return DEFAULT_PRESETS
    smallest = max(instrument.min_qty or instrument.lot_size, instrument.lot_size)
    sizes = [smallest * times for times in (_OF_PARTS if smallest < 1 else _OF_WHOLE_LOTS)]
    return tuple(size for size in sizes if instrument.legal_qty(size)) or (smallest,)


class PresetRow(FlowRow):
    """One small button per preset; the one that filled the field is pressed."""

    def __init__(self, field: QuantityField, presets: tuple[Decimal, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=3)
        self._field, self._presets = field, presets
        self._buttons: list[QPushButton] = []
        self._build()

    def offer(self, presets: tuple[Decimal, ...]) -> None:
        """Offer other sizes; what stands in the field stays."""
        if presets == self._presets:
            return
        for button in self._buttons:
            self.drop(button)
        self._buttons.clear()
        self._presets = presets
        self._field.offer_presets(presets)
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Press the preset that filled the field, and no other."""
        value = self._field.reading().value if self._field.filled_by else None
        for button, size in zip(self._buttons, self._presets, strict=True):
            button.setChecked(size == value)

    def _build(self) -> None:
        for index, size in enumerate(self._presets):
            button = QPushButton(qty_text(size), self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("small", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(f"Quantity preset {index + 1}: {qty_text(size)}")
            button.setToolTip(f"Preset {index + 1}: {qty_text(size)}. PgUp and PgDn go through the presets.")
            button.clicked.connect(lambda _checked=False, index=index: self._take(index))
            self._buttons.append(button)
            self.add(button)

    def _take(self, index: int) -> None:
        self._field.take_preset(index)
        self.refresh()
