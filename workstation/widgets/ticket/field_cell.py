"""A field with its caption above, so that two fit beside each other in a narrow dock."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.widgets.flow_layout import FlowRow
from workstation.widgets.number_fields import PriceField


class FieldCell(QWidget):
    """Caption, field, and what may stand below it."""

    def __init__(
        self, caption: str, field: QWidget, below: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        label = QLabel(caption, self)
        label.setProperty("caption", True)
        label.setBuddy(field)
        label.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for widget in (label, field, below):
            if widget is not None:
                column.addWidget(widget)


class CaptionedRows(QWidget):
    """Wide fields below each other with their captions at the left."""

    def __init__(self, rows: tuple[tuple[str, QWidget], ...], spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * spacing)
        grid.setVerticalSpacing(spacing)
        grid.setColumnStretch(1, 1)
        for row, (caption, field) in enumerate(rows):
            label = QLabel(caption, self)
            label.setProperty("caption", True)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)


class NeighbourRow(FlowRow):
    """The two legal prices around one that lies between two ticks, as buttons; hidden otherwise."""

    def __init__(self, field: PriceField, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=3)
        self._field = field
        self._note = QLabel("▲", self)
        self._note.setProperty("state", "off")
        self._note.setToolTip("Between two ticks: choose one of them.")
        self._note.setAccessibleName("The price is between two ticks; choose one of them")
        self._lower, self._upper = QPushButton(self), QPushButton(self)
        self.add(self._note, self._lower, self._upper)
        for place, button in enumerate((self._lower, self._upper)):
            button.setProperty("small", True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, place=place: self._take(place))
        self.refresh()

    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """Return the buttons of the lower and the upper neighbour."""
        return self._lower, self._upper

    def refresh(self) -> None:
        """Show the neighbours of what the field holds now."""
        around = self._field.neighbours() if self._field.isEnabled() else None
        self.setVisible(around is not None)
        for button, price in zip(self.buttons(), around or (), strict=False):
            text = self._field.written(price)
            button.setText(text)
            button.setAccessibleName(f"{self._field.accessibleName()}: take {text}")

    def _take(self, place: int) -> None:
        around = self._field.neighbours()
        if around is not None:
            self._field.choose(around[place])
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
