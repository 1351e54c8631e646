"""Short notes in the corner of the window. They never take the focus and never hold the only copy of anything."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from workstation.item_models.words import word
from workstation.venues.base import Severity
from workstation.widgets.dialogs.dialog import paragraph
from workstation.widgets.severity_marks import severity_icon
from workstation.widgets.theme import Theme

_SHOWN_MS = 6000
_WIDTH = 360
_MARK = 16


class Toast(QFrame):
    """One note at a time, bottom right; a newer one takes its place. A click takes it away."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._window = window
        self._mark = QLabel(self)
        self._text = paragraph("", "", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What the note says."""
        return self._text.text()

    def say(self, severity: Severity, text: str) -> None:
        """Show a note for six seconds."""
        pixels = self._theme.px(_MARK)
        self._mark.setPixmap(severity_icon(severity, self._theme, pixels).pixmap(pixels))
        self._text.setText(text)
        self.setAccessibleName(f"{word(severity)}: {text}")
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay in the corner."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def mousePressEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Go away."""
        self.hide()

    def _place(self) -> None:
        margin = self._theme.px(16)
        self.setFixedWidth(min(self._theme.px(_WIDTH), self._window.width() - 2 * margin))
        self.resize(self.width(), self.heightForWidth(self.width()))
        corner = self._window.rect().bottomRight()
        self.move(corner.x() - self.width() - margin, corner.y() - self.height() - margin)
