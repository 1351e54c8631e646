"""What all dialogs share: they are opened, never executed; Esc is the safe choice; nothing is pressed by accident.

A nested event loop would break the tasks that wait in the outer one. A dialog that opens by itself has no default
button for 300 ms, so that an Enter meant for the ticket does not answer it.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

GUARD_MS = 300
SIDE_MARGIN = 16


class Dialog(QDialog):
    """A dialog of one window. Contents go into :attr:`body`, buttons are added with :meth:`add_button`."""

    def __init__(self, title: str, parent: QWidget | None = None, *, opens_by_itself: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._opens_by_itself = opens_by_itself
        self._default: QPushButton | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SIDE_MARGIN, 14, SIDE_MARGIN, 14)
        outer.setSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch()
        outer.addLayout(self.body, 1)
        outer.addLayout(self._buttons)

    def add_button(self, text: str, *, kind: str = "", default: bool = False, left: bool = False) -> QPushButton:
        """Add a button at the right end of the row, or at the left one."""
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        if kind:
            button.setProperty("kind", kind)
        if default:
            self._default = button
            button.setDefault(not self._opens_by_itself)
        self._buttons.insertWidget(0 if left else self._buttons.count(), button)
        return button

    def add_text(self, text: str, role: str = "") -> QLabel:
        """Add a wrapped paragraph to the body."""
        label = paragraph(text, role, self)
        self.body.addWidget(label)
        return label

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Make room for every word, and arm the default button late where nobody asked for this dialog."""
        super().showEvent(event)
        self.fit()
        if self._opens_by_itself and self._default is not None:
            QTimer.singleShot(GUARD_MS, self._default, self._arm)

    def fit(self) -> None:
        """Grow to what the wrapped texts need; Qt stops at two thirds of the screen and would cut them."""
        room = self.screen().availableGeometry().size()
        width = min(max(self.width(), self.minimumSizeHint().width()), room.width())
        layout = self.layout()
        if layout is not None:
            layout.activate()  # texts that were just set count
        needed = layout.totalHeightForWidth(width) if layout is not None else self.height()
        self.resize(width, min(max(self.height(), needed), room.height()))

    def _arm(self) -> None:
        if self._default is not None:
            self._default.setDefault(True)


def paragraph(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that wraps and shows its text as it is."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


def is_gone(widget: QWidget) -> bool:
    """Say whether `widget` was closed and destroyed, as a dialog may be while it waits for the desk's answer."""
    return not isValid(widget)


def set_role(label: QLabel, role: str) -> None:
    """Give a label another role of the style sheet."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
