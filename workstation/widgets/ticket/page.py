"""The scrolled part of the ticket: exactly as high as its content is at the present width.

A scroll area asks for a minimum height only, and for wrapped text Qt computes that at a width of its own choice, so
that a scroll bar would appear beside a page that fits.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class TicketPage(QWidget):
    """Holds one layout."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height that the content takes at the present width."""
        layout = self.layout()
        hint = super().minimumSizeHint()
        if layout is None or not layout.hasHeightForWidth():
            return hint
        return QSize(hint.width(), layout.totalHeightForWidth(max(self.width(), hint.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for another height when the width changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
