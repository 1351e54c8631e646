"""A button that acts only after it was held down: for what must not happen by a slip.

Its own progress shows how long to hold; letting go, or moving the focus away, does nothing.
"""

from PySide6.QtCore import QElapsedTimer, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from workstation.widgets.theme import Theme
from workstation.widgets.theme_colours import Role

_FRAME_MS = 33


class HoldButton(QPushButton):
    """Emits :attr:`held` after `hold_ms` of being pressed by mouse, by space bar or by :meth:`show_hold`."""

    held = Signal()

    def __init__(self, text: str, theme: Theme, hold_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._hold_ms = hold_ms
        self._since = QElapsedTimer()
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self.update)
        self._done = QTimer(self, singleShot=True, interval=hold_ms)
        self._done.timeout.connect(self._act)
        self.setAutoDefault(False)
        self.setProperty("kind", "danger")
        self.pressed.connect(self._press)
        self.released.connect(self.hide_hold)

    def show_hold(self) -> None:
        """Show the progress of a key that is held; the key's own timer decides."""
        self._since.start()
        self._frames.start()

    def hide_hold(self) -> None:
        """Forget the hold."""
        self._done.stop()
        self._frames.stop()
        self._since.invalidate()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the button with as much of it filled as the hold has lasted."""
        super().paintEvent(event)
        if not self._since.isValid():
            return
        share = min(1.0, self._since.elapsed() / self._hold_ms)
        filled = QRect(self.rect())
        filled.setWidth(round(filled.width() * share))
        painter = QPainter(self)
        painter.setClipRect(filled)
        painter.fillRect(self.rect(), self._theme.colour(Role.ERROR))
        painter.setPen(self._theme.colour(Role.ON_FILL))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        painter.end()

    def _press(self) -> None:
        self.show_hold()
        self._done.start()

    def _act(self) -> None:
        self.hide_hold()
        self.setDown(False)
        self.held.emit()
