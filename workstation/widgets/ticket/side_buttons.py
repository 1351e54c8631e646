"""Buy and sell: two words with a colour each, and neither pressed until the trader has said which."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workstation.domain.order_terms import Side
from workstation.item_models.words import word


class SideButtons(QWidget):
    """The side of the order; None until chosen."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side: Side | None = None
        self._buttons: dict[Side, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for side, key in ((Side.BUY, "Alt+B"), (Side.SELL, "Alt+S")):
            button = QPushButton(word(side).upper(), self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("side", side.value)
            button.setAccessibleName(f"Side: {word(side)}")
            button.setToolTip(f"{word(side).capitalize()} ({key})")
            button.clicked.connect(lambda _checked=False, side=side: self.choose(side))
            self._buttons[side] = button
            row.addWidget(button, 1)

    def side(self) -> Side | None:
        """Return the chosen side."""
        return self._side

    def set_side(self, side: Side | None) -> None:
        """Show `side`; nothing is announced."""
        self._side = side
        for known, button in self._buttons.items():
            button.setChecked(known is side)

    def choose(self, side: Side) -> None:
        """Take `side` as the trader's choice; pressing the pressed one leaves it pressed."""
        self.set_side(side)
        self.chosen.emit()

    def button(self, side: Side) -> QPushButton:
        """Return the button of a side."""
        return self._buttons[side]
