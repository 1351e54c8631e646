"""Quantity presets: a row of sizes, and which of them filled the field.

They come from the settings (section ``ticket``, key ``quantity_presets``, decimals as text); what cannot be read there
is left out.
"""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workstation.item_models.number_text import qty_text
from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.number_fields import QuantityField
from workstation.widgets.settings_port import Settings
from workstation.widgets.typed_numbers import read_number

SECTION = "ticket"
DEFAULT_PRESETS = tuple(Decimal(size) for size in (1, 5, 10, 25, 50))
_MOST_PRESETS = 8


def quantity_presets(settings: Settings) -> tuple[Decimal, ...]:
    """Return the trader's presets in rising order, or the defaults."""
    kept = settings.get(SECTION).get("quantity_presets")
    if not isinstance(kept, list):
        return DEFAULT_PRESETS
    read = [read_number(entry).value for entry in kept if isinstance(entry, str)]
    sizes = sorted({size for size in read if size is not None and size > 0})
    return tuple(sizes[:_MOST_PRESETS]) or DEFAULT_PRESETS


class PresetRow(FlowRow):
    """One small button per preset; the one that filled the field is pressed."""

    def __init__(self, field: QuantityField, presets: tuple[Decimal, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=3)
        self._field, self._presets = field, presets
        self._buttons: list[QPushButton] = []
        for index, size in enumerate(presets):
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

    def refresh(self) -> None:
        """Press the preset that filled the field, and no other."""
        value = self._field.reading().value if self._field.filled_by else None
        for button, size in zip(self._buttons, self._presets, strict=True):
            button.setChecked(size == value)

    def _take(self, index: int) -> None:
        self._field.take_preset(index)
        self.refresh()
